//! How fast a vendor lets programs ask.

use serde_json::Value;

use super::schema::text;

/// A pace: its name, so many requests in so many seconds, and what it is for.
pub struct Pace<'a> {
    pub name: &'a str,
    pub requests: Option<u64>,
    pub seconds: Option<u64>,
    pub description: &'a str,
}

/// The paces of a spec.
pub fn paces(json: &Value) -> impl Iterator<Item = Pace<'_>> {
    json.get("x-paces").and_then(Value::as_array).into_iter().flatten().map(|pace| Pace {
        name: text(pace, "name"),
        requests: pace.get("requests").and_then(Value::as_u64),
        seconds: pace.get("seconds").and_then(Value::as_u64),
        description: text(pace, "description"),
    })
}
