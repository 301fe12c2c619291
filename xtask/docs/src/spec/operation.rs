//! The operations of a spec.

use std::collections::BTreeMap;

use serde_json::Value;

use super::schema::field;
use super::yaml::{Yaml, escape, scalar, scalars};
use crate::field::Field;
use crate::operation::Operation;
use crate::vendor::Key;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Every operation of a spec, in the order of the file.
pub fn operations(yaml: &Yaml) -> Result<Vec<Operation>, String> {
    let mut operations: Vec<Operation> = Vec::new();
    for path in yaml.keys("/paths") {
        for method in yaml.keys(&format!("/paths/{}", escape(path))).filter(|key| METHODS.contains(&key.as_str())) {
            let pointer = format!("/paths/{}/{method}", escape(path));
            let key = Key::new(method, path)
                .ok_or_else(|| format!("{}:{}: no vendor has such a path", yaml.file, yaml.line(&pointer)))?;
            operations.push(operation(yaml, key, path, &pointer)?);
        }
    }
    // What deletes by an expression takes the properties of the list, and the spec gives them once.
    let listed: Vec<_> = operations.iter().filter_map(|one| Some((one.path.clone(), one.filters.clone()?))).collect();
    for operation in &mut operations {
        let filters = |name: &Field| name.name == "query.filter";
        if operation.filters.is_none() && operation.parameters.iter().any(filters) {
            operation.filters =
                listed.iter().find(|(path, _)| *path == operation.path).map(|(_, filters)| filters.clone());
        }
    }
    Ok(operations)
}

fn operation(yaml: &Yaml, key: Key, path: &str, pointer: &str) -> Result<Operation, String> {
    let json = yaml.get(pointer).unwrap_or(&Value::Null);
    let mut operation = Operation::new(key, path, yaml.line(pointer));
    operation.name = json.get("operationId").map(scalar).unwrap_or(operation.name);
    operation.pointer = pointer.to_owned();
    operation.since = json.get("x-since").map(scalar).unwrap_or_default();
    operation.is_observed = json.get("x-undocumented").is_some();
    operation.errors = Some(scalars(json.get("x-error-codes")).into_iter().map(|code| (code, String::new())).collect());
    let mut permission = scalars(json.get("x-permission"));
    permission.sort();
    operation.permission = Some(permission);
    operation.filters = json.get("x-filterable").and_then(Value::as_object).map(|table| {
        let rows = table.iter().filter(|(name, _)| *name != "of");
        rows.map(|(name, functions)| (name.clone(), scalars(Some(functions)))).collect::<BTreeMap<_, _>>()
    });
    for (index, parameter) in json.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let reference = parameter.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        let place = reference.map_or_else(|| format!("{pointer}/parameters/{index}"), str::to_owned);
        operation.parameters.push(self::parameter(yaml, &place, pointer)?);
    }
    // A form is a body like another.
    let mut contents = yaml.keys(&format!("{pointer}/requestBody/content"));
    let body = contents.next().map(|kind| format!("{pointer}/requestBody/content/{}/schema", escape(kind)));
    if let Some(body) = body.filter(|body| yaml.get(body).is_some()) {
        operation.request = Some(field(yaml, "request", &body, pointer, 0)?);
    }
    let page = json.pointer("/externalDocs/url").and_then(Value::as_str).unwrap_or_default();
    operation.id = page.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase();
    for status in yaml.keys(&format!("{pointer}/responses")).filter(|status| status.starts_with('2')) {
        operation.status.push(status.clone());
        let place = format!("{pointer}/responses/{status}/content/application~1json/schema");
        if yaml.get(&place).is_some() && operation.answer.is_none() {
            operation.answer = Some(field(yaml, "answer", &place, pointer, 0)?);
        }
    }
    for body in [operation.request.clone(), operation.answer.clone()].into_iter().flatten() {
        let schema = body.origin.map(|origin| format!("{}/x-vendor-name", origin.schema));
        operation.add_alias(&schema.and_then(|place| yaml.get(&place)).map(scalar).unwrap_or_default());
    }
    Ok(operation)
}

fn parameter(yaml: &Yaml, place: &str, owner: &str) -> Result<Field, String> {
    let json = yaml.get(place).unwrap_or(&Value::Null);
    let word = |key: &str| json.get(key).map(scalar).unwrap_or_default();
    let mut field = field(yaml, &format!("{}.{}", word("in"), word("name")), &format!("{place}/schema"), owner, 0)?;
    if let Some(origin) = &mut field.origin {
        origin.property = place.to_owned();
        origin.owner = place.to_owned();
    }
    field.required = Some(json.get("required").and_then(Value::as_bool).unwrap_or_default());
    field.description = format!("{} {}", word("description"), field.description);
    Ok(field)
}
