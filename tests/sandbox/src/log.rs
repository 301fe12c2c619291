use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::received::{Received, percent_decoded};
use crate::serve::Controller;

/// What takes the log of requests, one entry at a time.
#[derive(Clone)]
pub(crate) struct Sink(Arc<dyn Fn(&str) + Send + Sync>);

/// The log of the requests of one door.
pub(crate) struct Log {
    pub(crate) door: &'static str,
    pub(crate) sink: Sink,
    /// Every controller that has secrets: a key may reach the wrong door.
    pub(crate) controllers: Vec<Arc<dyn Controller>>,
}

/// A request on its way into the log. Whatever is not known to be harmless is hidden.
struct Entry {
    request: String,
    details: Vec<String>,
}

/// Which texts of a request may be shown.
struct Censor {
    /// Ids of this controller that are no secrets.
    ids: Vec<String>,
    /// Keys, tokens, passwords and codes, without what people type between their letters.
    secrets: Vec<String>,
}

const HIDDEN: &str = "(hidden)";

const METHODS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

/// Headers with values that are no secret.
const HEADERS: [&str; 7] =
    ["accept", "accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"];

/// What may precede the secret in an `Authorization` header.
const SCHEMES: [&str; 3] = ["AccessToken=", "Bearer ", "Basic "];

/// Query parameters with values that are no secret.
const PARAMETERS: [&str; 7] = ["grant_type", "limit", "offset", "omadac_id", "page", "pageSize", "response_type"];

/// The same, by what their names begin with.
const PARAMETER_PREFIXES: [&str; 2] = ["filters.", "sorts."];

/// Shorter secrets hide only what is equal to them; longer ones hide whatever contains them.
const SHORTEST_CONTAINED: usize = 4;

/// Digits and sign of a 64-bit number.
const LONGEST_NUMBER: usize = 20;

impl Sink {
    pub(crate) fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }
}

impl Log {
    /// Writes a request, with the status of the response if there was one.
    pub(crate) fn write(&self, request: &Received, status: Option<u16>, took: Duration) {
        let ids = self.controllers.iter().flat_map(|controller| controller.shown_ids()).collect();
        let secrets = self.controllers.iter().flat_map(|controller| controller.secrets()).collect();
        let entry = Entry::new(request, ids, secrets);
        let outcome = status.map_or_else(|| "no response".to_owned(), |status| status.to_string());
        let mut text = format!("{} {}: {outcome}, {} ms", self.door, entry.request, took.as_millis());
        for detail in &entry.details {
            text.push_str("\n    ");
            text.push_str(detail);
        }
        (self.sink.0)(&text);
    }
}

impl Entry {
    fn new(request: &Received, ids: Vec<String>, secrets: Vec<String>) -> Self {
        let censor = Censor { ids, secrets: secrets.iter().map(|secret| letters(secret)).collect() };
        let method = METHODS.iter().find(|method| **method == request.method).unwrap_or(&HIDDEN);
        let path: Vec<&str> = request.path.split('/').map(|segment| censor.segment(segment)).collect();
        let query: Vec<String> = request.query.iter().map(|(name, value)| censor.parameter(name, value)).collect();
        let question = if query.is_empty() { "" } else { "?" };
        let request_line = format!("#{} {method} {}{question}{}", request.number, path.join("/"), query.join("&"));
        let mut details: Vec<String> = request.headers.iter().map(|(name, value)| censor.header(name, value)).collect();
        if !request.raw_body.is_empty() {
            details.push(format!("body of {} bytes (hidden)", request.raw_body.len()));
        }
        Self { request: request_line, details }
    }
}

impl Censor {
    /// Words, versions and ids are shown. A code, a key or a token in a path is none of these.
    fn segment<'a>(&self, segment: &'a str) -> &'a str {
        let decoded = percent_decoded(segment);
        let is_shown = decoded.is_empty() || self.ids.contains(&decoded) || is_id(&decoded) || is_word(&decoded);
        if is_shown && !self.holds_secret(&decoded) { segment } else { HIDDEN }
    }

    fn parameter(&self, name: &str, value: &str) -> String {
        let is_name = is_word(&name.to_ascii_lowercase()) && !self.holds_secret(name);
        let is_plain = PARAMETERS.contains(&name) || PARAMETER_PREFIXES.iter().any(|start| name.starts_with(start));
        let shown = match name {
            "filter" => filter(value),
            _ if is_plain && self.is_harmless(value) => value.to_owned(),
            _ => HIDDEN.to_owned(),
        };
        let shown = if self.holds_secret(&shown) || !is_printable(&shown) { HIDDEN.to_owned() } else { shown };
        format!("{}={shown}", if is_name { name } else { HIDDEN })
    }

    /// A word, a number or an id.
    fn is_harmless(&self, value: &str) -> bool {
        let is_number =
            value.len() <= LONGEST_NUMBER && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        is_number || is_word(value) || self.ids.iter().any(|id| id == value)
    }

    fn header(&self, name: &str, value: &str) -> String {
        let is_plain = HEADERS.contains(&name) && is_printable(value) && !self.holds_secret(value);
        let scheme = SCHEMES.iter().find(|scheme| name == "authorization" && value.starts_with(**scheme));
        let shown = if is_plain { value.to_owned() } else { format!("{}{HIDDEN}", scheme.unwrap_or(&"")) };
        format!("{}: {shown}", if self.holds_secret(name) { HIDDEN } else { name })
    }

    fn holds_secret(&self, text: &str) -> bool {
        let text = letters(text);
        let holds = |secret: &String| text == *secret || (secret.len() >= SHORTEST_CONTAINED && text.contains(secret));
        self.secrets.iter().any(|secret| !secret.is_empty() && holds(secret))
    }
}

/// A filter with its texts hidden, which may be codes. Nothing is shown of a filter by codes.
fn filter(filter: &str) -> String {
    if filter.to_ascii_lowercase().contains("code") {
        return HIDDEN.to_owned();
    }
    let parts = filter.split('\'').enumerate();
    parts.map(|(place, part)| if place % 2 == 0 { part } else { "'(hidden)'" }).collect()
}

/// A word of an API, such as `voucher-groups` or `v1`: no voucher code, key or token has this form.
fn is_word(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.len() <= 40
        && digits <= 2
        && text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte))
}

/// A UUID, or an id of 24 hexadecimal digits.
fn is_id(text: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_uuid =
        text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && is_hex(&text.replace('-', ""));
    is_uuid || (text.len() == 24 && is_hex(text))
}

fn is_printable(text: &str) -> bool {
    text.chars().all(|letter| !letter.is_control())
}

/// Letters and digits alone, in lower case: codes are typed with hyphens and blanks.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}

#[cfg(test)]
mod tests {
    use super::Entry;
    use crate::received::Received;

    fn shown(method: &str, target: &str) -> String {
        let secrets = ["0123456789", "AT-77", "abc", "lobbykey"].map(str::to_owned).to_vec();
        Entry::new(&Received::of(method, target, Vec::new()), vec!["F0F0".to_owned()], secrets).request
    }

    #[test]
    fn paths_show_words_and_ids_alone() {
        let uuid = "88f7af54-98f8-306a-a1c7-c9349722b1f6";
        for (target, expected) in [
            ("/", "/".to_owned()),
            ("/openapi/v1/F0F0/sites", "/openapi/v1/F0F0/sites".to_owned()),
            (&format!("/v1/sites/{uuid}/hotspot/vouchers/"), format!("/v1/sites/{uuid}/hotspot/vouchers/")),
            ("/vouchers/0123456789", "/vouchers/(hidden)".to_owned()),
            ("/vouchers/01234-56789", "/vouchers/(hidden)".to_owned()),
            ("/vouchers/9876543210", "/vouchers/(hidden)".to_owned()),
            ("/vouchers/abc", "/vouchers/(hidden)".to_owned()),
            ("/vouchers/a-lobbykey", "/vouchers/(hidden)".to_owned()),
            ("/vouchers/%61bc", "/vouchers/(hidden)".to_owned()),
            ("/vouchers/ABCDEF", "/vouchers/(hidden)".to_owned()),
            ("/AT-77/x%0Ay", "/(hidden)/(hidden)".to_owned()),
        ] {
            assert_eq!(shown("GET", target), format!("#0 GET {expected}"));
        }
        assert_eq!(shown("LOBBYKEY", "/x"), "#0 (hidden) /x");
    }

    #[test]
    fn queries_show_what_is_known_to_be_harmless() {
        for (query, expected) in [
            ("page=1&pageSize=10&sorts.name=asc", "page=1&pageSize=10&sorts.name=asc"),
            ("filters.type=0123456789&searchKey=Lobby", "filters.type=(hidden)&searchKey=(hidden)"),
            ("omadac_id=F0F0&limit=-1&sorts.name=X1Y2Z3", "omadac_id=F0F0&limit=-1&sorts.name=(hidden)"),
            ("client_secret=x&refresh_token=y&code=z", "client_secret=(hidden)&refresh_token=(hidden)&code=(hidden)"),
            ("filter=name.eq('Room+7')", "filter=name.eq('(hidden)')"),
            (
                "filter=and(expired.eq(true),name.like('a''b*'))",
                "filter=and(expired.eq(true),name.like('(hidden)''(hidden)'))",
            ),
            ("filter=code.eq('1')", "filter=(hidden)"),
            ("filter=name.eq(0123456789)", "filter=(hidden)"),
            ("AT-77", "(hidden)=(hidden)"),
            ("page=1%0A2", "page=(hidden)"),
        ] {
            let query = query.replace('\'', "%27");
            assert_eq!(shown("GET", &format!("/x?{query}")), format!("#0 GET /x?{expected}"));
        }
    }
}
