//! The conventions for operations with variants.

use serde_json::Value;

use super::super::document::Document;
use super::super::mistake::Mistake;
use super::super::schema::{BODY, operations, parameters, properties, reference, resolve, schema, text, texts};
use super::super::variants::{KEY, OWN_KEYS};

/// The keys of an operation that a variant may have for itself.
const KEYS: [&str; 8] = [
    "operationId",
    "summary",
    "description",
    "x-availability",
    "x-error-codes",
    "x-permission",
    "x-safe-to-repeat",
    "x-since",
];

pub fn lint(document: &Document) -> Vec<Mistake> {
    let json = &document.written;
    let mut mistakes = Vec::new();
    for (pointer, _, _, operation) in operations(json) {
        let Some(variants) = operation.get(KEY) else { continue };
        let mut say = |at: String, message: String| mistakes.push(document.mistake(&format!("{pointer}{at}"), message));
        let variants = variants.as_array().map(Vec::as_slice).unwrap_or_default();
        if variants.is_empty() {
            say(format!("/{KEY}"), "name at least one variant".to_owned());
        }
        let body = operation.pointer(&format!("/requestBody{BODY}")).and_then(reference);
        let fields = body.and_then(|name| schema(json, name)).unwrap_or(&Value::Null);
        let query = |name: &str| parameters(json, operation, "query").find(|parameter| text(parameter, "name") == name);
        for (index, variant) in variants.iter().enumerate() {
            let at = format!("/{KEY}/{index}");
            for key in variant.as_object().into_iter().flatten().map(|(key, _)| key.as_str()) {
                if !KEYS.contains(&key) && !OWN_KEYS.contains(&key) {
                    say(
                        at.clone(),
                        format!("a variant has no `{key}`; it has {}, {}", KEYS.join(", "), OWN_KEYS.join(", ")),
                    );
                }
            }
            if text(variant, "operationId").is_empty() {
                say(at.clone(), "the variant has no `operationId`".to_owned());
            }
            for name in texts(variant, "require").filter(|name| query(name).is_none()) {
                say(at.clone(), format!("the operation has no query parameter `{name}`"));
            }
            for (name, value) in variant.get("set").and_then(Value::as_object).into_iter().flatten() {
                let kind = query(name).and_then(|parameter| parameter.get("schema")).map(|kind| resolve(json, kind));
                let codes = kind.and_then(|kind| kind.get("enum")).and_then(Value::as_array);
                if !codes.is_some_and(|codes| codes.contains(value)) {
                    say(at.clone(), format!("the operation has no query parameter `{name}` that can be {value}"));
                }
            }
            if let Some(body) = variant.get("body") {
                for key in ["name", "description", "x-vendor-name"].iter().filter(|key| text(body, key).is_empty()) {
                    say(at.clone(), format!("the body of the variant has no `{key}`"));
                }
                for name in texts(body, "require").filter(|name| !properties(fields).any(|(field, _)| field == name)) {
                    say(at.clone(), format!("the body of the operation has no field `{name}`"));
                }
            }
        }
    }
    mistakes
}
