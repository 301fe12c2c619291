//! Ranges and lengths out of sentences.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::interval::interval;
use super::limit::limits;
use super::pattern;
use super::text::one_line;
use crate::field::Bound;

/// Two dashes for a long one. Behind a number below zero the second is a sign.
static DASHES: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:^|[^-\d,.])\d[\d,]*) ?-{2,3} ?(\d)"));

/// The bounds that a description gives a value of this type: lengths for texts, numbers of items for lists.
pub fn bounds(description: &str, base: &str) -> BTreeMap<Bound, String> {
    let (lower, upper) = match base {
        "integer" | "number" => (Bound::Minimum, Bound::Maximum),
        "string" => (Bound::MinLength, Bound::MaxLength),
        "array" => (Bound::MinItems, Bound::MaxItems),
        _ => return BTreeMap::new(),
    };
    let text = DASHES.replace_all(&one_line(description), "$1-$2").into_owned();
    if let Some((low, high)) = interval(&text, base) {
        return BTreeMap::from([(lower, low), (upper, high)]);
    }
    let ends = [lower, upper].into_iter().zip(limits(&text, base));
    ends.filter_map(|(bound, value)| Some((bound, value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, base: &str) -> String {
        let bounds = bounds(text, base).into_iter().map(|(bound, value)| format!("{} {value}", bound.keyword()));
        bounds.collect::<Vec<_>>().join(", ")
    }

    /// Checks what texts say of a value of a type.
    #[track_caller]
    fn check(base: &str, expected: &str, texts: &[&str]) {
        let wrong: Vec<_> =
            texts.iter().map(|text| (*text, read(text, base))).filter(|(_, read)| read != expected).collect();
        assert_eq!(wrong, [], "{expected:?} of {base}");
    }

    #[test]
    fn ranges_in_every_wording() {
        check(
            "integer",
            "minimum 1, maximum 5000",
            &[
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
                "It should be within the range of 1-5 000.",
                "It should be within the range of 1\u{2013}5\u{a0}000.",
                "It should be within the range of 1-5\u{2009}000.",
                "It should be within the range of 1-5\u{202f}000 (inclusive).",
                "It should be within the range of 1-5'000.",
                "It should be within the range of 1-5\u{2019}000.",
                "The value of limit should be within the range of [1, 5000](Kbps).",
                "Downlink limit, [1, 5,000](Kbps)",
                "[1, 5000]",
                "Must be in the range [1, 5001)",
                "Must be in the range (0, 5000]",
                "0 < amount < 5001",
                "more than 0 and less than 5001",
                "The number must be above 0 and below 5001",
                "It should be greater than 0 and less than 5,001.",
                "must not be less than 1 and must not exceed 5 000",
                "At least 1, and it does not exceed 5000.",
                "a number no smaller than 1, and no more than 5000",
                "1 or more, and 5000 or less",
                "The value must be at least 1 and under 5001.",
                ">= 1, <= 5000",
                "> 0, < 5001",
                "1 minute to 5000 minutes",
                "The lease time ranges from 1 minute to 5000 minutes.",
                "It should be between 1 to 5000.",
                "Amount, between 1 and 5000 (inclusive).",
                "Valid range: 1~5000",
                "Range: 1 ... 5000",
                "The limit is 1 through 5000",
                // Numbers that name nothing give way to a range that is named.
                "How many vouchers to create (10-20 a sheet). It should be within the range of 1\u{2013}5000.",
                "10-20 fit on a sheet. It should be within the range of 1-5000.",
            ],
        );
        // Separators and words of thousands that are not read make no smaller number.
        check(
            "integer",
            "",
            &[
                "It should be within the range of 1-5\u{66c}000.",
                "It should be within the range of 1 to 5 thousand.",
                "It should be within the range of 1\u{2013}50'00.",
            ],
        );
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
    fn one_end_of_any_wording() {
        check(
            "integer",
            "maximum 8000",
            &[
                "less than 8001",
                "It should be less than 8,001.",
                "at most 8 000",
                "up to 8000 of them",
                "It cannot exceed 8000.",
                "not exceeding 8000",
                "must not be greater than 8000",
                "below 8001",
                "Maximum 8000",
                "\u{2264}8\u{202f}000",
                "8000 at most",
                "limited to 8000",
            ],
        );
        check(
            "integer",
            "minimum 1",
            &["above 0", "more than 0", "must not be less than 1", "1 or more", "Starts at 1.", "min: 1"],
        );
    }

    #[test]
    fn lengths_of_texts() {
        check(
            "string",
            "minLength 1, maxLength 32",
            &[
                "1-32 characters",
                "Between 1 and 32 printable ASCII characters.",
                "Its length should be within the range of 1-32.",
                "Length: 1-32",
                "The number of characters must be from 1 to 32",
                "1 to 32 letters",
                "1\u{2013}32 bytes",
                "1-32 (characters)",
                "must be 1-32 characters long",
                "at least 1 character, at most 32 characters",
                "not empty: min length 1, max length 32",
                "no longer than 32 characters and no shorter than 1 character",
                "more than 0 characters and less than 33 characters",
                "1-32 in length",
            ],
        );
    }

    #[test]
    fn numbers_on_a_text_are_no_length_without_such_words() {
        check(
            "string",
            "",
            &[
                "(added 2025-10)",
                "Room 1-20",
                "Rooms 1 to 20",
                "call 555-1234",
                "open 9-18",
                "open from 9 to 18",
                "It should be within the range of 1-65535",
                "A port between 1 and 65535, as text",
                "at least 5",
                "up to 20 minutes",
                "no longer than 30 minutes",
                "Must contain at least 1 digit and 2 special characters",
                "Price of single voucher, 1-999",
                "Channel width for 802.11a/b/g, 2.4-5 GHz",
                "minimum: 1",
                "(1-20)",
                "10-20% of guests",
                "For example 1-20 characters",
            ],
        );
    }

    #[test]
    fn what_is_no_range() {
        check(
            "integer",
            "",
            &[
                "represents the maximum number of times this voucher can be used",
                "used between the effective time and expiration time",
                "It should be a value as follows: 0: Number, 1: Letter",
                "If Parameter [limitType] is 0 or 1, [limitNum] should not be null.",
                "from 2024-01-01 on",
                "unit: min. 30 of them are enough",
                "how long in min",
                "refer to section 5.4.2 of the guide",
                "(added 2025-10)",
                "Added 2025-10-01 to 2025-11-30",
                "Since 2024-2025",
                "Room 1-20",
                "For rooms 1 to 20",
                "The desk is in room 1-20",
                "call 555-1234",
                "Call the hotline: 555-1234",
                "(555-1234)",
                "The number is 555-1234",
                "open 9-18",
                "Open from 9 to 18",
                "The desk should be open between 9 and 18",
                "Opening hours: 9-18",
                "Monday to Friday, 9-18",
                "Office: Main St. 12-14",
                "from version 5 to 6",
                "at least 5.13",
                "firmware 5.0.3-5.1.2",
                "requires version 9 or more",
                "802.11a/b/g 2.4-5 GHz",
                "See sections 3-4",
                "is described on pages 3-4",
                "Raised from 100 to 500 in 5.15",
                "For example, a value between 1 and 5",
                "such as 10-20",
                "(e.g. 1-5)",
                "10-20% of guests",
                "It takes up to 10 minutes",
                "The controller waits between 5 and 10 seconds",
                "Takes effect within 5-10 minutes",
                "up to 3 times a day",
                "If there are more than 5 of them, the first one counts",
                "When it exceeds 100, the oldest goes",
                "192.168.0.1-192.168.0.20",
                "at 10:30-11:45",
                "09-18",
                "1st-5th",
                "0x1-0xff",
                "a -> 5",
                "A meeting point for guests from 9 to 18",
                "values 3-5 are reserved",
                "20-10",
            ],
        );
    }
}
