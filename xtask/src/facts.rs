//! What a request has to keep to, as the end of a line: `, required, 1..=32 characters, unique, default 1`.

use crate::range::{Range, Unit};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// What a field or a parameter has to keep to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts<'a> {
    pub is_required: bool,
    ranges: Vec<Range>,
    is_unique: bool,
    is_trimmed: bool,
    default: Option<&'a str>,
}

impl<'a> Facts<'a> {
    /// Reads what stands behind the type.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        // A default is JSON and may hold commas, so it has to go first.
        let (plain, default) = match text.split_once(", default ") {
            Some((plain, default)) => (plain, Some(default)),
            None => (text, None),
        };
        let mut facts = Self { is_required: false, ranges: Vec::new(), is_unique: false, is_trimmed: false, default };
        for fact in plain.split(", ").filter(|fact| !fact.is_empty()) {
            match fact {
                "required" => facts.is_required = true,
                "unique" => facts.is_unique = true,
                "trimmed" => facts.is_trimmed = true,
                _ => facts.ranges.push(Range::parse(fact).ok_or_else(|| format!("no fact is written `{fact}`"))?),
            }
        }
        Ok(facts)
    }

    /// Tells what is checked differently. Whether the thing is required is for its owner to tell, who knows its type.
    pub fn compare(&self, old: &Self, subject: &str, name: &str, report: &mut Report) {
        for unit in Unit::ALL {
            let range = |facts: &Self| facts.ranges.iter().copied().find(|range| range.unit == unit);
            let noun = unit.noun();
            match (range(old), range(self)) {
                (None, None) => {}
                (None, Some(new)) => {
                    report.add(Event::RangeAdded, format!("{subject}: the {noun} of {name} is now limited to {new}"));
                }
                (Some(old), None) => {
                    let words = format!("{subject}: the {noun} of {name} is no longer limited to {old}");
                    report.add(Event::RangeRemoved, words);
                }
                (Some(old), Some(new)) => {
                    if let Some(event) = new.event(old) {
                        report.add(event, format!("{subject}: the {noun} of {name} went from {old} to {new}"));
                    }
                }
            }
        }
        match (old.is_unique, self.is_unique) {
            (false, true) => {
                report.add(Event::UniqueAdded, format!("{subject}: the items of {name} now have to differ"));
            }
            (true, false) => {
                report.add(Event::UniqueRemoved, format!("{subject}: the items of {name} no longer have to differ"));
            }
            _ => {}
        }
        match (old.is_trimmed, self.is_trimmed) {
            (false, true) => {
                report.add(Event::TrimmedAdded, format!("{subject}: {name} may no longer begin or end with a space"));
            }
            (true, false) => {
                report.add(Event::TrimmedRemoved, format!("{subject}: {name} may now begin and end with a space"));
            }
            _ => {}
        }
        if old.default != self.default {
            let words = match (old.default, self.default) {
                (None, new) => format!("{subject}: {name} now has the default {}", new.unwrap_or_default()),
                (Some(old), None) => format!("{subject}: {name} no longer has the default {old}"),
                (Some(old), Some(new)) => format!("{subject}: the default of {name} went from {old} to {new}"),
            };
            report.add(Event::DefaultChanged, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_may_hold_commas() {
        let facts = Facts::parse(", required, 1.. items, unique, default [0, 1]").unwrap();
        assert!(facts.is_required && facts.is_unique);
        assert_eq!(facts.default, Some("[0, 1]"));
        assert_eq!(facts.ranges, [Range::parse("1.. items").unwrap()]);
    }

    #[test]
    fn an_unknown_fact_is_an_error() {
        assert_eq!(Facts::parse(", odd").unwrap_err(), "no fact is written `odd`");
    }
}
