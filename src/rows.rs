//! Reads lists page after page, as the stream of their rows is read.

use std::future::Future;

use futures_util::stream::try_unfold;
use futures_util::{Stream, StreamExt};

use crate::error::{Error, Moved};

/// A place in a list. It knows how a vendor counts pages, and what it tells of rows that moved.
pub(crate) trait Place {
    type Page;
    type Row;

    /// Goes on behind a page, and says what is in it.
    fn take(&mut self, page: Self::Page) -> Taken<Self::Row>;
}

/// What is in a page.
pub(crate) struct Taken<R> {
    pub(crate) rows: Vec<R>,
    /// How rows moved since the page before.
    pub(crate) moved: Option<Moved>,
    /// Whether it is the last page.
    pub(crate) is_over: bool,
}

/// The rows from a place on, as `read` reads the page there. No more than one page is held.
///
/// That rows moved is told as [`Error::Moved`] before the rows of the page, and the reading goes on; any other error ends it.
pub(crate) fn rows<P, A, F, C>(place: P, read: F) -> impl Stream<Item = Result<P::Row, Error<A>>>
where
    P: Place,
    F: FnMut(&P) -> C,
    C: Future<Output = Result<P::Page, Error<A>>>,
{
    let start = (place, read, Vec::new().into_iter(), false);
    let steps = try_unfold(start, |(mut place, mut read, mut rows, mut is_over)| async move {
        loop {
            if let Some(row) = rows.next() {
                return Ok(Some((Ok(row), (place, read, rows, is_over))));
            }
            if is_over {
                return Ok(None);
            }
            let taken = place.take(read(&place).await?);
            (rows, is_over) = (taken.rows.into_iter(), taken.is_over);
            if let Some(moved) = taken.moved {
                return Ok(Some((Err(Error::Moved(moved)), (place, read, rows, is_over))));
            }
        }
    });
    // What was told of moved rows is an item like the rows, and does not end the stream as other errors do.
    steps.map(|step: Result<Result<P::Row, Error<A>>, Error<A>>| step.and_then(|item| item))
}
