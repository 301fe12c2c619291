//! What a rule across fields demands: `rule limitType 0 or 1: requires limitNum`.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Report;
use xtask_docs::verdict::Event;

/// One field that one value of another field demands something of. Rules are taken apart into these, because a rule that
/// covers one value less demands less, however its line is written.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Demand<'a> {
    governor: &'a str,
    value: &'a str,
    verb: &'a str,
    field: &'a str,
}

/// Reads the line of a rule: what stands behind the word `rule`, and what stands behind the colon.
pub fn parse<'a>(condition: &'a str, text: &'a str) -> Result<Vec<Demand<'a>>, String> {
    let (governor, values) = condition.split_once(' ').ok_or("a rule gives a field and its values")?;
    let mut demands = Vec::new();
    for value in values.split(" or ") {
        for part in text.split("; ") {
            let (verb, fields) = part.split_once(' ').ok_or("a rule gives a verb and the fields that it is about")?;
            demands.extend(fields.split(", ").map(|field| Demand { governor, value, verb, field }));
        }
    }
    Ok(demands)
}

/// Tells what the rules demand more, and what less.
pub fn compare(old: &[Demand<'_>], new: &[Demand<'_>], subject: &str, report: &mut Report) {
    let [old, new] = [old, new].map(|demands| demands.iter().collect::<BTreeSet<_>>());
    for ((governor, demands), values) in gathered(new.difference(&old)) {
        let words = format!("{subject}: where {governor} is {values}, it now {demands}");
        report.add(Event::RuleDemandsMore, words);
    }
    for ((governor, demands), values) in gathered(old.difference(&new)) {
        let words = format!("{subject}: where {governor} is {values}, it no longer {demands}");
        report.add(Event::RuleDemandsLess, words);
    }
}

/// The demands as a reader would say them: the fields of a verb together, then the values that demand the same.
fn gathered<'a>(demands: impl Iterator<Item = &'a &'a Demand<'a>>) -> BTreeMap<(&'a str, String), String> {
    let mut by_value: BTreeMap<(&str, &str), BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for demand in demands {
        let verbs = by_value.entry((demand.governor, demand.value)).or_default();
        verbs.entry(demand.verb).or_default().push(demand.field);
    }
    let mut by_words: BTreeMap<(&str, String), String> = BTreeMap::new();
    for ((governor, value), verbs) in by_value {
        let words: Vec<String> =
            verbs.iter().map(|(verb, fields)| format!("{} {}", plain(verb), fields.join(", "))).collect();
        let values = by_words.entry((governor, words.join(" and "))).or_default();
        if !values.is_empty() {
            values.push_str(" or ");
        }
        values.push_str(value);
    }
    by_words
}

/// The verb of a rule for readers who do not know the spec.
fn plain(verb: &str) -> &str {
    if verb == "fills" { "requires items in" } else { verb }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_covers_one_value_less_demands_less() {
        let old = parse("limitType 0 or 1", "requires limitNum").unwrap();
        let new = parse("limitType 1", "requires limitNum").unwrap();
        let mut report = Report::new("omada");
        compare(&old, &new, "request Create", &mut report);
        let expected =
            "omada: request Create: where limitType is 0, it no longer requires limitNum (minor: demands less)\n";
        assert_eq!(report.to_string(), expected);
    }

    #[test]
    fn values_that_demand_the_same_share_a_line() {
        let new = parse("mode 0 or 1", "requires start, end; forbids profile").unwrap();
        let mut report = Report::new("omada");
        compare(&[], &new, "request Create", &mut report);
        let expected = "omada: request Create: where mode is 0 or 1, it now forbids profile and requires end, start \
                        (major: demands more)\n";
        assert_eq!(report.to_string(), expected);
    }
}
