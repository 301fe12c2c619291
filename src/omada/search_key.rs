//! What to search for.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::voucher_code::VoucherCode;

/// A text to search for, in names and in voucher codes alike. The search is fuzzy.
///
/// `Debug` does not show it, as it may be a voucher code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SearchKey(String);

impl From<&str> for SearchKey {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for SearchKey {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&VoucherCode> for SearchKey {
    fn from(code: &VoucherCode) -> Self {
        code.as_str().into()
    }
}

impl fmt::Display for SearchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SearchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SearchKey(..)")
    }
}
