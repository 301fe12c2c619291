//! A spec as OpenAPI 3.1, whose schemas are JSON Schema: the rules across fields become `if` and `then`.

use serde_json::{Map, Value, json};

use super::json_schema::conditions;

/// The extensions that only the build reads.
const OWN: [&str; 9] = [
    "x-envelope",
    "x-hand-written",
    "x-name",
    "x-query",
    "x-read-as",
    "x-reader",
    "x-rules",
    "x-setters",
    "x-variants",
];

/// Converts a spec as it is written.
pub fn document(written: &Value) -> Value {
    let mut document = convert(written);
    document["openapi"] = json!("3.1.0");
    // The name of the license is an SPDX expression, which 3.1 has a field of its own for.
    if let Some(license) = document.pointer_mut("/info/license").and_then(Value::as_object_mut) {
        license.remove("url");
        license.insert("identifier".to_owned(), license.get("name").cloned().unwrap_or_default());
    }
    document
}

fn convert(value: &Value) -> Value {
    match value {
        Value::Object(entries) => object(entries),
        Value::Array(items) => items.iter().map(convert).collect(),
        plain => plain.clone(),
    }
}

fn object(entries: &Map<String, Value>) -> Value {
    let mut converted = Map::new();
    for (key, value) in entries.iter().filter(|(key, _)| !OWN.contains(&key.as_str())) {
        match key.as_str() {
            // The names of fields may be those of keywords.
            "properties" => {
                let fields = value.as_object().into_iter().flatten();
                let fields = fields.map(|(name, field)| (name.clone(), convert(field)));
                converted.insert(key.clone(), Value::Object(fields.collect()));
            }
            "example" => drop(converted.insert("examples".to_owned(), json!([value]))),
            "examples" => drop(converted.insert(key.clone(), value.clone())),
            "nullable" => {}
            "format" if value == "binary" => {
                converted.insert("contentMediaType".to_owned(), json!("application/octet-stream"));
            }
            _ => drop(converted.insert(key.clone(), convert(value))),
        }
    }
    if entries.get("nullable") == Some(&Value::Bool(true)) {
        converted.insert("type".to_owned(), json!([entries.get("type"), "null"]));
    }
    let conditions = conditions(&Value::Object(entries.clone()));
    if !conditions.is_empty() {
        converted.insert("allOf".to_owned(), Value::Array(conditions));
    }
    Value::Object(converted)
}
