//! Why an Omada controller refuses.

use std::fmt;

use super::generated::Client;
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
    /// Where the controller does not have the operation: the first version in which it was found.
    pub since: Option<&'static str>,
}

impl ApiError {
    pub(crate) fn new(operation: &'static str, code: ErrorCode, message: String) -> Self {
        let since = if code == ErrorCode::UnsupportedPath { Client::since(operation) } else { None };
        Self { operation, code, message, since }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, code, message, since } = self;
        write!(f, "the controller refused `{operation}`")?;
        if let Some(version) = since {
            write!(f, ", which came with version {version},")?;
        }
        write!(f, " with code {code}")?;
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
