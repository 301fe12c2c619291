//! A period, in the seconds that controllers take.

use std::fmt::Display;
use std::ops::Range;

use jiff::Timestamp;

use super::time::UnixSeconds;
use crate::validate::{Because, Problem, Violations};

/// A period that does not end before it starts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Period {
    pub(crate) start: UnixSeconds,
    pub(crate) end: UnixSeconds,
}

impl Period {
    /// The period of a statistic.
    pub(crate) fn of(period: &Range<Timestamp>) -> Result<Self, Violations> {
        in_order("filters.timeStart", period.start, "filters.timeEnd", period.end)?;
        Ok(Self { start: period.start.into(), end: period.end.into() })
    }

    /// Refuses a period in a body that ends before it starts.
    pub(crate) fn check_body(start: UnixSeconds, end: UnixSeconds) -> Result<(), Violations> {
        in_order("start", start, "end", end)
    }
}

fn in_order<T: PartialOrd + Display>(path: &str, start: T, end_path: &str, end: T) -> Result<(), Violations> {
    match end < start {
        true => {
            let end = Because { path: end_path.to_owned(), value: end.to_string() };
            Err(Violations::one(path, Problem::Late { value: start.to_string(), end }))
        }
        false => Ok(()),
    }
}
