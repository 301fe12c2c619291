//! How the answers of all operations are read, without a connection. Only the fuzz targets are built with it.

use std::error::Error;
use std::fmt::{Debug, Write};

use bytes::Bytes;
use reqwest::header::HeaderValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::connection::retry_after;
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::unexpected::Head;

/// An answer as it travels.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The body.
    pub body: Bytes,
    /// A secret of the client that is answered.
    pub secret: Secret,
}

/// Reads the answer to one operation.
pub type Reader = fn(&Answer) -> Outcome;

/// What became of an answer.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Whether it was read; else it is an error.
    pub is_read: bool,
    /// Whether it is an error that tells what the controller says, in its own words.
    pub is_refusal: bool,
    /// All that can be printed of what was read, or of the error and its causes.
    pub shown: String,
    /// What is not the same after it was written and read again.
    pub changed: Option<String>,
}

impl Answer {
    /// Reads it with the reader of a vendor.
    pub(crate) fn read<T, A>(
        &self,
        operation: &'static str,
        open: impl FnOnce(Head, &[u8], &Redactor) -> Result<T, crate::Error<A>>,
    ) -> Outcome
    where
        T: Serialize + DeserializeOwned + PartialEq + Debug,
        A: crate::error::Refusal + Debug,
        crate::Error<A>: Error,
    {
        let content_type = self.content_type.as_deref().and_then(|text| HeaderValue::from_str(text).ok());
        let retry_after = self.retry_after.as_deref().and_then(retry_after);
        let head = Head { operation, status: self.status, content_type, retry_after, url: None, location: None };
        match open(head, &self.body, &Redactor::new([self.secret.clone()])) {
            Ok(read) => {
                let shown = format!("{read:?} {read:#?}");
                Outcome { is_read: true, is_refusal: false, shown, changed: changed(&read) }
            }
            Err(error) => {
                let mut shown = format!("{error} {error:?} {error:#?}");
                let mut cause = error.source();
                while let Some(source) = cause {
                    let _ = write!(shown, " {source} {source:?}");
                    cause = source.source();
                }
                let is_refusal = matches!(error, crate::Error::Api(_));
                Outcome { is_read: false, is_refusal, shown, changed: None }
            }
        }
    }
}

/// What is not the same after a value was written and read again.
fn changed<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Option<String> {
    let json = match serde_json::to_string(value) {
        Ok(json) => json,
        Err(error) => return Some(format!("cannot be written: {error}")),
    };
    match serde_json::from_str::<T>(&json) {
        Ok(read) if read == *value => None,
        Ok(read) => Some(format!("{value:?} became {read:?} through {json}")),
        Err(error) => Some(format!("{json} cannot be read again: {error}")),
    }
}
