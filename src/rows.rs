//! Reads lists page after page, as the stream of their rows is read.

use std::future::Future;

use futures_util::stream::try_unfold;
use futures_util::{Stream, StreamExt};

use crate::error::{Error, Moved};
use crate::list::{Unreadable, UnreadableRow};

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
    /// The rows that could not be read.
    pub(crate) unreadable: Vec<UnreadableRow>,
    /// How rows moved since the page before.
    pub(crate) moved: Option<Moved>,
    /// Whether it is the last page.
    pub(crate) is_over: bool,
}

/// The rows from a place on, as `read` reads the page there. No more than one page is held.
///
/// That rows moved, or could not be read, is told as [`Error::Moved`] and [`Error::Unreadable`] before the rows of the page, and
/// the reading goes on; any other error ends it.
pub(crate) fn rows<P, A, F, C>(place: P, read: F) -> impl Stream<Item = Result<P::Row, Error<A>>>
where
    P: Place,
    F: FnMut(&P) -> C,
    C: Future<Output = Result<P::Page, Error<A>>>,
{
    let start = (place, read, items(Vec::new(), None, Vec::new()), false);
    let steps = try_unfold(start, |(mut place, mut read, mut items_left, mut is_over)| async move {
        loop {
            if let Some(item) = items_left.next() {
                return Ok(Some((item, (place, read, items_left, is_over))));
            }
            if is_over {
                return Ok(None);
            }
            let taken = place.take(read(&place).await?);
            is_over = taken.is_over;
            items_left = items(taken.rows, taken.moved, taken.unreadable);
        }
    });
    // What is told of the rows is an item like the rows, and does not end the stream as other errors do.
    steps.map(|step: Result<Result<P::Row, Error<A>>, Error<A>>| step.and_then(|item| item))
}

/// What a page gives, one after the other: first what is to be told of its rows, then the rows.
fn items<R, A>(
    rows: Vec<R>,
    moved: Option<Moved>,
    unreadable: Vec<UnreadableRow>,
) -> impl Iterator<Item = Result<R, Error<A>>> {
    let unreadable = (!unreadable.is_empty()).then_some(Unreadable { rows: unreadable });
    let told = moved.map(Error::Moved).into_iter().chain(unreadable.map(Error::Unreadable));
    told.map(Err).chain(rows.into_iter().map(Ok))
}
