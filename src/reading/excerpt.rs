//! Texts and codes in refusals, of which the beginning is enough.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

/// How many bytes of a text are kept.
pub(crate) const KEPT: usize = 1 << 16;

/// The beginning of a text.
#[derive(Default)]
pub(crate) struct Excerpt(String);

impl Excerpt {
    pub(crate) fn new(text: &str) -> Self {
        let end = (0..=KEPT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        Self(text[..end].to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text or a whole number. Text in a refusal is kept apart from a number, because only some codes are numbers.
pub(crate) enum Scalar {
    Text(Excerpt),
    Number(i64),
}

impl Scalar {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            Self::Number(_) => None,
        }
    }

    pub(crate) fn is(&self, number: u16) -> bool {
        matches!(self, Self::Number(own) if *own == i64::from(number))
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text.as_str()),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl<'de> Deserialize<'de> for Excerpt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ExcerptVisitor)
    }
}

struct ExcerptVisitor;

impl Visitor<'_> for ExcerptVisitor {
    type Value = Excerpt;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Excerpt, E> {
        Ok(Excerpt::new(text))
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a whole number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(Excerpt::new(text)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
        i64::try_from(number).map(Scalar::Number).map_err(E::custom)
    }
}
