//! The values that a field can have, and what they mean.

use std::collections::BTreeSet;

use super::{Comparison, Said};
use crate::fact::Attribute;
use crate::field::{Code, Field};
use crate::prose::words_of;
use crate::verdict::Event;
use crate::words::TO_CONFIRM;

/// A meaning of so many words at most is a name; the vendors' other ones are sentences.
const LONGEST_NAME: usize = 3;

/// Reports values that are new or gone, and values that mean something else.
pub fn compare(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    if ours.codes.is_empty() {
        return coded(comparison, ours, theirs, place);
    }
    let (page, doubtful) = match &theirs.glued_codes {
        Some(glued) => cut(glued, &ours.codes),
        None => (theirs.codes.clone(), None),
    };
    // Most pages list the values of a field in one place and name the field in others.
    if page.is_empty() && doubtful.is_none() {
        return;
    }
    let schema = ours.origin.clone().unwrap_or_default().schema;
    let list = format!("{schema}/enum");
    for (index, code) in ours.codes.iter().enumerate() {
        if !page.iter().any(|other| other.value == code.value) {
            comparison.say(Said {
                place,
                attribute: Attribute::Enum,
                spec: Some(code.value.clone()),
                page: None,
                event: Event::CodeRemoved,
                pointer: format!("{list}/{index}"),
                line: theirs.line,
            });
        }
    }
    let new = page.iter().filter(|code| !ours.codes.iter().any(|other| other.value == code.value));
    for (value, words) in new.map(|code| (&code.value, &code.meaning)).chain(doubtful.map(|line| (line, line))) {
        let said = Said {
            place,
            attribute: Attribute::Enum,
            spec: None,
            page: Some(value.clone()),
            event: Event::CodeAdded,
            pointer: list.clone(),
            line: theirs.line,
        };
        let difference = comparison.say(said);
        difference.words.clone_from(words);
        difference.is_doubtful = doubtful == Some(value);
    }
    meanings(comparison, ours, &page, place, theirs.line, &schema);
}

/// Reports values of what had none so far: that is another Rust type.
fn coded(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    let values: Vec<&str> = match &theirs.glued_codes {
        Some(glued) => vec![glued],
        None => theirs.codes.iter().map(|code| code.value.as_str()).collect(),
    };
    if values.is_empty() {
        return;
    }
    let is_parameter = ["query.", "path.", "header."].iter().any(|start| place.starts_with(start));
    let said = Said {
        place,
        attribute: Attribute::Enum,
        spec: None,
        page: Some(values.join(", ")),
        event: if is_parameter { Event::ParameterRetyped } else { Event::FieldRetyped },
        pointer: ours.origin.clone().unwrap_or_default().property,
        line: theirs.line,
    };
    let difference = comparison.say(said);
    difference.is_doubtful = theirs.glued_codes.is_some();
    // A page may leave the format out.
    let kind = ours.kind.clone().or_else(|| theirs.kind.clone());
    difference.field = Some(Box::new(Field { kind, ..theirs.clone() }));
}

/// A meaning that fits another value of the spec better than its own has moved, and one without a word of ours is another.
fn meanings(comparison: &mut Comparison<'_>, ours: &Field, page: &[Code], place: &str, line: usize, schema: &str) {
    // A name that was made up, and the words that stand in for a description, mean nothing yet.
    let is_confirmed = |code: &Code| !code.meaning.ends_with(TO_CONFIRM);
    let words = |code: &Code, text: &str| if is_confirmed(code) { words_of(text) } else { BTreeSet::new() };
    let known: Vec<BTreeSet<String>> = ours.codes.iter().map(|code| words(code, &code.meaning)).collect();
    // A spec has the name first.
    let name = |code: &Code| code.meaning.split_whitespace().next().unwrap_or_default().to_owned();
    let names: Vec<BTreeSet<String>> = ours.codes.iter().map(|code| words(code, &name(code))).collect();
    for (index, code) in ours.codes.iter().enumerate().filter(|(_, code)| is_confirmed(code)) {
        // A text may stand for itself.
        let same = page.iter().find(|other| other.value == code.value && other.meaning != code.value);
        let Some(same) = same else { continue };
        // What counts stands at the beginning; what it means for other fields comes after it.
        let head = same.meaning.split([',', '.', ';', '(']).next().unwrap_or_default();
        let words = words_of(head);
        // Words that fit every value tell nothing of this one.
        let fits = |at: usize| {
            let own = known[at].iter().filter(|word| words.contains(*word));
            own.filter(|word| known.iter().filter(|other| other.contains(*word)).count() == 1).count()
        };
        // Its name tells a value best, because descriptions speak of other values too.
        let is_named = |at: &usize| !names[*at].is_empty() && names[*at].is_subset(&words);
        let named = (0..names.len()).find(|at| *at != index && is_named(at) && names[index].is_disjoint(&words));
        let like = (0..known.len())
            .max_by_key(|at| fits(*at))
            .filter(|best| *best != index && fits(*best) > 0 && fits(index) == 0);
        // A sentence may say it in other words.
        let is_name = (1..=LONGEST_NAME).contains(&words.len());
        let is_strange = is_name && words.is_disjoint(&known[index]);
        let best = named.or(like);
        if best.is_none() && !is_strange {
            continue;
        }
        let like = best.map(|best| format!(", like {}", name(&ours.codes[best]))).unwrap_or_default();
        comparison.say(Said {
            place,
            attribute: Attribute::Meaning,
            spec: Some(format!("{} is {}", code.value, name(code))),
            page: Some(format!("{} is {head}{like}", code.value)),
            event: Event::MeaningChanged,
            pointer: format!("{schema}/x-enum-varnames/{index}"),
            line,
        });
    }
}

/// Cuts values that a page runs together, with the help of those that the spec knows. With a piece that it does not know
/// nobody can tell where one ends; then the line itself comes with those that are surely there.
fn cut<'a>(glued: &'a String, known: &[Code]) -> (Vec<Code>, Option<&'a String>) {
    let mut values: Vec<&str> =
        known.iter().map(|code| code.value.as_str()).filter(|value| !value.is_empty()).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    let (mut found, mut rest, mut is_strange, mut is_open) = (Vec::new(), glued.as_str(), false, false);
    while let Some(first) = rest.chars().next() {
        match values.iter().find(|value| rest.starts_with(**value)) {
            Some(value) => {
                // An underscore joins what stands on its sides: `ALLOW_V2` and `NOT_ALLOW` are no `ALLOW`.
                let after = &rest[value.len()..];
                if !is_open && !after.starts_with('_') {
                    found.push(*value);
                }
                (rest, is_open) = (after, false);
            }
            None => {
                (is_strange, is_open) = (true, first == '_');
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    let code = |value: &str| Code { value: value.to_owned(), meaning: String::new() };
    (found.into_iter().map(code).collect(), is_strange.then_some(glued))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_run_together() {
        let known = ["ALLOW", "DISALLOW"].map(|value| Code { value: value.to_owned(), meaning: String::new() });
        let read = |glued: &str| {
            let glued = glued.to_owned();
            let (codes, doubtful) = cut(&glued, &known);
            (codes.into_iter().map(|code| code.value).collect::<Vec<_>>().join(" "), doubtful.is_some())
        };
        for (glued, expected, is_doubtful) in [
            ("ALLOWDISALLOW", "ALLOW DISALLOW", false),
            ("ALLOW", "ALLOW", false),
            ("ALLOWASKDISALLOW", "ALLOW DISALLOW", true),
            ("ALLOWDISALLOWREALLOW", "ALLOW DISALLOW ALLOW", true),
            ("ALLOW_V2DISALLOW", "DISALLOW", true),
            ("DISALLOWNOT_ALLOW", "DISALLOW", true),
            ("ASKWARN", "", true),
        ] {
            assert_eq!(read(glued), (expected.to_owned(), is_doubtful), "{glued}");
        }
    }
}
