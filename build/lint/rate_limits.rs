//! The conventions for rate limits.

use super::super::document::Document;
use super::super::mistake::Mistake;
use super::super::rate_limits::rate_limits;

pub fn lint(document: &Document) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, limit) in rate_limits(&document.json).enumerate() {
        let mut say = |message: String| mistakes.push(document.mistake(&format!("/x-rate-limits/{index}"), message));
        if limit.name.is_empty() || !limit.name.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
            say(format!("`{}` is no name of a constant in capitals", limit.name));
        }
        for (key, number) in [("requests", limit.requests), ("seconds", limit.seconds)] {
            if number.is_none_or(|number| number == 0 || u32::try_from(number).is_err()) {
                say(format!("the rate limit has no `{key}`: a number, at least 1"));
            }
        }
        if limit.description.is_empty() {
            say("the rate limit has no `description`".to_owned());
        }
    }
    mistakes
}
