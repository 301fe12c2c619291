//! Creates that may have taken effect.

use std::fmt;

use jiff::Timestamp;

use super::Error;
use crate::connection::cut;

/// How many characters of an id are shown. An id comes from the controller, which may send anything.
const ID: usize = 64;

/// A create that may have taken effect. The client did not retry it, because that might create the vouchers twice, and could not
/// settle the outcome by looking up what was created.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Unclear<A> {
    /// The operation, as the spec calls it.
    pub operation: &'static str,
    /// The name of the vouchers, if they exist.
    pub name: String,
    /// When the create began, by the clock of this machine.
    pub since: Timestamp,
    /// The ids of what could have been created: what was found under that name, and what a response contains that does not match
    /// the request.
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
            found => {
                let found: Vec<String> = found.iter().map(|id| cut(id, ID)).collect();
                write!(f, "; it may be {}", found.join(", "))
            }
        }
    }
}
