//! A filter as it travels.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Filter;

/// A filter in the vendor's language, whatever its rows are.
///
/// `Debug` does not show it, as it may hold voucher codes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilterExpression(String);

impl<R> From<Filter<R>> for FilterExpression {
    fn from(filter: Filter<R>) -> Self {
        Self(filter.to_string())
    }
}

impl<R> From<&Filter<R>> for FilterExpression {
    fn from(filter: &Filter<R>) -> Self {
        Self(filter.to_string())
    }
}

impl fmt::Display for FilterExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FilterExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilterExpression(..)")
    }
}
