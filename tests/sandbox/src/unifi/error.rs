use serde_json::{Value, json};
use uuid::Uuid;

use crate::canned::{Canned, reason};
use crate::check::{Broken, Problem};
use crate::clock::rfc3339;
use crate::unifi::call::Call;
use crate::unifi::filter::Mistake;

/// The console's front answers this before the application is asked, and in a shape of its own.
pub(crate) fn unauthorized() -> Canned {
    Canned::status(401).json(json!({"error": {"code": 401, "message": "Unauthorized"}}))
}

pub(crate) fn argument_type(call: &Call, name: &str, value: &str) -> Canned {
    let message = format!("'{value}' is not a valid '{name}' value");
    application(call, 400, "api.request.argument-type-mismatch", &message)
}

pub(crate) fn filter(call: &Call, mistake: &Mistake) -> Canned {
    let message = format!("failed to parse filter expression: {mistake}");
    application(call, 400, "api.request.invalid-filter", &message)
}

pub(crate) fn unknown_property(call: &Call, name: &str) -> Canned {
    let message = format!("Unknown request body property '$.{name}'");
    application(call, 400, "api.request.unknown-property", &message)
}

pub(crate) fn unknown_type(call: &Call, name: &str, value: &str, valid: &[&str]) -> Canned {
    let valid: Vec<String> = valid.iter().map(|value| format!("'{value}'")).collect();
    let message = format!("Invalid $.{name} value '{value}' (valid values: {})", valid.join(", "));
    application(call, 400, "api.request.unknown-type-id", &message)
}

pub(crate) fn not_json(call: &Call) -> Canned {
    invalid(call, "The request body is not a JSON object")
}

pub(crate) fn negative(call: &Call, name: &str) -> Canned {
    invalid(call, &format!("{name} must be greater than or equal to 0"))
}

pub(crate) fn missing_argument(call: &Call, name: &str) -> Canned {
    invalid(call, &format!("Required query parameter '{name}' is missing"))
}

pub(crate) fn no_guest(call: &Call, client_id: &str) -> Canned {
    invalid(call, &format!("Client {client_id} is not a guest"))
}

pub(crate) fn broken(call: &Call, Broken { path, problem }: &Broken) -> Canned {
    let demand = match problem {
        Problem::Missing => "must be given".to_owned(),
        Problem::Forbidden => "must not be given".to_owned(),
        Problem::NotA(kind) => format!("must be of type {kind}"),
        Problem::Outside { value, min, .. } if value < min => {
            format!("must be greater than or equal to {min}")
        }
        Problem::Outside { max, .. } => format!("must be less than or equal to {max}"),
        Problem::NotOneOf(codes) => format!("must be one of {codes:?}"),
        Problem::Length { min, .. } => format!("must have at least {min} characters"),
        Problem::Count { min, max } => format!("must have {min} to {max} items"),
        Problem::Repeated => "must not repeat an item".to_owned(),
    };
    invalid(call, &format!("{path} {demand}"))
}

pub(crate) fn not_found(call: &Call, what: &str, id: &str) -> Canned {
    application(call, 404, GENERAL_CODE, &format!("There is no {what} {id}"))
}

/// Live consoles give this refusal no `requestId`.
pub(crate) fn no_endpoint(call: &Call) -> Canned {
    let message = format!("No endpoint {} {}", call.request.method, call.path);
    Canned::status(404).json(fields(call, 404, GENERAL_CODE, &message))
}

/// The path exists, and these are its verbs. No page documents the body; it has the shape of every other error.
pub(crate) fn method_not_allowed(call: &Call, verbs: &[&str]) -> Canned {
    let message = format!("Request method '{}' is not supported", call.request.method);
    application(call, 405, GENERAL_CODE, &message).header("Allow", &verbs.join(", "))
}

/// What is said with a status that no call of this sandbox gives by itself.
pub(crate) fn failure(call: &Call, status: u16) -> Canned {
    match status {
        401 => unauthorized(),
        _ => application(call, status, GENERAL_CODE, reason(status)),
    }
}

/// No page says which code goes with a broken range, a body that cannot be read, or a voucher that
/// is not there: this is the general one, seen with other refusals.
const GENERAL_CODE: &str = "api.request.error";

fn invalid(call: &Call, message: &str) -> Canned {
    application(call, 400, GENERAL_CODE, message)
}

fn application(call: &Call, status: u16, code: &str, message: &str) -> Canned {
    let mut body = fields(call, status, code, message);
    body["requestId"] = json!(Uuid::new_v4().to_string());
    Canned::status(status).json(body)
}

fn fields(call: &Call, status: u16, code: &str, message: &str) -> Value {
    let mut body = json!({
        "statusCode": status,
        "statusName": reason(status).to_uppercase().replace(' ', "_"),
        "message": message,
        "timestamp": rfc3339(call.now, 3),
        "requestPath": call.path,
    });
    // Errors have a code since version 10 only.
    if !call.version.is_before(&[10]) {
        body["code"] = json!(code);
    }
    body
}
