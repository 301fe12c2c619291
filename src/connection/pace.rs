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

/// How fast a controller may be asked: so many requests in any period of a length. Its clones share it.
///
/// A burst may use up all requests of a period at once; what comes after it waits for its turn, first come, first served.
/// Where the controller says that it is asked too fast, everybody waits as long as it wants, up to a minute.
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

    /// Takes somebody off the list, and says whether they were on it.
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
mod tests {
    use super::*;

    /// When turns come, from many tasks, in virtual time.
    async fn turns(pace: &Pace, tasks: usize, length: Duration) -> Vec<Duration> {
        let begin = Instant::now();
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for _ in 0..tasks {
            let (pace, sender) = (pace.clone(), sender.clone());
            tokio::spawn(async move {
                loop {
                    pace.turn().await;
                    if begin.elapsed() >= length || sender.send(begin.elapsed()).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut turns = Vec::new();
        while let Some(turn) = receiver.recv().await {
            turns.push(turn);
        }
        turns.sort();
        turns
    }

    #[tokio::test(start_paused = true)]
    async fn a_pace_is_kept_and_used_up() {
        let minute = Duration::from_secs(60);
        let turns = turns(&Pace::new(100, minute), 50, minute * 10).await;
        assert!((990..=1010).contains(&turns.len()), "{} turns in 10 minutes", turns.len());
        for window in turns.windows(101) {
            assert!(window[100] - window[0] >= minute, "101 turns within a minute, from {:?}", window[0]);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_too_fast_waits_with_all_others() {
        let pace = Pace::new(10, Duration::from_secs(1));
        let slower = pace.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(2500)).await;
            slower.hold(Duration::from_secs(5));
        });
        let turns = turns(&pace, 7, Duration::from_secs(20)).await;
        let held = Duration::from_millis(2501)..Duration::from_millis(7500);
        assert!(!turns.iter().any(|turn| held.contains(turn)), "{turns:?}");
        assert!(turns.windows(11).all(|window| window[10] - window[0] >= Duration::from_secs(1)), "{turns:?}");
        assert!(turns.iter().any(|turn| *turn < held.start) && turns.iter().any(|turn| *turn > held.end));
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_limit_nobody_waits_until_told() {
        let pace = Pace::unlimited();
        let begin = Instant::now();
        for _ in 0..10_000 {
            pace.turn().await;
        }
        assert_eq!(begin.elapsed(), Duration::ZERO);
        pace.hold(Duration::from_secs(3));
        pace.turn().await;
        assert_eq!(begin.elapsed(), Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn a_pace_of_any_length_does_no_harm() {
        let pace = Pace::new(0, Duration::MAX);
        pace.turn().await;
        pace.hold(Duration::MAX);
        assert!(tokio::time::timeout(Duration::from_secs(600), pace.turn()).await.is_err());
    }

    /// So many who wait for a turn, each with the second in which it comes.
    fn wait(pace: &Pace, count: usize) -> tokio::task::JoinSet<u64> {
        let (begin, mut calls) = (Instant::now(), tokio::task::JoinSet::new());
        for _ in 0..count {
            let pace = pace.clone();
            calls.spawn(async move {
                pace.turn().await;
                begin.elapsed().as_secs()
            });
        }
        calls
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_waiting_takes_no_turn() {
        let pace = Pace::new(100, Duration::from_secs(60));
        let (begin, mut calls) = (Instant::now(), wait(&pace, 250));
        // Somebody who came after all others moves up as soon as they have gone.
        let last = pace.clone();
        let last = tokio::spawn(async move {
            tokio::task::yield_now().await;
            last.turn().await;
            begin.elapsed()
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        calls.shutdown().await;
        assert_eq!(last.await.expect("it waits").as_secs(), 60);
        pace.turn().await;
        assert_eq!(begin.elapsed().as_secs(), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_longer_than_the_pace_asks_waits_no_more_than_that() {
        let pace = Pace::new(100, Duration::from_secs(60));
        let calls = wait(&pace, 200);
        tokio::time::sleep(Duration::from_secs(1)).await;
        pace.hold(Duration::from_secs(60));
        let turns = calls.join_all().await;
        assert_eq!(turns.iter().filter(|turn| **turn == 0).count(), 100);
        assert_eq!(turns.iter().filter(|turn| **turn == 61).count(), 100, "{turns:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn turns_come_in_the_order_of_those_who_wait() {
        let pace = Pace::new(2, Duration::from_secs(1));
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for number in 0..9 {
            let (pace, sender) = (pace.clone(), sender.clone());
            tokio::spawn(async move {
                pace.turn().await;
                let _ = sender.send(number);
            });
            tokio::task::yield_now().await;
        }
        drop(sender);
        let mut order = Vec::new();
        while let Some(number) = receiver.recv().await {
            order.push(number / 2);
        }
        assert_eq!(order, [0, 0, 1, 1, 2, 2, 3, 3, 4]);
    }
}
