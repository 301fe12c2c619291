//! How fast a controller is asked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Longer than anybody waits, and short enough for a clock to count.
pub(super) const LONGEST: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// How long after its time a turn can still be taken.
const OVER: Duration = Duration::from_secs(1);

/// How fast a controller may be asked: so many requests in any period of a length. Its clones share it.
///
/// A burst may use up all requests of a period at once; what comes after it waits for its turn, first come, first served.
/// Where the controller says that it is asked too fast, everybody waits as long as it wants, up to a minute.
#[derive(Clone)]
pub struct Pace(Arc<Shared>);

struct Shared {
    requests: usize,
    period: Duration,
    turns: Mutex<Turns>,
}

#[derive(Default)]
struct Turns {
    /// When the last turns were or will be, the latest last; as many of them as fit in a period.
    given: VecDeque<Instant>,
    /// Before this time nobody asks.
    held_until: Option<Instant>,
}

impl Pace {
    /// So many requests in any period of this length. None at all counts as one.
    pub fn new(requests: u32, period: Duration) -> Self {
        let requests = usize::try_from(requests).unwrap_or(usize::MAX).max(1);
        Self(Arc::new(Shared { requests, period: period.min(LONGEST), turns: Mutex::default() }))
    }

    /// As fast as can be, until the controller says that it is too fast.
    pub fn unlimited() -> Self {
        Self::new(1, Duration::ZERO)
    }

    /// Waits for a turn. A turn that nobody waits for any more is lost, so that the pace is never exceeded.
    pub(crate) async fn turn(&self) {
        while let Some(turn) = self.take() {
            sleep_until(turn).await;
            // Meanwhile the controller may have said that it is asked too fast, or the program was busy with something else for
            // so long that the turn is over. Then it takes another one.
            if !self.is_held_beyond(turn) && turn.elapsed() < OVER {
                return;
            }
        }
    }

    /// Lets everybody wait for so long.
    pub(crate) fn hold(&self, pause: Duration) {
        let until = Instant::now() + pause.min(LONGEST);
        let mut turns = self.turns();
        turns.held_until = turns.held_until.max(Some(until));
    }

    /// Takes the next free turn, and answers when it is, unless it is now.
    fn take(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut turns = self.turns();
        let earliest = turns.held_until.map_or(now, |until| until.max(now));
        if self.0.period.is_zero() {
            return (earliest > now).then_some(earliest);
        }
        let turn = match turns.given.len() < self.0.requests {
            true => earliest,
            false => turns.given.pop_front().map_or(earliest, |first| earliest.max(first + self.0.period)),
        };
        turns.given.push_back(turn);
        (turn > now).then_some(turn)
    }

    fn is_held_beyond(&self, turn: Instant) -> bool {
        self.turns().held_until.is_some_and(|until| until > turn)
    }

    fn turns(&self) -> std::sync::MutexGuard<'_, Turns> {
        self.0.turns.lock().unwrap_or_else(PoisonError::into_inner)
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
}
