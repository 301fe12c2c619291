//! Numbers in sentences: with separators of thousands, and told from what only looks like one.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// A number, as part of a pattern: `8000`, `8,000`, `8 000`, `8'000`, `8_000`, `-5`, `0.5`. Texts are on one line with plain
/// spaces before it is looked for.
pub const NUMBER: &str = r"(-?\d{1,3}(?:[, '_]\d{3})+(?:\.\d+)?\b|-?\d+(?:\.\d+)?)";

/// A unit right behind a number, as part of a pattern.
pub const UNIT: &str = r"(?:(?i:[kmgt]?i?b(?:ps|it/s|its/s|ytes?)?|bits?|bytes?|ms|milliseconds?|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?|percent|dbm?)\b|%)";

static UNITS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{UNIT}")));
static MARKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:[.'\x{2019}\x{66b}\x{66c}\x{b7}]\d|[-_/\\:@#\d]|,\d{2,3}\b)"));
static SPACED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^ (?:\d{3}\b|(?:hundred|thousand|million|billion)s?\b)"));

/// The digits of a number without its separators, if a value of this type can have it.
pub fn digits(text: &str, base: &str) -> Option<String> {
    let digits: String = text.chars().filter(|character| !", '_".contains(*character)).collect();
    let unsigned = digits.trim_start_matches('-');
    // `09` and `007` belong to dates, times and names.
    let is_padded = unsigned.len() > 1 && unsigned.starts_with('0') && !unsigned.starts_with("0.");
    let is_fit = base == "number" || !unsigned.contains('.');
    (!is_padded && is_fit).then_some(digits)
}

/// Whether a number that begins here is the end of something longer: a version, a date, a name.
pub fn begins_inside(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        Some('.' | '/' | '\\' | '_' | '#' | '@' | '-' | '+' | ',') => {
            // Dots between numbers, as in "1...10", are no part of the second.
            before.next().is_some_and(char::is_alphanumeric)
        }
        Some(':') => before.next().is_some_and(|before| before.is_ascii_digit()),
        Some(other) => other.is_alphanumeric(),
        None => false,
    }
}

/// Whether a number that ends here is the start of something longer: a version, a date, a time, a name.
pub fn ends_inside(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let is_word = rest.starts_with(char::is_alphabetic) && !UNITS.is_match(rest);
    is_word || MARKS.is_match(rest) || SPACED.is_match(rest)
}
