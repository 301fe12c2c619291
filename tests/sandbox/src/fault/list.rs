use serde_json::{Value, json};

use crate::canned::Canned;
use crate::fault::{Lie, Rows};
use crate::random;
use crate::received::Received;

/// The largest total that fits in what clients usually count with.
const LARGEST: u64 = i64::MAX as u64;

/// How a vendor's lists say which page they are asked for and which one they give.
pub(crate) struct Paging {
    /// The query parameter that says where a page begins.
    pub(crate) place: &'static str,
    /// Its value for the first page.
    pub(crate) first: u64,
    /// The query parameter for the number of rows.
    pub(crate) size: &'static str,
    /// Where the answer repeats the place, as a JSON pointer.
    pub(crate) place_told: &'static str,
    /// Where the answer counts its own rows.
    pub(crate) size_told: &'static str,
    /// Where the answer counts the rows of all pages.
    pub(crate) total: &'static str,
    /// Where the rows are.
    pub(crate) rows: &'static str,
    /// The total that goes with one page more than this place and size.
    pub(crate) total_after: fn(u64, u64) -> u64,
    /// How many pages of this length come before this place.
    pub(crate) page_number: fn(u64, u64) -> u64,
}

impl Paging {
    pub(crate) fn is_first(&self, request: &Received) -> bool {
        self.place_of(request) == self.first
    }

    fn place_of(&self, request: &Received) -> u64 {
        request.query_number(self.place).unwrap_or(self.first)
    }

    /// The same request for the first page.
    pub(crate) fn first_page_of(&self, request: &Received) -> Received {
        let mut request = request.clone();
        let places = request.query.iter_mut().filter(|(name, _)| name == self.place);
        places.for_each(|(_, value)| *value = self.first.to_string());
        request
    }

    /// The same request for at most this many rows.
    pub(crate) fn capped(&self, request: &Received, rows: u64) -> Received {
        let mut request = request.clone();
        let most = |size: &str| size.parse().map_or(rows, |size: u64| size.min(rows)).to_string();
        match request.query.iter_mut().find(|(name, _)| name == self.size) {
            Some((_, size)) => *size = most(size),
            None => request.query.push((self.size.to_owned(), rows.to_string())),
        }
        request
    }

    /// Another total beside the same rows; none where the answer is no page.
    pub(crate) fn with_total(&self, answer: Canned, lie: Lie, request: &Received) -> Option<Canned> {
        answer.edited(|body| {
            let total = body.pointer_mut(self.total)?;
            let honest = total.as_u64()?;
            *total = json!(match lie {
                Lie::TooMany => honest + 1000,
                Lie::TooFew => honest / 2,
                Lie::Changing => honest + request.number,
                Lie::Largest => LARGEST,
            });
            Some(())
        })
    }

    /// The first page, under the number of the one that was asked for.
    pub(crate) fn repeated(&self, first: Canned, request: &Received) -> Option<Canned> {
        first.edited(|body| {
            *body.pointer_mut(self.place_told)? = json!(self.place_of(request));
            Some(())
        })
    }

    /// The rows of the first page over and over, under new ids and codes, and a total of one page more.
    pub(crate) fn endless(&self, first: Canned, request: &Received) -> Option<Canned> {
        first.edited(|body| {
            let rows = body.pointer(self.rows)?.as_array().filter(|rows| !rows.is_empty())?;
            let size = request.query_number(self.size).unwrap_or(rows.len() as u64).clamp(1, 1000);
            let new = |row| disguised(row, random::like);
            let page: Vec<Value> = rows.iter().cycle().take(size as usize).cloned().map(new).collect();
            *body.pointer_mut(self.rows)? = json!(page);
            *body.pointer_mut(self.place_told)? = json!(self.place_of(request));
            *body.pointer_mut(self.size_told)? = json!(size);
            *body.pointer_mut(self.total)? = json!((self.total_after)(self.place_of(request), size));
            Some(())
        })
    }

    /// As many rows as the first page has at any place, and the largest total there is.
    pub(crate) fn bottomless(&self, first: Canned, rows: Rows, request: &Received) -> Option<Canned> {
        first.edited(|body| {
            let page = body.pointer_mut(self.rows)?.as_array_mut().filter(|page| !page.is_empty())?;
            let is_their_turn = (self.page_number)(self.place_of(request), page.len() as u64) % 2 == 1;
            for row in page {
                match rows {
                    Rows::New => *row = disguised(row.take(), random::like),
                    Rows::TakingTurns if is_their_turn => *row = disguised(row.take(), random::mirrored),
                    Rows::Same | Rows::TakingTurns => {}
                }
            }
            *body.pointer_mut(self.place_told)? = json!(self.place_of(request));
            *body.pointer_mut(self.total)? = json!(LARGEST);
            Some(())
        })
    }
}

/// The row as if it were another one: every id and code is another, and as long as before.
fn disguised(mut row: Value, other: fn(&str) -> String) -> Value {
    for (name, value) in row.as_object_mut().into_iter().flatten() {
        if let (true, Some(text)) = (["id", "groupId", "code"].contains(&name.as_str()), value.as_str()) {
            *value = json!(other(text));
        }
    }
    row
}
