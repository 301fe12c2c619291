//! Takes texts out of the encodings in which they may be quoted.

/// How often a text may be encoded.
const ROUNDS: usize = 5;

/// A text without its encodings: percent signs, escapes of JSON and JavaScript, references of HTML, and wide letters.
pub(super) fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let next = once(&text);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn once(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (decoded, length) = match first {
            '%' => percent(rest),
            '\\' => escape(rest),
            '&' => reference(rest),
            _ => None,
        }
        .unwrap_or((Decoded::Character(narrow(first)), first.len_utf8()));
        match decoded {
            Decoded::Byte(byte) => bytes.push(byte),
            Decoded::Character(character) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = &rest[length..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A part of what was encoded: percent signs encode bytes, the others whole characters.
enum Decoded {
    Byte(u8),
    Character(char),
}

/// `%37`, and `%u0037`.
fn percent(text: &str) -> Option<(Decoded, usize)> {
    if text[1..].starts_with(['u', 'U']) {
        return Some((Decoded::Character(code(text.get(2..6)?, 16)?), 6));
    }
    let digits = text.get(1..3).filter(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))?;
    Some((Decoded::Byte(u8::from_str_radix(digits, 16).ok()?), 3))
}

/// `\u0037`, `\u{37}`, `\x37`, and what has a letter of its own.
fn escape(text: &str) -> Option<(Decoded, usize)> {
    let character = |character| Some((Decoded::Character(character), 2));
    match text[1..].chars().next()? {
        'u' if text[2..].starts_with('{') => {
            let end = text.get(..12).unwrap_or(text).find('}')?;
            Some((Decoded::Character(code(&text[3..end], 16)?), end + 1))
        }
        'u' => {
            let first = u32::from_str_radix(text.get(2..6)?, 16).ok()?;
            let second = text.get(6..12).and_then(|next| next.strip_prefix("\\u"));
            let second = second.and_then(|digits| u32::from_str_radix(digits, 16).ok());
            match (char::from_u32(first), second) {
                (Some(character), _) => Some((Decoded::Character(character), 6)),
                (None, Some(second)) => {
                    let code = 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
                    Some((Decoded::Character(char::from_u32(code)?), 12))
                }
                (None, None) => None,
            }
        }
        'x' => Some((Decoded::Character(code(text.get(2..4)?, 16)?), 4)),
        'n' => character('\n'),
        'r' => character('\r'),
        't' => character('\t'),
        other @ ('"' | '\'' | '\\' | '/') => character(other),
        _ => None,
    }
}

/// `&#55;`, `&#x37;`, and the five that have names.
fn reference(text: &str) -> Option<(Decoded, usize)> {
    let end = text.char_indices().take(12).find(|(_, character)| *character == ';')?.0;
    let character = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        number => match number.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => code(&hex[1..], 16)?,
            decimal => code(decimal, 10)?,
        },
    };
    Some((Decoded::Character(character), end + 1))
}

fn code(digits: &str, radix: u32) -> Option<char> {
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
}

/// The narrow form of a wide letter or digit.
fn narrow(character: char) -> char {
    match u32::from(character) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(character),
        0x3000 => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_taken_off() {
        for encoded in [
            "7ü'x",
            "%37%C3%BC%27x",
            "%2537%25C3%25BC%2527%78",
            "\\u0037\\u00fc\\'x",
            "\\\\u0037\\\\u00fc'x",
            "\\u{37}ü\\x27x",
            "&#55;&#xfc;&apos;x",
            "&amp;#55;&#252;&#39;x",
            "%u0037%u00FC'x",
            "７ü＇ｘ",
        ] {
            assert_eq!(decoded(encoded), "7ü'x", "{encoded}");
        }
        assert_eq!(decoded("\\ud83d\\ude00"), "😀");
        for plain in [
            "100% of it",
            "%",
            "%ü1",
            "\\",
            "\\u12",
            "\\u{zz}",
            "&;",
            "&#;",
            "&#xzz;",
            "a & b; c",
            "\\ud83d",
            "%u",
            "\\xü",
        ] {
            assert_eq!(decoded(plain), plain);
        }
    }
}
