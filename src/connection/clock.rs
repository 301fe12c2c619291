//! What the clock of a controller shows. It may be years away from ours, for example after a power cut.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderValue;
use tokio::time::Instant;

/// How far the time of a create may lie outside the time of the call, because controllers report the time in whole seconds, and
/// some time after they have read it.
pub(crate) const CLOCK_ERROR: SignedDuration = SignedDuration::from_secs(2);

/// How far the clock may seem to move between two responses, because some take longer to arrive than others. A larger difference
/// means that the clock was set, or that the responses come from different clocks.
const JUMP: SignedDuration = SignedDuration::from_secs(60);

/// How many responses are remembered.
const MOST_NOTES: usize = 32;

/// The clock of a controller, as far as its responses show it: the `Date` of the last ones, and when each arrived. It is needed
/// only in doubt, so the dates are parsed only then.
#[derive(Default)]
pub(super) struct Clock(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    last: VecDeque<(HeaderValue, Instant)>,
    /// How many there were.
    count: usize,
}

impl Clock {
    /// Takes note of the `Date` of a response, which has no fractions of a second.
    pub(super) fn note(&self, date: HeaderValue) {
        self.note_at(date, Instant::now());
    }

    fn note_at(&self, date: HeaderValue, noted: Instant) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if notes.last.len() == MOST_NOTES {
            notes.last.pop_front();
        }
        notes.last.push_back((date, noted));
        notes.count += 1;
    }

    /// How many responses had a date so far.
    pub(super) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).count
    }

    /// What it showed or will show at a moment of ours, by the last response.
    pub(super) fn time_at(&self, moment: Instant) -> Option<Timestamp> {
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.last.back().and_then(|note| time_at(note, moment))
    }

    /// What it showed or will show at a moment of ours, by the responses that arrived after the first ones of this
    /// [number](Self::count). `None` if none of them has a date, or if the clock jumped between them.
    pub(super) fn steady_time_at(&self, moment: Instant, first: usize) -> Option<Timestamp> {
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = notes.last.iter().rev().take(notes.count.saturating_sub(first));
        let times: Option<Vec<Timestamp>> = recent.map(|note| time_at(note, moment)).collect();
        let times = times?;
        // A response takes time to arrive, so the latest of the times is the nearest to the right one.
        let (earliest, latest) = (times.iter().min()?, times.iter().max()?);
        (latest.duration_since(*earliest) <= JUMP).then_some(*latest)
    }
}

/// What the clock shows at a moment, by one response.
fn time_at((date, noted): &(HeaderValue, Instant), moment: Instant) -> Option<Timestamp> {
    let time = rfc2822::parse(date.to_str().ok()?).ok()?.timestamp();
    let since = SignedDuration::try_from(moment.saturating_duration_since(*noted)).ok()?;
    let until = SignedDuration::try_from(noted.saturating_duration_since(moment)).ok()?;
    time.checked_add(since).ok()?.checked_sub(until).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_that_jumps_shows_no_time() {
        let begin = Instant::now();
        let at = |seconds| begin + Duration::from_secs(seconds);
        let shown = |first, notes: &[(&'static str, u64)]| {
            let clock = Clock::default();
            for (time, second) in notes {
                let date = format!("Sat, 28 Nov 2026 {time} GMT");
                clock.note_at(HeaderValue::from_str(&date).expect("a header"), at(*second));
            }
            clock.steady_time_at(at(10), first).map(|time| time.to_string())
        };
        assert_eq!(shown(0, &[]), None);
        assert_eq!(shown(0, &[("09:00:00", 0)]).as_deref(), Some("2026-11-28T09:00:10Z"));
        // The second response was 20 seconds on its way.
        assert_eq!(shown(0, &[("09:00:00", 0), ("09:00:10", 30)]).as_deref(), Some("2026-11-28T09:00:10Z"));
        for later in ["08:00:10", "13:00:10", "09:02:00"] {
            assert_eq!(shown(0, &[("09:00:00", 0), (later, 10)]), None, "{later}");
        }
        assert_eq!(shown(0, &[("09:00:00", 0), ("half past", 10)]), None);
        // What it showed before does not count.
        assert_eq!(shown(1, &[("03:00:00", 0), ("09:00:00", 5)]).as_deref(), Some("2026-11-28T09:00:05Z"));
    }

    #[test]
    fn as_many_responses_are_remembered_as_a_call_has() {
        let clock = Clock::default();
        for _ in 0..MOST_NOTES * 2 {
            clock.note(HeaderValue::from_static("Sat, 28 Nov 2026 09:00:00 GMT"));
        }
        assert_eq!(clock.0.lock().expect("no panic").last.len(), MOST_NOTES);
        assert_eq!(clock.count(), MOST_NOTES * 2);
    }
}
