//! One value in the spec and on a page, with all that it holds.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Comparison, Said, codes, pairs, single};
use crate::fact::Attribute;
use crate::field::{Demand, Field};
use crate::spec::scalars;
use crate::verdict::Event;

/// Reports in what they differ. `place` is where the value stands on the wire.
pub fn compare(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str, is_answer: bool) {
    if !single::kind(comparison, ours, theirs, place, is_answer) {
        // Two types have nothing more in common.
        return;
    }
    single::required(comparison, ours, theirs, place, is_answer);
    single::unit(comparison, ours, theirs, place);
    codes::compare(comparison, ours, theirs, place);
    if !is_answer {
        single::bounds(comparison, ours, theirs, place);
        single::unique(comparison, ours, theirs, place);
        single::default(comparison, ours, theirs, place);
        demands(comparison, ours, theirs, place);
    }
    // What a page does not unfold, it does not deny.
    if !theirs.is_collapsed && !theirs.fields.is_empty() {
        let schema = ours.origin.clone().unwrap_or_default().schema;
        pairs::compare(
            comparison,
            &ours.fields,
            &theirs.fields,
            &pairs::Holder {
                place: place.to_owned(),
                pointer: format!("{schema}/properties"),
                sort: if is_answer { pairs::Sort::Answer } else { pairs::Sort::Request },
                line: theirs.line,
            },
        );
    }
    if let (Some(ours), Some(theirs)) = (&ours.items, &theirs.items) {
        compare(comparison, ours, theirs, &format!("{place}[]"), is_answer);
    }
}

fn demands(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    if !comparison.form.tells(Attribute::Rule, false) || theirs.fields.is_empty() {
        return;
    }
    let names = pairs::new_names(comparison, &ours.fields, &theirs.fields);
    let name = |name: &String| names.get(name).unwrap_or(name).clone();
    let spec: BTreeSet<Demand> = ours
        .demands
        .iter()
        .map(|demand| Demand { target: name(&demand.target), governor: name(&demand.governor), ..demand.clone() })
        .collect();
    let page: BTreeSet<Demand> = theirs.demands.iter().cloned().collect();
    let schema = ours.origin.clone().unwrap_or_default().schema;
    for demand in spec.symmetric_difference(&page) {
        // A field that is gone is told as such, and takes its conditions along. A new one brings them.
        if !pairs::has(&theirs.fields, &demand.target) {
            continue;
        }
        let is_required =
            |fields: &[Field]| fields.iter().any(|field| field.name == demand.target && field.required == Some(true));
        let is_new = page.contains(demand);
        let is_implied =
            is_required(&ours.fields) || (is_required(&theirs.fields) && !pairs::has(&ours.fields, &demand.target));
        if demand.what == crate::field::Wanted::Required && is_implied {
            continue;
        }
        let words = Some(demand.to_string());
        let (spec, page) = if is_new { (None, words) } else { (words, None) };
        let pointer = rule(comparison, &schema, demand).unwrap_or_else(|| format!("{schema}/x-rules"));
        let line =
            theirs.fields.iter().find(|field| field.name == demand.target).map_or(theirs.line, |field| field.line);
        comparison.say(Said {
            place: &format!("{place}.{}", demand.target),
            attribute: Attribute::Rule,
            spec,
            page,
            event: match is_new {
                true if is_of_new(ours, demand, &names) => Event::RuleOfNewOnly,
                true => Event::RuleDemandsMore,
                false => Event::RuleDemandsLess,
            },
            pointer,
            line,
        });
    }
}

/// Whether a condition refuses nothing that was allowed before: it holds for a value or a field that is new, or forbids a
/// field that is. `names` are the new names of fields of ours.
fn is_of_new(ours: &Field, demand: &Demand, names: &BTreeMap<String, String>) -> bool {
    let known = |name: &str| ours.fields.iter().find(|field| names.get(&field.name).unwrap_or(&field.name) == name);
    let is_new_value = known(&demand.governor).is_none_or(|governor| {
        !governor.codes.is_empty() && !governor.codes.iter().any(|code| code.value.to_lowercase() == demand.value)
    });
    is_new_value || (demand.what == crate::field::Wanted::Forbidden && known(&demand.target).is_none())
}

/// The rule of the spec that speaks of the same value of the same field, or at least of both fields.
fn rule(comparison: &Comparison<'_>, schema: &str, demand: &Demand) -> Option<String> {
    let rules = comparison.spec.yaml.get(&format!("{schema}/x-rules"))?.as_array()?;
    let values =
        |rule: &Value| rule.get("when").and_then(|when| when.get(&demand.governor)).map(|values| scalars(Some(values)));
    let has_value = |rule: &&Value| {
        values(rule).is_some_and(|values| values.iter().any(|value| value.to_lowercase() == demand.value))
    };
    let has_target =
        |rule: &&Value| values(rule).is_some() && scalars(rule.get(demand.what.keyword())).contains(&demand.target);
    let found = rules.iter().find(has_value).or_else(|| rules.iter().find(has_target))?;
    let index = rules.iter().position(|rule| std::ptr::eq(rule, found))?;
    Some(format!("{schema}/x-rules/{index}"))
}
