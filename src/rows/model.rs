//! A list in memory that changes while it is read, for tests of the lists of all vendors.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{FutureExt, Stream, StreamExt, pin_mut};

use crate::error::Error;
use crate::unexpected::Reason;

/// How many schedules are tried of each list, unless the environment asks for more.
const SCHEDULES: u64 = 500;

/// The variable with the number of schedules of each list.
const VARIABLE: &str = "HOTSPOT_VOUCHERS_SCHEDULES";

pub(crate) fn schedules() -> u64 {
    std::env::var(VARIABLE).ok().and_then(|number| number.parse().ok()).unwrap_or(SCHEDULES)
}

/// Numbers that are the same for the same seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound.max(1)
    }
}

struct State {
    random: Random,
    rows: Vec<u64>,
    throughout: HashSet<u64>,
    next: u64,
    /// The probability of a change before a page, in percent.
    changes: usize,
    cap: usize,
    pages: usize,
}

/// A list whose rows are numbers.
#[derive(Clone)]
pub(crate) struct Model(Arc<Mutex<State>>);

impl Model {
    pub(crate) fn new(seed: u64, length: u64, changes: usize, cap: usize) -> Self {
        let rows: Vec<u64> = (1..=length).collect();
        let throughout = rows.iter().copied().collect();
        let random = Random::of(seed);
        Self(Arc::new(Mutex::new(State { random, rows, throughout, next: length, changes, cap, pages: 0 })))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page behind an offset: the length of the list, and the rows.
    pub(crate) fn at(&self, offset: usize, size: usize) -> (usize, Vec<u64>) {
        let mut state = self.state();
        state.change();
        state.pages += 1;
        (state.rows.len(), state.rows.iter().skip(offset).take(size.min(state.cap)).copied().collect())
    }

    /// A page by its number, which counts pages of the size that is really sent.
    pub(crate) fn page(&self, number: usize, size: usize) -> (usize, Vec<u64>) {
        let size = size.min(self.state().cap);
        self.at((number - 1) * size, size)
    }

    pub(crate) fn pages(&self) -> usize {
        self.state().pages
    }

    pub(crate) fn throughout(&self) -> HashSet<u64> {
        self.state().throughout.clone()
    }
}

impl State {
    /// Rows are added and removed, often as many of these as of those.
    fn change(&mut self) {
        if self.random.below(100) >= self.changes {
            return;
        }
        let (added, removed) = [(1, 0), (0, 1), (1, 1), (1, 1), (2, 2), (3, 1), (1, 4)][self.random.below(7)];
        for _ in 0..removed {
            if !self.rows.is_empty() {
                let place = self.random.below(self.rows.len());
                let row = self.rows.remove(place);
                self.throughout.remove(&row);
            }
        }
        for _ in 0..added {
            self.next += 1;
            let place = [0, self.rows.len(), self.random.below(self.rows.len() + 1)][self.random.below(3)];
            self.rows.insert(place, self.next);
        }
    }
}

/// What a stream yielded: the rows, and how many notices.
pub(crate) fn read<R, A: std::fmt::Debug>(
    rows: impl Stream<Item = Result<R, Error<A>>>,
    number: impl Fn(R) -> u64,
) -> (Vec<u64>, usize) {
    pin_mut!(rows);
    let (mut read, mut notices) = (Vec::new(), 0);
    loop {
        // Pages are there at once, so that a stream which has to be polled again is not waiting.
        let Some(row) = rows.next().now_or_never() else { continue };
        match row {
            None => return (read, notices),
            Some(Ok(row)) => read.push(number(row)),
            Some(Err(Error::Moved(_))) => notices += 1,
            // A list may grow faster than it is read.
            Some(Err(Error::Unexpected(told))) if told.reason == Reason::Endless => notices += 1,
            Some(Err(other)) => unreachable!("{other:?}"),
        }
    }
}

/// Whether each row was yielded once at the most, and none that existed throughout was missed without a notice.
pub(crate) fn is_sound(model: &Model, (read, notices): &(Vec<u64>, usize)) -> bool {
    let given: HashSet<u64> = read.iter().copied().collect();
    given.len() == read.len() && (*notices > 0 || model.throughout().is_subset(&given))
}
