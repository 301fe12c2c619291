//! What makes a sale this sale.

use std::fmt;

use crate::validate::{Problem, Violations};

/// What tells one sale from all others, such as the number of its receipt. It is no secret: it stands in the name of the
/// vouchers, where the console shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// How long a key may be, so that names stay readable.
const LONGEST: usize = 64;

impl IdempotencyKey {
    /// A key of letters, digits, dots, dashes and underscores, 64 at the most.
    ///
    /// # Errors
    /// [`Violations`] where it holds others, more, or none.
    pub fn new(key: impl Into<String>) -> Result<Self, Violations> {
        let key = key.into();
        let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        match (1..=LONGEST).contains(&key.len()) && key.chars().all(fits) {
            true => Ok(Self(key)),
            false => {
                let expected = "1 to 64 of the letters a to z, digits, dots, dashes and underscores";
                Err(Violations::one("idempotencyKey", Problem::Unusable { value: Some(key), expected }))
            }
        }
    }

    /// A name with the key behind it.
    pub(super) fn mark(&self, name: &str) -> String {
        format!("{name} #{self}")
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
