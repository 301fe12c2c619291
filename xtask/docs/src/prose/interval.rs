//! Ranges with both ends: "within the range of 1-5000", "between 1 and 10", "contain 1 to 64 characters", "[1, 10]".

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::context::Context;
use super::length::{is_counted, is_length, is_of_items};
use super::number::{NUMBER, UNIT, begins_inside, digits, ends_inside};
use super::pattern;

static PAIR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"([\[(] ?)?{NUMBER}( ?{UNIT})? ?(-|~|\.{{2,}}|\x{{2026}}|(?i:(?:up )?to|through|and)\b|[,;]) ?{NUMBER}( ?[\])])?"
    ))
});

/// "1 <= amount <= 5000", "0 < x < 5001".
static CHAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"{NUMBER} ?(<=?|\x{{2264}}) ?`?\[?[A-Za-z][\w. ]*\]?`? ?(<=?|\x{{2264}}) ?{NUMBER}"))
});

/// Words of no weight between the name of a range and its first number.
const FILLER: &str = r"(?:[ :=`'\x22]+(?:of|from|is|are|be|to|the|an?|between|within|in|for|valid|allowed|permitted|whole|inclusive(?:ly)?|only|numbers?|integers?|values?|lengths?|ranges?|set|limited|it|its|this|them|as|follows|exactly|somewhere))*[ :=`'\x22]*$";

/// What names a range: nothing else can be meant.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\brang(?:e|es|ing)|\b(?:valid|allowed|permitted|possible|accepted|legal) (?:values?|numbers?|lengths?)(?: \w+)?|\blengths?|^ ?between|[(:,] ?between|\b(?:values?|numbers?|integers?|amounts?|is|are) between|\b(?:must|should|shall|can|may|has to|have to|needs? to) (?:only )?(?:be|lie|fall|contain|have)|\bcontains?|\bvalues? (?:is|are)){FILLER}"
    ))
});

/// What may name one, if the sentence speaks of nothing that has numbers of its own.
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:values?|limits?|limited to|numbers?|integers?|between|from|be|is|accepts?|takes a value|supports?|counts?|amounts?|within|bounds?|bounded by|interval){FILLER}"
    ))
});
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:between|rang(?:e|es|ing)|within|interval|in|from)(?: (?:of|the|values?|numbers?|from|between))*[ :]*$",
    )
});
static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^ ?(?:{UNIT}|\(?{UNIT}\)?)?(?: ?\(?(?:inclusive(?:ly)?|both inclusive|included|only|at a time)\)?)?[.,;)]*(?:$| ?\))"
    ))
});
/// What may follow a range in parentheses: two words at most, such as "vouchers".
static CLOSES: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?: ?[A-Za-z%/]+(?: [A-Za-z/]+)?)?(?:, ?[a-z ]+)?\)"));
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^ ?\(? ?{UNIT}\)?")));

/// Both ends of the first range in a text, for a value of this type. A range that is named comes before one that is only said.
pub fn interval(text: &str, base: &str) -> Option<(String, String)> {
    if !["string", "array"].contains(&base)
        && let Some(ends) = CHAIN.captures_iter(text).find_map(|found| chain(text, &found, base))
    {
        return Some(ends);
    }
    [true, false].into_iter().find_map(|has_to_be_named| first_pair(text, base, has_to_be_named))
}

fn first_pair(text: &str, base: &str, has_to_be_named: bool) -> Option<(String, String)> {
    let mut from = 0;
    while let Some(found) = PAIR.captures_at(text, from) {
        if let Some(ends) = pair(text, &found, base, has_to_be_named) {
            return Some(ends);
        }
        // The second number of what is no range may be the first of one.
        from = found.get(2)?.end();
    }
    None
}

fn chain(text: &str, found: &Captures<'_>, base: &str) -> Option<(String, String)> {
    if begins_inside(text, found.get(1)?.start()) || ends_inside(text, found.get(4)?.end()) {
        return None;
    }
    let end = |number: &str, sign: &str, step: i64| {
        let number = digits(number, base)?;
        if sign == "<" { stepped(&number, step) } else { Some(number) }
    };
    Some((end(&found[1], &found[2], 1)?, end(&found[4], &found[3], -1)?))
}

fn pair(text: &str, found: &Captures<'_>, base: &str, has_to_be_named: bool) -> Option<(String, String)> {
    let (whole, first, second) = (found.get(0)?, found.get(2)?, found.get(5)?);
    let open = found.get(1).map_or("", |open| open.as_str().trim());
    let close = found.get(6).map_or("", |close| close.as_str().trim());
    let (by, unit) = (found[4].to_lowercase(), found.get(3).map_or("", |unit| unit.as_str().trim()));
    let context = Context::of(text, whole.start(), whole.end());
    let behind = context.tail.trim_start().to_lowercase();
    // "1 KB-10 MB" would need arithmetic.
    let is_mixed = !unit.is_empty() && !behind.starts_with(unit.trim_end_matches('s').to_lowercase().as_str());
    if begins_inside(text, first.start()) || ends_inside(text, second.end()) || is_mixed {
        return None;
    }
    let is_list = [",", ";"].contains(&by.as_str());
    let is_bracketed = !open.is_empty() && !close.is_empty();
    if (is_list && !is_bracketed) || (by == "and" && !BETWEEN.is_match(context.lead)) {
        return None;
    }
    let (low, high) = (digits(first.as_str(), base)?, digits(second.as_str(), base)?);
    let (is_half_open_below, is_half_open_above) = (open == "(" && close == "]", open == "[" && close == ")");
    let low = if is_list && is_half_open_below { stepped(&low, 1)? } else { low };
    let high = if is_list && is_half_open_above { stepped(&high, -1)? } else { high };
    let (from, to) = (low.parse::<f64>().ok()?, high.parse::<f64>().ok()?);
    if from > to || context.is_explained() || context.is_example() {
        return None;
    }
    let is_counted = is_counted(context.tail, base);
    let is_named = NAMED.is_match(context.lead) || is_counted;
    // A telephone number, or two years.
    let is_phone = by == "-" && (low.len(), high.len()) == (3, 4) && from % 10.0 != 0.0 && to % 10.0 != 0.0;
    let is_years = [from, to].iter().all(|year| (1900.0..2100.0).contains(year));
    let is_said = !context.is_foreign()
        && !is_phone
        && !is_years
        && (SAID.is_match(context.lead) || is_placed(&context, open, close, is_list));
    let is_ours = match base {
        "string" => is_length(&context, None),
        "array" => !is_of_items(&context),
        _ => true,
    };
    ((is_named || is_said && !has_to_be_named) && is_ours).then_some((low, high))
}

/// Whether two numbers stand where nothing but a range does: at the start of a sentence, behind a colon or a comma at its
/// end, in parentheses of their own, or in brackets before a unit.
fn is_placed(context: &Context<'_>, open: &str, close: &str, is_list: bool) -> bool {
    let lead = context.lead.trim();
    let is_end = ENDS.is_match(context.tail);
    match (open, lead.chars().next_back()) {
        ("[", _) => !close.is_empty() && (BRACKETED.is_match(context.tail) || (lead.is_empty() && is_end)),
        ("(", _) => !is_list && (!close.is_empty() || CLOSES.is_match(context.tail)),
        (_, None) => true,
        (_, Some(':')) => is_end,
        (_, Some(',')) => is_end && !lead.trim_end_matches(',').ends_with(|last: char| last.is_ascii_digit()),
        (_, Some('(')) => CLOSES.is_match(context.tail),
        _ => false,
    }
}

/// A whole number one further up or down.
pub fn stepped(number: &str, step: i64) -> Option<String> {
    Some(number.parse::<i64>().ok()?.checked_add(step)?.to_string())
}
