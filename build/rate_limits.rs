//! The rate limits that a vendor documents for its API.

use serde_json::Value;

use super::schema::text;

/// A rate limit: its name, the number of requests in a number of seconds, and what it applies to.
pub struct RateLimit<'a> {
    pub name: &'a str,
    pub requests: Option<u64>,
    pub seconds: Option<u64>,
    pub description: &'a str,
}

/// The rate limits of a spec.
pub fn rate_limits(json: &Value) -> impl Iterator<Item = RateLimit<'_>> {
    json.get("x-rate-limits").and_then(Value::as_array).into_iter().flatten().map(|limit| RateLimit {
        name: text(limit, "name"),
        requests: limit.get("requests").and_then(Value::as_u64),
        seconds: limit.get("seconds").and_then(Value::as_u64),
        description: text(limit, "description"),
    })
}
