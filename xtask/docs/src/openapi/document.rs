//! A document, and what its references lead to.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::page::Unreadable;

/// A document and the text that it was read from.
pub struct Document<'a> {
    text: &'a str,
    pub json: Value,
    /// The line of each key that is a path.
    paths: HashMap<&'a str, usize>,
}

impl<'a> Document<'a> {
    /// Reads a text, which has to be OpenAPI 3.
    pub fn parse(text: &'a str) -> Result<Self, Unreadable> {
        let json: Value = serde_json::from_str(text).map_err(|error| {
            let what = if error.is_eof() { "this JSON ends too early; the page is cut off" } else { "this is no JSON" };
            Unreadable::new(error.line(), format!("{what}: {error}"))
        })?;
        let document = Self { text, json, paths: paths(text) };
        match document.json.get("openapi").and_then(Value::as_str) {
            Some(version) if version.starts_with("3.") => {}
            Some(version) => {
                return Err(
                    document.fail("\"openapi\"", &format!("OpenAPI {version} cannot be read, only 3.0 and 3.1"))
                );
            }
            None => return Err(Unreadable::new(1, "this JSON is no OpenAPI document: it has no `openapi`")),
        }
        if !document.json.get("paths").is_some_and(Value::is_object) {
            return Err(document.fail("\"paths\"", "the document has no `paths`"));
        }
        Ok(document)
    }

    /// The paths and their items, some of which 3.1 gives elsewhere.
    pub fn paths(&self) -> impl Iterator<Item = (&String, &Map<String, Value>)> {
        let paths = self.json.get("paths").and_then(Value::as_object).into_iter().flatten();
        paths.filter_map(|(path, item)| Some((path, self.resolve(item).unwrap_or(item).as_object()?)))
    }

    /// What a value is, behind a reference where it is one.
    pub fn resolve<'b>(&'b self, value: &'b Value) -> Result<&'b Value, Unreadable> {
        let mut value = value;
        // References may lead to references, but not in circles.
        for _ in 0..32 {
            let Some(reference) = value.get("$ref") else { return Ok(value) };
            let text = reference.as_str().unwrap_or_default();
            let target = text.strip_prefix('#').map(decode).and_then(|pointer| self.json.pointer(&pointer));
            value = target.ok_or_else(|| self.fail(text, &format!("the reference `{text}` leads nowhere")))?;
        }
        Err(Unreadable::new(1, "references lead to each other in a circle"))
    }

    /// A mistake, at the line of the first such word.
    pub fn fail(&self, word: &str, message: &str) -> Unreadable {
        Unreadable::new(self.line(word), message)
    }

    /// The line of a path.
    pub fn line_of_path(&self, path: &str) -> usize {
        self.paths.get(path).copied().unwrap_or(1)
    }

    /// The line of the first such word; 1 where there is none.
    fn line(&self, word: &str) -> usize {
        let place = self.text.find(word).unwrap_or(0);
        self.text.as_bytes()[..place].iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// Where the keys stand that begin with a slash, found in one go.
fn paths(text: &str) -> HashMap<&str, usize> {
    let (mut paths, mut line, mut place) = (HashMap::new(), 1, 0);
    for (start, _) in text.match_indices("\"/") {
        line += text.as_bytes()[place..start].iter().filter(|byte| **byte == b'\n').count();
        place = start;
        let Some(length) = text[start + 1..].find('"') else { break };
        let key = &text[start + 1..start + 1 + length];
        if text[start + length + 2..].trim_start().starts_with(':') {
            paths.entry(key).or_insert(line);
        }
    }
    paths
}

/// A reference is part of an address, in which spaces and others may be written as `%20`.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
