//! Refusals of a UniFi console. The Network application, the console's front, the cloud connector and the older API each have a
//! shape of their own; this reads all four, and decides which bodies have none of them.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde::de::Deserializer;

use super::generated::Operation;
use super::generated::types::ErrorCode;
use crate::error::{ErrorClass, Refusal};
use crate::reading::{self, Excerpt, Scalar, read};
use crate::redact::Redactor;
use crate::secret::Secret;
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
    /// The console's message, as far as its words are known to be harmless. It is escaped, and cut after 200 characters.
    pub message: String,
    /// What the console's log calls the request, or the cloud connector's trace. It is absent if it could be a secret.
    pub request_id: Option<String>,
    /// If the console does not have the operation: the first version in which it was found.
    pub since: Option<&'static str>,
    /// The `Retry-After` delay sent by the console.
    pub retry_after: Option<Duration>,
    /// What sent the refusal.
    origin: Origin,
    /// Whether looking for the result showed that the request did not take effect.
    is_settled: bool,
    unredacted: Secret,
}

/// What sends refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The Network application.
    Application,
    /// The cloud connector.
    Connector,
    /// A server in front of the application: the console's front, or the older API.
    Front,
}

/// How a console's message begins where it does not have an operation.
const NO_OPERATION: &str = "No endpoint";

impl ApiError {
    /// The console's message as it was sent, up to 64 KiB. It may hold voucher codes, keys and control characters: do not log it.
    pub fn danger_unredacted_message(&self) -> &str {
        self.unredacted.expose()
    }

    /// The same refusal, after a look that showed that the request did not take effect.
    pub(super) fn settled(self) -> Self {
        Self { is_settled: true, ..self }
    }

    /// Reads a refusal; nothing if the body is none.
    ///
    /// A status of 4xx in a shape that is not the vendor's, such as the `{"message": "Forbidden"}` of a firewall, is none, because
    /// the request may have taken effect. With 5xx it may have taken effect anyway, and the shape does not matter.
    pub(crate) fn read(head: &Head, body: &[u8], redactor: &Redactor) -> Option<Self> {
        let Head { operation, status, retry_after, .. } = *head;
        let shape: Shape = read(body).ok()?;
        let origin = shape.origin(status);
        if origin.is_none() && status < 500 {
            return None;
        }
        let Shape { code, message, error, meta, .. } = shape;
        let code = code.or(meta.and_then(|meta| meta.msg));
        let message = message.or(error.and_then(ErrorField::message));
        if code.is_none() && message.is_none() {
            return None;
        }
        let is_unknown =
            status == 404 && message.as_ref().is_some_and(|message| message.as_str().starts_with(NO_OPERATION));
        Some(Self {
            operation,
            status,
            since: if is_unknown { Operation::with_id(operation).map(Operation::since) } else { None },
            code: code.map(|code| ErrorCode::from(redactor.words(&code.to_string()).as_str())),
            message: redactor.words(message.as_ref().map_or("", Excerpt::as_str)),
            unredacted: Secret::from(message.unwrap_or_default().as_str()),
            retry_after,
            origin: origin.unwrap_or(Origin::Front),
            is_settled: false,
            request_id: shape.request_id.or(shape.trace_id).and_then(|id| redactor.id(id.as_str())),
        })
    }
}

/// The fields of all shapes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape {
    /// Only the Network application sends it.
    #[serde(default, deserialize_with = "reading::field")]
    status_name: Option<Excerpt>,
    /// Only the Network application sends it.
    #[serde(default, deserialize_with = "reading::field")]
    status_code: Option<Scalar>,
    /// Only the cloud connector sends it.
    #[serde(default, deserialize_with = "reading::field")]
    http_status_code: Option<Scalar>,
    #[serde(default, deserialize_with = "reading::field")]
    code: Option<Scalar>,
    #[serde(default, deserialize_with = "reading::field")]
    message: Option<Excerpt>,
    #[serde(default, deserialize_with = "reading::field")]
    request_id: Option<Excerpt>,
    #[serde(default, deserialize_with = "reading::field")]
    trace_id: Option<Excerpt>,
    #[serde(default, deserialize_with = "reading::field")]
    error: Option<ErrorField>,
    #[serde(default, deserialize_with = "reading::field")]
    meta: Option<Meta>,
}

/// The content of the field `error`.
enum ErrorField {
    /// How the console's front puts it.
    Front(Front),
    /// How frameworks of others put it.
    Foreign,
}

impl ErrorField {
    fn message(self) -> Option<Excerpt> {
        match self {
            Self::Front(front) => front.message,
            Self::Foreign => None,
        }
    }
}

impl<'de> Deserialize<'de> for ErrorField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        reading::capture(deserializer, |json| reading::parse(json).map_or(Self::Foreign, Self::Front))
    }
}

#[derive(Deserialize)]
struct Front {
    #[serde(default, deserialize_with = "reading::field")]
    code: Option<Scalar>,
    #[serde(default, deserialize_with = "reading::field")]
    message: Option<Excerpt>,
}

/// How the older API puts it.
#[derive(Deserialize)]
struct Meta {
    #[serde(default, deserialize_with = "reading::field")]
    msg: Option<Scalar>,
}

/// How the codes of consoles begin.
const CODES: &str = "api.";

impl Shape {
    /// What sends this shape with this status; nothing if it is none of the vendor's.
    fn origin(&self, status: u16) -> Option<Origin> {
        let is_status = |value: &Option<Scalar>| value.as_ref().is_some_and(|value| value.is(status));
        let is_own = |code: &Option<Scalar>| code.as_ref().and_then(Scalar::text).is_some_and(is_own);
        // The front is known to refuse credentials in this shape, and nothing else.
        let is_front =
            |front: &Front| front.message.is_some() && is_status(&front.code) && status == 401 || is_own(&front.code);
        if self.status_name.is_some() && is_status(&self.status_code) {
            return Some(Origin::Application);
        }
        if is_status(&self.http_status_code) && self.code.is_some() && self.trace_id.is_some() {
            return Some(Origin::Connector);
        }
        if is_own(&self.code) && self.message.is_some() {
            return Some(Origin::Application);
        }
        let is_front = matches!(&self.error, Some(ErrorField::Front(front)) if is_front(front))
            || self.meta.as_ref().is_some_and(|meta| is_own(&meta.msg));
        is_front.then_some(Origin::Front)
    }
}

/// Whether a code is one of the vendor's.
fn is_own(code: &str) -> bool {
    code.starts_with(CODES)
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
        Operation::with_id(operation).is_some_and(Operation::is_safe_to_retry)
    }

    fn only_reads(operation: &str) -> bool {
        Operation::with_id(operation).is_some_and(Operation::only_reads)
    }

    fn advice_on_credentials() -> &'static str {
        "check the API key, and what it is allowed to do"
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
            404 if self.is_misdirected() => None,
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

    /// The application refuses operations that it does not have like this, and the front refuses whatever it does not pass on.
    fn is_misdirected(&self) -> bool {
        self.status == 404 && (self.origin == Origin::Front || self.since.is_some())
    }

    fn is_gone(&self) -> bool {
        self.status == 404 && self.origin == Origin::Application && !self.is_misdirected()
    }

    /// The connector responds with 408 if the console did not respond to it in time. It documents that it did not pass on what it
    /// refuses with 429. No 429 of a console is documented.
    fn may_have_taken_effect(&self) -> bool {
        match self.status {
            429 if self.origin == Origin::Connector => false,
            429 => !self.is_settled && !Self::is_safe_to_repeat(self.operation),
            status => status == 408 || status >= 500,
        }
    }
}
