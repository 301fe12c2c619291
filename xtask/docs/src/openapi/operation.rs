//! The operations of a document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::Document;
use super::schema::Reader;
use crate::field::Field;
use crate::operation::Operation;
use crate::page::{Others, Scope, Unreadable};
use crate::prose;
use crate::unifi_text;
use crate::vendor::Key;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Reads the operations that matter.
pub fn operations<'a>(
    document: &'a Document<'a>,
    scope: &Scope,
    others: &mut Others,
) -> Result<Vec<Operation>, Unreadable> {
    let mut operations = Vec::new();
    let mut reader = Reader::new(document);
    for (path, item) in document.paths() {
        for (method, operation) in item.iter().filter(|(method, _)| METHODS.contains(&method.as_str())) {
            let Some(key) = Key::new(method, path) else { continue };
            let is_named = || names(document, operation).any(|name| scope.names(name));
            if !scope.has(&key) && !is_named() {
                *others.entry(key.vendor).or_default() += 1;
                continue;
            }
            if !operation.is_object() {
                return Err(document.fail(&format!("\"{path}\""), &format!("`{method}` of `{path}` is no operation")));
            }
            let shared = item.get("parameters");
            operations.push(self::operation(document, &mut reader, key, path, operation, shared)?);
        }
    }
    Ok(operations)
}

/// The vendor's names of an operation and of its bodies.
fn names<'a>(document: &'a Document<'a>, operation: &'a Value) -> impl Iterator<Item = &'a str> {
    let answers = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let answers = answers.filter(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer);
    let bodies = operation.get("requestBody").into_iter().chain(answers);
    let schemas = bodies.filter_map(|body| Some(name_of(schema_of(document.resolve(body).ok()?)?)));
    schemas.chain([text(operation, "operationId")])
}

fn operation<'a>(
    document: &'a Document<'a>,
    reader: &mut Reader<'a>,
    key: Key,
    path: &str,
    json: &'a Value,
    shared: Option<&'a Value>,
) -> Result<Operation, Unreadable> {
    let mut operation = Operation::new(key, path, document.line_of_path(path));
    operation.name = text(json, "summary").to_owned();
    let description = prose::from_html(text(json, "description"));
    operation.errors = prose::errors(&description);
    operation.permission = prose::permission(&description);
    operation.filters = unifi_text::filters(&description);
    operation.words.push(prose::one_line(&description));
    operation.id = text(json, "operationId").to_lowercase();
    reader.begin(operation.line);
    let lists = [shared, json.get("parameters")];
    for parameter in lists.iter().flatten().filter_map(|list| list.as_array()).flatten() {
        let field = self::parameter(document, reader, parameter)?;
        // A parameter of the operation replaces one of the path.
        operation.parameters.retain(|known| known.name != field.name);
        operation.parameters.push(field);
    }
    if let Some(body) = json.get("requestBody") {
        let body = document.resolve(body)?;
        if let Some(schema) = schema_of(body) {
            operation.add_alias(name_of(schema));
            let mut field = reader.field("request", schema, false)?;
            field.required = None;
            operation.request = Some(field);
        }
    }
    let responses: BTreeMap<&String, &Value> =
        json.get("responses").and_then(Value::as_object).into_iter().flatten().collect();
    for (status, response) in responses {
        operation.status.push(status.clone());
        if status.starts_with('2') && operation.answer.is_none() {
            let response = document.resolve(response)?;
            if let Some(schema) = schema_of(response) {
                operation.add_alias(name_of(schema));
                operation.answer = Some(reader.field("answer", schema, true)?);
            }
        }
    }
    for field in operation.parameters.iter_mut().chain(&mut operation.request).chain(&mut operation.answer) {
        prose::enrich_tree(field);
    }
    Ok(operation)
}

fn parameter<'a>(document: &'a Document<'a>, reader: &mut Reader<'a>, json: &'a Value) -> Result<Field, Unreadable> {
    let json = document.resolve(json)?;
    let name = format!("{}.{}", text(json, "in"), text(json, "name"));
    let mut field = match json.get("schema").or_else(|| schema_of(json)) {
        Some(schema) => reader.field(&name, schema, false)?,
        None => Field::named(&name),
    };
    field.required = Some(json.get("required").and_then(Value::as_bool).unwrap_or_default());
    if let Some(description) = json.get("description").and_then(Value::as_str) {
        field.description = prose::one_line(&prose::from_html(description));
    }
    Ok(field)
}

/// The schema of a body: that of JSON where there are several.
fn schema_of(body: &Value) -> Option<&Value> {
    let content = body.get("content")?.as_object()?;
    content.get("application/json").or_else(|| content.values().next())?.get("schema")
}

/// The name of a schema that is a reference.
fn name_of(schema: &Value) -> &str {
    text(schema, "$ref").rsplit('/').next().unwrap_or_default()
}

fn text<'a>(json: &'a Value, key: &str) -> &'a str {
    json.get(key).and_then(Value::as_str).unwrap_or_default()
}
