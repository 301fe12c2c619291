//! Reads lists page after page, as the stream of their rows is read.

mod ahead;
mod budget;
#[cfg(test)]
pub(crate) mod model;
mod window;

use std::collections::HashSet;
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};

use futures_util::stream::try_unfold;
use futures_util::{FutureExt, Stream, StreamExt};

use self::ahead::Ahead;
pub(crate) use self::budget::Budget;
pub(crate) use self::window::{Ask, Paging, Sizes, Window, Windows, with_before};
use crate::error::{Error, Moved, Unreadable};
use crate::list::UnreadableRow;
use crate::unexpected::{Reason, Unexpected};

/// A place in a list. It knows how a vendor counts pages, and what it tells of rows that moved.
pub(crate) trait Place {
    type Page;
    type Row;
    /// What is asked for to get a page.
    type Ask: Clone + PartialEq;

    /// What the spec calls the operation that reads a page.
    const OPERATION: &'static str;

    /// What to ask for here.
    fn ask(&self) -> Self::Ask;

    /// What will be asked for behind the page that was asked for, as far as that can be told before it has come: nothing where
    /// the list is over, or where only the page itself can tell.
    fn ahead(&self, asked: &Self::Ask) -> Option<Self::Ask>;

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
    /// The identity of the page's first row, if it has one. No other page of the list begins with it.
    pub(crate) first: Option<u64>,
    /// Whether it is the last page.
    pub(crate) is_over: bool,
    /// How many rows the list has, if the page reports it.
    pub(crate) total: Option<i64>,
}

/// How many rows a list may have more than twice as many as it reported at first. A list that grows while it is read ends long
/// before that.
const SLACK: i64 = 10_000;

/// How many rows a list may have at the most. A list that reports more is not read.
const MOST_ROWS: i64 = 10_000_000;

/// How many pages a list may have that does not report its length.
const MOST_PAGES: i64 = 10_000;

/// How many pages in a row may bring nothing new. Rows that moved on fill a full page at the most, but many small ones.
const MOST_IDLE: u32 = 20;

/// The rows from a place on, as `read` reads the pages. No more pages are held than the one whose rows are given, and those that
/// are asked for [ahead](Ahead).
///
/// That rows moved, or could not be read, is told as [`Error::Moved`] and [`Error::Unreadable`] before the rows of the page, and
/// the reading goes on; any other error ends it, and so does a list that goes on and on.
pub(crate) fn rows<P, A, F, C>(place: P, mut read: F) -> impl Stream<Item = Result<P::Row, Error<A>>>
where
    P: Place,
    F: FnMut(P::Ask) -> C,
    C: Future<Output = Result<P::Page, Error<A>>> + Send + 'static,
{
    // Beside the call that it makes, a box costs nothing, and what reads ahead is compiled once for all that read this page.
    let read = move |ask| read(ask).boxed();
    let start = (place, Ahead::new(read), items(Vec::new(), None, Vec::new()), Progress::default());
    let steps = try_unfold(start, |(mut place, mut pages, mut items_left, mut progress)| async move {
        loop {
            if let Some(item) = items_left.next() {
                return Ok(Some((item, (place, pages, items_left, progress))));
            }
            if progress.is_over {
                return Ok(None);
            }
            if progress.is_endless() {
                return Err(Unexpected::read(P::OPERATION, Reason::Endless).into());
            }
            let page = Box::pin(pages.at(&place)).await?;
            let taken = place.take(page);
            progress.pass(&taken);
            items_left = items(taken.rows, taken.moved, taken.unreadable);
        }
    });
    // What is told of the rows is an item like the rows, and does not end the stream as other errors do.
    steps.map(|step: Result<Result<P::Row, Error<A>>, Error<A>>| step.and_then(|item| item))
}

/// How far a list was read.
#[derive(Default)]
struct Progress {
    pages: i64,
    rows: i64,
    /// How many pages in a row brought nothing new.
    idle: u32,
    /// What the pages began with.
    firsts: HashSet<u64>,
    /// How many rows the list reported at first to have.
    expected: Option<i64>,
    is_over: bool,
}

impl Progress {
    fn pass<R>(&mut self, page: &Taken<R>) {
        let rows = page.rows.len() + page.unreadable.len();
        self.pages += 1;
        self.rows = self.rows.saturating_add(i64::try_from(rows).unwrap_or(i64::MAX));
        let is_repeated = page.first.is_some_and(|first| !self.firsts.insert(first));
        self.idle = if rows == 0 || is_repeated { self.idle + 1 } else { 0 };
        // A length below nothing says nothing.
        self.expected = self.expected.or(page.total.filter(|total| !total.is_negative()));
        self.is_over = page.is_over;
    }

    /// Each page brings rows, but for a few, so that a bound on rows is one on pages.
    fn is_endless(&self) -> bool {
        let is_too_long = match self.expected {
            Some(rows) if rows > MOST_ROWS => true,
            Some(rows) => self.rows > MOST_ROWS.min(rows * 2 + SLACK),
            None => self.pages > MOST_PAGES || self.rows > MOST_ROWS,
        };
        is_too_long || self.idle > MOST_IDLE
    }
}

/// A hash of the identity of a row.
pub(crate) fn mark(row: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.hash(&mut hasher);
    hasher.finish()
}

/// What a page gives, one after the other: first what is to be told of its rows, then the rows.
fn items<R, A>(
    rows: Vec<R>,
    moved: Option<Moved>,
    unreadable: Vec<UnreadableRow>,
) -> impl Iterator<Item = Result<R, Error<A>>> {
    let unreadable = (!unreadable.is_empty()).then(|| Unreadable::listed(unreadable));
    let told = moved.map(Error::Moved).into_iter().chain(unreadable.map(Error::Unreadable));
    told.map(Err).chain(rows.into_iter().map(Ok))
}
