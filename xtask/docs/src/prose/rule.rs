//! Conditions across fields out of sentences.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::text::one_line;
use crate::field::{Code, Demand, Wanted};

/// "If parameter [a] is 0 or 1", "when [a] is true".
static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:if|when|where|while)(?: the)?(?: parameter| field)? [\[`]?([\w.]+)[\]`]? (?:(?:is )?(?:equals?(?: to)?|==?|set to|one of)|is) ?((?:-?\d+|true|false|(?-i:[A-Z][A-Z0-9_]{2,}))(?:(?:, or | or |, ?| ?/ ?)(?:-?\d+|true|false|(?-i:[A-Z][A-Z0-9_]{2,})))*)",
    )
});

/// "[a], [b] and [c] should be null", "parameter [a] is required", "this field must be given".
static WISH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)((?:(?:parameters? |fields? )?(?:\[[\w.]+\]|`[\w.]+`|(?-i:\b[a-z]+[A-Z]\w*\b))(?:, and |, | and | or )?)+|\bthis (?:field|parameter)|\bit|(?:^|[.;:,] )) ?((?:should|must|may|can|has to|have to|needs? to)(?: ?not)? be (?:null|empty|set|given|passed|provided|specified|present)|(?:is|are) (?:not )?(?:required|mandatory|allowed)|(?-i:R)equired(?: if| when| where)|includes?\b)",
    )
});
static PASSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:does|do|must|should|may) not (?:pass|be passed with|carry|include|need|use)|without) (?:the )?(?:parameters? )?(\[[\w.]+\])",
    )
});
static CONJUNCTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:if|when)\b"));
static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\[`]([\w.]+)[\]`]|\b([a-z]+[A-Z]\w*)\b"));

/// What a description demands of the fields of an object. `codes` are those that the description of `field` lists.
pub fn demands(field: &str, description: &str, codes: &[Code], siblings: &HashSet<String>) -> Vec<Demand> {
    let text = one_line(description);
    let mut demands = Vec::new();
    // The condition holds until the sentence ends, and it may follow what it governs.
    for sentence in sentences(&text) {
        let Some(condition) = CONDITION.captures(sentence) else { continue };
        let governor = &condition[1];
        let values = condition[2].replace(", or ", ",").replace(" or ", ",").replace('/', ",");
        for (target, what) in wishes(sentence, field) {
            for value in values.split(',').map(str::trim).filter(|value| !value.is_empty()) {
                demands.push(Demand {
                    target: target.clone(),
                    what,
                    governor: governor.into(),
                    value: value.to_lowercase(),
                });
            }
        }
    }
    for code in codes {
        let first = code.meaning.split(['.', ';']).next().unwrap_or_default().trim();
        if siblings.contains(first) {
            demands.push(demand(first, Wanted::Required, field, &code.value));
        }
        for sentence in sentences(&code.meaning).into_iter().filter(|sentence| !CONDITION.is_match(sentence)) {
            for (target, what) in wishes(sentence, "") {
                demands.push(demand(&target, what, field, &code.value));
            }
        }
    }
    demands.retain(|demand| siblings.contains(&demand.target) && siblings.contains(&demand.governor));
    demands.sort();
    demands.dedup();
    demands
}

fn demand(target: &str, what: Wanted, governor: &str, value: &str) -> Demand {
    Demand { target: target.to_owned(), what, governor: governor.to_owned(), value: value.to_lowercase() }
}

/// Sentences end with a full stop, even where no space follows it, and where a condition of its own begins. After a comma
/// that may still belong to what stands before it, unless that has a condition already.
fn sentences(text: &str) -> Vec<&str> {
    let (mut sentences, mut start) = (Vec::new(), 0);
    for (index, _) in text.match_indices(|first: char| first.is_alphanumeric() || "[`(".contains(first)) {
        let (before, rest) = (&text[start..index], &text[index..]);
        let is_capital = rest.starts_with(char::is_uppercase);
        let is_condition = CONJUNCTION.is_match(rest) && !before.ends_with(char::is_alphanumeric);
        let is_start = match before.trim_end().chars().next_back() {
            Some('.') => is_capital || before.ends_with(' '),
            Some(';') => is_condition,
            Some(',') => is_condition && (is_capital || CONDITION.is_match(before)),
            _ => is_condition && is_capital,
        };
        if is_start && !before.is_empty() {
            sentences.push(before);
            start = index;
        }
    }
    sentences.push(&text[start..]);
    sentences
}

/// Which fields a sentence wants to be there or not to be there.
fn wishes(sentence: &str, own: &str) -> Vec<(String, Wanted)> {
    let mut wishes = Vec::new();
    for found in WISH.captures_iter(sentence) {
        let verb = found[2].to_lowercase();
        let (is_denied, is_emptiness) = (verb.contains("not"), verb.ends_with("null") || verb.ends_with("empty"));
        // "is not required" asks for nothing, and neither does "is allowed".
        if (is_denied && (verb.contains("required") || verb.contains("mandatory")))
            || verb.ends_with("are allowed")
            || verb == "is allowed"
        {
            continue;
        }
        let is_refusal = is_denied != is_emptiness;
        let named =
            NAME.captures_iter(&found[1]).filter_map(|name| Some(name.get(1).or(name.get(2))?.as_str().to_owned()));
        let names: Vec<String> = match named.collect::<Vec<_>>() {
            names if !names.is_empty() => names,
            _ if own.is_empty() || verb.starts_with("include") => continue,
            _ => vec![own.to_owned()],
        };
        for name in names {
            wishes.push((name.clone(), if is_refusal { Wanted::Forbidden } else { Wanted::Required }));
            // What a list includes, it holds.
            if verb.starts_with("include") {
                wishes.push((name, Wanted::Filled));
            }
        }
    }
    for found in PASSED.captures_iter(sentence) {
        wishes.push((found[1].trim_matches(['[', ']']).to_owned(), Wanted::Forbidden));
    }
    wishes
}

#[cfg(test)]
mod tests {
    use super::super::codes;
    use super::*;

    fn read(field: &str, text: &str) -> Vec<String> {
        let siblings: HashSet<String> =
            ["mode", "a", "b", "c", "ids", "limitNum", "limitType"].iter().map(|name| (*name).to_owned()).collect();
        let demands = demands(field, text, &codes(text), &siblings);
        demands.iter().map(|demand| format!("{} {demand}", demand.target)).collect()
    }

    #[test]
    fn conditions_in_every_wording() {
        for (text, expected) in [
            (
                "If Parameter [mode] is 0 or 1, [a] should not be null.When Parameter [mode] is 0, [a] represents it.",
                vec!["a required where mode is 0", "a required where mode is 1"],
            ),
            (
                "within the range of 0-59 When parameter [mode] is 0, parameter [a] is required",
                vec!["a required where mode is 0"],
            ),
            (
                "Limit(Unit: Kbps), this field is required when parameter [mode] is true; It should be within the range of 1-9.",
                vec!["a required where mode is true"],
            ),
            ("[b] must be null when [mode] is 2.", vec!["b forbidden where mode is 2"]),
            (
                "[a] must be provided if [mode] is 1, and must not be given otherwise.",
                vec!["a required where mode is 1"],
            ),
            ("[b] is not required when [mode] is 1", vec![]),
            ("Required when [mode] is 1.", vec!["a required where mode is 1"]),
            ("How many. Required if `mode` equals 1.", vec!["a required where mode is 1"]),
            (
                "When limitType is 0/1, limitNum is required.",
                vec!["limitNum required where limitType is 0", "limitNum required where limitType is 1"],
            ),
            (
                "limitNum must not be null if limitType is one of 0, 1",
                vec!["limitNum required where limitType is 0", "limitNum required where limitType is 1"],
            ),
            ("`b` is mandatory when `mode` = 1", vec!["b required where mode is 1"]),
            ("When [mode] is equal to 1, [b] must be empty", vec!["b forbidden where mode is 1"]),
            ("When [mode] is not 1, [b] is required", vec![]),
            ("Not required when [mode] is 1", vec![]),
            (
                "[a] should not be null.When Parameter [mode] is 2, [b] should be null.When Parameter [mode] is 3, [c] is required",
                vec!["b forbidden where mode is 2", "c required where mode is 3"],
            ),
            (
                "within the range of 0-23.When parameter [mode] is 0, [a] is required",
                vec!["a required where mode is 0"],
            ),
            (
                "When [mode] is 1, [a] should be null; when [mode] is 2, [a] is required",
                vec!["a required where mode is 2", "a forbidden where mode is 1"],
            ),
            (
                "When [mode] is 1, [a] should be null.If [mode] is 2, [a] is required",
                vec!["a required where mode is 2", "a forbidden where mode is 1"],
            ),
            (
                "If [mode] is 1, [a] should be null, if [mode] is 2, [a] is required",
                vec!["a required where mode is 2", "a forbidden where mode is 1"],
            ),
            ("[a] should be null; when [mode] is 2, [a] is required", vec!["a required where mode is 2"]),
            ("[a] is required, if [mode] is 1.", vec!["a required where mode is 1"]),
            ("When parameter [other] is 1, parameter [a] is required", vec![]),
        ] {
            assert_eq!(read("a", text), expected, "{text}");
        }
    }

    #[test]
    fn conditions_among_codes() {
        let text = "as follows: 0: At any time, parameter [a], [b] and [c] should be null. 1: Between, parameter [a] and [b] \
            should not be null, parameter [c] should be null";
        assert_eq!(
            read("mode", text),
            [
                "a required where mode is 1",
                "a forbidden where mode is 0",
                "b required where mode is 1",
                "b forbidden where mode is 0",
                "c forbidden where mode is 0",
                "c forbidden where mode is 1"
            ]
        );
        let text =
            "as follows: 0: All, this selection does not pass parameter [ids]. 1: Parameter [ids] includes the IDs";
        assert_eq!(
            read("mode", text),
            ["ids required where mode is 1", "ids forbidden where mode is 0", "ids filled where mode is 1"]
        );
        assert_eq!(
            read("mode", "as follows: 0: a; 1: b."),
            ["a required where mode is 0", "b required where mode is 1"]
        );
    }
}
