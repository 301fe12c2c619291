//! The values that a field can have, and what they mean.

use std::collections::BTreeSet;

use super::{Comparison, Said};
use crate::fact::Attribute;
use crate::field::{Code, Field};
use crate::prose::words_of;
use crate::verdict::Event;

/// Reports values that are new or gone, and values that mean something else.
pub fn compare(comparison: &mut Comparison<'_>, ours: &Field, theirs: &Field, place: &str) {
    let page = match &theirs.glued_codes {
        Some(glued) => cut(glued, &ours.codes),
        None => theirs.codes.clone(),
    };
    // Most pages list the values of a field in one place and name the field in others.
    if page.is_empty() {
        return;
    }
    let origin = ours.origin.clone().unwrap_or_default();
    let list = format!("{}/enum", origin.schema);
    let pointer = |index: Option<usize>| match index {
        Some(index) => format!("{list}/{index}"),
        None if ours.codes.is_empty() => origin.property.clone(),
        None => list.clone(),
    };
    for (index, code) in ours.codes.iter().enumerate() {
        if !page.iter().any(|other| other.value == code.value) {
            comparison.say(Said {
                place,
                attribute: Attribute::Enum,
                spec: Some(code.value.clone()),
                page: None,
                event: Event::CodeRemoved,
                pointer: pointer(Some(index)),
                line: theirs.line,
            });
        }
    }
    for code in page.iter().filter(|code| !ours.codes.iter().any(|other| other.value == code.value)) {
        let said = Said {
            place,
            attribute: Attribute::Enum,
            spec: None,
            page: Some(code.value.clone()),
            event: Event::CodeAdded,
            pointer: pointer(None),
            line: theirs.line,
        };
        comparison.say(said).words = code.meaning.clone();
    }
    meanings(comparison, ours, &page, place, theirs.line, &pointer);
}

/// A meaning that fits another value of the spec better than its own has moved.
fn meanings(
    comparison: &mut Comparison<'_>,
    ours: &Field,
    page: &[Code],
    place: &str,
    line: usize,
    pointer: &impl Fn(Option<usize>) -> String,
) {
    let known: Vec<BTreeSet<String>> = ours.codes.iter().map(|code| words_of(&code.meaning)).collect();
    for (index, code) in ours.codes.iter().enumerate() {
        let Some(same) = page.iter().find(|other| other.value == code.value) else { continue };
        // What counts stands at the beginning; what it means for other fields comes after it.
        let head = same.meaning.split([',', '.', ';', '(']).next().unwrap_or_default();
        let words = words_of(head);
        // Words that fit every value tell nothing of this one.
        let fits = |at: usize| {
            let own = known[at].iter().filter(|word| words.contains(*word));
            own.filter(|word| known.iter().filter(|other| other.contains(*word)).count() == 1).count()
        };
        let best = (0..known.len())
            .max_by_key(|at| fits(*at))
            .filter(|best| *best != index && fits(*best) > 0 && fits(index) == 0);
        if let Some(best) = best {
            let name = |code: &Code| code.meaning.split_whitespace().next().map(str::to_owned);
            let said = Said {
                place,
                attribute: Attribute::Meaning,
                spec: Some(format!("{} is {}", code.value, name(code).unwrap_or_default())),
                page: Some(format!("{} is {head}, like {}", code.value, name(&ours.codes[best]).unwrap_or_default())),
                event: Event::MeaningChanged,
                pointer: pointer(Some(index)),
                line,
            };
            comparison.say(said);
        }
    }
}

/// Cuts codes that a page runs together, with the help of those that the spec knows.
fn cut(glued: &str, known: &[Code]) -> Vec<Code> {
    let mut values: Vec<&str> = known.iter().map(|code| code.value.as_str()).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    let (mut codes, mut strange, mut rest) = (Vec::new(), String::new(), glued);
    let code = |value: &str| Code { value: value.to_owned(), meaning: String::new() };
    while let Some(first) = rest.chars().next() {
        match values.iter().find(|value| rest.starts_with(**value)) {
            Some(value) => {
                codes.extend((!strange.is_empty()).then(|| code(&strange)));
                strange.clear();
                codes.push(code(value));
                rest = &rest[value.len()..];
            }
            None => {
                strange.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    codes.extend((!strange.is_empty()).then(|| code(&strange)));
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_run_together() {
        let known = ["ALLOW", "DISALLOW"].map(|value| Code { value: value.to_owned(), meaning: String::new() });
        let read = |glued| cut(glued, &known).into_iter().map(|code| code.value).collect::<Vec<_>>();
        assert_eq!(read("ALLOWDISALLOW"), ["ALLOW", "DISALLOW"]);
        assert_eq!(read("ALLOWASKDISALLOW"), ["ALLOW", "ASK", "DISALLOW"]);
        assert_eq!(read("ALLOW"), ["ALLOW"]);
    }
}
