//! Regular expressions of our own.

use regex::Regex;

/// Compiles a pattern that stands in this crate. The tests use every one of them, so a wrong one cannot get out.
pub fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| unreachable!("a pattern of ours is wrong: {error}"))
}
