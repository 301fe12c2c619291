use serde_json::{Value, json};
use uuid::Uuid;

use crate::canned::Canned;
use crate::check::{Broken, Problem};
use crate::clock::rfc3339;
use crate::received::Received;

/// The console's front answers this before the application is asked, and in a shape of its own.
pub(crate) fn unauthorized() -> Canned {
    Canned::status(401).json(json!({"error": {"code": 401, "message": "Unauthorized"}}))
}

pub(crate) fn argument_type(request: &Received, now: i64, name: &str, value: &str) -> Canned {
    let message = format!("'{value}' is not a valid '{name}' value");
    application(request, now, 400, "api.request.argument-type-mismatch", &message)
}

pub(crate) fn unknown_property(request: &Received, now: i64, name: &str) -> Canned {
    let message = format!("Unknown request body property '$.{name}'");
    application(request, now, 400, "api.request.unknown-property", &message)
}

pub(crate) fn not_json(request: &Received, now: i64) -> Canned {
    invalid(request, now, "The request body is not a JSON object")
}

pub(crate) fn broken(request: &Received, now: i64, Broken { path, problem }: &Broken) -> Canned {
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
    invalid(request, now, &format!("{path} {demand}"))
}

pub(crate) fn not_found(request: &Received, now: i64, what: &str, id: &str) -> Canned {
    application(request, now, 404, GENERAL_CODE, &format!("There is no {what} {id}"))
}

/// Live consoles give this refusal no `requestId`.
pub(crate) fn no_endpoint(request: &Received, now: i64) -> Canned {
    let message = format!("No endpoint {} {}", request.method, inner_path(request));
    Canned::status(404).json(fields(request, now, 404, GENERAL_CODE, &message))
}

/// No page says which code goes with a broken range, a body that cannot be read, or a voucher that
/// is not there: this is the general one, seen with other refusals.
const GENERAL_CODE: &str = "api.request.error";

fn invalid(request: &Received, now: i64, message: &str) -> Canned {
    application(request, now, 400, GENERAL_CODE, message)
}

fn application(request: &Received, now: i64, status: u16, code: &str, message: &str) -> Canned {
    let mut body = fields(request, now, status, code, message);
    body["requestId"] = json!(Uuid::new_v4().to_string());
    Canned::status(status).json(body)
}

fn fields(request: &Received, now: i64, status: u16, code: &str, message: &str) -> Value {
    json!({
        "statusCode": status,
        "statusName": if status == 404 { "NOT_FOUND" } else { "BAD_REQUEST" },
        "code": code,
        "message": message,
        "timestamp": rfc3339(now, 3),
        "requestPath": inner_path(request),
    })
}

/// The path as the application sees it, behind the console's front.
fn inner_path(request: &Received) -> &str {
    request.path.strip_prefix("/proxy/network").unwrap_or(&request.path)
}
