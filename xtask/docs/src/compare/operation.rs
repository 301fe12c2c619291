//! One operation in the spec and on a page.

use std::collections::BTreeSet;

use super::{Comparison, Said, body, pairs};
use crate::fact::Attribute;
use crate::field::Field;
use crate::operation::Operation;
use crate::spec::escape;
use crate::verdict::Event;

/// Reports in what they differ.
pub fn compare(comparison: &mut Comparison<'_>, ours: &Operation, theirs: &Operation) {
    comparison.key = Some(ours.key.clone());
    status(comparison, ours, theirs);
    permission(comparison, ours, theirs);
    errors(comparison, ours, theirs);
    filters(comparison, ours, theirs);
    parameters(comparison, ours, theirs);
    for (name, ours_body, theirs_body) in
        [("request", &ours.request, &theirs.request), ("answer", &ours.answer, &theirs.answer)]
    {
        let is_answer = name == "answer";
        match (ours_body, theirs_body) {
            (Some(ours), Some(theirs)) => body::compare(comparison, ours, theirs, name, is_answer),
            (None, None) => {}
            // A page without an answer leaves it out as often as it denies it.
            (Some(_), None) if is_answer && theirs.status.is_empty() => {}
            (ours_body, theirs_body) => {
                let kind = |field: &Option<Field>| {
                    field.as_ref().map(|field| field.kind.clone().unwrap_or_default().to_string())
                };
                let origin = ours_body.as_ref().and_then(|field| field.origin.as_ref());
                comparison.say(Said {
                    place: name,
                    attribute: Attribute::Exists,
                    spec: kind(ours_body),
                    page: kind(theirs_body),
                    event: if is_answer { Event::AnswerRetyped } else { Event::BodyChanged },
                    pointer: origin.map_or_else(|| ours.pointer.clone(), |origin| origin.property.clone()),
                    line: theirs.line,
                });
            }
        }
    }
}

fn status(comparison: &mut Comparison<'_>, ours: &Operation, theirs: &Operation) {
    let successes = |operation: &Operation| -> BTreeSet<String> {
        operation.status.iter().filter(|status| status.starts_with('2')).cloned().collect()
    };
    let (spec, page) = (successes(ours), successes(theirs));
    if !page.is_empty() && spec != page {
        let list = |set: &BTreeSet<String>| Some(set.iter().cloned().collect::<Vec<_>>().join(", "));
        let known = spec.iter().next().cloned().unwrap_or_default();
        comparison.say(Said {
            place: "answer",
            attribute: Attribute::Status,
            spec: list(&spec),
            page: list(&page),
            event: Event::AnswerStatusChanged,
            pointer: format!("{}/responses/{known}", ours.pointer),
            line: theirs.line,
        });
    }
}

fn permission(comparison: &mut Comparison<'_>, ours: &Operation, theirs: &Operation) {
    let (Some(spec), Some(page)) = (&ours.permission, &theirs.permission) else { return };
    let names = |list: &Vec<String>| list.iter().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>();
    if comparison.form.tells(Attribute::Permission, false) && names(spec) != names(page) {
        let list = |list: &Vec<String>| (!list.is_empty()).then(|| list.join(", "));
        comparison.say(Said {
            place: "operation",
            attribute: Attribute::Permission,
            spec: list(spec),
            page: list(page),
            event: Event::PermissionChanged,
            pointer: format!("{}/x-permission", ours.pointer),
            line: theirs.line,
        });
    }
}

fn errors(comparison: &mut Comparison<'_>, ours: &Operation, theirs: &Operation) {
    let (Some(spec), Some(page)) = (&ours.errors, &theirs.errors) else { return };
    if !comparison.form.tells(Attribute::ErrorCode, false) {
        return;
    }
    let pointer = format!("{}/x-error-codes", ours.pointer);
    for code in spec.keys().chain(page.keys()).collect::<BTreeSet<_>>() {
        let is_known = comparison.spec.has_error(code);
        let (event, spec, page_says) = match (spec.contains_key(code), page.get(code)) {
            (true, None) => (Event::ErrorUnlisted, Some(code.clone()), None),
            (false, Some(_)) if is_known => (Event::ErrorListed, None, Some(code.clone())),
            (false, Some(_)) => (Event::ErrorCodeAdded, None, Some(code.clone())),
            _ => continue,
        };
        let place = format!("errors.{code}");
        let said = Said {
            place: &place,
            attribute: Attribute::ErrorCode,
            spec,
            page: page_says,
            event,
            pointer: pointer.clone(),
            line: theirs.line,
        };
        comparison.say(said).words = page.get(code).cloned().unwrap_or_default();
    }
}

fn filters(comparison: &mut Comparison<'_>, ours: &Operation, theirs: &Operation) {
    let (Some(spec), Some(page)) = (&ours.filters, &theirs.filters) else { return };
    let own = format!("{}/x-filterable", ours.pointer);
    let listed =
        comparison.spec.operations.iter().find(|other| other.key.path == ours.key.path && other.key.method == "GET");
    let table = match (comparison.spec.yaml.get(&own), listed) {
        (None, Some(listed)) => format!("{}/x-filterable", listed.pointer),
        _ => own,
    };
    for property in spec.keys().chain(page.keys()).collect::<BTreeSet<_>>() {
        let set = |list: Option<&Vec<String>>| list.map(|list| list.iter().cloned().collect::<BTreeSet<_>>());
        let (before, after) = (set(spec.get(property)), set(page.get(property)));
        if before == after {
            continue;
        }
        let event = match (&before, &after) {
            (None, _) => Event::FilterAdded,
            (_, None) => Event::FilterRemoved,
            (Some(before), Some(after)) if after.is_superset(before) => Event::FilterWidened,
            _ => Event::FilterNarrowed,
        };
        let words = |list: Option<&Vec<String>>| list.map(|list| list.join(", "));
        comparison.say(Said {
            place: &format!("filter.{property}"),
            attribute: Attribute::Filter,
            spec: words(spec.get(property)),
            page: words(page.get(property)),
            event,
            pointer: format!("{table}/{}", escape(property)),
            line: theirs.line,
        });
    }
}

fn parameters(comparison: &mut Comparison<'_>, ours: &Operation, theirs: &Operation) {
    let in_path = |field: &&Field| field.name.starts_with("path.");
    // The name of a parameter in the path never travels, so only its type counts, and the path tells which is which.
    for (place, name) in crate::vendor::path_parameters(&ours.path).zip(crate::vendor::path_parameters(&theirs.path)) {
        let find = |list: &[Field], name: &str| list.iter().find(|field| field.name == format!("path.{name}")).cloned();
        match (find(&ours.parameters, place), find(&theirs.parameters, name)) {
            (Some(ours), Some(theirs)) => body::compare(comparison, &ours, &theirs, &format!("path.{place}"), false),
            (None, None) => {}
            (spec, page) => {
                let list = format!("{}/parameters", ours.pointer);
                comparison.say(Said {
                    place: &format!("path.{place}"),
                    attribute: Attribute::Exists,
                    spec: spec.as_ref().map(pairs::summary),
                    page: page.as_ref().map(pairs::summary),
                    event: if spec.is_none() { Event::RequiredParameterAdded } else { Event::ParameterRemoved },
                    pointer: spec.and_then(|spec| spec.origin).map_or(list, |origin| origin.property),
                    line: theirs.line,
                });
            }
        }
    }
    let list = |fields: &[Field]| fields.iter().filter(|field| !in_path(field)).cloned().collect::<Vec<_>>();
    pairs::compare(
        comparison,
        &list(&ours.parameters),
        &list(&theirs.parameters),
        &pairs::Holder {
            place: String::new(),
            pointer: format!("{}/parameters", ours.pointer),
            sort: pairs::Sort::Parameters,
            line: theirs.line,
        },
    );
}
