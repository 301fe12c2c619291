//! Notices about lists that are not complete.

use std::fmt;

use crate::list::UnreadableRow;

/// How a list changed while it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved {
    /// How many rows the list had before.
    pub before: i64,
    /// How many rows it has now. If the number is the same, as many rows were added as removed, or its pages have another number of
    /// rows than it reports.
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
    /// Whether they are all that a create returned. It took effect, and would create more vouchers if it were called again.
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
    /// The id of the group. Use it to read the codes again.
    pub group_id: String,
    /// How many codes there should be.
    pub expected: i64,
    /// How many codes there were when the client last looked: those that it read, or, if the controller did not count the
    /// expected number, those that it counted. If there are more than expected, the expected number was wrong.
    pub found: i64,
    /// How many vouchers the controller counted in the group. If there are more than `found`, it counts vouchers whose codes it does
    /// not return yet, or the deadline passed before all codes were read.
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
