//! What a reader wants to know of an operation: what it does, what it takes and needs, and where that is documented.

use serde_json::Value;

use super::schema::{PLACES, is_safe_to_repeat, parameters, text, texts};

/// The text above the method of an operation.
pub fn documentation(json: &Value, operation: &Value) -> String {
    let source = text(operation.get("externalDocs").unwrap_or(&Value::Null), "url");
    let mut lines = vec![
        text(operation, "summary").to_owned(),
        String::new(),
        text(operation, "description").to_owned(),
        String::new(),
    ];
    for parameter in PLACES.iter().flat_map(|place| parameters(json, operation, place)) {
        lines.push(format!("- `{}`: {}", text(parameter, "name"), text(parameter, "description")));
    }
    let permissions: Vec<&str> = texts(operation, "x-permission").collect();
    if !permissions.is_empty() {
        lines.push(format!("- Permission: {}", permissions.join(" or ")));
    }
    if let Some(repeat) = operation.get("x-safe-to-repeat") {
        let verb = if is_safe_to_repeat(operation) == Some(true) { "Is" } else { "Is not" };
        lines.push(format!("- {verb} repeated after an unclear failure: {}", text(repeat, "because")));
    }
    let codes = operation.get("x-error-codes").and_then(Value::as_array).into_iter().flatten();
    let codes: Vec<String> = codes.map(|code| format!("`{code}`")).collect();
    if !codes.is_empty() {
        lines.push(format!("- Published errors: {}", codes.join(", ")));
    }
    lines.push(format!("- Since {}, [as documented by the vendor]({})", text(operation, "x-since"), source));
    lines.join("\n")
}
