//! Takes the vendor's envelope off: `{errorCode, msg, result}` becomes the result, because the hand-written layer turns the
//! rest into `Ok` or `Err`.

use serde_json::{Map, Value};

use super::schema::{BODY, Usage, component, schemas};

/// Lets every response hold what its envelope holds, and forgets the envelopes and what only refusals use.
pub fn open(json: &mut Value) {
    let envelopes: Vec<(String, Option<Value>)> = schemas(json)
        .filter(|(_, schema)| schema.get("x-envelope") == Some(&Value::Bool(true)))
        .map(|(name, schema)| (name.clone(), schema.pointer("/properties/result").cloned()))
        .collect();
    let components = json.clone();
    let paths = json.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    let operations = paths.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten());
    for (_, operation) in operations {
        let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { continue };
        // The hand-written layer reads refusals, in all of their shapes.
        responses.retain(|status, _| status.starts_with('2'));
        for response in responses.values_mut() {
            *response = component(&components, response).clone();
            let Some(schema) = response.pointer_mut(BODY) else { continue };
            match envelopes.iter().find(|(name, _)| super::schema::reference(schema) == Some(name)) {
                Some((_, Some(result))) => {
                    *schema = result.clone();
                    // The hand-written layer refuses a result that is null, so what comes out of the envelope is none.
                    schema.as_object_mut().map(|schema| schema.remove("nullable"));
                }
                Some((_, None)) => {
                    response.as_object_mut().map(|response| response.remove("content"));
                }
                None => {}
            }
        }
    }
    let Usage { requests, answers } = Usage::of(json);
    if let Some(schemas) = json.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, _| requests.contains(name) || answers.contains(name));
    }
    if let Some(components) = json.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("responses".to_owned(), Value::Object(Map::new()));
    }
}
