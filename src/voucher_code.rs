//! What a guest types into the portal.

mod typed;

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

pub(crate) use self::typed::{Candidates, Likeness, TypedCode};

/// The code of a voucher: text, with the zeros it may start with.
///
/// `Display` shows it, because a guest has to read it. `Debug` does not, because logs must not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct VoucherCode(Box<str>);

impl VoucherCode {
    /// The code as the controller sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for VoucherCode {
    fn from(code: String) -> Self {
        Self(code.into())
    }
}

impl From<&str> for VoucherCode {
    fn from(code: &str) -> Self {
        Self(code.into())
    }
}

impl fmt::Display for VoucherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for VoucherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VoucherCode(..)")
    }
}

/// Reads text, and numbers too: a vendor's own example shows a number.
impl<'de> Deserialize<'de> for VoucherCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CodeVisitor)
    }
}

struct CodeVisitor;

impl Visitor<'_> for CodeVisitor {
    type Value = VoucherCode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a voucher code")
    }

    fn visit_str<E: Error>(self, code: &str) -> Result<VoucherCode, E> {
        Ok(code.into())
    }

    fn visit_string<E: Error>(self, code: String) -> Result<VoucherCode, E> {
        Ok(code.into())
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<VoucherCode, E> {
        Ok(code.to_string().into())
    }
}
