//! Enumerations out of sentences: the values, and what they mean.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::listed::{is_announced, listed};
use super::pattern;
use super::text::one_line;
use crate::field::Code;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s,;:.(/])[`'\x22]?(-?\d+)[`'\x22]?(?: ?(?:->|=>|\x{2192}) ?| ?: ?| ?= ?| (?:represents?|means|stands for|indicates) )(?:\S)",
    )
});
/// What separates a value from its meaning only where a list was announced: "0 - Number; 1 - Letter", "0 is Number".
static ANNOUNCED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s,;:.(/])(-?\d+)(?: ?: ?| ?= ?| - | (?:is|for|means) | ?\()(?:\S)"));
/// The same where nobody announced it: a word follows, so that no range is meant.
static DASHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s,;:.(/])(-?\d+) - (?:[A-Za-z])"));
static WORDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bone of ((?:[\w-]+)(?: ?, ?[\w-]+)* or [\w-]+)(?:\b|$)"));

/// The codes that a description lists, as in "0: Number, 1: Letter".
pub fn codes(description: &str) -> Vec<Code> {
    let text = one_line(description);
    let is_announced = is_announced(&text);
    let numbered = match (NUMBERED.is_match(&text), is_announced) {
        (true, _) => &NUMBERED,
        (false, true) => &ANNOUNCED,
        (false, false) => &DASHED,
    };
    let mut starts: Vec<(usize, usize, String)> = Vec::new();
    let mut from = 0;
    while let Some(found) = numbered.captures_at(&text, from) {
        let (Some(whole), Some(value)) = (found.get(0), found.get(1)) else { break };
        // The last character of the match already belongs to the meaning.
        let meaning = text[..whole.end()].char_indices().next_back().map_or(whole.end(), |(index, _)| index);
        // "10:30" is a time and not a code.
        if !text[meaning..].starts_with(|next: char| next.is_ascii_digit()) || text[..meaning].ends_with(' ') {
            starts.push((value.start(), meaning, value.as_str().to_owned()));
        }
        from = meaning;
    }
    // One alone is a list only where it was announced, and where nothing else can be meant.
    if starts.len() < 2 && !(is_announced && starts.len() == 1 && NUMBERED.is_match(&text)) {
        let listed = listed(&text);
        return if listed.is_empty() { words(&text) } else { listed };
    }
    let mut codes: Vec<Code> = Vec::new();
    for (index, (_, meaning, value)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(text.len(), |next| next.0);
        let rest = &text[*meaning..end];
        // "2 represents Tuesday... 7 represents Sunday" leaves out what stands between.
        let said = rest.trim_end_matches([' ', ',', ';']);
        let is_gap = said.ends_with("...") || said.ends_with('\u{2026}');
        push(&mut codes, value.clone(), rest);
        let next = starts.get(index + 1).and_then(|next| next.2.parse::<i64>().ok());
        if let (true, Some(next), Ok(this)) = (is_gap, next, value.parse::<i64>()) {
            for between in (this + 1..next).take(100) {
                push(&mut codes, between.to_string(), "");
            }
        }
    }
    codes
}

/// A value that comes twice is said twice, not there twice.
fn push(codes: &mut Vec<Code>, value: String, meaning: &str) {
    if !codes.iter().any(|code| code.value == value) {
        let meaning = meaning.trim_matches(|edge: char| edge.is_whitespace() || ",;.…)`'\"".contains(edge));
        codes.push(Code { value, meaning: meaning.to_owned() });
    }
}

/// Texts that a description lists, as in "one of asc or desc".
fn words(text: &str) -> Vec<Code> {
    let Some(found) = WORDS.captures(text) else { return Vec::new() };
    let list = found[1].replace(" or ", ",");
    let values = list.split(',').map(str::trim).filter(|value| !value.is_empty());
    values.map(|value| Code { value: value.to_owned(), meaning: value.to_owned() }).collect()
}

/// The words of a meaning that carry it, without endings and without the words of every sentence.
pub fn words_of(meaning: &str) -> BTreeSet<String> {
    const NOISE: [&str; 32] = [
        "the",
        "a",
        "an",
        "of",
        "to",
        "is",
        "are",
        "be",
        "by",
        "in",
        "on",
        "at",
        "and",
        "or",
        "it",
        "its",
        "can",
        "as",
        "for",
        "with",
        "that",
        "this",
        "has",
        "have",
        "been",
        "parameter",
        "should",
        "null",
        "their",
        "them",
        "of",
        "was",
    ];
    let mut spaced = String::new();
    let mut was_lower = false;
    for character in meaning.chars() {
        if character.is_uppercase() && was_lower {
            spaced.push(' ');
        }
        was_lower = character.is_lowercase();
        spaced.push(if character.is_alphanumeric() { character } else { ' ' });
    }
    let words = spaced.split_whitespace().map(str::to_lowercase).filter(|word| !NOISE.contains(&word.as_str()));
    words.map(|word| stem(&word)).collect()
}

/// A word without its ending: `disable`, `disabled` and `disabling` are one, and so are `stop` and `stopped`.
fn stem(word: &str) -> String {
    let cut = |word: &str, ending: &str| {
        word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3).map(str::to_owned)
    };
    let mut stem = ["ing", "ies", "ed", "es", "s", "d", "y"]
        .iter()
        .find_map(|ending| cut(word, ending))
        .unwrap_or_else(|| word.to_owned());
    for ending in ["e", "i"] {
        stem = cut(&stem, ending).unwrap_or(stem);
    }
    let mut last = stem.chars().rev();
    if let (Some(one), Some(other), Some(_)) = (last.next(), last.next(), last.next())
        && one == other
    {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        codes(text).iter().map(|code| format!("{}={}", code.value, code.meaning)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lists_in_every_wording() {
        for (text, expected) in [
            (
                "a value as follows: 0: Number, 1: Letter. For example, [0] indicates that",
                "0=Number|1=Letter. For example, [0] indicates that",
            ),
            ("as follows: 3: VOUCHER; 5: LOCAL_USER 6: SMS; 12: FORM", "3=VOUCHER|5=LOCAL_USER|6=SMS|12=FORM"),
            ("1 represents Monday, 2 represents Tuesday... 4 represents Sunday", "1=Monday|2=Tuesday|3=|4=Sunday"),
            ("1 - Monday, 2 - Tuesday, ..., 4 - Sunday", "1=Monday|2=Tuesday|3=|4=Sunday"),
            (
                "field status for vouchers: 0: unused vouchers, 1: in-use vouchers",
                "0=unused vouchers|1=in-use vouchers",
            ),
            ("Sort parameter may be one of asc or desc. Optional", "asc=asc|desc=desc"),
            ("0: Basic; 1: Pro", "0=Basic|1=Pro"),
            ("a value as follows: 0 - Basic; 1 - Pro", "0=Basic|1=Pro"),
            ("one of the following values: 0 (Basic), 1 (Pro)", "0=Basic|1=Pro"),
            ("a value as follows: 4: Only", "4=Only"),
            ("The characters: 0 - Number, 1 - Letter", "0=Number|1=Letter"),
            ("0 - Number; 1 - Letter", "0=Number|1=Letter"),
            ("0: Number; 1: Letter", "0=Number|1=Letter"),
            ("0 = Number, 1 = Letter", "0=Number|1=Letter"),
            ("a value as follows: 0 for Number, 1 for Letter", "0=Number|1=Letter"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_list() {
        for text in [
            "within the range of 1-7, in total",
            "at 10:30 or 11:45",
            "one of the permissions",
            "Valid values: 1 to 5000 (inclusive)",
            "5 (five) of them",
            "at most 5 for each - and 3 for all",
            "If Parameter [limitType] is 0 or 1, [limitNum] should not be null.",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }

    #[test]
    fn words_lose_their_endings() {
        assert_eq!(words_of("UsageCounts").into_iter().collect::<Vec<_>>(), ["count", "usag"]);
        for forms in [
            &["Disable", "Disabled", "Disables", "disabling"][..],
            &["Stop", "Stopped", "stopping", "Stops"],
            &["Deny", "Denied", "denies"],
            &["Expire", "Expired", "expires"],
            &["Class", "Classes"],
            &["Policy", "Policies"],
            &["Allow", "Allowed"],
        ] {
            let stems: BTreeSet<_> = forms.iter().map(|form| words_of(form)).collect();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
        for (one, other) in [("Enabled", "Disabled"), ("Limited", "Unlimited"), ("Date", "Data"), ("Used", "Unused")] {
            assert_ne!(words_of(one), words_of(other));
        }
        assert_eq!(words_of("In-use vouchers").into_iter().collect::<Vec<_>>(), ["use", "voucher"]);
    }
}
