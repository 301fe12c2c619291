//! What the clock of a controller shows. It may be years away from ours, for example after a power cut.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// The clock of a controller, as far as its answers tell.
#[derive(Default)]
pub(super) struct Clock(Mutex<Option<(Timestamp, Instant)>>);

impl Clock {
    /// Takes note of the time that an answer bears, which has no fractions of a second.
    pub(super) fn note(&self, time: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((time, Instant::now()));
    }

    /// What it showed or will show at a moment of ours.
    pub(super) fn time_at(&self, moment: Instant) -> Option<Timestamp> {
        let (time, noted) = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let since = SignedDuration::try_from(moment.saturating_duration_since(noted)).ok()?;
        let until = SignedDuration::try_from(noted.saturating_duration_since(moment)).ok()?;
        time.checked_add(since).ok()?.checked_sub(until).ok()
    }
}
