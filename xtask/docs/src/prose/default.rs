//! Defaults out of sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::text::one_line;

static DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bdefaults? (?:value )?(?:is|to)(?: set to)?:? [`']?([\w.-]*\w)|\bdefault(?: value)?: ?[`']?([\w.-]*\w)",
    )
});

/// What the vendor fills in, where a description says so.
pub fn default(description: &str) -> Option<String> {
    let text = one_line(description);
    let found = DEFAULT.captures(&text)?;
    let value = found.get(1).or_else(|| found.get(2))?.as_str();
    // "The default is used" names no value.
    let is_value =
        value.starts_with(|first: char| first.is_ascii_digit() || first == '-') || ["true", "false"].contains(&value);
    is_value.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_in_every_wording() {
        for text in [
            "It defaults to 10.",
            "The default value is 10",
            "Default: 10",
            "the default is `10`",
            "Default value: 10, at most 20",
        ] {
            assert_eq!(default(text).as_deref(), Some("10"), "{text}");
        }
        assert_eq!(default("defaults to true").as_deref(), Some("true"));
        assert_eq!(default("If not specified, the default limit is used"), None);
        assert_eq!(default("The default is used"), None);
    }
}
