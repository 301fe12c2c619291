//! Values in filters, as the vendor writes them.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::voucher_code::VoucherCode;

/// What a property whose values are `V` can be compared with.
pub trait Operand<V> {
    /// The value in the vendor's language.
    fn literal(&self) -> String;
}

macro_rules! bare {
    ($($kind:ty),*) => {
        $(
            impl Operand<$kind> for $kind {
                fn literal(&self) -> String {
                    self.to_string()
                }
            }
        )*
    };
}

bare!(Uuid, Timestamp, bool, u64);

/// In single quotes, with those inside doubled.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

macro_rules! text {
    ($($kind:ty: $text:ident),*) => {
        $(
            impl Operand<String> for $kind {
                fn literal(&self) -> String {
                    quoted(self.$text())
                }
            }
        )*
    };
}

text!(&str: as_ref, String: as_str, &String: as_str, VoucherCode: as_str, &VoucherCode: as_str);

/// A value that was read from a filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Given {
    /// In quotes.
    Text(String),
    /// Without quotes.
    Bare(String),
}

impl Given {
    /// Whether the value of a row is this one, if that can be decided.
    pub(super) fn is(&self, value: &Value) -> Option<bool> {
        match (self, value) {
            (Self::Text(text), Value::String(value)) if text == value => Some(true),
            // Whether case and spaces count is not documented.
            (Self::Text(text), Value::String(value)) => (loose(text) != loose(value)).then_some(false),
            (Self::Bare(text), Value::Bool(value)) => text.parse().ok().map(|given: bool| given == *value),
            (Self::Bare(text), Value::String(value)) if Uuid::parse_str(value).is_ok() => {
                Uuid::parse_str(text).ok().map(|given| Uuid::parse_str(value) == Ok(given))
            }
            (Self::Bare(_), _) => {
                let (after, before) = (self.is_before(value, false)?, self.is_before(value, true)?);
                Some(before && !after)
            }
            (Self::Text(_), _) => None,
        }
    }

    /// Whether the value of a row is greater or later, or is this one if that `counts`, if that can be decided.
    pub(super) fn is_before(&self, value: &Value, counts: bool) -> Option<bool> {
        let Self::Bare(text) = self else { return None };
        match value {
            Value::Number(number) => {
                let (number, given): (i64, i64) = (number.as_i64()?, text.parse().ok()?);
                Some(if counts { number >= given } else { number > given })
            }
            Value::String(value) => {
                let (earliest, given): (Timestamp, Timestamp) = (value.parse().ok()?, moment(text)?);
                // A row may show whole seconds of a time that has parts of them.
                let parts = if earliest.subsec_nanosecond() == 0 { PARTS_OF_A_SECOND } else { SignedDuration::ZERO };
                let latest = earliest.checked_add(parts).ok()?;
                let is_before = |value: Timestamp| if counts { value >= given } else { value > given };
                (is_before(earliest) == is_before(latest)).then_some(is_before(earliest))
            }
            _ => None,
        }
    }
}

/// The most that a time has beyond its whole seconds.
const PARTS_OF_A_SECOND: SignedDuration = SignedDuration::from_nanos(10_i64.pow(9) - 1);

/// A time, or the day that it is the start of.
fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| format!("{text}T00:00:00Z").parse().ok())
}

/// A text without case, spaces and control characters.
fn loose(text: &str) -> String {
    let plain = text.chars().filter(|character| !character.is_whitespace() && !character.is_control());
    plain.collect::<String>().to_lowercase()
}
