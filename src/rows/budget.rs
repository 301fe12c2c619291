//! How much of a list is collected at a time.

use std::io;

use serde::Serialize;

use crate::list::UnreadableRow;
use crate::unexpected::{Reason, Unexpected};

/// How many rows are collected at the most. The docs of those that collect rows state it.
const MOST_ROWS: usize = 150_000;

/// How long the JSON of all rows may be, in bytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What may still be collected of a list. A list may be endless, and its rows of any size.
#[derive(Debug)]
pub(crate) struct Budget {
    operation: &'static str,
    rows: usize,
    bytes: usize,
}

impl Budget {
    pub(crate) fn of(operation: &'static str) -> Self {
        Self { operation, rows: 0, bytes: 0 }
    }

    /// Takes a row into account.
    pub(crate) fn spend(&mut self, row: &impl Serialize) -> Result<(), Box<Unexpected>> {
        let mut length = Length(0);
        // A row that cannot be written is as long as what was written of it.
        let _ = serde_json::to_writer(&mut length, row);
        self.add(length.0)
    }

    /// Takes rows into account that could not be read.
    pub(crate) fn spend_unreadable(&mut self, rows: &[UnreadableRow]) -> Result<(), Box<Unexpected>> {
        rows.iter().try_for_each(|row| self.add(row.json().len()))
    }

    fn add(&mut self, bytes: usize) -> Result<(), Box<Unexpected>> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.rows == MOST_ROWS || self.bytes > MOST_BYTES {
            return Err(Box::new(Unexpected::read(self.operation, Reason::TooMany(self.rows))));
        }
        self.rows += 1;
        Ok(())
    }
}

/// Counts what is written.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
