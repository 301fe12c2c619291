//! Words about the length of a text, or the number of items of a list, beside a number.

use std::sync::LazyLock;

use regex::Regex;

use super::context::Context;
use super::pattern;
use crate::field::Bound;

const COUNTED: &str = "(?:characters?|chars?|letters|digits|symbols|bytes|octets)";

/// "32 characters", "32 printable characters", "32 (characters)", "32 in length", "32 long".
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^[ -]?\(?(?:(?:(?:[a-z0-9-]+ (?:or|and) |[a-z]+ )?(?P<kind>[a-z0-9-]+)[ -])?(?P<noun>{COUNTED})\b|in length\b|long\b)"
    ))
});
/// "length: 32", "the number of characters must be at most 32", "characters (1-32)".
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?i)\b(?:length|lengths|long|size|longer|shorter|{COUNTED})\b[^.;,!?0-9]{{0,60}}$"))
});
/// What a text has to hold some of, which says nothing of all of it.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:special|upper-?case|lower-?case|capital|numeric|numerical|alphabetic|non-\w+|different|distinct|repeated|first|last)$",
    )
});

/// Whether the words around a bound of a text are about its length. `bound` is nothing for both at once.
pub fn is_length(context: &Context<'_>, bound: Option<Bound>) -> bool {
    if let Some(found) = BEHIND.captures(context.tail) {
        let is_part = found.name("kind").is_some_and(|kind| PART.is_match(kind.as_str()));
        let noun = found.name("noun").map_or("", |noun| noun.as_str()).to_lowercase();
        // "at least 1 digit" asks for one among others.
        let is_among = bound.is_some_and(Bound::is_lower) && ["letters", "digits", "symbols"].contains(&noun.as_str());
        return !is_part && !is_among;
    }
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^ ?(?:(?:milli)?seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|items?|entries|rooms?|%|[kmg]bps\b)",
        )
    });
    BEFORE.is_match(context.lead) && !OTHER.is_match(context.tail)
}

/// Whether the words right behind a range name what is counted, so that no other words are needed.
pub fn is_counted(tail: &str, base: &str) -> bool {
    static ITEMS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^ (?:items|entries|elements|values)\b"));
    match base {
        "string" => BEHIND.is_match(tail),
        "array" => ITEMS.is_match(tail),
        _ => false,
    }
}

/// Whether a bound beside a list is about what each of its items holds.
pub fn is_of_items(context: &Context<'_>) -> bool {
    static EACH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:each|every|any|an item|items are|elements are|values? (?:of|in) (?:the|an?) (?:items?|elements?))\b",
        )
    });
    EACH.is_match(context.lead)
}
