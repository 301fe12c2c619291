//! What the clock of a controller shows. It may be years away from ours, for example after a power cut.

use std::sync::{Mutex, PoisonError};

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderValue;
use tokio::time::Instant;

/// How much earlier than it began a create may bear its time, because controllers tell the time in whole seconds, and some time
/// after they have read it.
pub(crate) const CLOCK_ERROR: SignedDuration = SignedDuration::from_secs(2);

/// The clock of a controller, as far as its answers tell: what the last one bore, and when it came. Hardly anybody asks, so it
/// is read only then.
#[derive(Default)]
pub(super) struct Clock(Mutex<Option<(HeaderValue, Instant)>>);

impl Clock {
    /// Takes note of the `Date` that an answer bears, which has no fractions of a second.
    pub(super) fn note(&self, date: HeaderValue) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((date, Instant::now()));
    }

    /// What it showed or will show at a moment of ours.
    pub(super) fn time_at(&self, moment: Instant) -> Option<Timestamp> {
        let (date, noted) = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let time = rfc2822::parse(date.to_str().ok()?).ok()?.timestamp();
        let since = SignedDuration::try_from(moment.saturating_duration_since(noted)).ok()?;
        let until = SignedDuration::try_from(noted.saturating_duration_since(moment)).ok()?;
        time.checked_add(since).ok()?.checked_sub(until).ok()
    }
}
