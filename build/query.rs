//! Gathers the query parameters of an operation into a request type of their own, so that they are built, checked and
//! described like a body.

use serde_json::{Value, json};

use super::schema::{operations, parameters, text};

/// Adds the schema that `x-query` names to the document, for every operation that has one, and answers their names.
pub fn gather(json: &mut Value) -> Vec<String> {
    let mut gathered = Vec::new();
    for (_, _, _, operation) in operations(json) {
        let Some(name) = operation.get("x-query").and_then(Value::as_str) else { continue };
        let mut properties = serde_json::Map::new();
        let mut required = Vec::new();
        for parameter in parameters(json, operation, "query") {
            let Some(wire) = parameter.get("name").and_then(Value::as_str) else { continue };
            let description = parameter.get("description").cloned().unwrap_or_default();
            let mut schema = parameter.get("schema").cloned().unwrap_or_default();
            if schema.get("$ref").is_some() {
                schema = json!({ "allOf": [schema] });
            }
            schema["description"] = description;
            properties.insert(wire.to_owned(), schema);
            if parameter.get("required") == Some(&Value::Bool(true)) {
                required.push(wire.to_owned());
            }
        }
        let id = text(operation, "operationId");
        let description = format!("What to read, for the operation `{id}`.");
        let schema = json!({
            "type": "object", "description": description, "required": required, "properties": properties,
        });
        gathered.push((name.to_owned(), schema));
    }
    let names = gathered.iter().map(|(name, _)| name.clone()).collect();
    if let Some(schemas) = json.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.extend(gathered);
    }
    names
}
