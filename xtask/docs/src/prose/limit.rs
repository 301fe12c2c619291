//! One end of a range: "at least 1", "no more than 500", "less than 8001", "max length 32", ">= 1".

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::context::Context;
use super::interval::stepped;
use super::length::{is_length, is_of_items};
use super::number::{NUMBER, begins_inside, digits, ends_inside};
use super::pattern;
use crate::field::Bound;

/// The ways to say one end. The first group is the number; `negative` turns "less than" and "more than" around.
struct Way {
    is_lower: bool,
    is_strict: bool,
    /// Whether nothing but a range is said so, whatever else the sentence speaks of.
    is_named: bool,
    words: Regex,
}

static WAYS: LazyLock<[Way; 8]> = LazyLock::new(|| {
    let way = |is_lower: bool, is_strict: bool, is_named: bool, words: &str| Way {
        is_lower,
        is_strict,
        is_named,
        words: pattern(&format!("(?i)(?:{words}){NUMBER}")),
    };
    const MORE: &str = "(?:more|greater|larger|higher|longer|bigger)";
    const LESS: &str = "(?:less|fewer|smaller|lower|shorter)";
    const PART: &str = "(?: (?:allowed |permitted )?(?:value|length|number|size|count))?(?: is|:| of|=| =)? ";
    [
        way(
            true,
            false,
            true,
            &format!(
                r"\b(?:minimum|lowest|smallest){PART}|\bmin\.?(?: (?:value|length|number|size)(?: is| of|:)? | ?(?:is|:|=) ?)"
            ),
        ),
        way(
            false,
            false,
            true,
            &format!(
                r"\b(?:maximum|highest|largest){PART}|\bmax\.?(?: (?:value|length|number|size)(?: is| of|:)? | ?(?:is|:|=) ?)"
            ),
        ),
        way(
            true,
            false,
            false,
            &format!(
                r"\bat least |\b{MORE} than or equals? to |(?:>=|\x{{2265}}) ?|\bstart(?:s|ing)? (?:from|at|with) "
            ),
        ),
        way(
            false,
            false,
            false,
            &format!(r"\bat most |\bup to |\b{LESS} than or equals? to |(?:<=|\x{{2264}}) ?|\blimited to "),
        ),
        way(true, true, false, &format!(r"\b{MORE} than |\babove |\bover |> ?")),
        way(false, true, false, &format!(r"\b{LESS} than |\bbelow |\bunder |< ?")),
        way(false, true, false, r"\bexceed(?:s|ing)? "),
        way(false, false, false, r"\bno (?:longer|later) than "),
    ]
});

/// "5000 at most", "1 or more".
static BEHIND: LazyLock<[(bool, Regex); 2]> = LazyLock::new(|| {
    [
        (
            true,
            pattern(&format!(
                r"(?i){NUMBER} (?:or|and) (?:more|above|greater|higher|larger|over|up)\b|{NUMBER} at least\b"
            )),
        ),
        (
            false,
            pattern(&format!(r"(?i){NUMBER} (?:or|and) (?:less|fewer|below|lower|smaller|under)\b|{NUMBER} at most\b")),
        ),
    ]
});

static NEGATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:not|no|never|cannot|can't|mustn't|n't)(?: be| go| fall| drop| rise| get| allowed to| to)?(?: any)?(?: be)? *$",
    )
});
/// What makes a demand of "less than 5": a verb of its own, or the place at the start or in a list of such demands.
static DEMAND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[.:;,(]|\b(?:be|is|are|values?|numbers?|integers?|lengths?|and|but|or|contains?|amounts?|counts?|limits?)) *(?:strictly |always )?$",
    )
});

/// The ends that a text gives a value of this type one by one: the lower and the upper.
pub fn limits(text: &str, base: &str) -> [Option<String>; 2] {
    let mut ends = [None, None];
    // What is named comes first.
    for way in WAYS.iter() {
        let mut from = 0;
        while let Some(found) = way.words.captures_at(text, from) {
            from = found.get(0).map_or(text.len(), |whole| whole.end());
            if let Some((is_lower, number)) = read(text, way, &found, base) {
                ends[usize::from(!is_lower)].get_or_insert(number);
            }
        }
    }
    for (is_lower, words) in BEHIND.iter() {
        for found in words.captures_iter(text) {
            if let Some(number) = behind(text, *is_lower, &found, base) {
                ends[usize::from(!is_lower)].get_or_insert(number);
            }
        }
    }
    let value = |end: &Option<String>| end.as_ref().and_then(|end| end.parse::<f64>().ok());
    match (value(&ends[0]), value(&ends[1])) {
        // Ends that cross are of different things.
        (Some(low), Some(high)) if low > high => [None, None],
        _ => ends,
    }
}

fn read(text: &str, way: &Way, found: &Captures<'_>, base: &str) -> Option<(bool, String)> {
    let (whole, number) = (found.get(0)?, found.get(1)?);
    // The numbers of arrows and of what is longer are none.
    let before = text[..whole.start()].trim_end();
    if ends_inside(text, number.end()) || (whole.as_str().starts_with('>') && before.ends_with(['-', '='])) {
        return None;
    }
    let mut context = Context::of(text, whole.start(), number.end());
    let is_negated = NEGATION.is_match(context.lead);
    let words = whole.as_str().to_lowercase();
    let (is_lower, is_strict) = match (way.is_strict, is_negated) {
        // "Exceeds 5" describes what happens then; only "does not exceed 5" is a demand.
        (true, false) if words.starts_with("exceed") => return None,
        (true, true) if words.starts_with("exceed") => (false, false),
        (true, true) => (!way.is_lower, false),
        (false, true) if !way.is_named && !words.starts_with("no ") => return None,
        (is_strict, _) => (way.is_lower, is_strict),
    };
    if is_strict && !DEMAND.is_match(context.lead) {
        return None;
    }
    let digits = digits(number.as_str(), base)?;
    // Counting starts from 0 or 1; a day starts at 9.
    if words.starts_with("start") && !["0", "1"].contains(&digits.as_str()) {
        return None;
    }
    let is_foreign = !way.is_named && (context.is_foreign() || context.is_condition());
    if is_foreign || context.is_explained() || context.is_example() {
        return None;
    }
    // The words of the end itself may be about the length: "max length 32", "no longer than 32".
    context.lead = &text[whole.start() - context.lead.len()..number.start()];
    let bound = if is_lower { Bound::Minimum } else { Bound::Maximum };
    is_ours(&context, bound, base).then_some(())?;
    let step = if is_lower { 1 } else { -1 };
    Some((is_lower, if is_strict { stepped(&digits, step)? } else { digits }))
}

fn behind(text: &str, is_lower: bool, found: &Captures<'_>, base: &str) -> Option<String> {
    let number = found.get(1).or_else(|| found.get(2))?;
    let context = Context::of(text, number.start(), found.get(0)?.end());
    let is_other = begins_inside(text, number.start()) || context.is_foreign() || context.is_condition();
    if is_other || context.is_explained() || context.is_example() || !DEMAND.is_match(context.lead) {
        return None;
    }
    let bound = if is_lower { Bound::Minimum } else { Bound::Maximum };
    is_ours(&context, bound, base).then(|| digits(number.as_str(), base)).flatten()
}

fn is_ours(context: &Context<'_>, bound: Bound, base: &str) -> bool {
    match base {
        "string" => is_length(context, Some(bound)),
        "array" => !is_of_items(context),
        _ => true,
    }
}
