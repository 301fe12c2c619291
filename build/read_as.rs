//! Named schemas of responses that are wider than the Rust type which reads them, such as codes that may get new values.

use serde_json::Value;

/// The extension that names the schema with the Rust type.
pub const KEY: &str = "x-read-as";

const SCHEMAS: &str = "/components/schemas";
const PREFIX: &str = "#/components/schemas/";

/// Replaces every schema with the extension by the schema that the extension names.
pub fn narrow(json: &mut Value) {
    let schemas = json.pointer(SCHEMAS).and_then(Value::as_object).into_iter().flatten();
    let targets = schemas.filter_map(|(name, schema)| Some((name.clone(), schema.get(KEY)?.as_str()?.to_owned())));
    let targets: Vec<(String, String)> = targets.collect();
    if let Some(schemas) = json.pointer_mut(SCHEMAS).and_then(Value::as_object_mut) {
        schemas.retain(|name, _| !targets.iter().any(|(wide, _)| wide == name));
    }
    redirect(json, &targets);
}

fn redirect(value: &mut Value, targets: &[(String, String)]) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref")
                && let Some((_, target)) = targets.iter().find(|(wide, _)| reference.strip_prefix(PREFIX) == Some(wide))
            {
                *reference = format!("{PREFIX}{target}");
            }
            object.values_mut().for_each(|value| redirect(value, targets));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, targets)),
        _ => {}
    }
}
