//! Units out of sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::text::one_line;

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    const UNITS: &str = r"milliseconds?|ms|seconds?|sec|s|minutes?|min|hours?|days?|megabytes|mb|bytes?|kbps|kbit/s|kilobits per second";
    pattern(&format!(r"(?i)(?:\bunits?(?: is)? ?:? ?({UNITS})\b|\(({UNITS})\)|\bin ({UNITS})\b)"))
});

/// The unit that a description gives, under one name.
pub fn unit(description: &str) -> Option<&'static str> {
    let text = one_line(description);
    let found = UNIT.captures(&text)?;
    let word = (1..=3).find_map(|group| found.get(group))?.as_str().to_lowercase();
    Some(match word.trim_end_matches('s') {
        "millisecond" | "m" => "milliseconds",
        "second" | "sec" | "" => "seconds",
        "minute" | "min" => "minutes",
        "hour" => "hours",
        "day" => "days",
        "megabyte" | "mb" => "megabytes",
        "byte" => "bytes",
        _ => "kbit/s",
    })
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
        ] {
            assert_eq!(unit(text), Some(expected), "{text}");
        }
        assert_eq!(unit("The minute of start time"), None);
    }
}
