use serde_json::{Value, json};

use crate::canned::{Canned, reason};
use crate::check::{Broken, Problem};
use crate::clock::rfc3339;

/// A reason to refuse: the published code, and a sentence.
pub(crate) struct Refusal(i32, &'static str);

pub(crate) const UNKNOWN_PATH: Refusal = Refusal(-1600, "The path or the verb is not supported.");
pub(crate) const UNKNOWN_CONTROLLER: Refusal = Refusal(-7131, "Controller ID not exist.");
pub(crate) const UNKNOWN_SITE: Refusal = Refusal(-33000, "There is no such site.");
pub(crate) const BUSY_SITE: Refusal = Refusal(-33004, "The site is busy with another operation. Try again later.");
pub(crate) const UNKNOWN_PROFILE: Refusal = Refusal(-33732, "There is no such rate limit profile.");
pub(crate) const PROFILE_NAME_TAKEN: Refusal = Refusal(-33733, "Another rate limit profile has this name.");
pub(crate) const UNKNOWN_SSID: Refusal = Refusal(-34338, "At least one of the SSIDs does not exist.");
pub(crate) const UNKNOWN_NETWORK: Refusal = Refusal(-34340, "At least one of the networks does not exist.");
pub(crate) const TOO_MANY_VOUCHERS: Refusal = Refusal(-42010, "The site can hold no more vouchers.");
pub(crate) const NO_PORTAL: Refusal = Refusal(-42036, "Vouchers need at least one portal.");
pub(crate) const NAME_TAKEN: Refusal = Refusal(-42059, "Another voucher group has this name.");
pub(crate) const UNKNOWN_CURRENCY: Refusal = Refusal(-42060, "This currency is not supported.");
pub(crate) const OTHER_CURRENCY: Refusal = Refusal(-42061, "The site already sells vouchers in another currency.");
pub(crate) const UNKNOWN_PORTAL: Refusal = Refusal(-42062, "At least one of the portals does not exist.");
pub(crate) const EXPIRES_TOO_LATE: Refusal = Refusal(-42063, "The vouchers would expire more than 1000 days from now.");
pub(crate) const WRONG_PLACE: Refusal = Refusal(-42068, "The pattern names an SSID or a network of another portal.");
pub(crate) const UNKNOWN_LOGO: Refusal = Refusal(-42069, "There is no such logo.");
pub(crate) const WRONG_CLIENT: Refusal = Refusal(-44106, "The client id or the client secret is wrong.");
pub(crate) const WRONG_RESPONSE_TYPE: Refusal = Refusal(-44107, "The response type is invalid.");
pub(crate) const WRONG_CSRF_TOKEN: Refusal = Refusal(-44108, "The CSRF token is invalid.");
pub(crate) const WRONG_SESSION: Refusal = Refusal(-44109, "The session id is invalid.");
pub(crate) const CODE_EXPIRED: Refusal = Refusal(-44110, "The authorization code has expired.");
pub(crate) const WRONG_GRANT: Refusal = Refusal(-44111, "The grant type is invalid.");
pub(crate) const TOKEN_EXPIRED: Refusal = Refusal(-44112, "The access token has expired.");
pub(crate) const TOKEN_UNKNOWN: Refusal = Refusal(-44113, "The access token is invalid.");
pub(crate) const REFRESH_TOKEN_EXPIRED: Refusal = Refusal(-44114, "The refresh token has expired.");
pub(crate) const NOT_SIGNED_IN: Refusal = Refusal(-44116, "The Open API call carries no usable authorization.");

const INVALID_PARAMETER: i32 = -1001;

/// What a call results in that only does something.
pub(crate) const NO_RESULT: Value = Value::Null;

/// A call without a result leaves `result` out.
pub(crate) fn success(message: &str, result: Value) -> Canned {
    let mut envelope = json!({"errorCode": 0, "msg": message, "result": result});
    if let Value::Object(fields) = &mut envelope {
        fields.retain(|_, value| *value != NO_RESULT);
    }
    Canned::status(200).json(envelope)
}

/// Refusals ride on HTTP 200, and leave `result` out.
pub(crate) fn refused(Refusal(code, message): Refusal) -> Canned {
    refused_with(200, code, message)
}

/// The one refusal that has a status of its own.
pub(crate) fn unauthorized() -> Canned {
    let Refusal(code, message) = NOT_SIGNED_IN;
    refused_with(401, code, message)
}

/// Live controllers send this refusal without a Content-Type.
pub(crate) fn unknown_controller() -> Canned {
    refused(UNKNOWN_CONTROLLER).without_content_type()
}

pub(crate) fn invalid(parameter: &str, complaint: &str) -> Canned {
    refused_with(200, INVALID_PARAMETER, &format!("Parameter [{parameter}] {complaint}."))
}

pub(crate) fn broken(Broken { path, problem }: &Broken) -> Canned {
    let complaint = match problem {
        Problem::Missing => "is required here".to_owned(),
        Problem::Forbidden => "is not allowed here".to_owned(),
        Problem::NotA(kind) => format!("is not of type {kind}"),
        Problem::Outside { min, max, .. } => format!("is outside the range {min}-{max}"),
        Problem::NotOneOf(codes) => format!("is none of {codes:?}"),
        Problem::Length { min, max } => format!("does not have {min}-{max} characters"),
        Problem::Count { min, max } => format!("does not have {min}-{max} items"),
        Problem::Repeated => "repeats an item".to_owned(),
    };
    invalid(path, &complaint)
}

/// What the framework under the controller says before the controller is asked: no `errorCode`, no
/// `msg`.
pub(crate) fn bad_request(path: &str, now_unix_millis: i64) -> Canned {
    framework(400, path, now_unix_millis)
}

/// What is said with this status, by the controller where a page has it, or by the framework under it.
pub(crate) fn failure(status: u16, path: &str, now_unix_millis: i64) -> Canned {
    if status == 401 { unauthorized() } else { framework(status, path, now_unix_millis) }
}

fn framework(status: u16, path: &str, now_unix_millis: i64) -> Canned {
    let (timestamp, error) = (rfc3339(now_unix_millis, 3), reason(status));
    Canned::status(status).json(json!({"timestamp": timestamp, "status": status, "error": error, "path": path}))
}

fn refused_with(status: u16, code: i32, message: &str) -> Canned {
    Canned::status(status).json(json!({"errorCode": code, "msg": message}))
}
