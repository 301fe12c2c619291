//! Amounts of money, as controllers write them.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

/// An amount of money, as the text that the controller sent, without its currency.
///
/// Prices go in as whole numbers and come out as text. So far only whole units of the currency were seen there. The text is kept
/// as it is, even where it is no number; a number in its place becomes text.
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

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount of money")
    }

    fn visit_str<E: Error>(self, amount: &str) -> Result<Amount, E> {
        Ok(amount.into())
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
