//! Reads lists from their first page to their last.

use std::collections::HashSet;
use std::future::Future;
use std::marker::PhantomData;

use futures_util::Stream;
use uuid::Uuid;

use super::error::Error;
use super::generated::types::{ClientPage, ConnectedClient, SiteOverview, SitePage, Voucher, VoucherPage};
use crate::error::Moved;
use crate::list::{List, UnreadableRow};
use crate::rows::{Place, Taken, mark};

/// A page of a list.
pub(crate) trait Page {
    type Row: Row;

    /// What the spec calls the operation that reads it.
    const OPERATION: &'static str;

    /// How many rows the list has, and the rows of this page.
    fn split(self) -> (i64, List<Self::Row>);
}

/// A row of a list.
pub(crate) trait Row {
    fn id(&self) -> Uuid;
}

macro_rules! page {
    ($page:ty, $row:ty, $operation:literal) => {
        impl Page for $page {
            type Row = $row;

            const OPERATION: &'static str = $operation;

            fn split(self) -> (i64, List<$row>) {
                (self.total_count, self.data.unwrap_or_default())
            }
        }

        impl Row for $row {
            fn id(&self) -> Uuid {
                self.id
            }
        }
    };
}

page!(VoucherPage, Voucher, "listVouchers");
page!(SitePage, SiteOverview, "listSites");
page!(ClientPage, ConnectedClient, "listClients");

/// What tells a row from the others of its list: its id, or where that cannot be read, all of it.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Identity {
    Id(Uuid),
    Json(String),
}

impl Identity {
    fn of<R: Row>(row: Result<&R, &UnreadableRow>) -> Self {
        match row {
            Ok(row) => Self::Id(row.id()),
            Err(row) => Self::Json(row.json().to_owned()),
        }
    }
}

/// A place in a list that is counted in rows.
///
/// The console has neither an order nor a cursor, so each page but the first begins with the last row of the page before. Where
/// another row stands there, or the list has another length than before, or ends elsewhere than there, rows have moved. Rows that
/// moved from the page before are not given twice.
struct Offset<P> {
    offset: i32,
    /// How many rows the last page had.
    length: i32,
    total: Option<i64>,
    /// The rows of the last page, to which rows may move back.
    seen: HashSet<Identity>,
    /// The last row of the last page.
    last: Option<Identity>,
    of: PhantomData<fn() -> P>,
}

/// All rows of a list, page after page. `read` reads the page behind an offset.
pub(crate) fn rows<F, C, P>(read: F) -> impl Stream<Item = Result<P::Row, Error>>
where
    F: FnMut(i32) -> C,
    C: Future<Output = Result<P, Error>> + Send + 'static,
    P: Page,
{
    let start = Offset { offset: 0, length: 0, total: None, seen: HashSet::new(), last: None, of: PhantomData };
    crate::rows::rows::<Offset<P>, _, _, _>(start, read)
}

impl<P: Page> Place for Offset<P> {
    type Page = P;
    type Row = P::Row;
    type Ask = i32;

    const OPERATION: &'static str = P::OPERATION;

    fn ask(&self) -> i32 {
        self.offset
    }

    /// The overlap tells of rows that move, whichever page comes first, so that pages can be read out of turn.
    fn ahead(&self, asked: &i32) -> Option<i32> {
        let end = asked.checked_add(self.length)?;
        (self.length > 1 && i64::from(end) < self.total?).then_some(end - 1)
    }

    fn take(&mut self, page: P) -> Taken<P::Row> {
        let (total, list) = page.split();
        let identities: Vec<Identity> = list.in_order().map(Identity::of).collect();
        let length = i32::try_from(identities.len()).unwrap_or(i32::MAX);
        let before = self.total.replace(total).unwrap_or(total);
        let is_in_place = self.last.is_none() || identities.first() == self.last.as_ref();
        // The next page begins with the last row of this one; a page of one row or none has nothing behind it.
        let end = self.offset.saturating_add(length);
        let is_last = length <= 1;
        let is_whole = if is_last { i64::from(end) == total } else { i64::from(end) <= total };
        let moved = (before != total || !is_in_place || !is_whole).then_some(Moved { before, after: total });
        let (mut rows, mut unreadable) = list.into_parts();
        rows.retain(|row| !self.seen.contains(&Identity::of(Ok(row))));
        unreadable.retain(|row| !self.seen.contains(&Identity::of::<P::Row>(Err(row))));
        let first = identities.first().map(mark);
        self.last = identities.last().cloned();
        self.seen = identities.into_iter().collect();
        let is_over = is_last || i64::from(end) == total;
        self.offset = end.saturating_sub(1);
        self.length = length;
        let pages = Some(total / i64::from(length).max(1));
        Taken { rows, unreadable, moved, first, is_over, pages }
    }
}
