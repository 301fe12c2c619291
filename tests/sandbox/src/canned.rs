use std::fmt;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

/// An answer that a test scripts, sent byte for byte as it is written here.
///
/// It has a Content-Type only when one was given, so that an answer without that header can be
/// played too. The controllers use the same type for their own answers.
#[derive(Clone)]
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

    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers.into_iter().map(|(name, value)| (Some(name), value)));
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
