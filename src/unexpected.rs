//! Answers that no vendor documents.

use std::fmt;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;

use crate::connection::shown;
use crate::reading;
use crate::redact::Redactor;
use crate::secret::Secret;

/// An answer that the vendor does not document: a proxy's page, half a document, another shape.
///
/// It carries what helps to tell where the answer came from, and of the body no more than a redacted start.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unexpected {
    /// The operation that was answered so, as the spec calls it. After a sign-in nothing else was sent.
    pub operation: &'static str,
    /// The address that was requested, without the values of its query. Nothing if the response itself was read, and what it
    /// lacks was found only then.
    pub url: Option<String>,
    /// The second address that was requested, by a client that searched for the API at two.
    pub other_url: Option<String>,
    /// The address to which a redirect leads, without the values of its query.
    pub location: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// The Content-Type without its parameters, where the answer has one.
    pub content_type: Option<String>,
    /// What is wrong with the answer.
    pub reason: Reason,
    /// The start of the body, as far as it is known to be harmless. It is escaped, and cut after 160 characters.
    pub body_start: String,
    /// How long the controller wants to be left alone.
    pub retry_after: Option<Duration>,
    /// Whether it answers the sign-in before a call, so that the call itself was not sent.
    pub is_sign_in: bool,
    pub(crate) unredacted: Secret,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It sends the request elsewhere, and redirects are not followed.
    Redirect,
    /// It does not come from the API, for which the client searched.
    NoApi,
    /// It has no body.
    Empty,
    /// Its body is not JSON.
    NotJson,
    /// Its body is JSON that breaks off.
    Truncated,
    /// Its body is larger than the limit, in bytes.
    TooLarge(usize),
    /// Its body does not say whether the request succeeded.
    NoVerdict,
    /// It says that the request succeeded, but not with what.
    NoResult,
    /// It belongs to a list that goes on and on, far beyond the length that it has by its own account.
    Endless,
    /// It holds rows that the request did not ask for, as if its filter had been ignored.
    Unasked,
    /// It belongs to a list with more rows than are collected at a time. This is the number of rows that were collected.
    TooMany(usize),
    /// It says in its body that the request succeeded, and in its status that it did not.
    Contradiction,
    /// It reports success, but of something else than the request asked for. This is the difference.
    Mismatch(&'static str),
    /// A field holds something else than the vendor documents. This is the line and the column in the body.
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
            location: target.as_ref().map(shown),
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

    /// An answer that was read and lacks what the request asked for.
    pub(crate) fn lacking(operation: &'static str) -> Self {
        Self::read(operation, Reason::NoResult)
    }

    /// An answer that was read and has something wrong with it.
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

/// What is known of an answer before its body.
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
