//! Why a UniFi console refuses. The Network application, the console's front and the cloud connector each say so in a shape of
//! their own; this reads all three.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::generated;
use super::generated::types::ErrorCode;
use crate::error::{ErrorClass, Refusal};
use crate::redact::{Alphabet, Redactor};
use crate::unexpected::Head;

/// Why a call to a UniFi console failed.
pub type Error = crate::error::Error<ApiError>;

/// A console's refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The operation that was refused, as the spec calls it.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The code, as published; one that is not is kept in `Unknown`. Network 9 and the console's front send none.
    pub code: Option<ErrorCode>,
    /// What the console says, in its own words. What looks like a voucher code is hidden in them.
    pub message: String,
    /// What the console's log calls the request, or the cloud connector's trace.
    pub request_id: Option<String>,
    /// Where the console does not have the operation: the first version in which it was found.
    pub since: Option<&'static str>,
    /// How long the console wants to be left alone.
    pub retry_after: Option<Duration>,
    /// Whether the Network application said so, rather than what stands before it.
    is_of_application: bool,
}

/// How a console's message begins where it does not have an operation.
const NO_OPERATION: &str = "No endpoint";

impl ApiError {
    /// Reads a refusal; nothing where the body is none.
    pub(crate) fn read(head: &Head, body: &[u8], redactor: &Redactor) -> Option<Self> {
        let Head { operation, status, retry_after, .. } = *head;
        let shape: Shape = serde_json::from_slice(body).ok()?;
        let front = shape.error.unwrap_or_default();
        let code = shape.code.filter(|code| !code.is_null());
        let message = shape.message.or(front.message);
        if code.is_none() && message.is_none() {
            return None;
        }
        let is_unknown = status == 404 && message.as_ref().is_some_and(|message| message.starts_with(NO_OPERATION));
        Some(Self {
            operation,
            status,
            since: if is_unknown { generated::Client::since(operation) } else { None },
            code: code.map(|code| {
                let text = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
                ErrorCode::from(redactor.words(&text, Alphabet::Digits).as_str())
            }),
            message: redactor.words(&message.unwrap_or_default(), Alphabet::Digits),
            retry_after,
            is_of_application: shape.status_name.is_some(),
            request_id: shape.request_id.or(shape.trace_id).map(|id| redactor.message(&id)),
        })
    }
}

/// The fields of all three shapes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape {
    /// Only the Network application sends it.
    status_name: Option<IgnoredAny>,
    code: Option<Value>,
    message: Option<String>,
    request_id: Option<String>,
    trace_id: Option<String>,
    error: Option<Front>,
}

/// How the console's front puts it.
#[derive(Default, Deserialize)]
struct Front {
    message: Option<String>,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, status, code, message, request_id, since, .. } = self;
        write!(f, "the console refused `{operation}`")?;
        if let Some(version) = since {
            write!(f, ", which came with version {version},")?;
        }
        write!(f, " with HTTP status {status}")?;
        if let Some(code) = code {
            write!(f, " and code {code}")?;
        }
        match message.trim_end_matches('.') {
            "" => {}
            message => write!(f, ": {message}")?,
        }
        match request_id {
            Some(request_id) => write!(f, " (request {request_id})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}

impl Refusal for ApiError {
    fn is_safe_to_repeat(operation: &str) -> bool {
        generated::Client::is_safe_to_repeat(operation)
    }

    fn address_form() -> &'static str {
        "a console has an address such as https://192.168.1.1, a Network application without one an address that ends in \
         /integration"
    }

    fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status tells more than the code, as the same code comes with 400 and with 404.
    fn class(&self) -> Option<ErrorClass> {
        match self.status {
            401 | 403 => Some(ErrorClass::Auth),
            404 => Some(ErrorClass::Missing),
            429 => Some(ErrorClass::Busy),
            status => {
                let known = self.code.as_ref().and_then(ErrorCode::class);
                known.or((status == 400).then_some(ErrorClass::Invalid))
            }
        }
    }

    fn code(&self) -> Option<String> {
        self.code.as_ref().map(ErrorCode::to_string)
    }

    fn status(&self) -> u16 {
        self.status
    }

    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    fn is_gone(&self) -> bool {
        self.status == 404 && self.is_of_application && self.since.is_none()
    }

    /// The connector gives up on a console that does not answer it in time, which it says with 408.
    fn is_failure(&self) -> bool {
        self.status == 408 || self.status >= 500
    }
}
