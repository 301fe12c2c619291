//! Nothing that was written may get lost: keys that the OpenAPI parser drops, and extensions that nobody reads.

use openapiv3::OpenAPI;
use serde_json::Value;

use super::super::document::{Document, escape};
use super::super::mistake::Mistake;

/// The extensions that the build reads.
const EXTENSIONS: [&str; 12] = [
    "x-enum-descriptions",
    "x-enum-varnames",
    "x-envelope",
    "x-error-codes",
    "x-errors",
    "x-observed",
    "x-permission",
    "x-query",
    "x-rules",
    "x-setters",
    "x-since",
    "x-vendor-name",
];

pub fn lint(document: &Document) -> Vec<Mistake> {
    let parsed = serde_json::from_value::<OpenAPI>(document.json.clone()).and_then(serde_json::to_value);
    let mut mistakes = Vec::new();
    match parsed {
        Ok(parsed) => compare(document, &document.json, &parsed, &mut String::new(), &mut mistakes),
        Err(error) => mistakes.push(document.mistake("/", format!("this is not OpenAPI 3.0: {error}"))),
    }
    mistakes
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
