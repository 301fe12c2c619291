//! Creates of which nobody knows whether they took effect.

use std::fmt;

use jiff::Timestamp;

use super::Error;

/// A create that may have taken effect. It was not repeated, because that might create the vouchers twice, and looking for them
/// did not settle it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Unclear<A> {
    /// The operation, as the spec calls it.
    pub operation: &'static str,
    /// The name under which the vouchers are, if they are.
    pub name: String,
    /// When the create began, by the clock of this machine.
    pub since: Timestamp,
    /// The ids of what was found under that name and could be it.
    pub candidates: Vec<String>,
    /// The failure that left it unclear.
    pub cause: Error<A>,
}

impl<A> fmt::Display for Unclear<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, name, since, candidates, .. } = self;
        write!(
            f,
            "whether `{operation}` took effect is not known; look for {name:?}, created since {since:.0}, before you repeat it"
        )?;
        match candidates.as_slice() {
            [] => write!(f, "; nothing was found yet"),
            found => write!(f, "; it may be {}", found.join(", ")),
        }
    }
}
