//! Filters: which rows of a list are meant, as expressions that the compiler checks.
//!
//! Each property has exactly the functions that the vendor allows on it:
//!
//! ```
//! use hotspot_vouchers::unifi::{Pattern, Voucher};
//!
//! let unused = Voucher::AUTHORIZED_GUEST_COUNT.eq(0).and(!Voucher::EXPIRED.eq(true));
//! assert_eq!(unused.to_string(), "and(authorizedGuestCount.eq(0), not(expired.eq(true)))");
//!
//! let lobby = Voucher::NAME.like(Pattern::starts_with("Lobby 1.2"));
//! assert_eq!(lobby.to_string(), r"name.like('Lobby 1\.2*')");
//! ```
//!
//! What the vendor does not allow does not compile, and neither does a filter of other rows:
//!
//! ```compile_fail,E0599
//! # use hotspot_vouchers::unifi::Voucher;
//! Voucher::ACTIVATED_AT.is_null();
//! ```
//!
//! ```compile_fail,E0308
//! # use hotspot_vouchers::unifi::{SiteOverview, Voucher};
//! Voucher::NAME.eq("Lobby").and(SiteOverview::NAME.eq("Default"));
//! ```

#[cfg(test)]
mod checks;
mod condition;
mod expression;
mod functions;
mod literal;
mod parse;
mod pattern;
mod property;
#[cfg(doctest)]
mod refused;
mod terms;
mod wildcards;

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

use self::terms::{Expression, Junction};
use crate::validate::{Problem, Violations};

pub(crate) use condition::{Condition, Known};
pub use expression::FilterExpression;
pub use functions::{Equality, Membership, NullableEquality, NullableMembership, NullableOrder, Order, Text};
pub use literal::Operand;
pub use pattern::Pattern;
pub use property::Property;

/// Which rows of a list are meant. `R` is the type of the rows.
///
/// `Display` gives the expression in the vendor's language. `Debug` does not, as it may hold voucher codes.
pub struct Filter<R> {
    expression: Expression,
    rows: PhantomData<fn() -> R>,
}

impl<R> Filter<R> {
    fn new(expression: Expression) -> Self {
        Self { expression, rows: PhantomData }
    }

    fn function(text: String) -> Self {
        Self::new(Expression::function(text))
    }

    /// An expression in the vendor's language, unchecked.
    ///
    /// # Errors
    /// Where it is empty, which would not select anything in particular.
    pub fn raw(expression: impl Into<String>) -> Result<Self, Violations> {
        let expression = expression.into();
        match expression.trim().is_empty() {
            true => Err(Violations::one("filter", Problem::Missing { because: None })),
            false => Ok(Self::function(expression)),
        }
    }

    /// The rows that both filters mean.
    pub fn and(self, other: Self) -> Self {
        Self::new(self.expression.joined(Junction::And, other.expression))
    }

    /// The rows that at least one of the filters means.
    pub fn or(self, other: Self) -> Self {
        Self::new(self.expression.joined(Junction::Or, other.expression))
    }
}

impl<R> Not for Filter<R> {
    type Output = Self;

    /// The rows that the filter does not mean.
    fn not(self) -> Self {
        Self::new(self.expression.negated())
    }
}

impl<R> Clone for Filter<R> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone())
    }
}

impl<R> PartialEq for Filter<R> {
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression
    }
}

impl<R> fmt::Display for Filter<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expression.fmt(f)
    }
}

impl<R> fmt::Debug for Filter<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filter(..)")
    }
}
