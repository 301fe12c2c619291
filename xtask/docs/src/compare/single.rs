//! What is said of a value by itself: type, range, length, default, unit.

use std::collections::BTreeMap;

use super::{Comparison, Said};
use crate::fact::Attribute;
use crate::field::{Bound, Field, Kind, Origin};
use crate::prose;
use crate::vendor::Vendor;
use crate::verdict::Event;

/// Reports another type. Whether what the value holds can be compared at all is the answer.
pub fn kind(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str, is_answer: bool) -> bool {
    let Some(page) = theirs.kind.clone().filter(|kind| kind.base != "any") else { return true };
    let spec = ours.kind.clone().unwrap_or_default();
    let is_same_base = spec.base == page.base;
    let is_same_format = spec.format == page.format || (page.format.is_none() && !comparison.form.tells_formats());
    if is_same_base && is_same_format {
        return true;
    }
    let is_parameter = place.starts_with("query.") || place.starts_with("path.") || place.starts_with("header.");
    let event = match (is_parameter, place) {
        (true, _) => Event::ParameterRetyped,
        (_, "answer") if is_answer => Event::AnswerRetyped,
        (_, "request") => Event::BodyChanged,
        _ => Event::FieldRetyped,
    };
    let text = |kind: &Kind| (!kind.base.is_empty()).then(|| kind.to_string());
    comparison.say(Said {
        place,
        attribute: Attribute::Type,
        spec: text(&spec),
        page: text(&page),
        event,
        pointer: keyword(comparison, ours, "type"),
        line: theirs.line,
    });
    is_same_base
}

/// Reports what became required or optional.
pub fn required(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str, is_answer: bool) {
    let (Some(spec), Some(page)) = (ours.required, theirs.required) else { return };
    // Omada's pages promise no field of an answer; they say so only of schemas that requests use too.
    let is_lenient = is_answer && comparison.spec.vendor == Vendor::Omada;
    if spec == page || is_lenient || !comparison.form.tells(Attribute::Required, is_answer) {
        return;
    }
    let is_parameter = !place.starts_with("request") && !place.starts_with("answer");
    let event = match (is_parameter, page) {
        (true, true) => Event::ParameterMadeRequired,
        (true, false) => Event::ParameterMadeOptional,
        (false, true) => Event::FieldMadeRequired,
        (false, false) => Event::FieldMadeOptional,
    };
    let origin = ours.origin.clone().unwrap_or_default();
    let list = comparison.spec.yaml.get(&format!("{}/required", origin.owner)).and_then(serde_json::Value::as_array);
    let index = list.and_then(|list| list.iter().position(|name| name.as_str() == Some(&ours.name)));
    comparison.say(Said {
        place,
        attribute: Attribute::Required,
        spec: Some(spec.to_string()),
        page: Some(page.to_string()),
        event,
        pointer: match (index, list) {
            (Some(index), _) => format!("{}/required/{index}", origin.owner),
            (None, Some(_)) => format!("{}/required", origin.owner),
            (None, None) => origin.property,
        },
        line: theirs.line,
    });
}

/// Reports ranges and lengths.
pub fn bounds(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    // A list of codes is a range already.
    if !ours.codes.is_empty() {
        return;
    }
    let is_coded = !theirs.codes.is_empty();
    let unworded = unworded(theirs);
    for bound in Bound::ALL {
        let (spec, page) = (ours.bounds.get(&bound), theirs.bounds.get(&bound));
        // What a form rarely tells counts where it does.
        if spec == page || (page.is_none() && (is_coded || !comparison.form.tells(bound.into(), false))) {
            continue;
        }
        let number = |text: Option<&String>| text.and_then(|text| text.parse::<f64>().ok());
        let event = match (number(spec), number(page)) {
            (None, _) => Event::RangeAdded,
            (Some(before), Some(after)) if before == after => continue,
            (Some(before), None) if unworded.get(&bound).is_some_and(|said| number(Some(said)) == Some(before)) => {
                continue;
            }
            (Some(before), Some(after)) if (after < before) == bound.is_lower() => Event::RangeWidened,
            (Some(_), Some(_)) => Event::RangeNarrowed,
            (_, None) => Event::RangeRemoved,
        };
        comparison.say(Said {
            place,
            attribute: bound.into(),
            spec: spec.cloned(),
            page: page.cloned(),
            event,
            pointer: keyword(comparison, ours, bound.keyword()),
            line: theirs.line,
        });
    }
}

/// The ranges in the description of a text without words about its length. They add nothing to the spec and confirm what it has.
fn unworded(theirs: &Field) -> BTreeMap<Bound, String> {
    let is_text = theirs.kind.as_ref().is_some_and(|kind| kind.base == "string");
    let said = if is_text { prose::bounds(&theirs.description, "integer") } else { BTreeMap::new() };
    let lengths = said.into_iter().filter_map(|(bound, value)| match bound {
        Bound::Minimum => Some((Bound::MinLength, value)),
        Bound::Maximum => Some((Bound::MaxLength, value)),
        _ => None,
    });
    lengths.collect()
}

/// Reports whether the items of a list have to differ.
pub fn unique(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    if ours.unique != theirs.unique && comparison.form.tells(Attribute::UniqueItems, false) {
        comparison.say(Said {
            place,
            attribute: Attribute::UniqueItems,
            spec: Some(ours.unique.to_string()),
            page: Some(theirs.unique.to_string()),
            event: if theirs.unique { Event::UniqueAdded } else { Event::UniqueRemoved },
            pointer: keyword(comparison, ours, "uniqueItems"),
            line: theirs.line,
        });
    }
}

/// Reports another default.
pub fn default(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    if ours.default != theirs.default && (theirs.default.is_some() || comparison.form.tells(Attribute::Default, false))
    {
        comparison.say(Said {
            place,
            attribute: Attribute::Default,
            spec: ours.default.clone(),
            page: theirs.default.clone(),
            event: Event::DefaultChanged,
            pointer: keyword(comparison, ours, "default"),
            line: theirs.line,
        });
    }
}

/// Reports another unit, where both name one.
pub fn unit(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    if let Some(page) = &theirs.unit
        && let Some(spec) = prose::unit(&ours.description)
        && spec != *page
    {
        comparison.say(Said {
            place,
            attribute: Attribute::Unit,
            spec: Some(spec),
            page: Some(page.clone()),
            event: Event::UnitChanged,
            pointer: keyword(comparison, ours, "description"),
            line: theirs.line,
        });
    }
}

/// Where a keyword of a value stands, or would stand.
fn keyword(comparison: &Comparison<'_>, field: &Field, keyword: &str) -> String {
    let Origin { property, schema, .. } = field.origin.clone().unwrap_or_default();
    let [behind, beside] = [format!("{schema}/{keyword}"), format!("{property}/{keyword}")];
    if comparison.spec.yaml.get(&behind).is_some() {
        behind
    } else if comparison.spec.yaml.get(&beside).is_some() {
        beside
    } else {
        // A type belongs to the schema itself, and all else to where it is used.
        if keyword == "type" { schema } else { property }
    }
}
