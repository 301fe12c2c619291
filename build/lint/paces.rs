//! The conventions for how fast programs may ask.

use super::super::document::Document;
use super::super::mistake::Mistake;
use super::super::paces::paces;

pub fn lint(document: &Document) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, pace) in paces(&document.json).enumerate() {
        let mut say = |message: String| mistakes.push(document.mistake(&format!("/x-paces/{index}"), message));
        if pace.name.is_empty() || !pace.name.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
            say(format!("`{}` is no name of a constant in capitals", pace.name));
        }
        for (key, number) in [("requests", pace.requests), ("seconds", pace.seconds)] {
            if number.is_none_or(|number| number == 0 || u32::try_from(number).is_err()) {
                say(format!("the pace has no `{key}`: a number, at least 1"));
            }
        }
        if pace.description.is_empty() {
            say("the pace has no `description`".to_owned());
        }
    }
    mistakes
}
