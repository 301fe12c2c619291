//! Enumerations that are written less often: "Limited (0), Unlimited (2)", "0-Limited, 2-Unlimited", "Limited = 0".

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::field::Code;

/// Whether a text says that a list of values follows.
pub fn is_announced(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["as follows", "following value", "values:", "one of:", "value is one of", "can be one of"]
        .iter()
        .any(|words| lower.contains(words))
}

/// The values of such a list. Two make a list, and one alone where it was announced.
pub fn listed(text: &str) -> Vec<Code> {
    let is_announced = is_announced(text);
    // In "(0) Limited (2) Unlimited" the first number stands before its meaning, and so do the others.
    let is_marked = match (MARKED.find(text), BEHIND.find(text)) {
        (Some(marked), Some(behind)) => marked.start() < behind.start(),
        _ => false,
    };
    let behind = if is_marked { Vec::new() } else { behind(text) };
    [behind, before(text, &TIGHT), before(text, &MARKED)]
        .into_iter()
        .enumerate()
        .find(|(way, codes)| {
            let values: BTreeSet<i64> = codes.iter().filter_map(|code| code.value.parse().ok()).collect();
            let is_low = values.first().is_some_and(|least| (-1..=1).contains(least));
            // "(1) ... (2)" counts sentences, where no list was announced.
            let is_counted = *way == 2 && values.first() != Some(&0);
            codes.len() > 1 && values.len() == codes.len() && (is_announced || is_low && !is_counted)
        })
        .map(|(_, codes)| codes)
        .unwrap_or_default()
}

/// "Limited (0)", "Limited(0)", "Limited = 0", "Limited: 0".
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"([A-Za-z][\w'/-]*(?: [\w'/-]+){0,4}?)(?: ?\((-?\d{1,5})\)| ?[=:] ?(-?\d{1,5})(?:$|[^\w.:-]))")
});
/// Names of other facts, and references.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:min|max|minimum|maximum|defaults?|length|units?|ranges?|sizes?|sections?|chapters?|steps?|notes?|see|tables?|figures?|pages?|versions?|rooms?|since|at most|at least|characters?)$",
    )
});
/// What stands before the first meaning of a list and is none of it.
static HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^.*\b(?:be|is|are|either|of)\b ?"));

fn behind(text: &str) -> Vec<Code> {
    let (mut codes, mut end): (Vec<Code>, Option<usize>) = (Vec::new(), None);
    for found in BEHIND.captures_iter(text) {
        let (Some(words), Some(value)) = (found.get(1), found.get(2).or_else(|| found.get(3))) else { continue };
        let is_next = end.is_some_and(|end| text[end..words.start()].chars().all(|between| " ,;/|)".contains(between)));
        if !is_next && codes.len() > 1 {
            break;
        }
        if !is_next {
            codes.clear();
        }
        let meaning = words.as_str();
        let meaning = ["or ", "and "].iter().find_map(|word| meaning.strip_prefix(word)).unwrap_or(meaning);
        let meaning = if codes.is_empty() { HEAD.replace(meaning, "") } else { meaning.into() };
        if LABEL.is_match(&meaning) || meaning.is_empty() {
            end = None;
            codes.clear();
            continue;
        }
        codes.push(Code { value: value.as_str().to_owned(), meaning: meaning.into_owned() });
        end = Some(value.end());
    }
    codes
}

/// "0-Limited".
static TIGHT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s,;:(/|])(-?\d{1,5}) ?[-/|] ?([A-Za-z])"));
/// "0) Limited", "[0] Limited".
static MARKED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s,;:/|])[\[(]?(-?\d{1,5})[\])] ?([A-Za-z])"));
/// What a number counts: "30-day", "4-digit".
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:hour|day|digit|minute|bit|byte|way|step|char|month|year|week|second|port|based|level|phase|[gm]hz|star|pin|core|fold|point|page|line|letter|indicates)",
    )
});

fn before(text: &str, way: &Regex) -> Vec<Code> {
    let found: Vec<_> = way.captures_iter(text).filter_map(|found| Some((found.get(1)?, found.get(2)?))).collect();
    let is_list = found.is_sorted_by_key(|(value, _)| value.as_str().parse::<i64>().unwrap_or_default())
        && found.iter().all(|(_, meaning)| !COUNTED.is_match(&text[meaning.start()..]));
    let meaning = |index: usize| {
        let end = found.get(index + 1).map_or(text.len(), |next| next.0.start());
        let meaning = text[found[index].1.start()..end].split(['.', ';']).next().unwrap_or_default();
        meaning.trim_matches(|edge: char| edge.is_whitespace() || ",;/|([)".contains(edge)).to_owned()
    };
    let codes =
        (0..found.len()).map(|index| Code { value: found[index].0.as_str().to_owned(), meaning: meaning(index) });
    if is_list { codes.collect() } else { Vec::new() }
}

/// The numbers of a text that no reader understood, if it has any: neither conditions, nor versions, nor examples.
pub fn holds_numbers(text: &str) -> bool {
    static UNDERSTOOD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:if|when|where|while)\b[^.;]*?\]?`? (?:is|equals?(?: to)?|==?)(?: set to| one of)? ?-?\d+(?:(?:, or | or |, ?| ?/ ?)-?\d+)*|\b\d+(?:\.\d+)+|\b\d+[-:/]\d+(?:[-:/]\d+)*|\b(?:example|e\.g)\b[^;]*|\bsections? [\d.]+",
        )
    });
    static LEFT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[\s,;:.(/\[='\x22`])-?\d{1,5}(?:$|[\s,;:.)/\]=>'\x22`-])"));
    LEFT.is_match(&UNDERSTOOD.replace_all(text, " "))
}

#[cfg(test)]
mod tests {
    use super::super::{codes, one_line};
    use super::*;

    fn read(text: &str) -> String {
        codes(text).iter().map(|code| format!("{}={}", code.value, code.meaning)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lists_in_rarer_wordings() {
        let expected = "0=Limited|2=Unlimited";
        let texts = [
            "Limited (0), Unlimited (2)",
            "Limited(0)/Unlimited(2)",
            "Limited(0) or Unlimited(2).",
            "The type is Limited (0) or Unlimited (2)",
            "It should be a value as follows: Limited (0); Unlimited (2)",
            "0-Limited, 2-Unlimited",
            "0\u{2013}Limited; 2\u{2013}Unlimited",
            "The type: 0-Limited 2-Unlimited",
            "0: Limited; 2: Unlimited",
            "0 = Limited, 2 = Unlimited",
            "0=Limited,2=Unlimited",
            "Limited = 0, Unlimited = 2",
            "Limited: 0; Unlimited: 2",
            "0 -> Limited, 2 -> Unlimited",
            "0 => Limited, 2 => Unlimited",
            "0 \u{2192} Limited, 2 \u{2192} Unlimited",
            "`0`: Limited, `2`: Unlimited",
            "'0': Limited, '2': Unlimited",
            "a value as follows: 0) Limited 2) Unlimited",
            "(0) Limited (2) Unlimited",
            "The type: (0) Limited, (2) Unlimited",
            "a value as follows: (0) Limited (2) Unlimited",
            "a value as follows: [0] Limited, [2] Unlimited",
            "0/Limited, 2/Unlimited",
        ];
        let wrong: Vec<_> = texts.iter().map(|text| (*text, read(text))).filter(|(_, read)| read != expected).collect();
        assert_eq!(wrong, []);
    }

    #[test]
    fn numbers_that_list_nothing() {
        let texts = [
            "7-day, 30-day and 90-day passes",
            "2-digit or 4-digit numbers",
            "see sections (1) and (2)",
            "Minimum: 1. Maximum: 50.",
            "min: 1, max: 5000",
            "Default: 10, length: 20",
            "802-compliant",
            "(1) It is sent. (2) It is read.",
            "at most characters (32), at least items (5)",
            "For example, [0] indicates that the code only contains numbers; [0, 1] indicates both",
        ];
        let wrong: Vec<_> = texts.iter().map(|text| (*text, read(text))).filter(|(_, read)| !read.is_empty()).collect();
        assert_eq!(wrong, []);
    }

    #[test]
    fn numbers_that_were_not_understood() {
        for text in ["Unlimited (2)", "zero means 0", "0. Limited 1. Unlimited", "One of the values 0, 1, 2"] {
            assert!(holds_numbers(&one_line(text)), "{text}");
        }
        for text in [
            "The type",
            "since 5.15.20",
            "If Parameter [limitType] is 0 or 1, [limitNum] should not be null.",
            "refer to section 5.4.2 of the guide",
            "added 2025-10",
        ] {
            assert!(!holds_numbers(&one_line(text)), "{text}");
        }
    }
}
