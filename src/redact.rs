//! Takes out of texts whatever could be a secret.

use std::sync::Arc;

use reqwest::Url;
use serde_json::Value;

use crate::secret::Secret;

const HIDDEN: char = '…';

/// How many characters of a body are shown.
const SHOWN: usize = 160;

/// How many characters a voucher code has.
pub(crate) const SHORTEST_CODE: usize = 5;
const LONGEST_CODE: usize = 10;

/// Words in capitals that controllers use, and that are as long as a voucher code.
const SHOUTED: [&str; 5] = ["DELETE", "DOCTYPE", "ERROR", "OPTIONS", "PATCH"];

/// What the voucher codes of a vendor are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    /// There is a digit in each.
    #[allow(dead_code, reason = "a vendor may make codes of letters")]
    Digits,
    /// There may be none but letters, which portals print as capitals.
    #[allow(dead_code, reason = "a vendor may make codes of digits")]
    Letters,
}

/// Knows the secrets of a client, in all forms in which they may be said back. Its clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Redactor {
    forms: Arc<[Secret]>,
}

impl Redactor {
    pub(crate) fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        Self::default().and(secrets)
    }

    /// The same, with more secrets.
    pub(crate) fn and(&self, secrets: impl IntoIterator<Item = Secret>) -> Self {
        let more = secrets.into_iter().filter(|secret| !secret.expose().is_empty()).flat_map(|secret| forms(&secret));
        let mut forms: Vec<Secret> = self.forms.iter().cloned().chain(more).collect();
        // The longest first, because one may be a part of another.
        forms.sort_by(|one, other| {
            let (one, other) = (one.expose(), other.expose());
            other.len().cmp(&one.len()).then_with(|| one.cmp(other))
        });
        forms.dedup();
        Self { forms: forms.into() }
    }

    /// A controller's own words about a failure, without the client's secrets and without what looks like a voucher code, which
    /// it may quote: words that are as long as codes are, and of what codes are made of. Ids are longer, and stay.
    pub(crate) fn words(&self, text: &str, alphabet: Alphabet) -> String {
        // A number with a fraction is one word.
        hide(&self.message(text.trim()), |c| is_of_word(c) || c == '.', |word| is_like_code(word, alphabet))
    }

    /// A text without the client's own secrets.
    pub(crate) fn message(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in &*self.forms {
            text = text.replace(form.expose(), &HIDDEN.to_string());
        }
        text
    }

    /// A Content-Type without its parameters, and without anything that could be a secret.
    pub(crate) fn content_type(&self, text: &str) -> String {
        let kind = text.split_once(';').map_or(text, |(kind, _)| kind);
        hide_words(&self.message(kind.trim()))
    }

    /// The start of a body. Beside the client's secrets, everything that could be a voucher code or a token is hidden: in JSON
    /// all texts but the vendor's own words about a failure, elsewhere all words with a digit and all long words in capitals.
    pub(crate) fn start(&self, body: &[u8]) -> String {
        // Secrets may straddle the end of what is shown, so more than that is looked at, and what may be half a word is left out.
        let window = &body[..body.len().min(SHOWN * 8)];
        let end = match window.len() < body.len() {
            true => window.iter().rposition(|byte| !is_of_word(char::from(*byte))).unwrap_or_default(),
            false => window.len(),
        };
        let text = String::from_utf8_lossy(&window[..end]);
        let text = self.message(text.trim());
        let text = match text.starts_with(['{', '[', '"']) {
            true => hide_json(&text),
            false => hide_words(title(&text)),
        };
        let mut start: String = text.chars().take(SHOWN).collect();
        if text.chars().count() > SHOWN {
            start.push(HIDDEN);
        }
        start
    }
}

/// A secret as it is, as it stands in JSON and in JSON that is quoted in JSON, and as it stands in addresses.
fn forms(secret: &Secret) -> Vec<Secret> {
    let plain = secret.expose();
    let in_json = |text: &str| {
        let quoted = Value::from(text).to_string();
        quoted[1..quoted.len() - 1].to_owned()
    };
    let once = in_json(plain);
    let mut forms = vec![plain.to_owned(), in_json(&once), once];
    let address = Url::parse_with_params("any:", [("", plain)]).ok();
    if let Some(encoded) = address.as_ref().and_then(|address| address.query()?.strip_prefix('=')) {
        forms.extend([encoded.to_owned(), encoded.replace('+', "%20")]);
    }
    forms.into_iter().map(Secret::from).collect()
}

/// The title of an HTML page says what it is; other texts speak for themselves.
fn title(text: &str) -> &str {
    let inner = |text| {
        let (_, rest) = str::split_once(text, "<title>")?;
        rest.split_once("</title>").map(|(title, _)| title.trim())
    };
    inner(text).unwrap_or(text)
}

fn hide_words(text: &str) -> String {
    hide(text, is_of_word, is_suspicious)
}

/// Hides the secret ones among the words of a text.
fn hide(text: &str, is_of_word: fn(char) -> bool, is_secret: impl Fn(&str) -> bool) -> String {
    let mut shown = String::new();
    for word in text.split_inclusive(|c: char| !is_of_word(c)) {
        let end = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        match is_secret(end) {
            true => {
                shown.push(HIDDEN);
                shown.push_str(&word[end.len()..]);
            }
            false => shown.push_str(word),
        }
    }
    shown
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '-' || character == '_'
}

/// Whether there is something in a word that looks like a voucher code, which may be shown with a dash in its middle.
fn is_like_code(word: &str, alphabet: Alphabet) -> bool {
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    // What follows the point of a number is a fraction.
    if word.split_once('.').is_some_and(|(whole, _)| whole.len() < SHORTEST_CODE && is_number(whole)) {
        return false;
    }
    word.split('.').any(|part| {
        let letters = part.replacen('-', "", 1);
        (SHORTEST_CODE..=LONGEST_CODE).contains(&letters.len())
            && letters.chars().all(|c| c.is_ascii_alphanumeric())
            && (has_digit(&letters) || alphabet == Alphabet::Letters && shouts(&letters))
    })
}

/// Whether a word could be a code, a token or a key.
fn is_suspicious(word: &str) -> bool {
    word.len() >= SHORTEST_CODE && (has_digit(word) || shouts(word))
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

fn shouts(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_uppercase()) && !SHOUTED.contains(&word)
}

/// Shows the keys, the short numbers and the words about a failure of what may be half a JSON document.
fn hide_json(text: &str) -> String {
    const TOLD: [&str; 5] = ["error", "message", "msg", "path", "statusName"];
    let mut shown = String::new();
    let mut key = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first != '"' {
            let length = rest.find('"').unwrap_or(rest.len());
            shown.push_str(&hide_words(&rest[..length]));
            rest = &rest[length..];
            continue;
        }
        let (literal, after) = literal(rest);
        if after.trim_start().starts_with(':') {
            key = literal.to_owned();
            shown.push_str(&format!("\"{}\"", hide_words(literal)));
        } else if TOLD.contains(&key.as_str()) {
            shown.push_str(&format!("\"{}\"", hide_words(literal)));
        } else {
            shown.push_str(&format!("\"{HIDDEN}\""));
        }
        rest = after;
    }
    shown
}

/// The text of the string literal at the start, and what follows it; a literal that breaks off ends with the text.
fn literal(text: &str) -> (&str, &str) {
    let inner = &text[1..];
    let mut escaped = false;
    for (index, character) in inner.char_indices() {
        match character {
            '"' if !escaped => return (&inner[..index], &inner[index + 1..]),
            _ => escaped = character == '\\' && !escaped,
        }
    }
    (inner, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hide_codes_and_stay_readable() {
        let redactor = Redactor::new([Secret::from("hunter2-hunter2")]);
        let words = |text: &str| redactor.words(text, Alphabet::Digits);
        for hidden in ["1234567890", "12345-67890", "00042", "a1B2c3D4", "hunter2-hunter2"] {
            assert_eq!(words(&format!("no voucher has the code '{hidden}'.")), "no voucher has the code '…'.");
            assert_eq!(words(&format!("{hidden},{hidden}")), "…,…");
        }
        for shown in [
            "Parameter [limitNum] must be 1 to 99.",
            "retry after 5.372786998s",
            "No endpoint GET /proxy/network/integration/v1/sites/88f7af54-98f8-306a-a1c7-c9349722b1f6/hotspot",
            "the group 66f0c0ffee66f0c0ffee66f0 is not there since 2026-11-21T10:00:00Z",
        ] {
            assert_eq!(words(shown), shown);
        }
    }

    #[test]
    fn words_hide_codes_of_letters_where_there_are_such() {
        let words = |text: &str| Redactor::default().words(text, Alphabet::Letters);
        for hidden in ["KJHGF", "KJHGFDSA", "KJHGF-DSAQW", "KJHGFDSAQW", "12345678"] {
            assert_eq!(words(&format!("no voucher has the code [{hidden}].")), "no voucher has the code […].");
        }
        for shown in [
            "The path or the verb DELETE is not supported.",
            "RESOURCE_EXHAUSTED: the SSID, MAC and JSON of UNAUTHENTICATED clients",
            "Parameter [codeForm] must be one of [NUMBER_ONLY]",
        ] {
            assert_eq!(words(shown), shown);
        }
        let shown = "filter property 'id' expected UUID, actual STRING";
        assert_eq!(Redactor::default().words(shown, Alphabet::Digits), shown);
    }

    #[test]
    fn secrets_are_hidden_in_every_form() {
        let secret = "Sommer\"Wind & 5% Ümlaut\\";
        let redactor = Redactor::new([Secret::from("Sommer"), Secret::from(secret)]);
        let json = Value::from(secret).to_string();
        let quoted = Value::from(format!("cannot read {json}")).to_string();
        assert_eq!(redactor.message(secret), "…");
        assert_eq!(redactor.message(&json), "\"…\"");
        assert_eq!(redactor.message(&quoted), r#""cannot read \"…\"""#);
        for address in ["Sommer%22Wind+%26+5%25+%C3%9Cmlaut%5C", "Sommer%22Wind%20%26%205%25%20%C3%9Cmlaut%5C"] {
            assert_eq!(redactor.message(&format!("?password={address}&x=1")), "?password=…&x=1");
        }
        assert_eq!(redactor.and([Secret::from("Wind")]).message("Wind of Sommer"), "… of …");
        assert!(!format!("{redactor:?}").contains("Sommer"));
    }
}
