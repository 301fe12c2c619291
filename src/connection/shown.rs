//! Addresses as messages show them.

use reqwest::Url;

const HIDDEN: char = '…';

/// How many characters of an address are shown.
const SHOWN: usize = 300;

/// How long a voucher code is, with a dash in its middle.
const CODE_LENGTHS: std::ops::RangeInclusive<usize> = 5..=11;

/// An address for messages: without its user and password, without the values of its query, and without what could be a
/// voucher code. Control characters are escaped in every [`Url`].
pub(crate) fn shown(url: &Url) -> String {
    let Some(host) = url.host_str() else { return format!("{}:{HIDDEN}", url.scheme()) };
    let mut shown = format!("{}://", url.scheme());
    if !url.username().is_empty() || url.password().is_some() {
        shown.push(HIDDEN);
        shown.push('@');
    }
    shown.push_str(host);
    if let Some(port) = url.port() {
        shown.push_str(&format!(":{port}"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        shown.push_str(&without_codes(url.path()));
    }
    let names = url.query().into_iter().flat_map(|query| query.split('&'));
    for (index, pair) in names.enumerate() {
        shown.push(if index == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) => {
                shown.push_str(&without_codes(name));
                shown.push('=');
                shown.push(HIDDEN);
            }
            // What has no name is a value.
            None => shown.push(HIDDEN),
        }
    }
    if let Some(fragment) = url.fragment() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || "/!-_.".contains(c);
        let end = fragment.find(|c| !is_word(c)).unwrap_or(fragment.len());
        shown.push('#');
        shown.push_str(&without_codes(&fragment[..end]));
        if end < fragment.len() {
            shown.push(HIDDEN);
        }
    }
    cut(&shown, SHOWN)
}

/// The start of a text, with its control characters escaped.
pub(crate) fn cut(text: &str, length: usize) -> String {
    let mut start = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == length {
            start.push(HIDDEN);
            break;
        }
        match c.is_control() || super::address::is_invisible(c) {
            true => start.extend(c.escape_unicode()),
            false => start.push(c),
        }
    }
    start
}

/// A path without those parts that could be voucher codes. Ids are longer, and stay.
fn without_codes(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        let is_of_code = part.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '-')
            || part.chars().all(|c| c.is_ascii_alphanumeric()) && part.chars().any(|c| c.is_ascii_digit());
        match CODE_LENGTHS.contains(&part.len()) && is_of_code {
            true => HIDDEN.to_string(),
            false => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_what_they_could_give_away() {
        for (url, expected) in [
            ("https://h.example/login?redirect=%2F&x", "https://h.example/login?redirect=…&…"),
            ("https://user:hunter2@h.example:8043/a", "https://…@h.example:8043/a"),
            ("https://h.example/v1/12345-67890/0123456789/ABCDE", "https://h.example/v1/…/…/…"),
            ("https://h.example/#dashboard", "https://h.example/#dashboard"),
            ("https://h.example/#token=hunter2", "https://h.example/#token…"),
            ("https://h.example/a\u{1b}[31m\u{202e}", "https://h.example/a%1B[31m%E2%80%AE"),
            ("data:text/html,hunter2", "data:…"),
        ] {
            assert_eq!(shown(&Url::parse(url).expect(url)), expected);
        }
        let long = Url::parse(&format!("https://h.example/{}", "a/".repeat(10_000))).expect("a long address");
        assert_eq!(shown(&long).chars().count(), SHOWN + 1);
        assert_eq!(cut("a\n\u{1b}b\u{feff}", 9), "a\\u{a}\\u{1b}b\\u{feff}");
    }
}
