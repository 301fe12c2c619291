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
mod wildcards;

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

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

#[derive(Clone, PartialEq, Eq)]
enum Expression {
    Function(String),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
}

impl<R> Filter<R> {
    fn new(expression: Expression) -> Self {
        Self { expression, rows: PhantomData }
    }

    /// An expression in the vendor's language, unchecked.
    ///
    /// # Errors
    /// Where it is empty, which would not select anything in particular.
    pub fn raw(expression: impl Into<String>) -> Result<Self, Violations> {
        let expression = expression.into();
        match expression.trim().is_empty() {
            true => Err(Violations::one("filter", Problem::Missing { because: None })),
            false => Ok(Self::new(Expression::Function(expression))),
        }
    }

    /// The rows that both filters mean.
    pub fn and(self, other: Self) -> Self {
        let mut parts = match self.expression {
            Expression::And(parts) => parts,
            one => vec![one],
        };
        match other.expression {
            Expression::And(others) => parts.extend(others),
            one => parts.push(one),
        }
        Self::new(Expression::And(parts))
    }

    /// The rows that at least one of the filters means.
    pub fn or(self, other: Self) -> Self {
        let mut parts = match self.expression {
            Expression::Or(parts) => parts,
            one => vec![one],
        };
        match other.expression {
            Expression::Or(others) => parts.extend(others),
            one => parts.push(one),
        }
        Self::new(Expression::Or(parts))
    }
}

impl<R> Not for Filter<R> {
    type Output = Self;

    /// The rows that the filter does not mean.
    fn not(self) -> Self {
        Self::new(Expression::Not(Box::new(self.expression)))
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

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, parts) = match self {
            Self::Function(text) => return f.write_str(text),
            Self::And(parts) => ("and", parts.as_slice()),
            Self::Or(parts) => ("or", parts.as_slice()),
            Self::Not(part) => ("not", std::slice::from_ref(&**part)),
        };
        write!(f, "{name}(")?;
        for (index, part) in parts.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{part}")?;
        }
        write!(f, ")")
    }
}
