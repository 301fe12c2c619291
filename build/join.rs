//! The specs of a vendor as one: a vendor may have several APIs, and the client has all of their operations.

use serde_json::{Map, Value};

/// Adds what one spec has to another. Only equal values may have the same name in both. Each API has its own key, but both are
/// sent alike, so the security of the first spec is kept.
pub fn join(whole: &mut Value, part: Value) -> Result<(), String> {
    merge(entry(whole, "paths"), part.get("paths").cloned().unwrap_or_default(), "paths")?;
    for key in ["schemas", "parameters"] {
        let more = part.pointer(&format!("/components/{key}")).cloned().unwrap_or_default();
        merge(entry(entry(whole, "components"), key), more, key)?;
    }
    for key in ["servers", "x-rate-limits", "x-errors"] {
        let more = part.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        match entry(whole, key) {
            Value::Array(items) => items.extend(more),
            absent => *absent = more.into(),
        }
    }
    Ok(())
}

fn entry<'a>(whole: &'a mut Value, key: &str) -> &'a mut Value {
    if !whole.is_object() {
        *whole = Value::Object(Map::new());
    }
    &mut whole[key]
}

fn merge(whole: &mut Value, part: Value, name: &str) -> Result<(), String> {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (key, value) in part {
                match whole.get_mut(&key) {
                    Some(known) => merge(known, value, &format!("{name}.{key}"))?,
                    None => {
                        whole.insert(key, value);
                    }
                }
            }
            Ok(())
        }
        (whole @ Value::Null, part) => {
            *whole = part;
            Ok(())
        }
        (whole, part) if *whole == part || part.is_null() => Ok(()),
        _ => Err(format!("two specs of the vendor have `{name}`, with different values")),
    }
}
