//! Opens the envelope `{errorCode, msg, result}` in which every answer comes, whatever its HTTP status and Content-Type are.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::error::{ApiError, Error};
use super::generated::types::ErrorCode;
use crate::list::read_answer;
use crate::redact::{Alphabet, Redactor};
use crate::unexpected::{Head, Reason, Unexpected};

#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
struct Envelope<T> {
    #[serde(rename = "errorCode")]
    error_code: Option<Value>,
    msg: Option<String>,
    result: Option<T>,
}

impl<T> Envelope<T> {
    /// The code as a number. Some firmware is said to send it as text.
    fn code(&self) -> Option<i64> {
        let code = self.error_code.as_ref()?;
        code.as_i64().or_else(|| code.as_str()?.trim().parse().ok())
    }
}

/// The result of an answer, or why there is none.
pub(crate) fn open<T: DeserializeOwned>(head: Head, body: &[u8], redactor: &Redactor) -> Result<T, Error> {
    let refuse = |code: i64, message: Option<String>, head: &Head| {
        let message = redactor.words(message.as_deref().unwrap_or_default(), Alphabet::Letters);
        Error::Api(Box::new(ApiError::new(head, ErrorCode::from(code), message)))
    };
    let unexpected = |reason, head| Unexpected::new(reason, head, body, redactor);
    let envelope = match read_answer::<Envelope<T>>(body) {
        Ok(envelope) => envelope,
        // A refusal may come with any result, so it is looked for once more without one.
        Err(error) => {
            return Err(match serde_json::from_slice::<Envelope<IgnoredAny>>(body) {
                Ok(envelope) => match envelope.code() {
                    Some(0) => unexpected(Reason::of(&error, body), head).into(),
                    Some(code) => refuse(code, envelope.msg, &head),
                    None => unexpected(Reason::NoVerdict, head).into(),
                },
                Err(_) => unexpected(Reason::of(&error, body), head).into(),
            });
        }
    };
    let code = envelope.code();
    match (code, envelope.result) {
        (Some(0), _) if !(200..300).contains(&head.status) => Err(unexpected(Reason::Contradiction, head).into()),
        (Some(0), Some(result)) => Ok(result),
        // Some operations have no result, and take that it is not there.
        (Some(0), None) => serde_json::from_slice(b"null").map_err(|_| unexpected(Reason::NoResult, head).into()),
        (Some(code), _) => Err(refuse(code, envelope.msg, &head)),
        (None, _) => Err(unexpected(Reason::NoVerdict, head).into()),
    }
}
