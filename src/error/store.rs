//! Failures of the place where tokens are kept.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The place where tokens are kept failed. What it says of that is behind `source()`.
#[derive(Clone)]
pub struct StoreFailure {
    action: &'static str,
    pub(super) source: Arc<dyn StdError + Send + Sync>,
}

#[allow(dead_code, reason = "a vendor may have no tokens")]
impl StoreFailure {
    pub(crate) fn load(source: Box<dyn StdError + Send + Sync>) -> Self {
        Self { action: "load", source: source.into() }
    }

    pub(crate) fn save(source: Box<dyn StdError + Send + Sync>) -> Self {
        Self { action: "save", source: source.into() }
    }
}

impl fmt::Debug for StoreFailure {
    /// An error of a store may quote what it was given to keep, so it is left to `source()`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreFailure").field("action", &self.action).finish_non_exhaustive()
    }
}

impl fmt::Display for StoreFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the token store did not {} the token, and nothing else was sent; mend the store, then try again",
            self.action
        )
    }
}
