//! Lists that are read in overlapping windows, because the vendor has no cursor.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::marker::PhantomData;

use super::{Place, Taken, mark};
use crate::error::Moved;
use crate::list::{List, UnreadableRow};

/// Consecutive rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    /// How many rows are before it.
    pub(crate) start: i64,
    /// How many rows it has at most.
    pub(crate) size: i64,
}

impl Window {
    pub(crate) fn end(self) -> i64 {
        self.start.saturating_add(self.size)
    }
}

/// The page of a window, with the page before it if that one was requested as well.
pub(crate) async fn with_before<P, E, C>(page: C, before: Option<C>) -> Result<(P, Option<P>), E>
where
    C: Future<Output = Result<P, E>>,
{
    let page = page.await?;
    let before = match before {
        Some(before) => Some(before.await?),
        None => None,
    };
    Ok((page, before))
}

/// How large windows may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// The size that the caller requested, or the largest one that the controller was seen to send.
    pub(crate) wanted: i64,
    /// The largest size that may be requested if no window of the wanted size overlaps the one before.
    pub(crate) most: i64,
}

/// What to request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) window: Window,
    /// The last row of the window before, to be read after this one. Only if no window has both rows.
    pub(crate) before: Option<Window>,
}

/// How a vendor counts the pages of one of its lists.
pub(crate) trait Paging {
    type Page: Send;
    type Row;

    /// The name of the operation in the spec.
    const OPERATION: &'static str;

    /// Whether a page begins elsewhere if it is smaller than the requested size.
    const SHIFTS: bool;

    /// A window that has a row and at least the one behind it.
    fn overlapping(row: i64, sizes: Sizes) -> Option<Window>;

    /// A window that begins with a row.
    fn beginning(row: i64, sizes: Sizes) -> Window;

    /// A number for the identity of a row, if it has one.
    fn mark(row: &Self::Row) -> Option<u64>;

    /// A number for the content of a row without an identity.
    fn content(row: &Self::Row) -> u64;

    /// The number of rows that the list reports to have, and the rows of the page.
    fn split(page: Self::Page) -> (Option<i64>, List<Self::Row>);
}

/// A place in a list that is read in overlapping windows.
///
/// Each window has the last row of the window before. If it is there, no row between the two windows was missed: rows keep their
/// order, so that all rows behind the last one are in the new window, whenever either was read. If it is not there, or the list
/// has another length than before, or ends with another number of rows than it reports, rows were added or removed meanwhile.
///
/// A controller that caps its pages sends fewer rows than the list has left. From then on windows have the capped size. If pages
/// are too small to overlap, the last row of the window before is read again behind the window.
///
/// The identity of each row that was given is kept as 8 bytes, in a table that takes up to 21 bytes a row.
pub(crate) struct Windows<P> {
    ask: Ask,
    sizes: Sizes,
    total: Option<i64>,
    /// The number of rows before the first window.
    skipped: i64,
    /// How many rows were given.
    count: i64,
    given: HashSet<u64, BuildHasherDefault<Unhashed>>,
    /// The place and the mark of the last row that was read.
    last: Option<(i64, u64)>,
    has_moved: bool,
    of: PhantomData<fn() -> P>,
}

/// One page, and the last row of the page before if it was requested.
pub(crate) type Pages<P> = (P, Option<P>);

impl<P: Paging> Windows<P> {
    pub(crate) fn from(first: Window, sizes: Sizes) -> Self {
        Self {
            ask: Ask { window: first, before: None },
            sizes,
            total: None,
            skipped: first.start,
            count: 0,
            given: HashSet::default(),
            last: None,
            has_moved: false,
            of: PhantomData,
        }
    }

    /// What to request behind a row.
    fn behind(row: i64, sizes: Sizes) -> Ask {
        match P::overlapping(row, sizes) {
            Some(window) => Ask { window, before: None },
            None => Ask {
                window: P::beginning(row.saturating_add(1), sizes),
                before: Some(P::beginning(row, Sizes { wanted: 1, most: 1 })),
            },
        }
    }

    /// Where the last row of the window before is in this one: the number of rows that are not new, and whether it is in place.
    fn overlap(&self, marks: &[u64], before: Option<(Option<i64>, List<P::Row>)>, total: Option<i64>) -> (usize, bool) {
        let Some((row, mark)) = self.last else { return (0, true) };
        if let Some((length, rows)) = before {
            let is_same_length = length.is_none() || total.is_none() || length == total;
            let is_in_place = rows.in_order().next().map(marked::<P>) == Some(mark);
            return (0, is_same_length && is_in_place);
        }
        let expected = usize::try_from(row - self.ask.window.start).ok();
        match expected.filter(|expected| marks.get(*expected) == Some(&mark)) {
            Some(expected) => (expected + 1, true),
            None => (marks.iter().rposition(|other| *other == mark).map_or(0, |position| position + 1), false),
        }
    }

    /// Which rows of a page are to be given, in the order of the page.
    fn unseen(&mut self, list: &List<P::Row>, marks: &[u64], known: usize, is_lost: bool) -> Vec<bool> {
        let keep = list.in_order().zip(marks).enumerate().map(|(position, (row, mark))| {
            let is_unseen = self.given.insert(*mark);
            // Two rows without an identity may have the same content.
            let has_identity = row.is_ok_and(|row| P::mark(row).is_some());
            if has_identity || is_lost { is_unseen } else { position >= known }
        });
        keep.collect()
    }

    /// Requests smaller pages from now on, as the controller sends no larger ones.
    fn shrink(&mut self, length: i64) {
        let most = length.clamp(1, self.sizes.most.max(1));
        self.sizes = Sizes { wanted: most.min(self.sizes.wanted), most };
    }
}

impl<P: Paging> Place for Windows<P> {
    type Page = Pages<P::Page>;
    type Row = P::Row;
    type Ask = Ask;

    const OPERATION: &'static str = P::OPERATION;

    fn ask(&self) -> Ask {
        self.ask
    }

    /// The overlap shows whether rows were missed in whichever order pages are read, but not if it is read on a page of its own.
    fn ahead(&self, asked: &Ask) -> Option<Ask> {
        let end = asked.window.end();
        if asked.before.is_some() || end >= self.total? {
            return None;
        }
        Some(Self::behind(end - 1, self.sizes)).filter(|ask| ask.before.is_none())
    }

    fn take(&mut self, (page, before): Self::Page) -> Taken<P::Row> {
        let (total, list) = P::split(page);
        let marks: Vec<u64> = list.in_order().map(marked::<P>).collect();
        let (known, is_in_place) = self.overlap(&marks, before.map(P::split), total.or(self.total));
        let Window { start, size } = self.ask.window;
        let length = i64::try_from(marks.len()).unwrap_or(i64::MAX);
        let latest = total.or(self.total);
        // How many rows there should be on the page.
        let due = latest.map_or(length, |latest| latest.saturating_sub(start).clamp(0, size.max(0)));
        let is_short = length > 0 && length < due;
        if P::SHIFTS && !is_in_place && length > 0 && length < size && length < self.sizes.most {
            // If pages are capped, it began elsewhere, as pages of that size do. It is read again from where it should have begun.
            self.shrink(length);
            self.ask = self.last.map_or(self.ask, |(row, _)| Self::behind(row, self.sizes));
            return Taken { rows: Vec::new(), unreadable: Vec::new(), moved: None, first: None, is_over: false, total };
        }
        let change = self.total.zip(total).filter(|(before, after)| before != after);
        self.total = latest;

        let keep = self.unseen(&list, &marks, known, !is_in_place && known == 0);
        let is_row: Vec<bool> = list.in_order().map(|row| row.is_ok()).collect();
        let (mut rows, mut unreadable) = list.into_parts();
        let mut kept = is_row.iter().zip(&keep).filter(|(is_row, _)| **is_row);
        rows.retain(|_| kept.next().is_none_or(|(_, keep)| *keep));
        let mut kept = is_row.iter().zip(&keep).filter(|(is_row, _)| !**is_row);
        unreadable.retain(|_| kept.next().is_none_or(|(_, keep)| *keep));
        // A row that is twice on one page did not move there, but counts as two.
        let is_twice = |place: usize| place >= known && marks[..place].contains(&marks[place]);
        let counts = |(place, keep): (usize, &bool)| i64::from(*keep || is_twice(place));
        self.count = self.count.saturating_add(keep.iter().enumerate().map(counts).sum());

        let end = start.saturating_add(length);
        let is_further = length > 0 && self.last.is_none_or(|(row, _)| end - 1 > row);
        if let (true, Some(mark)) = (length > 0, marks.last()) {
            self.last = Some((end - 1, *mark));
        }
        if is_short {
            self.shrink(length);
        }
        let is_over = match latest {
            Some(latest) => length == 0 || end == latest || !is_further && !is_short,
            None => !is_further,
        };
        if let Some((row, _)) = self.last {
            self.ask = Self::behind(row, self.sizes);
        }
        let is_whole = !is_over || latest.is_none_or(|latest| latest.saturating_sub(self.skipped).max(0) == self.count);
        let stands_still = change.is_none() && is_in_place && length <= due && (is_whole || self.has_moved);
        self.has_moved |= !stands_still;
        let now = latest.unwrap_or(self.count);
        let (before, after) = change.unwrap_or((now, now));
        let moved = (!stands_still).then_some(Moved { before, after });
        Taken { rows, unreadable, moved, first: None, is_over, total: latest }
    }
}

/// A number for a row: for its identity, or for all of it if it has none or could not be read.
fn marked<P: Paging>(row: Result<&P::Row, &UnreadableRow>) -> u64 {
    match row {
        Ok(row) => P::mark(row).unwrap_or_else(|| P::content(row)),
        Err(row) => mark(&row.json()),
    }
}

/// Takes marks for hashes, which they are.
#[derive(Default)]
struct Unhashed(u64);

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = mark(&bytes);
    }

    fn write_u64(&mut self, mark: u64) {
        self.0 = mark;
    }
}
