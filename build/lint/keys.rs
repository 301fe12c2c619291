//! Nothing that was written may get lost: keys that the OpenAPI parser drops, and extensions that nobody reads.

use openapiv3::{OpenAPI, Operation, ReferenceOr, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::document::{Document, escape};
use super::super::mistake::Mistake;
use super::super::schema::{operations, properties, schemas};

/// The extensions that the build reads.
const EXTENSIONS: [&str; 21] = [
    "x-availability",
    "x-enum-descriptions",
    "x-enum-varnames",
    "x-envelope",
    "x-error-codes",
    "x-errors",
    "x-filterable",
    "x-hand-written",
    "x-name",
    "x-permission",
    "x-query",
    "x-rate-limits",
    "x-read-as",
    "x-reader",
    "x-rules",
    "x-safe-to-repeat",
    "x-setters",
    "x-since",
    "x-undocumented",
    "x-variants",
    "x-vendor-name",
];

pub fn lint(document: &Document) -> Vec<Mistake> {
    let parsed = serde_json::from_value::<OpenAPI>(document.written.clone()).and_then(serde_json::to_value);
    let mut mistakes = Vec::new();
    match parsed {
        Ok(parsed) => {
            compare(document, &document.written, &parsed, &mut String::new(), &mut mistakes);
            references(document, &document.written, "", &mut mistakes);
        }
        // The parser does not say where it failed, so the parts are tried one by one.
        Err(error) => {
            for (name, schema) in schemas(&document.written) {
                narrow(document, schema, &format!("/components/schemas/{}", escape(name)), &mut mistakes);
            }
            for (pointer, _, _, operation) in operations(&document.written) {
                if let Some(error) = fails::<Operation>(operation) {
                    mistakes.push(document.mistake(&pointer, format!("this is no operation of OpenAPI 3.0: {error}")));
                }
            }
            if mistakes.is_empty() {
                mistakes.push(document.mistake("", format!("this is not OpenAPI 3.0: {error}")));
            }
        }
    }
    mistakes
}

/// Reports every reference to what does not exist.
fn references(document: &Document, value: &Value, pointer: &str, mistakes: &mut Vec<Mistake>) {
    match value {
        Value::Object(entries) => {
            if let Some(target) = entries.get("$ref").and_then(Value::as_str)
                && target.strip_prefix('#').and_then(|target| document.written.pointer(target)).is_none()
            {
                mistakes.push(document.mistake(pointer, format!("there is no `{target}` in this file")));
            }
            for (key, value) in entries {
                references(document, value, &format!("{pointer}/{}", escape(key)), mistakes);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                references(document, value, &format!("{pointer}/{index}"), mistakes);
            }
        }
        _ => {}
    }
}

fn fails<T: DeserializeOwned>(value: &Value) -> Option<String> {
    serde_json::from_value::<T>(value.clone()).err().map(|error| error.to_string())
}

/// Reports the innermost schemas that cannot be parsed.
fn narrow(document: &Document, schema: &Value, pointer: &str, mistakes: &mut Vec<Mistake>) {
    if fails::<ReferenceOr<Schema>>(schema).is_none() {
        return;
    }
    let known = mistakes.len();
    for (name, property) in properties(schema) {
        narrow(document, property, &format!("{pointer}/properties/{}", escape(name)), mistakes);
    }
    if let Some(items) = schema.get("items") {
        narrow(document, items, &format!("{pointer}/items"), mistakes);
    }
    if mistakes.len() == known {
        let message = "OpenAPI 3.0 cannot read this schema: check that every keyword has a value of its type";
        mistakes.push(document.mistake(pointer, message));
    }
}

/// Reports what `written` has and `parsed` has not.
fn compare(document: &Document, written: &Value, parsed: &Value, pointer: &mut String, mistakes: &mut Vec<Mistake>) {
    match (written, parsed) {
        (Value::Object(written), Value::Object(parsed)) => {
            for (key, value) in written {
                let length = pointer.len();
                pointer.push('/');
                pointer.push_str(&escape(key));
                if key.starts_with("x-") && !EXTENSIONS.contains(&key.as_str()) {
                    let known = EXTENSIONS.join(", ");
                    mistakes
                        .push(document.mistake(pointer, format!("nothing reads `{key}`; the extensions are {known}")));
                } else if let Some(kept) = parsed.get(key) {
                    compare(document, value, kept, pointer, mistakes);
                } else {
                    mistakes.push(document.mistake(
                        pointer,
                        format!("OpenAPI 3.0 has no `{key}` here, so it would be lost; mend its spelling or remove it"),
                    ));
                }
                pointer.truncate(length);
            }
        }
        (Value::Array(written), Value::Array(parsed)) if written.len() == parsed.len() => {
            for (index, (value, kept)) in written.iter().zip(parsed).enumerate() {
                let length = pointer.len();
                pointer.push_str(&format!("/{index}"));
                compare(document, value, kept, pointer, mistakes);
                pointer.truncate(length);
            }
        }
        (Value::Number(written), Value::Number(parsed)) if written.as_f64() == parsed.as_f64() => {}
        _ if written == parsed => {}
        _ => mistakes.push(
            document.mistake(pointer, format!("OpenAPI 3.0 reads `{written}` as `{parsed}`; write what it means")),
        ),
    }
}
