//! Reads single values, also such as are written in another way than the vendor documents.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::objects::from_slice;

/// A text that is longer is not left to `serde_json`, which takes several times its size for escapes and in errors.
const LONG: usize = 1 << 16;

/// A number, or a text in place of one, that is longer is not mended.
const SHORT: usize = 64;

/// How many fields an object may have in which one field comes twice.
const MOST_FIELDS: usize = 1 << 10;

/// Reads the JSON of a value: as documented, a number in quotes, a text without them, a whole number with a fraction of zeros,
/// or an object in which a field comes twice, of which the last one counts, as it does to most that read JSON.
pub(crate) fn parse<T: DeserializeOwned>(json: &str) -> Option<T> {
    if json.starts_with('"') && json.len() > LONG {
        return match json.contains('\\') {
            true => T::deserialize(IntoDeserializer::<Unread>::into_deserializer(unescape(json)?)).ok(),
            false => T::deserialize(IntoDeserializer::<Unread>::into_deserializer(&json[1..json.len() - 1])).ok(),
        };
    }
    if json == "null" {
        return None;
    }
    from_slice(json.as_bytes()).ok().or_else(|| mended(json))
}

fn mended<T: DeserializeOwned>(json: &str) -> Option<T> {
    if json.starts_with('{') {
        let fields: LastOfEach<'_> = serde_json::from_str(json).ok()?;
        return T::deserialize(MapDeserializer::<_, serde_json::Error>::new(fields.0.into_iter())).ok();
    }
    if json.len() > SHORT || json.starts_with('[') {
        return None;
    }
    if let Ok(text) = serde_json::from_str::<String>(json) {
        return serde_json::from_str(text.trim()).ok();
    }
    let whole = json.parse::<f64>().ok().filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
    let whole = whole.and_then(|number| serde_json::from_str(&format!("{number:.0}")).ok());
    whole.or_else(|| serde_json::from_str(&format!("\"{json}\"")).ok())
}

/// A text that could not be read. Other errors quote it, however long it is.
#[derive(Debug)]
struct Unread;

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an undocumented value")
    }
}

impl std::error::Error for Unread {}

impl Error for Unread {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

/// The fields of an object, of those that come twice the last one.
struct LastOfEach<'a>(BTreeMap<String, &'a RawValue>);

impl<'de> Deserialize<'de> for LastOfEach<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = LastOfEach<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<LastOfEach<'de>, M::Error> {
        let mut fields = BTreeMap::new();
        while let Some((name, value)) = map.next_entry()? {
            fields.insert(name, value);
            if fields.len() > MOST_FIELDS {
                return Err(M::Error::custom("more fields than any object has"));
            }
        }
        Ok(LastOfEach(fields))
    }
}

/// The text of a JSON literal, which takes no more than it is long.
fn unescape(json: &str) -> Option<String> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    let mut length = 0;
    pieces(inner, |piece| length += piece.len())?;
    let mut text = String::with_capacity(length);
    pieces(inner, |piece| text.push_str(piece))?;
    Some(text)
}

/// Goes through the pieces of a literal, without their escapes.
fn pieces(inner: &str, mut take: impl FnMut(&str)) -> Option<()> {
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        take(&rest[..at]);
        // The longest escape is a pair of surrogates, and a short literal is left to `serde_json`.
        let escape = &rest[at..];
        let length = match escape.as_bytes().get(1)? {
            b'u' if is_surrogate(escape) => 12,
            b'u' => 6,
            _ => 2,
        };
        let escape = escape.get(..length)?;
        take(&serde_json::from_str::<String>(&format!("\"{escape}\"")).ok()?);
        rest = &rest[at + length..];
    }
    take(rest);
    Some(())
}

fn is_surrogate(escape: &str) -> bool {
    let code = escape.get(2..6).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    code.is_some_and(|code| (0xd800..0xdc00).contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_mended() {
        assert_eq!(parse("\"7200\""), Some(7200));
        assert_eq!(parse("\" 7200 \""), Some(7200));
        assert_eq!(parse("1440.0"), Some(1440));
        assert_eq!(parse("1.44e3"), Some(1440));
        assert_eq!(parse("\"true\""), Some(true));
        assert_eq!(parse("17"), Some("17".to_owned()));
        for nothing in ["\"perhaps\"", "7200.5", "[1]", "{}", "null", "\"\"", "true", "1e400", "99999999999999999999"] {
            assert_eq!(parse::<i64>(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn long_texts_are_unescaped() {
        let text = "a\"b\\c/\n\t\r\u{8}\u{c}ü\u{1f600}\u{0}é".repeat(20_000);
        let json = serde_json::to_string(&text).expect("JSON");
        assert!(json.len() > LONG);
        assert_eq!(parse(&json), Some(text));
        let text = "\\u00e9\\ud83d\\ude00\\/".repeat(20_000);
        assert_eq!(parse(&format!("\"{text}\"")), Some("é😀/".repeat(20_000)));
        for broken in ["\\ud83d", "\\ud83dx", "\\q", "\\u12"] {
            let json = format!("\"{}{broken}\"", "x".repeat(LONG));
            assert_eq!(parse::<String>(&json), serde_json::from_str(&json).ok(), "{broken}");
        }
    }
}
