//! What is told of lists that are not whole.

use std::fmt;

/// How a list changed while it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved {
    /// How many rows the list had before.
    pub before: i64,
    /// How many rows it has now. The same number means that as many came as went.
    pub after: i64,
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, after } = self;
        write!(
            f,
            "rows came or went while the list was read: it had {before} and has {after}; some may be missing, so read it again where that matters"
        )
    }
}

/// What was there of the codes that a request asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incomplete {
    /// The id of the group that the codes are of. With it they can be looked for again.
    pub group_id: String,
    /// How many codes there should be.
    pub expected: i64,
    /// How many there were when it was last looked. More than expected means that the expectation was wrong.
    pub found: i64,
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { group_id, expected, found } = self;
        write!(f, "the group {group_id} has {found} codes instead of {expected}; ")?;
        f.write_str(if found < expected { "they may come yet, so look again" } else { "ask for as many as it has" })
    }
}
