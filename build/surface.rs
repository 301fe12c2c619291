//! The public surface of a client in a form that a reviewer reads in minutes: sections without indentation, and in each of
//! them lines `key: value`. The snapshots hold it, and `cargo xtask regen` tells what changed in it.

use std::fmt::Write;

use serde_json::Value;

use super::bounds;
use super::client::Client;
use super::errors::table;
use super::filterable::tables;
use super::rules::rules;
use super::schema::{
    BODY, PLACES, is_codes, is_safe_to_repeat, is_value, operations, parameters, properties, reference, requires,
    resolve, schemas, setters, text, texts,
};

const FORM_PARTS: &str = "/requestBody/content/multipart~1form-data/schema/properties";

/// The surface as text.
pub fn describe(json: &Value, client: &Client, requests: &[String]) -> String {
    let mut surface = Surface { json, text: String::new() };
    for (_, path, method, operation) in operations(json) {
        surface.operation(path, method, operation);
    }
    for (name, schema) in schemas(json) {
        if is_codes(schema) {
            surface.codes(name, schema);
        } else if is_value(schema) {
            surface.section("value", name);
            surface.line("type", &format!("{} {}", text(schema, "type"), text(schema, "format")));
        } else {
            let is_request = requests.contains(name);
            surface.section(if is_request { "request" } else { "answer" }, name);
            for (wire, property) in properties(schema) {
                let fields = &client.structs[name];
                let mut line = format!("{} = `{wire}`", fields.kind(wire));
                if is_request {
                    line.push_str(&facts(resolve(json, property), requires(schema, wire)));
                }
                surface.line(&fields.field(wire).to_string(), &line);
            }
            for (setter, fields) in setters(schema) {
                surface.line(&format!("setter {setter}"), &format!("writes {}", fields.join(", ")));
            }
            surface.rules(schema);
        }
    }
    for table in tables(json) {
        surface.section("filters", table.rows);
        for (property, functions) in table.properties {
            surface.line(property, &functions.join(" "));
        }
    }
    surface.section("errors", "ErrorCode");
    for entry in table(json) {
        let code = &entry["code"];
        let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
        surface.line(text(entry, "name"), &format!("{code}, {}", text(entry, "class")));
    }
    surface.text
}

struct Surface<'a> {
    json: &'a Value,
    text: String,
}

impl Surface<'_> {
    fn section(&mut self, kind: &str, name: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{kind} {name}");
    }

    fn line(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "    {key}: {value}");
    }

    fn operation(&mut self, path: &str, method: &str, operation: &Value) {
        self.section("operation", text(operation, "operationId"));
        self.line("request", &format!("{} {path}", method.to_uppercase()));
        for place in PLACES {
            for parameter in parameters(self.json, operation, place) {
                let schema = parameter.get("schema").unwrap_or(&Value::Null);
                let target = resolve(self.json, schema);
                let plain = ["type", "format"].map(|key| text(target, key));
                let kind = reference(schema).map_or_else(|| plain.join(" "), str::to_owned);
                let required = parameter.get("required") == Some(&Value::Bool(true));
                let name = text(parameter, "name");
                self.line(&format!("{place} {name}"), &format!("{}{}", kind.trim_end(), facts(target, required)));
            }
        }
        if let Some(body) = operation.pointer(&format!("/requestBody{BODY}")).and_then(reference) {
            self.line("body", body);
        }
        let parts = operation.pointer(FORM_PARTS).and_then(Value::as_object).into_iter().flatten();
        for (part, schema) in parts {
            let plain = format!("{} {}", text(schema, "type"), text(schema, "format"));
            self.line(&format!("part {part}"), reference(schema).unwrap_or(&plain));
        }
        for (status, response) in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
            self.line("answer", &format!("{status} {}", answer(response.pointer(BODY))));
        }
        let permissions: Vec<&str> = texts(operation, "x-permission").collect();
        let shown = if permissions.is_empty() { "none named".to_owned() } else { permissions.join(" or ") };
        self.line("permission", &shown);
        self.line("since", text(operation, "x-since"));
        let repeat = if is_safe_to_repeat(operation) == Some(true) { "safe" } else { "not safe" };
        self.line("repeat", repeat);
        for code in operation.get("x-error-codes").and_then(Value::as_array).into_iter().flatten() {
            let entry = table(self.json).find(|entry| entry["code"] == *code);
            self.line(&format!("error {code}"), entry.map(|entry| text(entry, "name")).unwrap_or_default());
        }
    }

    fn codes(&mut self, name: &str, schema: &Value) {
        self.section("codes", name);
        let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        for (value, variant) in values.zip(texts(schema, "x-enum-varnames")) {
            self.line(variant, &value.to_string());
        }
    }

    fn rules(&mut self, schema: &Value) {
        for rule in rules(schema) {
            let values: Vec<String> = rule.values.iter().map(Value::to_string).collect();
            let demands = [("requires", rule.require), ("forbids", rule.forbid), ("fills", rule.fill)];
            let demands = demands.iter().filter(|(_, fields)| !fields.is_empty());
            let demands: Vec<String> = demands.map(|(verb, fields)| format!("{verb} {}", fields.join(", "))).collect();
            self.line(&format!("rule {} {}", rule.governor, values.join(" or ")), &demands.join("; "));
        }
    }
}

/// What a response holds: a named schema, a list of one, or neither.
fn answer(body: Option<&Value>) -> String {
    let Some(body) = body else { return "nothing".to_owned() };
    match (reference(body), body.get("items").and_then(reference)) {
        (Some(name), _) => name.to_owned(),
        (None, Some(name)) => format!("list of {name}"),
        (None, None) => "anything".to_owned(),
    }
}

/// What a request has to keep to, as the end of a line.
fn facts(schema: &Value, required: bool) -> String {
    let mut facts = if required { vec!["required".to_owned()] } else { Vec::new() };
    facts.extend(bounds::describe(schema));
    if let Some(default) = schema.get("default") {
        facts.push(format!("default {default}"));
    }
    facts.iter().map(|fact| format!(", {fact}")).collect()
}
