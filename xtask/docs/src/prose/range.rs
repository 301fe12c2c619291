//! Ranges and lengths out of sentences.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::text::one_line;
use crate::field::Bound;

/// Both ends at once: "within the range of 1-5000", "between 1 and 10", "contain 1 to 64 characters", "[1, 10]".
static BOTH: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    const NUMBER: &str = r"(-?\d{1,3}(?:,\d{3})+\b|-?\d+)";
    [
        pattern(&format!(
            r"(?i)\b(?:ranges?|between|from|contains?|within|length|limits?|values?|be|is)\b[^.;0-9\[\]-]{{0,40}}?{NUMBER} ?(?:-|~|\.\.+|(?:up )?to|and|through) ?{NUMBER}"
        )),
        pattern(&format!(r"(?i)\b(?:range|between|within|value)s?\b[^.;0-9\[]{{0,30}}\[ ?{NUMBER} ?, ?{NUMBER} ?\]")),
        pattern(&format!(r"(?i){NUMBER} ?(?:-|~|to) ?{NUMBER} (?:characters|chars|items|entries)")),
        pattern(&format!(r"{NUMBER} ?(?:<=|\x{{2264}}) ?`?\[?[A-Za-z][\w. ]*\]?`? ?(?:<=|\x{{2264}}) ?{NUMBER}")),
        // Whatever else puts two numbers next to each other.
        pattern(&format!(r"(?:^|[\s(:,]){NUMBER} ?(?:-|~|\.\.+|(?:up )?to) ?{NUMBER}(?:$|[\s).,;(])")),
    ]
});

/// Two dashes for a long one. Behind a number below zero the second is a sign.
static DASHES: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:^|[^-\d,.])\d[\d,]*) ?-{2,3} ?(\d)"));

/// One end alone: "at least 1", "minimum: 1", "max length 32", ">= 1".
static LOWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bstarts? (?:from|at|with) |\bat least |\b(?:not|no) (?:less|fewer|smaller|shorter|lower) than |\bgreater than or equal to |\b(?:minimum|lowest|smallest)(?: value| length| number| size)?(?: is| of|:)? |\bmin\.?(?: (?:value|length|number|size)(?: is| of|:)? | ?(?:is|:|=) ?)|(?:>=|\x{2265}) ?)(\d[\d,]*)",
    )
});
static UPPER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bat most |\b(?:not|no) (?:more|greater|larger|longer|higher) than |\bup to |\b(?:cannot|can not|must not|should not|may not) exceed |\bless than or equal to |\b(?:maximum|highest|largest)(?: value| length| number| size)?(?: is| of|:)? |\bmax\.?(?: (?:value|length|number|size)(?: is| of|:)? | ?(?:is|:|=) ?)|(?:<=|\x{2264}) ?)(\d[\d,]*)",
    )
});

/// The bounds that a description gives a value of this type: lengths for texts, numbers of items for lists.
pub fn bounds(description: &str, base: &str) -> BTreeMap<Bound, String> {
    let (lower, upper) = match base {
        "integer" | "number" => (Bound::Minimum, Bound::Maximum),
        "string" => (Bound::MinLength, Bound::MaxLength),
        "array" => (Bound::MinItems, Bound::MaxItems),
        _ => return BTreeMap::new(),
    };
    let text = DASHES.replace_all(&one_line(description), "$1-$2").into_owned();
    for both in BOTH.iter() {
        let found = both.captures_iter(&text).find_map(|found| {
            let end = found.get(0)?.end();
            // The start of a date or of a version is no range.
            let is_cut = text[end..].starts_with(['-', '_'])
                || text[end..]
                    .strip_prefix('.')
                    .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
            (!is_cut).then_some((number(&found[1]), number(&found[2])))
        });
        if let Some((low, high)) = found {
            return BTreeMap::from([(lower, low), (upper, high)]);
        }
    }
    let one = |end: &Regex| end.captures(&text).map(|found| number(&found[1]));
    [(lower, one(&LOWER)), (upper, one(&UPPER))]
        .into_iter()
        .filter_map(|(bound, value)| Some((bound, value?)))
        .collect()
}

fn number(text: &str) -> String {
    text.replace(',', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, base: &str) -> String {
        let bounds = bounds(text, base).into_iter().map(|(bound, value)| format!("{} {value}", bound.keyword()));
        bounds.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn ranges_in_every_wording() {
        for text in [
            "It should be within the range of 1–5000",
            "It should be within the range of 1-5000.",
            "should be within the range of 1 — 5,000(Kbps)",
            "between 1 and 5000, in Kbps",
            "The value ranges from 1 to 5000",
            "a value in the range [1, 5000]",
            "It must be from 1 to 5000.",
            "How many vouchers (1-5000).",
            "1 to 5000 vouchers",
            "1 up to 5000",
            "1 <= amount <= 5000",
            "1 \u{2264} [amount] \u{2264} 5000",
            "\u{2265}1 and \u{2264} 5,000",
            "min: 1, max: 5000",
            "min. value 1; max. value 5000",
            "Valid values: 1 to 5000 (inclusive)",
            "within the range of 1\u{ff5e}5000",
            "within the range of 1\u{301c}5000",
            "within the range of 1--5000",
            "within the range of 1 -- 5000",
            "not less than 1 and not more than 5000",
            "Minimum: 1. Maximum: 5000.",
        ] {
            assert_eq!(read(text, "integer"), "minimum 1, maximum 5000", "{text}");
        }
        assert_eq!(read("It should contain 1-32 characters", "string"), "minLength 1, maxLength 32");
        assert_eq!(read("name should contain 1 to 64 characters.", "string"), "minLength 1, maxLength 64");
        assert_eq!(
            read("array number should be within the range of 1-7, 1 represents", "array"),
            "minItems 1, maxItems 7"
        );
        assert_eq!(read("within the range of 0-59 When parameter [type] is 0", "integer"), "minimum 0, maximum 59");
    }

    #[test]
    fn one_end() {
        assert_eq!(read("Start page number. Start from 1.", "integer"), "minimum 1");
        assert_eq!(read("no more than 500", "integer"), "maximum 500");
        assert_eq!(read("The note, max length 32", "string"), "maxLength 32");
        assert_eq!(read("Max length: 32 characters", "string"), "maxLength 32");
        assert_eq!(read("at least 2, at most 4 of them", "array"), "minItems 2, maxItems 4");
    }

    #[test]
    fn what_is_no_range() {
        for text in [
            "represents the maximum number of times this voucher can be used",
            "used between the effective time and expiration time",
            "It should be a value as follows: 0: Number, 1: Letter",
            "If Parameter [limitType] is 0 or 1, [limitNum] should not be null.",
            "from 2024-01-01 on",
            "unit: min. 30 of them are enough",
            "how long in min",
            "refer to section 5.4.2 of the guide",
        ] {
            assert_eq!(read(text, "integer"), "", "{text}");
        }
    }
}
