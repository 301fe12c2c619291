//! The examples of the specs, which mock servers respond with.

use serde_json::Value;

use crate::readme::{TABLES, documents};
use crate::spec::passes::schema::{properties, resolve, schemas, text};

/// The types of values that need an example; what holds others is made of theirs.
const TYPES: [&str; 4] = ["boolean", "integer", "number", "string"];

/// Where examples are left out: a next token would make a client of a mock server read the same page forever.
const WITHOUT: [&str; 1] = ["HostPage.nextToken"];

#[test]
fn every_field_has_an_example() {
    for (vendor, specs, ..) in TABLES {
        for document in documents(vendor, specs) {
            for (name, schema) in schemas(&document.written) {
                let is_lacking = |value: &Value| TYPES.contains(&text(value, "type")) && value.get("example").is_none();
                assert!(!is_lacking(schema), "{vendor}: {name} has no example");
                for (field, value) in properties(schema) {
                    let place = format!("{name}.{field}");
                    let lacks = is_lacking(value) || value.get("items").is_some_and(is_lacking);
                    assert!(!lacks || WITHOUT.contains(&place.as_str()), "{vendor}: {place} has no example");
                }
            }
        }
    }
}

#[test]
fn envelopes_of_examples_are_successes() {
    for (vendor, specs, ..) in TABLES {
        for document in documents(vendor, specs) {
            for (name, schema) in schemas(&document.written).filter(|(_, schema)| schema.get("x-envelope").is_some()) {
                let code = schema.pointer("/properties/errorCode/example");
                assert_eq!(code, Some(&Value::from(0)), "{vendor}: {name}");
            }
        }
    }
}

/// The example of a schema, as a mock server makes it: its own, or one of the examples of what it holds.
fn example(json: &Value, schema: &Value) -> Value {
    let target = resolve(json, schema);
    if let Some(example) = schema.get("example").or_else(|| target.get("example")) {
        return example.clone();
    }
    match text(target, "type") {
        "array" => Value::Array(target.get("items").map(|items| example(json, items)).into_iter().collect()),
        _ => properties(target).map(|(name, value)| (name.clone(), example(json, value))).collect(),
    }
}

#[test]
fn examples_of_requests_are_valid() {
    let requests = [
        include_str!(concat!(env!("OUT_DIR"), "/omada.schemas")),
        include_str!(concat!(env!("OUT_DIR"), "/unifi.schemas")),
    ];
    let mut count = 0;
    for ((vendor, specs, ..), requests) in TABLES.iter().zip(requests) {
        let requests: Value = serde_json::from_str(requests).expect("JSON");
        for document in documents(vendor, specs) {
            for (name, schema) in schemas(&document.written) {
                let Some(request) = requests.get(name) else { continue };
                let example = example(&document.written, schema);
                let validator = jsonschema::validator_for(request).expect("a schema");
                let mistakes: Vec<String> = validator.iter_errors(&example).map(|error| error.to_string()).collect();
                assert!(mistakes.is_empty(), "{vendor}: {name}: {example}: {mistakes:?}");
                count += 1;
            }
        }
    }
    assert!(count > 15, "{count} requests have examples");
}

#[test]
fn the_rules_are_in_openapi_3_1() {
    let specs = [include_str!("../../schemas/openapi/omada.json"), include_str!("../../schemas/openapi/unifi.json")];
    let requests = [
        include_str!(concat!(env!("OUT_DIR"), "/omada.schemas")),
        include_str!(concat!(env!("OUT_DIR"), "/unifi.schemas")),
    ];
    let mut count = 0;
    for (spec, requests) in specs.iter().zip(requests) {
        let spec: Value = serde_json::from_str(spec).expect("JSON");
        let requests: serde_json::Map<String, Value> = serde_json::from_str(requests).expect("JSON");
        for (name, request) in requests.iter().filter(|(_, request)| request.get("allOf").is_some()) {
            let schema = &spec["components"]["schemas"][name];
            assert_eq!(schema["allOf"], request["allOf"], "{name}");
            count += 1;
        }
    }
    assert!(count > 5, "{count} requests have rules");
}
