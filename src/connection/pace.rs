//! How fast a controller is asked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::paces::Entry;

/// Longer than anybody waits, and short enough for a clock to count.
pub(super) const LONGEST: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// A rate limit for calls to a controller: a number of requests in any period of a given length. Its clones share it.
///
/// A burst may use up all requests of a period at once. Later calls wait in the order in which they were made. They also wait for
/// the `Retry-After` delay of a 429, up to a minute.
#[derive(Clone)]
pub struct Pace(pub(super) Arc<Shared>);

pub(super) struct Shared {
    requests: usize,
    period: Duration,
    turns: Mutex<Turns>,
    /// Tells those who wait that somebody before them has gone.
    gone: Notify,
    _entry: Option<Entry>,
}

#[derive(Default)]
struct Turns {
    /// When the last turns were, the latest last; as many of them as fit in a period.
    taken: VecDeque<Instant>,
    /// Before this time nobody asks.
    held_until: Option<Instant>,
    /// Who waits, in the order in which they came.
    waiting: VecDeque<u64>,
    /// The number of whoever comes to wait next.
    next: u64,
}

impl Pace {
    /// So many requests in any period of this length. None at all counts as one.
    pub fn new(requests: u32, period: Duration) -> Self {
        Self::entered(requests, period, None)
    }

    /// As fast as can be, until the controller says that it is too fast.
    pub fn unlimited() -> Self {
        Self::new(1, Duration::ZERO)
    }

    /// Waits for a turn, and takes it. Whoever stops waiting takes none, and those behind move up.
    pub(crate) async fn turn(&self) {
        let mut waiting = None;
        loop {
            let gone = self.0.gone.notified();
            let Err(turn) = self.take(&mut waiting) else { return };
            // What matters is only that something has changed, or may have.
            let _ = timeout_at(turn, gone).await;
        }
    }

    /// Lets everybody wait for so long.
    pub(crate) fn hold(&self, pause: Duration) {
        let until = Instant::now() + pause.min(LONGEST);
        let mut turns = self.turns();
        turns.held_until = turns.held_until.max(Some(until));
    }

    /// Returns `true` if the controller requested a pause that is not over.
    pub(crate) fn is_held(&self) -> bool {
        self.turns().held_until.is_some_and(|until| until > Instant::now())
    }

    /// Takes a turn, or a place among those who wait, and then says when its turn comes, as far as can be told.
    fn take<'a>(&'a self, place: &mut Option<Waiting<'a>>) -> Result<(), Instant> {
        let now = Instant::now();
        let mut turns = self.turns();
        let before = match &*place {
            Some(waiting) => turns.before(waiting.number),
            None => turns.waiting.len(),
        };
        let turn = self.0.turn(&turns, before, now);
        if turn <= now {
            if turns.taken.len() == self.0.requests {
                turns.taken.pop_front();
            }
            turns.taken.push_back(now);
            if let Some(waiting) = place {
                turns.leave(waiting.number);
            }
            return Ok(());
        }
        if place.is_none() {
            let number = turns.next;
            turns.next += 1;
            turns.waiting.push_back(number);
            *place = Some(Waiting { pace: self, number });
        }
        Err(turn)
    }

    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.0.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    pub(super) fn new(requests: u32, period: Duration, entry: Option<Entry>) -> Self {
        let requests = usize::try_from(requests).unwrap_or(usize::MAX).max(1);
        Self { requests, period: period.min(LONGEST), turns: Mutex::default(), gone: Notify::new(), _entry: entry }
    }

    /// When somebody has a turn, before whom so many others wait.
    fn turn(&self, turns: &Turns, before: usize, now: Instant) -> Instant {
        let earliest = turns.held_until.map_or(now, |until| until.max(now));
        // Who waits for a turn in a later period has it so much later than the one who has it in the first.
        let periods = u32::try_from(before / self.requests).unwrap_or(u32::MAX);
        let place = turns.taken.len() + before % self.requests;
        let first = match place.checked_sub(self.requests).and_then(|behind| turns.taken.get(behind)) {
            Some(taken) => earliest.max(*taken + self.period),
            None => earliest,
        };
        first + self.period.saturating_mul(periods).min(LONGEST)
    }
}

impl Turns {
    /// How many wait before the one with a number.
    fn before(&self, number: u64) -> usize {
        self.waiting.partition_point(|waiting| *waiting < number)
    }

    /// Removes a waiting call from the list, and returns whether it was on it.
    fn leave(&mut self, number: u64) -> bool {
        let place = self.before(number);
        self.waiting.get(place) == Some(&number) && self.waiting.remove(place).is_some()
    }
}

/// A place among those who wait, until it is dropped.
struct Waiting<'a> {
    pace: &'a Pace,
    number: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // Whoever has taken a turn is gone already, and nobody moves up for it.
        let has_given_up = self.pace.turns().leave(self.number);
        if has_given_up {
            self.pace.0.gone.notify_waiters();
        }
    }
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.period.is_zero() {
            true => f.write_str("Pace(unlimited)"),
            false => write!(f, "Pace({} in {:?})", self.0.requests, self.0.period),
        }
    }
}

#[cfg(test)]
mod tests;
