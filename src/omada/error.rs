//! Why an Omada controller refuses.

use std::fmt;

use super::generated::types::ErrorCode;
use crate::error::{ErrorClass, Refusal};

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
    /// What the controller says, in its own words.
    pub message: String,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, code, message } = self;
        write!(f, "the controller refused `{operation}` with code {code}")?;
        match message.is_empty() {
            true => Ok(()),
            false => write!(f, ": {message}"),
        }
    }
}

impl std::error::Error for ApiError {}

impl Refusal for ApiError {
    fn class(&self) -> Option<ErrorClass> {
        self.code.class()
    }
}
