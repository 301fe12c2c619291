//! Operations that are one for HTTP and several for a caller, such as a token operation with several grants. The spec has each
//! of them once, with all of its parameters optional; `x-variants` lists what the client has instead.

use serde_json::{Map, Value, json};

use super::document::escape;
use super::schema::{BODY, operations, reference, schema, text, texts};

/// The extension that lists the variants of an operation.
pub const KEY: &str = "x-variants";

/// The keys of a variant that say how its request differs.
pub const OWN_KEYS: [&str; 3] = ["set", "require", "body"];

/// What was written in one place and is now in another, by JSON pointers: the new place, and the written one.
pub type Moved = Vec<(String, String)>;

/// Replaces every operation that has variants by its variants.
pub fn split(json: &mut Value) -> Moved {
    let whole: Vec<(String, String, String, Value)> = operations(json)
        .filter(|(_, _, _, operation)| operation.get(KEY).is_some())
        .map(|(pointer, path, method, operation)| (pointer, path.to_owned(), method.to_owned(), operation.clone()))
        .collect();
    let mut moved = Vec::new();
    for (pointer, path, method, operation) in whole {
        let body = operation.pointer(&format!("/requestBody{BODY}")).and_then(reference).map(str::to_owned);
        let fields = body.as_deref().and_then(|name| schema(json, name)).cloned().unwrap_or_default();
        remove(json, &path, &method);
        for (index, variant) in operation[KEY].as_array().into_iter().flatten().enumerate() {
            let place = format!("{pointer}/{KEY}/{index}");
            if let Some(body) = variant.get("body") {
                let name = text(body, "name");
                insert(json, &["components", "schemas", name], part(&fields, body));
                moved.push((format!("/components/schemas/{}", escape(name)), format!("{place}/body")));
            }
            let address = address(&path, variant);
            moved.push((format!("/paths/{}/{method}", escape(&address)), place));
            insert(json, &["paths", &address, &method], single(&operation, variant));
        }
        if let (Some(name), Some(schemas)) =
            (body, json.pointer_mut("/components/schemas").and_then(Value::as_object_mut))
        {
            schemas.remove(&name);
        }
    }
    moved
}

/// The path of a variant with the query parameters that it sets.
fn address(path: &str, variant: &Value) -> String {
    let values = variant.get("set").and_then(Value::as_object).into_iter().flatten();
    let query: Vec<String> =
        values.map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default())).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// The operation as the variant has it. What a variant does not say, the operation says for all of them.
fn single(operation: &Value, variant: &Value) -> Value {
    let mut single = operation.as_object().cloned().unwrap_or_default();
    single.remove(KEY);
    single.remove("requestBody");
    let own = variant.as_object().into_iter().flatten();
    single.extend(
        own.filter(|(key, _)| !OWN_KEYS.contains(&key.as_str())).map(|(key, value)| (key.clone(), value.clone())),
    );
    let all = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let parameters = texts(variant, "require").filter_map(|name| {
        let mut parameter = all.clone().find(|parameter| text(parameter, "name") == name)?.clone();
        parameter["required"] = Value::Bool(true);
        Some(parameter)
    });
    single.insert("parameters".to_owned(), parameters.collect());
    if let Some(body) = variant.get("body") {
        let name = format!("#/components/schemas/{}", text(body, "name"));
        let body = json!({"required": true, "content": {"application/json": {"schema": {"$ref": name}}}});
        single.insert("requestBody".to_owned(), body);
    }
    Value::Object(single)
}

/// The fields of a body that a variant requires, as a schema.
fn part(fields: &Value, body: &Value) -> Value {
    let mut part = fields.as_object().cloned().unwrap_or_default();
    for key in ["description", "x-vendor-name"] {
        part.insert(key.to_owned(), body.get(key).cloned().unwrap_or_default());
    }
    let required: Vec<&str> = texts(body, "require").collect();
    if let Some(properties) = part.get_mut("properties").and_then(Value::as_object_mut) {
        properties.retain(|name, _| required.contains(&name.as_str()));
    }
    part.insert("required".to_owned(), json!(required));
    Value::Object(part)
}

fn remove(json: &mut Value, path: &str, method: &str) {
    let Some(paths) = json.get_mut("paths").and_then(Value::as_object_mut) else { return };
    if let Some(item) = paths.get_mut(path).and_then(Value::as_object_mut) {
        item.remove(method);
        if item.is_empty() {
            paths.remove(path);
        }
    }
}

/// Puts a value where the names lead to, through objects that are made if they are absent.
fn insert(json: &mut Value, names: &[&str], value: Value) {
    let place = names.iter().try_fold(json, |place, name| {
        let object = place.as_object_mut()?;
        Some(object.entry(*name).or_insert_with(|| Value::Object(Map::new())))
    });
    if let Some(place) = place {
        *place = value;
    }
}
