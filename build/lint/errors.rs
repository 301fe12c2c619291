//! The table of error codes, and that every operation's codes are in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::document::Document;
use super::super::mistake::Mistake;
use super::super::schema::{operations, text};

/// What an error code means to the caller.
pub const CLASSES: [&str; 6] = ["auth", "busy", "limit", "invalid", "missing", "final"];

pub fn lint(document: &Document) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let table = document.json.get("x-errors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (index, entry) in table.iter().enumerate() {
        let mut say = |message| mistakes.push(document.mistake(&format!("/x-errors/{index}"), message));
        for key in entry.as_object().into_iter().flatten().map(|(key, _)| key.as_str()) {
            if !["code", "name", "class", "description", "x-undocumented"].contains(&key) {
                say(format!("an entry has no `{key}`"));
            }
        }
        let code = entry.get("code").unwrap_or(&Value::Null);
        if !(code.is_i64() || code.is_string()) {
            say("the entry has no `code`: a number or a text".to_owned());
        }
        if !codes.insert(code.to_string()) {
            say(format!("the code {code} stands in the table twice"));
        }
        let name = text(entry, "name");
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) || !names.insert(name) {
            say(format!("`{name}` is no name of its own in PascalCase"));
        }
        if !CLASSES.contains(&text(entry, "class")) {
            say(format!("the class `{}` is none of {}", text(entry, "class"), CLASSES.join(", ")));
        }
        if text(entry, "description").is_empty() {
            say("the entry has no `description`".to_owned());
        }
    }
    for (pointer, _, _, operation) in operations(&document.json) {
        let listed = operation.get("x-error-codes").and_then(Value::as_array).into_iter().flatten();
        for (index, code) in listed.enumerate() {
            if !codes.contains(&code.to_string()) {
                let message = format!("the table `x-errors` lacks {code}; add its code, name, class and description");
                mistakes.push(document.mistake(&format!("{pointer}/x-error-codes/{index}"), message));
            }
        }
    }
    mistakes
}
