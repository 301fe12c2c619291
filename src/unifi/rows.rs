//! Reads lists from their first page to their last.

use std::collections::{HashSet, VecDeque};
use std::future::Future;

use futures_util::Stream;
use futures_util::stream::try_unfold;
use uuid::Uuid;

use super::error::Error;
use super::generated::types::{ClientPage, ConnectedClient, SiteOverview, SitePage, Voucher, VoucherPage};
use crate::error::Moved;

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

/// What is known between two pages: at the most one page of rows, and the ids of one more.
struct Reading<F, R> {
    read: F,
    rows: VecDeque<R>,
    /// The ids of the last page, to which rows may move back.
    seen: HashSet<Uuid>,
    /// The id of the last row of the last page.
    last: Option<Uuid>,
    total: Option<i64>,
    offset: i32,
    moved: Option<Moved>,
    is_over: bool,
}

/// All rows of a list, page after page. `read` reads the page behind an offset.
///
/// The console has neither an order nor a cursor, so each page but the first begins with the last row of the page before. Where
/// another row stands there, or the list has another length than before, rows have moved: that is told once for each page as
/// [`Error::Moved`], and the reading goes on. Rows that moved from the page before are not given twice.
pub(crate) fn rows<F, C, P>(read: F) -> impl Stream<Item = Result<P::Row, Error>>
where
    F: FnMut(i32) -> C,
    C: Future<Output = Result<P, Error>>,
    P: Page,
{
    let start = Reading {
        read,
        rows: VecDeque::new(),
        seen: HashSet::new(),
        last: None,
        total: None,
        offset: 0,
        moved: None,
        is_over: false,
    };
    let steps = try_unfold(start, |mut reading| async move {
        loop {
            if let Some(moved) = reading.moved.take() {
                return Ok(Some((Err(Error::Moved(moved)), reading)));
            }
            if let Some(row) = reading.rows.pop_front() {
                return Ok(Some((Ok(row), reading)));
            }
            if reading.is_over {
                return Ok(None);
            }
            let page = (reading.read)(reading.offset).await?;
            reading.take(page);
        }
    });
    // What was told of moved rows is an item like the rows, and does not end the stream as other errors do.
    futures_util::StreamExt::map(steps, |step: Result<Result<P::Row, Error>, Error>| step.and_then(|item| item))
}

impl<F, R: Row> Reading<F, R> {
    fn take(&mut self, page: impl Page<Row = R>) {
        let (total, mut rows) = page.split();
        let length = i32::try_from(rows.len()).unwrap_or(i32::MAX);
        let before = self.total.replace(total).unwrap_or(total);
        let is_in_place = self.last.is_none() || rows.first().map(R::id) == self.last;
        if before != total || !is_in_place {
            self.moved = Some(Moved { before, after: total });
        }
        self.last = rows.last().map(R::id);
        let ids = rows.iter().map(R::id).collect();
        rows.retain(|row| !self.seen.contains(&row.id()));
        self.seen = ids;
        // The next page begins with the last row of this one; a page of one row or none has nothing behind it.
        let end = self.offset.saturating_add(length);
        self.is_over = length == 0 || i64::from(end) >= total || (length == 1 && self.offset > 0);
        self.offset = end.saturating_sub(1);
        self.rows = rows.into();
    }
}
