//! The values that a field may hold, or how many of them.

use std::fmt;

use xtask_docs::verdict::Event;

/// What a range counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Value,
    Characters,
    Items,
}

impl Unit {
    /// Every unit, in the order in which a line gives them.
    pub const ALL: [Self; 3] = [Self::Value, Self::Characters, Self::Items];

    /// What the range of a field is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Value => "range",
            Self::Characters => "length",
            Self::Items => "number of items",
        }
    }
}

/// A range with both ends included; an end that is absent is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub unit: Unit,
    low: Option<i64>,
    high: Option<i64>,
}

impl Range {
    /// Reads `6..=10`, `1.. items` or `..=32 characters`.
    pub fn parse(text: &str) -> Option<Self> {
        let (ends, unit) = match text.split_once(' ') {
            None => (text, Unit::Value),
            Some((ends, "characters")) => (ends, Unit::Characters),
            Some((ends, "items")) => (ends, Unit::Items),
            Some(_) => return None,
        };
        let (low, high) = ends.split_once("..")?;
        let end = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        let high = if high.is_empty() { None } else { end(high.strip_prefix('=')?)? };
        Some(Self { unit, low: end(low)?, high })
    }

    /// What it means that this range was `old` before.
    pub fn event(self, old: Self) -> Option<Event> {
        match (self.contains(old), old.contains(self)) {
            (true, true) => None,
            (true, false) => Some(Event::RangeWidened),
            (false, true) => Some(Event::RangeNarrowed),
            (false, false) => Some(Event::RangeMoved),
        }
    }

    fn contains(self, other: Self) -> bool {
        let low = self.low.is_none_or(|low| other.low.is_some_and(|other| low <= other));
        let high = self.high.is_none_or(|high| other.high.is_some_and(|other| high >= other));
        low && high
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) => write!(f, "{low}..={high}"),
            (Some(low), None) => write!(f, "{low}.."),
            (None, Some(high)) => write!(f, "..={high}"),
            (None, None) => write!(f, ".."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: Option<Event>) {
        let (old, new) = (Range::parse(old).unwrap(), Range::parse(new).unwrap());
        assert_eq!(new.event(old), expected);
    }

    #[test]
    fn ends_move_either_way() {
        check("6..=10", "6..=10", None);
        check("6..=10", "6..=12", Some(Event::RangeWidened));
        check("6..=10", "5..=10", Some(Event::RangeWidened));
        check("6..=10", "6..", Some(Event::RangeWidened));
        check("-5..=10", "0..=10", Some(Event::RangeNarrowed));
        check("6..", "6..=10", Some(Event::RangeNarrowed));
        check("..=10", "0..=10", Some(Event::RangeNarrowed));
        check("6..=10", "8..=12", Some(Event::RangeMoved));
        check("6..=10", "8..", Some(Event::RangeMoved));
    }

    #[test]
    fn other_texts_are_no_ranges() {
        for text in ["", "required", "1..2", "1..=2 apples", "a..=b", "1"] {
            assert_eq!(Range::parse(text), None, "{text}");
        }
    }
}
