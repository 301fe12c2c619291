//! Specs printed as the vendors' OpenAPI JSON: facts that only our extensions hold become sentences.

use serde_json::{Map, Value, json};

use crate::spec::{scalar, scalars};

/// A document that states whatever the spec does.
pub fn print(spec: &Value) -> String {
    print_path(spec, None)
}

/// The same with the operations of one path alone.
pub fn print_path(spec: &Value, only: Option<&str>) -> String {
    let mut paths = Map::new();
    for (path, item) in
        spec["paths"].as_object().expect("paths").iter().filter(|(path, _)| only.is_none_or(|only| only == *path))
    {
        let mut printed = Map::new();
        for (method, operation) in item.as_object().expect("an item").iter().filter(|(key, _)| *key != "servers") {
            let mut operation = plain(operation);
            operation["description"] = description(&item[method]).into();
            printed.insert(method.clone(), operation);
        }
        paths.insert(path.clone(), Value::Object(printed));
    }
    let mut schemas = Map::new();
    for (name, schema) in spec["components"]["schemas"].as_object().expect("schemas") {
        let mut printed = plain(schema);
        for rule in schema["x-rules"].as_array().into_iter().flatten() {
            for (field, words) in sentences(rule) {
                let old = printed["properties"][&field]["description"].as_str().unwrap_or_default().to_owned();
                printed["properties"][&field]["description"] = format!("{old} {words}").trim().into();
            }
        }
        schemas.insert(name.clone(), printed);
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Printed", "version": "1", "license": {}},
        "paths": paths,
        "components": {"schemas": schemas, "parameters": plain(&spec["components"]["parameters"]), "responses": plain(&spec["components"]["responses"])},
    });
    serde_json::to_string_pretty(&document).expect("JSON")
}

/// What a rule says of each field, as the vendors put it.
pub fn sentences(rule: &Value) -> Vec<(String, String)> {
    let (governor, values) = rule["when"].as_object().and_then(|when| when.iter().next()).expect("a condition");
    let values = scalars(Some(values)).join(" or ");
    let mut sentences = Vec::new();
    for (key, wish) in [("require", "is required"), ("forbid", "should be null"), ("fill", "includes one at least")] {
        for field in scalars(rule.get(key)) {
            let words = format!("When parameter [{governor}] is {values}, parameter [{field}] {wish}.");
            sentences.push((field, words));
        }
    }
    sentences
}

/// What the description of an operation says on the vendors' pages.
pub fn description(operation: &Value) -> String {
    let mut text = operation["summary"].as_str().unwrap_or_default().to_owned();
    let permission = scalars(operation.get("x-permission"));
    let codes = scalars(operation.get("x-error-codes"));
    if !permission.is_empty() || !codes.is_empty() {
        text.push_str(&format!(
            "<br/><br/>The interface requires one of the permissions: <br/>{}<br/>",
            permission.join("<br/>")
        ));
        text.push_str("<br/>The possible error code is one of the following error codes: ");
        for code in codes {
            text.push_str(&format!("<br/>{code}  -  It does not work."));
        }
    }
    if let Some(table) = operation["x-filterable"].as_object() {
        text.push_str("\n\nFilterable properties (click to expand)\n\n|Name|Type|Allowed functions|\n|-|-|-|\n");
        for (name, functions) in table.iter().filter(|(name, _)| *name != "of") {
            let functions: Vec<String> = scalars(Some(functions)).iter().map(|word| format!("`{word}`")).collect();
            text.push_str(&format!("|`{name}`|`STRING`|{}|\n", functions.join(" ")));
        }
    }
    text
}

/// A value without our extensions, our formats and our examples.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(key, value)| {
                let is_own = *key == "format"
                    && ["path-segment", "voucher-code", "secret", "search-key", "filter-expression"]
                        .contains(&scalar(value).as_str());
                !key.starts_with("x-") && *key != "example" && !is_own
            });
            Value::Object(kept.map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}
