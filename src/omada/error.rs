//! Why an Omada controller refuses.

use std::fmt;
use std::time::Duration;

use super::generated::Operation;
use super::generated::types::ErrorCode;
use crate::error::{ErrorClass, Refusal};
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::unexpected::Head;

/// Why a call to an Omada controller failed.
pub type Error = crate::error::Error<ApiError>;

/// A controller's refusal: the `errorCode` and the `msg` of its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The operation that was refused, as the vendor calls it.
    pub operation: &'static str,
    /// The code, as published; a code that is not is kept in `Unknown`.
    pub code: ErrorCode,
    /// The controller's message, as far as its words are known to be harmless. It is escaped, and cut after 200 characters.
    pub message: String,
    /// If the controller does not have the operation: the first version in which it was found.
    pub since: Option<&'static str>,
    /// The HTTP status, which is 200 for most refusals.
    pub status: u16,
    /// The `Retry-After` delay sent by the controller.
    pub retry_after: Option<Duration>,
    /// Whether the sign-in before a call was refused, so that the call itself was not sent.
    pub is_sign_in: bool,
    /// Whether another request of the same call had reached the controller before, or may have.
    pub(super) is_repeated: bool,
    unredacted: Secret,
}

impl ApiError {
    pub(crate) fn new(head: &Head, code: ErrorCode, message: &str, redactor: &Redactor) -> Self {
        let Head { operation, status, retry_after, .. } = *head;
        let since =
            if code == ErrorCode::UnsupportedPath { Operation::with_id(operation).map(Operation::since) } else { None };
        let (unredacted, message) = (Secret::from(message), redactor.words(message));
        let (is_sign_in, is_repeated) = (false, false);
        Self { operation, code, message, since, status, retry_after, is_sign_in, is_repeated, unredacted }
    }

    /// The controller's message as it was sent, up to 64 KiB. It may hold voucher codes, passwords and control characters: do
    /// not log it.
    pub fn danger_unredacted_message(&self) -> &str {
        self.unredacted.expose()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, code, message, since, .. } = self;
        write!(f, "the controller refused `{operation}`")?;
        if let Some(version) = since {
            write!(f, ", which came with version {version},")?;
        }
        write!(f, " with code {code}")?;
        match message.trim_end_matches('.') {
            "" => Ok(()),
            message => write!(f, ": {message}"),
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
        "check the credentials, and what they are allowed to do"
    }

    fn address_form() -> &'static str {
        "a controller has an address such as https://192.168.1.1:8043, with its port for management and nothing behind it"
    }

    fn operation(&self) -> &'static str {
        self.operation
    }

    fn class(&self) -> Option<ErrorClass> {
        self.code.class()
    }

    fn code(&self) -> Option<String> {
        Some(self.code.to_string())
    }

    fn status(&self) -> u16 {
        self.status
    }

    fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    fn signing_in(self) -> Self {
        Self { is_sign_in: true, ..self }
    }

    fn is_misdirected(&self) -> bool {
        self.code == ErrorCode::UnsupportedPath
    }

    fn after_another(self) -> Self {
        Self { is_repeated: true, ..self }
    }

    /// With HTTP 200 the general code stands for a failure of the controller. With 4xx the controller refused the request.
    fn may_have_taken_effect(&self) -> bool {
        let is_refused = (400..500).contains(&self.status) || self.class() == Some(ErrorClass::Busy);
        !self.is_sign_in && !is_refused && (self.code == ErrorCode::General || self.status >= 500)
    }
}
