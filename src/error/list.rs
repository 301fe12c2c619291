//! What is told of lists that are not whole.

use std::fmt;

use crate::list::UnreadableRow;

/// How a list changed while it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved {
    /// How many rows the list had before.
    pub before: i64,
    /// How many rows it has now. The same number means that as many came as went, or that its pages hold another number of rows.
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

/// Rows that could not be read, and what they are rows of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// The rows that could not be read.
    pub rows: Vec<UnreadableRow>,
    /// Whether they are all that came of a create. It took effect, and would do so once more if it were repeated.
    pub is_created: bool,
}

impl Unreadable {
    /// Rows of a list, in which others could be read.
    pub(crate) fn listed(rows: Vec<UnreadableRow>) -> Self {
        Self { rows, is_created: false }
    }

    /// All rows that a create answered.
    #[allow(dead_code, reason = "a vendor may answer a create with an id")]
    pub(crate) fn created(rows: Vec<UnreadableRow>) -> Self {
        Self { rows, is_created: true }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_created, self.rows.len()) {
            (true, 1) => f.write_str("1 voucher was created and"),
            (true, count) => write!(f, "{count} vouchers were created and"),
            (false, 1) => f.write_str("1 row of the list holds something undocumented and"),
            (false, count) => write!(f, "{count} rows of the list hold something undocumented and"),
        }?;
        f.write_str(match self.is_created {
            true => " could not be read; see `rows` for what came, and do not create more instead",
            false => " could not be read; go on with the others, and see `rows` for what came",
        })
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
    /// How many codes there were when the client last looked: those that it read, or, if the controller did not count the
    /// expected number, those that it counted. More than expected means that the expectation was wrong.
    pub found: i64,
    /// How many vouchers the controller counted in the group. More than `found` means that it counts vouchers whose codes it
    /// does not return yet, or that the time was up before all were read.
    pub counted: i64,
    /// Whether the same call created the group, or found what an earlier call with the same key had created.
    pub is_created: bool,
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { group_id, expected, found, counted, .. } = self;
        if counted > found {
            return write!(
                f,
                "vouchers that the controller counts in the group {group_id}: {counted}, codes that could be read in time: {found}; the others may come yet, so read the codes again"
            );
        }
        if found == expected {
            return write!(
                f,
                "the codes of the group {group_id} changed whenever they were read; read them again later"
            );
        }
        write!(f, "the group {group_id} has {found} codes instead of {expected}; ")?;
        f.write_str(if found < expected { "they may come yet, so look again" } else { "ask for as many as it has" })
    }
}
