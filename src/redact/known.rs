//! Hides known secrets, and what the client itself sent.

use reqwest::Url;
use serde_json::Value;

use super::decode::decoded;

/// The smallest number of letters and digits of a text that is searched for in any place. A voucher code has no fewer.
const FEWEST: usize = 5;

/// Texts that are hidden wherever they are quoted.
pub(super) struct Known {
    /// As they are.
    exact: Vec<Vec<char>>,
    /// Their letters and digits alone.
    loose: Vec<Vec<char>>,
}

impl Known {
    pub(super) fn new(secrets: impl Iterator<Item = String>, named: impl Iterator<Item = String>) -> Self {
        let (mut exact, mut loose) = (Vec::new(), Vec::new());
        let mut add = |text: &str, is_secret: bool| {
            for text in [text.to_owned(), decoded(text)] {
                let letters: Vec<char> =
                    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
                if letters.len() >= FEWEST {
                    loose.push(letters);
                }
                if is_secret && !text.is_empty() {
                    exact.push(text.chars().collect());
                }
            }
        };
        secrets.for_each(|secret| add(&secret, true));
        named.for_each(|named| add(&named, false));
        Self { exact, loose }
    }

    pub(super) fn hide(&self, text: &[char], hidden: &mut [bool]) {
        for exact in &self.exact {
            for (at, window) in text.windows(exact.len()).enumerate() {
                if window == exact.as_slice() {
                    hidden[at..at + exact.len()].fill(true);
                }
            }
        }
        let letters = text.iter().enumerate().filter(|(_, c)| c.is_alphanumeric());
        let letters: Vec<(usize, char)> = letters.flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c))).collect();
        for loose in &self.loose {
            for window in letters.windows(loose.len()) {
                let is_same = window.iter().zip(loose).all(|((_, letter), other)| letter == other);
                if let (true, Some((first, _)), Some((last, _))) = (is_same, window.first(), window.last()) {
                    hidden[*first..=*last].fill(true);
                }
            }
        }
    }
}

/// The texts in a request: the values of its query and its JSON, and the quoted parts of the expressions in them.
pub(super) fn named(query: Option<&str>, body: Option<&[u8]>) -> Vec<String> {
    let mut named = Vec::new();
    let url = query.and_then(|query| Url::parse(&format!("any:?{query}")).ok());
    for (_, value) in url.iter().flat_map(Url::query_pairs) {
        match value.contains('\'') {
            true => named.extend(value.replace("''", "").split('\'').skip(1).step_by(2).map(str::to_owned)),
            false => named.push(value.into_owned()),
        }
    }
    if let Some(body) = body.and_then(|body| serde_json::from_slice(body).ok()) {
        texts(body, &mut named);
    }
    named
}

fn texts(json: Value, found: &mut Vec<String>) {
    match json {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.into_iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.into_iter().for_each(|(_, value)| texts(value, found)),
        _ => {}
    }
}
