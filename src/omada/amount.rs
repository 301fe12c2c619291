//! Amounts of money, as controllers write them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::reading::{RAW, raw_key};

/// An amount of money, as the text that the controller sent, without its currency.
///
/// Requests have prices as whole numbers, responses as text. So far only whole units of the currency were seen in responses. The
/// text is kept unchanged, even if it is not a number. A JSON number in its place becomes text with the same decimal digits; an
/// exponent is written out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Amount(Box<str>);

impl Amount {
    /// The amount as the controller sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Amount {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Amount {
    fn from(amount: &str) -> Self {
        Self(amount.into())
    }
}

impl From<Cow<'_, str>> for Amount {
    fn from(amount: Cow<'_, str>) -> Self {
        Self(amount.into())
    }
}

impl From<i64> for Amount {
    fn from(amount: i64) -> Self {
        Self(amount.to_string().into())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The amount as a number, for those who calculate with it.
#[cfg(feature = "rust_decimal")]
impl TryFrom<&Amount> for rust_decimal::Decimal {
    type Error = rust_decimal::Error;

    fn try_from(amount: &Amount) -> Result<Self, Self::Error> {
        Self::from_str_exact(amount.0.trim())
    }
}

/// Reads text, and numbers by their digits: through `f64` an amount would lose its zeros and its last digits.
impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, AmountVisitor)
    }
}

struct AmountVisitor;

impl<'de> Visitor<'de> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount of money")
    }

    /// The JSON of the amount.
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Amount, M::Error> {
        raw_key(&mut map)?;
        let json: Cow<'_, str> = map.next_value()?;
        let is_number = json.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let amount = if is_number { plain(&json).map(Amount::from) } else { None };
        let text = |json| serde_json::from_str::<String>(json).map(|text| Amount(text.into()));
        amount.map_or_else(|| text(&json).map_err(M::Error::custom), Ok)
    }

    /// A format that is not JSON.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Amount, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, amount: &str) -> Result<Amount, E> {
        Ok(amount.into())
    }

    fn visit_string<E: Error>(self, amount: String) -> Result<Amount, E> {
        Ok(Amount(amount.into()))
    }

    fn visit_i64<E: Error>(self, amount: i64) -> Result<Amount, E> {
        Ok(amount.into())
    }

    fn visit_u64<E: Error>(self, amount: u64) -> Result<Amount, E> {
        Ok(Amount(amount.to_string().into()))
    }

    fn visit_f64<E: Error>(self, amount: f64) -> Result<Amount, E> {
        Ok(Amount(amount.to_string().into()))
    }
}

/// The furthest that an exponent moves the point. No amount has more digits.
const FURTHEST: i32 = 40;

/// A JSON number with the same digits and no exponent.
fn plain(number: &str) -> Option<Cow<'_, str>> {
    let Some((mantissa, exponent)) = number.split_once(['e', 'E']) else { return Some(number.into()) };
    let Some(exponent) = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= FURTHEST) else {
        return Some(number.into());
    };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let before = usize::try_from(point).unwrap_or_default();
    // The point stays within the digits and zeros around them.
    let zeros = "0".repeat(usize::try_from(-point).unwrap_or_default());
    let padded = format!("{digits:0<before$}");
    let (whole, fraction) = padded.split_at(before);
    let (whole, fraction) = (whole.trim_start_matches('0'), format!("{zeros}{fraction}"));
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_digits() {
        let read = |json: &str| serde_json::from_str::<Amount>(json).map(|amount| amount.0.into_string()).ok();
        for (json, amount) in [
            ("12.50", "12.50"),
            ("0.10", "0.10"),
            ("5", "5"),
            ("-5.00", "-5.00"),
            ("12345678901234567890.123456789012345678901", "12345678901234567890.123456789012345678901"),
            ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
            ("1.25e1", "12.5"),
            ("1.250E+1", "12.50"),
            ("-1.2e4", "-12000"),
            ("1.2e-3", "0.0012"),
            ("12e-1", "1.2"),
            ("120e-2", "1.20"),
            ("0.00012e2", "0.012"),
            ("0e0", "0"),
            ("1e0", "1"),
            ("1e999", "1e999"),
            ("\"12.50\"", "12.50"),
            ("\"twelve\"", "twelve"),
        ] {
            assert_eq!(read(json).as_deref(), Some(amount), "{json}");
        }
        for json in ["null", "true", "{}", "[1]"] {
            assert_eq!(read(json), None, "{json}");
        }
        let value = serde_json::from_value::<Amount>(serde_json::json!(12.5)).expect("an amount");
        assert_eq!(value.as_str(), "12.5");
    }
}
