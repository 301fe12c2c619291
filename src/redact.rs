//! Removes from foreign texts whatever could be a secret, and whatever could harm a reader or a terminal.
//!
//! What a controller, or anything before it, sends is shown by one rule. A word is shown if it is in a list of harmless words,
//! has the shape of an id, a moment or a span, or is too short to be a voucher code, also together with the words beside it.
//! Everything else is hidden, and so are the secrets of the client and what the request itself names, in any case, however it is
//! encoded or joined to other words. What is shown is escaped and cut.

mod decode;
mod harmless;
mod json;
mod known;
mod shown;

use std::fmt;
use std::sync::Arc;

use reqwest::Request;

use self::known::Known;
use crate::reading;
use crate::secret::Secret;

/// How many characters of a message are shown.
const MESSAGE: usize = 200;

/// How many characters of a body are shown.
const BODY: usize = 160;

/// How many characters of a header or an id are shown.
const SHORT: usize = 100;

/// How many bytes of a text are looked at. They are more than are shown, because encodings take place.
const WINDOW: usize = 1280;

/// Knows the secrets of a client, and what a request names. Its clones share them.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    secrets: Arc<[Secret]>,
    request: Option<Arc<Named>>,
}

/// What a request names. It is read only if a text has to be redacted.
struct Named {
    query: Option<String>,
    body: Option<Vec<u8>>,
}

impl Redactor {
    pub(crate) fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        Self::default().and(secrets)
    }

    /// The same, with more secrets.
    pub(crate) fn and(&self, secrets: impl IntoIterator<Item = Secret>) -> Self {
        let more = secrets.into_iter().filter(|secret| !secret.expose().is_empty());
        Self { secrets: self.secrets.iter().cloned().chain(more).collect(), request: self.request.clone() }
    }

    /// The same, which hides what a request names as well.
    pub(crate) fn about(&self, request: &Request) -> Self {
        let query = request.url().query().map(str::to_owned);
        let body = request.body().and_then(|body| body.as_bytes()).map(<[u8]>::to_vec);
        Self { secrets: self.secrets.clone(), request: Some(Arc::new(Named { query, body })) }
    }

    /// A controller's own words about a failure.
    pub(crate) fn words(&self, text: &str) -> String {
        let window = start_of(text, WINDOW);
        self.redacted(window.trim(), window.len() < text.len(), MESSAGE)
    }

    /// What a log calls a request. Only what nothing has to be hidden of is shown.
    #[allow(dead_code, reason = "a vendor may not name its requests")]
    pub(crate) fn id(&self, text: &str) -> Option<String> {
        let (text, characters) = (text.trim(), text.trim().chars().collect::<Vec<_>>());
        let is_short =
            !text.is_empty() && text.len() <= SHORT && text.is_ascii() && !text.contains(char::is_whitespace);
        let mut hidden = vec![false; characters.len()];
        self.known().hide(&characters, &mut hidden);
        let is_known = hidden.contains(&true);
        let is_shown = harmless::is_id(text) || self.redacted(text, false, SHORT) == text;
        (is_short && !is_known && is_shown).then(|| text.to_owned())
    }

    /// A Content-Type without its parameters.
    pub(crate) fn content_type(&self, text: &str) -> String {
        let kind = text.split_once(';').map_or(text, |(kind, _)| kind);
        let window = start_of(kind, SHORT);
        self.redacted(window.trim(), window.len() < kind.len(), SHORT)
    }

    /// An address as messages show it, without the secrets of the client.
    pub(crate) fn address(&self, shown: &str) -> String {
        let characters: Vec<char> = shown.chars().collect();
        let mut hidden = vec![false; characters.len()];
        let secrets = self.secrets.iter().map(|secret| secret.expose().to_owned());
        Known::new(secrets, std::iter::empty()).hide(&characters, &mut hidden);
        shown::shown(&characters, &hidden, usize::MAX)
    }

    /// An address to which a controller points. Its host is shown if it has nothing in it that has to be hidden, and of the rest the
    /// words that are known to be harmless.
    pub(crate) fn target(&self, shown: &str) -> String {
        let host = shown.find("://").map_or(0, |at| at + 3);
        let end = shown[host..].find('/').map_or(shown.len(), |at| host + at);
        let origin: Vec<char> = decode::decoded(&shown[..end]).chars().collect();
        let mut hidden = vec![false; origin.len()];
        self.known().hide(&origin, &mut hidden);
        shown::shown(&origin, &hidden, BODY) + &self.redacted(&shown[end..], false, BODY)
    }

    /// The start of a body. In JSON only names of fields, numbers and the words about a failure are looked at, of a page of HTML
    /// the title alone.
    pub(crate) fn start(&self, body: &[u8]) -> String {
        let body = reading::content(body);
        let window = &body[..body.len().min(WINDOW)];
        let text = String::from_utf8_lossy(window);
        let text = json::without_prefix(text.trim());
        let text = match text.starts_with(['{', '[', '"']) {
            true => json::told(text),
            false => title(text).to_owned(),
        };
        self.redacted(&text, window.len() < body.len(), BODY)
    }

    fn redacted(&self, text: &str, is_cut: bool, most: usize) -> String {
        let characters: Vec<char> = decode::decoded(text).chars().collect();
        let mut hidden = vec![false; characters.len()];
        self.known().hide(&characters, &mut hidden);
        harmless::hide_others(&characters, &mut hidden, is_cut);
        shown::shown(&characters, &hidden, most)
    }

    fn known(&self) -> Known {
        let secrets = self.secrets.iter().map(|secret| secret.expose().to_owned());
        let named =
            self.request.iter().flat_map(|request| known::named(request.query.as_deref(), request.body.as_deref()));
        Known::new(secrets, named)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

/// The start of a text, of so many bytes at most.
fn start_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// The title of an HTML page says what it is; other texts speak for themselves.
fn title(text: &str) -> &str {
    let inner = |text| {
        let (_, rest) = str::split_once(text, "<title>")?;
        rest.split_once("</title>").map(|(title, _)| title.trim())
    };
    inner(text).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn words_hide_codes_and_stay_readable() {
        let redactor = Redactor::new([Secret::from("hunter2-hunter2")]);
        let words = |text: &str| redactor.words(text);
        for hidden in [
            "1234567890",
            "12345-67890",
            "1234-5678",
            "00042",
            "a1B2c3D4",
            "hunter2-hunter2",
            "KJHGF",
            "KJHGF-DSAQW",
            "kjhgfdsa",
            "kJhGfDsA",
        ] {
            assert_eq!(words(&format!("no voucher has the code '{hidden}'.")), "no voucher has the code '…'.");
            assert_eq!(words(&format!("voucher-{hidden} and voucher_{hidden}")), "voucher-… and voucher_…");
            assert!(["…", "…,…"].contains(&words(&format!("{hidden},{hidden}")).as_str()));
        }
        for shown in [
            "Parameter [limitNum] must be 1 to 99.",
            "retry after 5.372786998s",
            "No endpoint GET /proxy/network/integration/v1/sites/88f7af54-98f8-306a-a1c7-c9349722b1f6/hotspot",
            "the group 66f0c0ffee66f0c0ffee66f0 is not there since 2026-11-21T10:00:00Z",
            "The path or the verb DELETE is not supported.",
            "RESOURCE_EXHAUSTED: the SSID, MAC and JSON of UNAUTHENTICATED clients",
            "Parameter [codeForm] must be one of [NUMBER_ONLY]",
            "filter property 'id' expected UUID, actual STRING",
        ] {
            assert_eq!(words(shown), shown);
        }
    }

    #[test]
    fn secrets_are_hidden_in_every_form() {
        let secret = "Sommer\"Wind & 5% Ümlaut\\";
        let redactor = Redactor::new([Secret::from("Sommer"), Secret::from(secret)]);
        let json = Value::from(secret).to_string();
        let quoted = Value::from(format!("cannot read {json}")).to_string();
        for text in [
            secret,
            &json,
            &quoted,
            "Sommer%22Wind+%26+5%25+%C3%9Cmlaut%5C",
            "Sommer%22Wind%20%26%205%25%20%C3%9Cmlaut%5C",
            "SOMMER%2522wind",
            "&#83;ommer&quot;Wind",
        ] {
            let shown = redactor.words(text).to_lowercase();
            assert!(!shown.contains("sommer") && !shown.contains("mlaut"), "{text}: {shown}");
        }
        assert!(!format!("{redactor:?}").contains("Sommer"));
    }

    #[test]
    fn what_is_shown_is_escaped_and_cut() {
        let redactor = Redactor::default();
        assert_eq!(
            redactor.words("not\nfound\u{1b}[31m\u{202e}\u{2028}here"),
            "not\\nfound\\u{1b}[31m\\u{202e}\\u{2028}here"
        );
        for text in ["not found ".repeat(4000), "\u{1b}".repeat(4000), "ü".repeat(4000), "€ ".repeat(4000)] {
            assert!(redactor.words(&text).chars().count() <= MESSAGE + 1);
            assert!(redactor.start(text.as_bytes()).chars().count() <= BODY + 1);
        }
    }
}
