//! That examples are values of their schemas.

use serde_json::Value;

use super::super::document::{Document, escape};
use super::super::mistake::Mistake;
use super::super::schema::{operations, parameters, properties, resolve, schemas, text};

pub fn lint(document: &Document) -> Vec<Mistake> {
    let json = &document.written;
    let mut mistakes = Vec::new();
    let mut check = |value: &Value, pointer: &str| {
        if let Some(example) = value.get("example").filter(|example| !is_of(resolve(json, value), example)) {
            mistakes.push(document.mistake(pointer, format!("the example {example} is no value of the schema")));
        }
    };
    for (name, schema) in schemas(json) {
        let pointer = format!("/components/schemas/{}", escape(name));
        check(schema, &pointer);
        for (property, value) in properties(schema) {
            let pointer = format!("{pointer}/properties/{}", escape(property));
            check(value, &pointer);
            value.get("items").into_iter().for_each(|items| check(items, &pointer));
        }
    }
    for (pointer, _, _, operation) in operations(json) {
        for parameter in ["path", "query"].iter().flat_map(|place| parameters(json, operation, place)) {
            parameter.get("schema").into_iter().for_each(|schema| check(schema, &format!("{pointer}/parameters")));
        }
    }
    mistakes
}

/// Whether a value has the type of a schema, is one of its codes, and is within its bounds.
fn is_of(schema: &Value, value: &Value) -> bool {
    let is_typed = match text(schema, "type") {
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
    let is_within = value.as_i64().is_none_or(|number| {
        bound("minimum").is_none_or(|least| number >= least) && bound("maximum").is_none_or(|most| number <= most)
    });
    let codes = schema.get("enum").and_then(Value::as_array);
    is_typed && is_within && codes.is_none_or(|codes| codes.contains(value))
}
