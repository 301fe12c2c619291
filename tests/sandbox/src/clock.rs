use std::fmt;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tokio::time::Instant;

use crate::shared::Shared;

/// The time that both controllers live by.
///
/// It runs with the system clock until a test freezes or advances it, so that expiry and lag are
/// tested without sleeping. A sandbox [on the runtime of its test](crate::SandboxBuilder::on_this_runtime) runs with the clock
/// of that runtime, which may be a virtual one.
pub struct Clock {
    hand: Shared<Hand>,
    origin: Option<Origin>,
}

/// A moment on the clock of a runtime, and what the system clock said then.
struct Origin {
    instant: Instant,
    unix_millis: i64,
}

enum Hand {
    Running { ahead_millis: i64 },
    Frozen { unix_millis: i64 },
}

impl Clock {
    pub(crate) fn of_the_system() -> Self {
        Self { hand: Shared::new(Hand::Running { ahead_millis: 0 }), origin: None }
    }

    pub(crate) fn of_this_runtime() -> Self {
        let origin = Origin { instant: Instant::now(), unix_millis: system_unix_millis() };
        Self { origin: Some(origin), ..Self::of_the_system() }
    }

    /// What the clock shows, in milliseconds since 1970-01-01T00:00:00Z.
    pub fn now_unix_millis(&self) -> i64 {
        match *self.hand.lock() {
            Hand::Running { ahead_millis } => self.unadjusted_unix_millis().saturating_add(ahead_millis),
            Hand::Frozen { unix_millis } => unix_millis,
        }
    }

    /// Stops the clock at this moment, in milliseconds since 1970-01-01T00:00:00Z.
    pub fn set_unix_millis(&self, unix_millis: i64) {
        *self.hand.lock() = Hand::Frozen { unix_millis };
    }

    /// Moves the clock forward: a stopped clock stays stopped, a running one keeps running.
    pub fn advance(&self, by: Duration) {
        let (Hand::Running { ahead_millis: hand } | Hand::Frozen { unix_millis: hand }) = &mut *self.hand.lock();
        *hand = hand.saturating_add(millis(by));
    }

    /// Runs with the system clock again, and forgets where it was stopped and how far it was
    /// advanced.
    pub fn release(&self) {
        *self.hand.lock() = Hand::Running { ahead_millis: 0 };
    }

    fn unadjusted_unix_millis(&self) -> i64 {
        match &self.origin {
            Some(origin) => origin.unix_millis.saturating_add(millis(origin.instant.elapsed())),
            None => system_unix_millis(),
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("now_unix_millis", &self.now_unix_millis()).finish()
    }
}

/// A span in whole milliseconds; one that is too long for the wire counts as the longest that fits.
pub(crate) fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// RFC 3339 in UTC with this many digits after the seconds; a moment beyond the year 9999 counts as
/// the last that can be written.
pub(crate) fn rfc3339(unix_millis: i64, fraction_digits: usize) -> String {
    let nearest = if unix_millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let moment = Timestamp::from_millisecond(unix_millis).unwrap_or(nearest);
    format!("{moment:.fraction_digits$}")
}

/// The `Date` of an answer.
pub(crate) fn http_date(unix_millis: i64) -> String {
    let moment = Timestamp::from_millisecond(unix_millis).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.strftime("%a, %d %b %Y %T GMT").to_string()
}

fn system_unix_millis() -> i64 {
    // A system clock before 1970 is taken as 1970: no controller can be asked about that time
    // anyway.
    millis(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default())
}
