//! Responses that the vendor does not document.

use std::fmt;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;

use crate::connection::shown;
use crate::reading;
use crate::redact::Redactor;
use crate::secret::Secret;

/// A response that the vendor does not document: a proxy's page, half a document, another shape, or one that does not match the
/// request.
///
/// It has the address that was requested and other facts that show where the response came from. Of the body it shows no more
/// than a redacted start; [`danger_unredacted_body`](Self::danger_unredacted_body) has the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unexpected {
    /// The operation that was called, by its name in the spec. If it is a sign-in, nothing else was sent.
    pub operation: &'static str,
    /// The address that was requested, without the values of its query. `None` if the response was read and only then found to
    /// lack something, or to differ from the request.
    pub url: Option<String>,
    /// The second address that was requested, by a client that searched for the API at two.
    pub other_url: Option<String>,
    /// The address to which a redirect leads, without the values of its query.
    pub location: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// The Content-Type without its parameters, if the response has one.
    pub content_type: Option<String>,
    /// What is wrong with the response.
    pub reason: Reason,
    /// The start of the body, as far as it is known to be harmless. It is escaped, and cut after 160 characters.
    pub body_start: String,
    /// The `Retry-After` delay sent by the controller.
    pub retry_after: Option<Duration>,
    /// Whether this is the response to the sign-in before a call. The call itself was not sent then.
    pub is_sign_in: bool,
    pub(crate) unredacted: Secret,
}

/// What is wrong with a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is a redirect, which is not followed.
    Redirect,
    /// It does not come from the API, which the client searched for at two addresses.
    NoApi,
    /// It has no body.
    Empty,
    /// Its body is not JSON.
    NotJson,
    /// Its body is JSON that ends too early.
    Truncated,
    /// Its body is larger than the limit, in bytes.
    TooLarge(usize),
    /// Its body does not show whether the request succeeded.
    NoVerdict,
    /// It reports success, but lacks what the request asked for.
    NoResult,
    /// It belongs to a list that goes on far beyond the length that it reported.
    Endless,
    /// It has rows that the requested filter excludes, as if the controller had ignored the filter.
    Unasked,
    /// It belongs to a list with more rows than are collected at a time. The number is how many were collected.
    TooMany(usize),
    /// Its body reports success, and its HTTP status reports a failure.
    Contradiction,
    /// It reports success, but does not match the request. The text is the difference.
    Mismatch(&'static str),
    /// A field has a value that the vendor does not document, at this line and column of the body.
    Shape(usize, usize),
}

impl Unexpected {
    pub(crate) fn new(reason: Reason, head: Head, body: &[u8], redactor: &Redactor) -> Self {
        let Head { operation, status, content_type, retry_after, url, location } = head;
        let content_type = content_type.map(|value| redactor.content_type(&String::from_utf8_lossy(value.as_bytes())));
        let shown = |url: &Url| redactor.address(&shown(url));
        let target = location.as_ref().and_then(|location| url.as_ref()?.join(location.to_str().ok()?).ok());
        Self {
            operation,
            url: url.as_deref().map(shown),
            other_url: None,
            location: target.map(|target| redactor.target(&crate::connection::shown(&target))),
            status,
            content_type,
            reason,
            body_start: redactor.start(body),
            retry_after,
            is_sign_in: false,
            unredacted: Secret::from(String::from_utf8_lossy(&body[..body.len().min(reading::KEPT)]).into_owned()),
        }
    }

    /// The body as it was sent, up to 64 KiB, with replacement characters in place of what is not UTF-8. It may hold voucher
    /// codes, keys and control characters: do not log it.
    pub fn danger_unredacted_body(&self) -> &str {
        self.unredacted.expose()
    }

    /// A response that was read and lacks what the request asked for.
    pub(crate) fn lacking(operation: &'static str) -> Self {
        Self::read(operation, Reason::NoResult)
    }

    /// A response that was read and has something wrong with it.
    pub(crate) fn read(operation: &'static str, reason: Reason) -> Self {
        let (content_type, body_start, unredacted) = (None, String::new(), Secret::from(""));
        let (url, other_url, location) = (None, None, None);
        let (status, retry_after, is_sign_in) = (200, None, false);
        Self {
            operation,
            url,
            other_url,
            location,
            status,
            content_type,
            reason,
            body_start,
            retry_after,
            is_sign_in,
            unredacted,
        }
    }
}

/// What is known of a response before its body.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) operation: &'static str,
    pub(crate) status: u16,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) url: Option<Box<Url>>,
    pub(crate) location: Option<HeaderValue>,
}

impl Head {
    /// The result of a success whose body carries nothing.
    pub(crate) fn nothing<T: DeserializeOwned>(&self, body: &[u8]) -> Option<T> {
        let is_done = (200..300).contains(&self.status) && reading::is_nothing(body);
        is_done.then(|| serde_json::from_slice(b"{}").ok()).flatten()
    }
}

impl Reason {
    /// Why a body could not be read. The error's own text may quote the body, so it is not used.
    pub(crate) fn of(error: &serde_json::Error, body: &[u8]) -> Self {
        match error.classify() {
            _ if body.trim_ascii().is_empty() => Self::Empty,
            serde_json::error::Category::Data => Self::Shape(error.line(), error.column()),
            serde_json::error::Category::Eof => Self::Truncated,
            _ => Self::NotJson,
        }
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, url, other_url, location, status, content_type, reason, body_start, .. } = self;
        write!(f, "unexpected answer to `{operation}`")?;
        if let Some(url) = url {
            write!(f, " from {url}")?;
        }
        write!(f, " with HTTP status {status}")?;
        match content_type {
            Some(content_type) => write!(f, " and content type {content_type:?}")?,
            None => write!(f, " and no content type")?,
        }
        match location {
            Some(location) => write!(f, ": it redirects to {location}, which is not followed")?,
            None => write!(f, ": {reason}")?,
        }
        if let Some(other_url) = other_url {
            write!(f, "; {other_url} did not respond as the API either")?;
        }
        if !body_start.is_empty() {
            write!(f, "; it starts with {body_start:?}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redirect => write!(f, "it sends the request elsewhere, which is not followed"),
            Self::NoApi => write!(f, "it does not come from the API"),
            Self::Empty => write!(f, "the body is empty"),
            Self::NotJson => write!(f, "the body is not JSON"),
            Self::Truncated => write!(f, "the body breaks off"),
            Self::TooLarge(limit) => write!(f, "the body is larger than {limit} bytes"),
            Self::NoVerdict => write!(f, "the body does not say whether the request succeeded"),
            Self::NoResult => {
                write!(f, "the body lacks what the request asked for, although it says that it succeeded")
            }
            Self::Endless => write!(f, "the list goes on far beyond the length that it said it has"),
            Self::Unasked => write!(f, "it holds rows that the request did not ask for, as if its filter was ignored"),
            Self::TooMany(rows) => {
                write!(f, "the list has more rows than are collected at a time, of which {rows} were read")
            }
            Self::Contradiction => write!(f, "the body says that the request succeeded, the status that it did not"),
            Self::Mismatch(difference) => write!(f, "the body does not match the request: {difference}"),
            Self::Shape(line, column) => {
                write!(f, "the body holds something undocumented at line {line}, column {column}")
            }
        }
    }
}
