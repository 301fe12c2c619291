//! Opens the envelope `{errorCode, msg, result}` in which every answer comes, whatever its HTTP status and Content-Type are.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::error::{ApiError, Error};
use super::generated::Operation;
use super::generated::types::ErrorCode;
use crate::reading::{self, Excerpt, read};
use crate::redact::Redactor;
use crate::unexpected::{Head, Reason, Unexpected};

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Envelope<T> {
    /// Some firmware reportedly sends it as text.
    #[serde(rename = "errorCode", default, deserialize_with = "reading::field")]
    error_code: Option<i64>,
    #[serde(default, deserialize_with = "reading::field")]
    msg: Option<Excerpt>,
    #[serde(default, deserialize_with = "reading::optional")]
    result: Option<T>,
}

impl<T> Envelope<T> {
    /// The code, if it is as short as codes are. A longer number could be the code of a voucher.
    fn code(&self) -> Option<i64> {
        self.error_code.filter(|code| code.unsigned_abs().checked_ilog10().unwrap_or_default() < DIGITS)
    }
}

/// How many digits the code of an error has at the most.
const DIGITS: u32 = 6;

/// The result of a response, or why there is none. A response with a code other than 0 has the vendor's own shape. No other failure
/// has it.
pub(crate) fn open<T: DeserializeOwned>(head: Head, body: &[u8], redactor: &Redactor) -> Result<T, Error> {
    let body = reading::content(body);
    if Operation::with_id(head.operation).is_some_and(Operation::may_be_empty)
        && let Some(nothing) = head.nothing(body)
    {
        return Ok(nothing);
    }
    let refuse = |code: i64, message: Option<Excerpt>, head: &Head| {
        let message = message.unwrap_or_default();
        Error::Api(Box::new(ApiError::new(head, ErrorCode::from(code), message.as_str(), redactor)))
    };
    let unexpected = |reason, head| Unexpected::new(reason, head, body, redactor);
    let envelope = match read::<Envelope<T>>(body) {
        Ok(envelope) => envelope,
        // A refusal may come with any result, so it is looked for once more without one.
        Err(error) => {
            return Err(match read::<Envelope<IgnoredAny>>(body) {
                Ok(envelope) => match envelope.code() {
                    Some(0) => unexpected(Reason::of(&error, body), head).into(),
                    Some(code) => refuse(code, envelope.msg, &head),
                    None => unexpected(Reason::NoVerdict, head).into(),
                },
                Err(_) => unexpected(Reason::of(&error, body), head).into(),
            });
        }
    };
    match (envelope.code(), envelope.result) {
        (Some(0), _) if !(200..300).contains(&head.status) => Err(unexpected(Reason::Contradiction, head).into()),
        (Some(0), Some(result)) => Ok(result),
        // Some operations have no result, and take that it is not there.
        (Some(0), None) => serde_json::from_slice(b"null").map_err(|_| unexpected(Reason::NoResult, head).into()),
        (Some(code), _) => Err(refuse(code, envelope.msg, &head)),
        (None, _) => Err(unexpected(Reason::NoVerdict, head).into()),
    }
}
