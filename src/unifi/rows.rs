//! Reads lists from their first page to their last.

use std::collections::HashSet;
use std::future::Future;
use std::marker::PhantomData;

use futures_util::Stream;
use uuid::Uuid;

use super::error::Error;
use super::generated::types::{ClientPage, ConnectedClient, SiteOverview, SitePage, Voucher, VoucherPage};
use crate::error::Moved;
use crate::rows::{Place, Taken};

/// A page of a list.
pub(crate) trait Page {
    type Row: Row;

    /// How many rows the list has, and the rows of this page.
    fn split(self) -> (i64, Vec<Self::Row>);
}

/// A row of a list.
pub(crate) trait Row {
    fn id(&self) -> Uuid;
}

macro_rules! page {
    ($page:ty, $row:ty) => {
        impl Page for $page {
            type Row = $row;

            fn split(self) -> (i64, Vec<$row>) {
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

page!(VoucherPage, Voucher);
page!(SitePage, SiteOverview);
page!(ClientPage, ConnectedClient);

/// A place in a list that is counted in rows.
///
/// The console has neither an order nor a cursor, so each page but the first begins with the last row of the page before. Where
/// another row stands there, or the list has another length than before, rows have moved. Rows that moved from the page before
/// are not given twice.
struct Offset<P> {
    offset: i32,
    total: Option<i64>,
    /// The ids of the last page, to which rows may move back.
    seen: HashSet<Uuid>,
    /// The id of the last row of the last page.
    last: Option<Uuid>,
    of: PhantomData<fn() -> P>,
}

/// All rows of a list, page after page. `read` reads the page behind an offset.
pub(crate) fn rows<F, C, P>(mut read: F) -> impl Stream<Item = Result<P::Row, Error>>
where
    F: FnMut(i32) -> C,
    C: Future<Output = Result<P, Error>>,
    P: Page,
{
    let start = Offset { offset: 0, total: None, seen: HashSet::new(), last: None, of: PhantomData };
    crate::rows::rows(start, move |place: &Offset<P>| read(place.offset))
}

impl<P: Page> Place for Offset<P> {
    type Page = P;
    type Row = P::Row;

    fn take(&mut self, page: P) -> Taken<P::Row> {
        let (total, mut rows) = page.split();
        let length = i32::try_from(rows.len()).unwrap_or(i32::MAX);
        let before = self.total.replace(total).unwrap_or(total);
        let is_in_place = self.last.is_none() || rows.first().map(Row::id) == self.last;
        let moved = (before != total || !is_in_place).then_some(Moved { before, after: total });
        self.last = rows.last().map(Row::id);
        let ids = rows.iter().map(Row::id).collect();
        rows.retain(|row| !self.seen.contains(&row.id()));
        self.seen = ids;
        // The next page begins with the last row of this one; a page of one row or none has nothing behind it.
        let end = self.offset.saturating_add(length);
        let is_over = length == 0 || i64::from(end) >= total || (length == 1 && self.offset > 0);
        self.offset = end.saturating_sub(1);
        Taken { rows, moved, is_over }
    }
}
