use std::fmt;

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// The type of a property, and of what it is compared with.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    String,
    Integer,
    Decimal,
    Timestamp,
    Boolean,
    Uuid,
}

/// A value in a filter, or that of a row. Only values of one kind are ever compared, so the order
/// of the variants means nothing.
#[derive(Clone, PartialEq, PartialOrd)]
pub(crate) enum Literal {
    String(String),
    Integer(i64),
    /// No property is a decimal number, so the value is never looked at.
    Decimal,
    Timestamp(Timestamp),
    Boolean(bool),
    Uuid(Uuid),
}

impl Literal {
    /// Reads what stands in a filter without quotes.
    pub(crate) fn bare(text: &str) -> Option<Self> {
        let readers: [fn(&str) -> Option<Self>; 5] = [
            |text| text.parse().ok().map(Self::Boolean),
            |text| text.parse().ok().filter(|_| is_number(text)).map(Self::Integer),
            |text| {
                text.split_once('.').filter(|(whole, part)| is_number(whole) && is_number(part)).map(|_| Self::Decimal)
            },
            |text| timestamp(text).map(Self::Timestamp),
            |text| uuid(text).map(Self::Uuid),
        ];
        readers.iter().find_map(|read| read(text))
    }

    /// Reads a field of a row, which is absent when it cannot be read as this kind.
    pub(crate) fn of_row(kind: Kind, value: &Value) -> Option<Self> {
        match kind {
            Kind::String => value.as_str().map(|text| Self::String(text.to_owned())),
            Kind::Integer => value.as_i64().map(Self::Integer),
            Kind::Decimal => value.as_f64().map(|_| Self::Decimal),
            Kind::Timestamp => value.as_str().and_then(timestamp).map(Self::Timestamp),
            Kind::Boolean => value.as_bool().map(Self::Boolean),
            Kind::Uuid => value.as_str().and_then(uuid).map(Self::Uuid),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::String(_) => Kind::String,
            Self::Integer(_) => Kind::Integer,
            Self::Decimal => Kind::Decimal,
            Self::Timestamp(_) => Kind::Timestamp,
            Self::Boolean(_) => Kind::Boolean,
            Self::Uuid(_) => Kind::Uuid,
        }
    }
}

impl Kind {
    /// Whether a literal of this kind can be given for a property of that kind: a decimal may be written without a fraction.
    pub(crate) fn fits(self, wanted: Self) -> bool {
        self == wanted || (self, wanted) == (Self::Integer, Self::Decimal)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "STRING",
            Self::Integer => "INTEGER",
            Self::Decimal => "DECIMAL",
            Self::Timestamp => "TIMESTAMP",
            Self::Boolean => "BOOLEAN",
            Self::Uuid => "UUID",
        })
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date, which is its first moment in UTC, or a date-time with its offset.
fn timestamp(text: &str) -> Option<Timestamp> {
    const DATE: &str = "0000-00-00";
    const DATE_TIME: &str = "0000-00-00T00:00:00";
    if has_shape(text, DATE) {
        return format!("{text}T00:00:00Z").parse().ok();
    }
    text.get(..DATE_TIME.len()).filter(|start| has_shape(start, DATE_TIME)).and_then(|_| text.parse().ok())
}

fn uuid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|_| text.len() == 36)
}

/// Whether the text is this template with any digits in place of its zeros.
fn has_shape(text: &str, template: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| byte == wanted || (wanted == b'0' && byte.is_ascii_digit());
    text.len() == template.len() && text.bytes().zip(template.bytes()).all(fits)
}
