//! A period, in the seconds that controllers take.

use std::ops::Range;

use jiff::Timestamp;

use super::time::UnixSeconds;
use crate::validate::{Problem, Violations};

/// A period that does not end before it starts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Period {
    pub(crate) start: UnixSeconds,
    pub(crate) end: UnixSeconds,
}

impl Period {
    /// The period of a statistic.
    pub(crate) fn of(period: &Range<Timestamp>) -> Result<Self, Violations> {
        if period.end < period.start {
            let problem =
                Problem::Unusable { value: Some(period.start.to_string()), expected: "before `filters.timeEnd`" };
            return Err(Violations::one("filters.timeStart", problem));
        }
        Ok(Self { start: period.start.into(), end: period.end.into() })
    }

    /// Refuses a period in a body that ends before it starts.
    pub(crate) fn check_body(start: UnixSeconds, end: UnixSeconds) -> Result<(), Violations> {
        let problem = Problem::Unusable { value: Some(start.to_string()), expected: "before `end`" };
        if end < start { Err(Violations::one("start", problem)) } else { Ok(()) }
    }
}
