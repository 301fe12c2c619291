//! That responses are open: a reader that checks them accepts what the vendor adds.

use super::super::document::{Document, escape};
use super::super::mistake::Mistake;
use super::super::read_as::KEY;
use super::super::schema::{Usage, is_codes, schema, schemas, text};

pub fn lint(document: &Document) -> Vec<Mistake> {
    let json = &document.written;
    let usage = Usage::of(json);
    let mut mistakes = Vec::new();
    for (name, value) in schemas(json) {
        let pointer = format!("/components/schemas/{}", escape(name));
        let mut say = |message: String| mistakes.push(document.mistake(&pointer, message));
        if is_codes(value) && usage.answers.contains(name) {
            say(format!("responses use the closed codes; let them use `{name}Read`, with `{KEY}: {name}`"));
        }
        if value.get(KEY).is_some() {
            if usage.requests.contains(name) {
                say(format!("requests use a schema with `{KEY}`, which is for responses"));
            }
            if !usage.answers.contains(name) {
                say("no response uses the schema; remove it".to_owned());
            }
            if text(value, "description").is_empty() {
                say("the schema has no description".to_owned());
            }
            let target = schema(json, text(value, KEY));
            // A number may be an integer that a reader of doubles would round.
            let suits = |target| {
                text(target, "type") == text(value, "type")
                    || text(target, "type") == "integer" && text(value, "type") == "number"
            };
            if !target.is_some_and(suits) {
                say(format!("`{KEY}` names a schema of the same type"));
            }
        }
    }
    mistakes
}
