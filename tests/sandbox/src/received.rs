use std::fmt;
use std::str::FromStr;

use hyper::header::{HeaderName, HeaderValue};
use hyper::http::request::Parts;
use serde_json::Value;

/// Ids, keys and tokens have at least so many hexadecimal digits, and no word of a path has.
const SHORTEST_ID_DIGITS: usize = 24;

/// A request as it reached a controller.
///
/// `Debug` shows names and sizes only: query values, headers and bodies hold keys, tokens and
/// voucher codes.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// Which request it was of those that the controller has had: 1 for the first one. It tells [what struck it](crate::Strike)
    /// and [what came of it](crate::Issued).
    pub number: u64,
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
    /// The path with its query, as it was sent.
    pub(crate) target: String,
}

impl Received {
    pub(crate) fn new(parts: &Parts, raw_body: Vec<u8>) -> Self {
        let header = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        Self {
            number: 0,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: query.into_owned().collect(),
            headers: parts.headers.iter().map(header).collect(),
            body: serde_json::from_slice(&raw_body).ok(),
            raw_body,
            target: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        }
    }

    /// What kind of request it is: the verb and the path, with `{id}` for every id, such as
    /// `POST /openapi/v1/{id}/sites/{id}/hotspot/voucher-groups`.
    pub fn operation(&self) -> String {
        let segments: Vec<&str> = self.path.split('/').map(without_id).collect();
        format!("{} {}", self.method, segments.join("/"))
    }

    /// What the request says, without what differs from one sandbox to another.
    pub(crate) fn likeness(&self) -> String {
        let said = format!("{} {}\n{}", self.method, self.target, String::from_utf8_lossy(&self.raw_body));
        let words = said.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
        words.map(without_id).collect()
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

/// `{id}` in the place of a segment or a word that has an id or a token in it.
fn without_id(text: &str) -> &str {
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    if digits >= SHORTEST_ID_DIGITS { "{id}" } else { text }
}

/// What lies between the slashes of a path, or of a part of one.
pub(crate) fn segments(path: &str) -> Vec<String> {
    path.trim_start_matches('/').split('/').map(percent_decoded).collect()
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("Received")
            .field("number", &self.number)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query_names", &names(&self.query))
            .field("header_names", &names(&self.headers))
            .field("body_bytes", &self.raw_body.len())
            .finish()
    }
}

pub(crate) fn percent_decoded(segment: &str) -> String {
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
impl Received {
    /// A request without headers.
    pub(crate) fn of(method: &str, target: &str, body: Vec<u8>) -> Self {
        let request = hyper::Request::builder().method(method).uri(target).body(()).expect("a request");
        Self::new(&request.into_parts().0, body)
    }
}

#[cfg(test)]
mod tests {
    use super::{Received, percent_decoded};

    #[test]
    fn ids_do_not_make_another_operation() {
        let id = "0f".repeat(12);
        let uuid = "88f7af54-98f8-306a-a1c7-c9349722b1f6";
        let one =
            Received::of("GET", &format!("/a/{id}/{uuid}/beef?x={id}&y=1"), format!("{{\"z\":\"{id}\"}}").into_bytes());
        let two = Received::of("GET", "/a/%7Bid%7D?x", Vec::new());
        assert_eq!(one.operation(), "GET /a/{id}/{id}/beef");
        assert!(!one.likeness().contains(&id) && one.likeness().contains("y=1"), "{}", one.likeness());
        assert_eq!(two.query, [("x".to_owned(), String::new())]);
    }

    #[test]
    fn decodes_only_what_is_encoded() {
        for (sent, meant) in [("plain", "plain"), ("a%20b", "a b"), ("%2e%2F", "./"), ("100%", "100%"), ("%zz", "%zz")]
        {
            assert_eq!(percent_decoded(sent), meant);
        }
    }
}
