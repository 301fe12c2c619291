use std::fmt;
use std::str::FromStr;

use axum::extract::Query;
use axum::http::request::Parts;
use serde_json::Value;

/// A request as it reached a controller.
///
/// `Debug` shows names and sizes only: query values, headers and bodies hold keys, tokens and
/// voucher codes.
#[derive(Clone)]
pub struct Received {
    /// The verb, upper case.
    pub method: String,
    /// The path as it was sent, still percent-encoded, without the query.
    pub path: String,
    /// The query in the order it was sent, decoded.
    pub query: Vec<(String, String)>,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, when it is JSON.
    pub body: Option<Value>,
    /// The body byte for byte; empty when there was none.
    pub raw_body: Vec<u8>,
}

impl Received {
    pub(crate) fn new(parts: &Parts, raw_body: Vec<u8>) -> Self {
        let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: Query::try_from_uri(&parts.uri).map(|Query(pairs)| pairs).unwrap_or_default(),
            headers: parts.headers.iter().map(header).collect(),
            body: serde_json::from_slice(&raw_body).ok(),
            raw_body,
        }
    }

    /// The first header of this name, in whatever case it is asked for.
    pub fn header(&self, name: &str) -> Option<&str> {
        let same = |(candidate, _): &&(String, String)| candidate.eq_ignore_ascii_case(name);
        self.headers.iter().find(same).map(|(_, value)| value.as_str())
    }

    /// The first value of this query parameter: where one is repeated, "the first one takes
    /// effect".
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(candidate, _)| candidate == name).map(|(_, value)| value.as_str())
    }

    /// The first value of this query parameter, when it reads as a number.
    pub(crate) fn query_number<N: FromStr>(&self, name: &str) -> Option<N> {
        self.query_value(name)?.parse().ok()
    }

    /// What lies between the slashes of the path, decoded; an encoded slash does not separate.
    pub(crate) fn segments(&self) -> Vec<String> {
        segments(&self.path)
    }
}

/// What lies between the slashes of a path, or of a part of one.
pub(crate) fn segments(path: &str) -> Vec<String> {
    path.trim_start_matches('/').split('/').map(percent_decoded).collect()
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query_names", &names(&self.query))
            .field("header_names", &names(&self.headers))
            .field("body_bytes", &self.raw_body.len())
            .finish()
    }
}

fn percent_decoded(segment: &str) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut decoded = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [byte, tail @ ..] = rest {
        (rest, _) = match tail {
            [high, low, after @ ..] if *byte == b'%' => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (after, decoded.push(high * 16 + low)),
                _ => (tail, decoded.push(*byte)),
            },
            _ => (tail, decoded.push(*byte)),
        };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn decodes_only_what_is_encoded() {
        for (sent, meant) in [("plain", "plain"), ("a%20b", "a b"), ("%2e%2F", "./"), ("100%", "100%"), ("%zz", "%zz")]
        {
            assert_eq!(percent_decoded(sent), meant);
        }
    }
}
