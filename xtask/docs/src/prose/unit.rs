//! Units out of sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::text::one_line;

/// Each unit under one name, with the ways to write it.
const UNITS: [(&str, &str); 19] = [
    ("microseconds", r"microseconds?|\x{b5}s|us"),
    ("milliseconds", r"milliseconds?|millis|msecs?|ms"),
    ("seconds", r"seconds?|secs?|s"),
    ("minutes", r"minutes?|mins?"),
    ("hours", r"hours?|hrs?"),
    ("days", r"days?"),
    ("weeks", r"weeks?"),
    ("months", r"months?"),
    ("years", r"years?"),
    ("bytes", r"bytes?"),
    ("kilobytes", r"kilobytes?|kbytes?|kb|kib"),
    ("megabytes", r"megabytes?|mbytes?|mb|mib"),
    ("gigabytes", r"gigabytes?|gbytes?|gb|gib"),
    ("terabytes", r"terabytes?|tbytes?|tb|tib"),
    ("bit/s", r"bits? per second|bit/s|bps"),
    ("kbit/s", r"kilobits? per second|kbits?/s|kbps"),
    ("Mbit/s", r"megabits? per second|mbits?/s|mbps"),
    ("Gbit/s", r"gigabits? per second|gbits?/s|gbps"),
    ("percent", r"percent|%"),
];

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    let units = UNITS.map(|(_, ways)| ways).join("|");
    // Whatever stands behind "unit:" is one, even where nobody has heard of it.
    pattern(&format!(
        r"(?i)(?:\bunits?(?: is ?:? ?| ?: ?| )({units})(?:\W|$)|\bunits? ?: ?([a-z][\w/]*)|\(({units})\)|\bin ({units})(?:\W|$))"
    ))
});
static WAYS: LazyLock<Vec<(&str, Regex)>> =
    LazyLock::new(|| UNITS.iter().map(|(name, ways)| (*name, pattern(&format!("(?i)^(?:{ways})$")))).collect());

/// The unit that a description gives, under one name.
pub fn unit(description: &str) -> Option<String> {
    let text = one_line(description);
    let found = UNIT.captures(&text)?;
    let word = (1..=4).find_map(|group| found.get(group))?.as_str();
    let known = WAYS.iter().find(|(_, way)| way.is_match(word)).map(|(name, _)| (*name).to_owned());
    Some(known.unwrap_or_else(|| word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_in_every_wording() {
        for (text, expected) in [
            ("start timestamp (second).", "seconds"),
            ("Total Duration (s)", "seconds"),
            ("Extended timestamp. Unit:ms. Period", "milliseconds"),
            ("unit: MS", "milliseconds"),
            ("Duration of one use, unit: minute. It", "minutes"),
            ("How long (in minutes) the voucher", "minutes"),
            ("range of 0–10485760(Kbps).", "kbit/s"),
            ("rate limit in kilobits per second", "kbit/s"),
            ("data usage limit in megabytes", "megabytes"),
            ("Used traffic, unit: Byte", "bytes"),
            ("Traffic limit in GB. It should be", "gigabytes"),
            ("data usage limit in gigabytes", "gigabytes"),
            ("range of 0-10485760(Mbps)", "Mbit/s"),
            ("rate limit in megabits per second", "Mbit/s"),
            ("Duration of one use, unit: week. It", "weeks"),
            ("Duration of one use, unit: fortnight. It", "fortnight"),
        ] {
            assert_eq!(unit(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(unit("The minute of start time"), None);
    }
}
