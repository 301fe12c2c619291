use std::fmt;

use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::Value;

use crate::serve::{self, Body};

/// An answer that a test scripts, sent byte for byte as it is written here.
///
/// It has a Content-Type only when one was given, so that an answer without that header can be
/// played too. The controllers use the same type for their own answers.
#[derive(Clone, PartialEq)]
pub struct Canned {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

impl Canned {
    /// An answer with this HTTP status, no Content-Type and no body.
    ///
    /// # Panics
    ///
    /// When the status is outside 100..=999.
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("an HTTP status is within 100..=999");
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// A JSON body, as `application/json`.
    #[must_use]
    pub fn json(self, body: Value) -> Self {
        self.text("application/json", body.to_string())
    }

    /// A text body of this Content-Type, for example `text/html`.
    ///
    /// # Panics
    ///
    /// When the Content-Type cannot stand in a header.
    #[must_use]
    pub fn text(self, content_type: &str, body: impl Into<String>) -> Self {
        self.without_content_type().header(CONTENT_TYPE.as_str(), content_type).body(body.into())
    }

    /// A body of any bytes; the Content-Type stays as it is.
    #[must_use]
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.body = bytes.into();
        self
    }

    /// Sends the answer without a Content-Type.
    #[must_use]
    pub fn without_content_type(mut self) -> Self {
        self.headers.retain(|(name, _)| name != CONTENT_TYPE);
        self
    }

    /// One more header, beside those of the same name.
    ///
    /// # Panics
    ///
    /// When the name or the value cannot stand in a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header name is a token");
        let value = HeaderValue::from_str(value).expect("a header value is visible ASCII");
        self.headers.push((name, value));
        self
    }

    pub(crate) fn is_success(&self) -> bool {
        self.status.is_success()
    }

    /// The body behind other bytes.
    pub(crate) fn behind(self, start: &[u8]) -> Self {
        let body = [start, &self.body].concat();
        self.body(body)
    }

    /// The body, when it is JSON.
    pub(crate) fn body_json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The answer with its JSON changed; none when it is no JSON, or there is nothing to change.
    pub(crate) fn edited(self, edit: impl FnOnce(&mut Value) -> Option<()>) -> Option<Self> {
        let mut body = self.body_json()?;
        edit(&mut body)?;
        Some(self.body(body.to_string()))
    }

    /// The first half of the body, as if it were all.
    pub(crate) fn halved(mut self) -> Self {
        self.body.truncate(self.body.len() / 2);
        self
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let bytes = self.body.clone();
        self.with_chunks(serve::whole(bytes))
    }

    /// The body on a way of its own, with its length told before.
    pub(crate) fn sent_as(mut self, way: impl FnOnce(Vec<u8>) -> Body) -> Response<Body> {
        let bytes = std::mem::take(&mut self.body);
        let length = HeaderValue::from(bytes.len());
        let mut response = self.with_chunks(way(bytes));
        response.headers_mut().insert(CONTENT_LENGTH, length);
        response
    }

    /// The status and the headers, before another body.
    pub(crate) fn with_chunks(self, body: Body) -> Response<Body> {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Canned")
            .field("status", &self.status.as_u16())
            .field("header_names", &self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// What HTTP calls a status: `Bad Request`.
pub(crate) fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Unknown")
}
