use serde_json::json;

use crate::canned::{Canned, reason};
use crate::random::hex;

pub(crate) fn parameter_invalid(name: &str) -> Canned {
    refused(400, "parameter_invalid", &format!("invalid parameter: {name}"))
}

pub(crate) fn unauthorized() -> Canned {
    refused(401, "unauthorized", "unauthorized")
}

pub(crate) fn forbidden() -> Canned {
    refused(403, "forbidden", "the key does not give access to this console")
}

pub(crate) fn not_found() -> Canned {
    refused(404, "not_found", "not found")
}

pub(crate) fn method_not_allowed(verbs: &[&str]) -> Canned {
    refused(405, "method_not_allowed", "method not allowed").header("Allow", &verbs.join(", "))
}

/// The one code of the connector that is spelled like this.
pub(crate) fn device_timeout() -> Canned {
    refused(408, "DeviceTimeout", "the console did not answer in time")
}

/// The header has whole seconds, the text the exact span.
pub(crate) fn rate_limit(wait_millis: i64) -> Canned {
    let (seconds, millis) = (wait_millis / 1000, wait_millis % 1000);
    let message = format!("rate limit exceeded, retry after {seconds}.{millis:03}s");
    let whole_seconds = seconds + i64::from(millis > 0);
    refused(429, "rate_limit", &message).header("Retry-After", &whole_seconds.to_string())
}

/// What is said with a status that the connector does not give by itself here.
pub(crate) fn failure(status: u16) -> Canned {
    match status {
        401 => unauthorized(),
        429 => refused(429, "rate_limit", "rate limit exceeded"),
        _ => refused(status, &reason(status).to_lowercase().replace(' ', "_"), &reason(status).to_lowercase()),
    }
}

fn refused(status: u16, code: &str, message: &str) -> Canned {
    Canned::status(status).json(json!({
        "code": code,
        "httpStatusCode": status,
        "message": message,
        "traceId": hex(32),
    }))
}
