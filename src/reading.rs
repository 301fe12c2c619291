//! Reads the bodies of responses.
//!
//! A body is first read as if everything in it were as documented, which takes half of the time. If that fails, each field is
//! read on its own: one that cannot be read is left out, and takes neither its row nor the others away.
//!
//! What is read takes at most twice the size of the body, so that both take three times its size, whatever is in it: texts as
//! long as they are in the body, and as much again for rows and items, or 16 MiB. A body that would take more is not read.

mod excerpt;
mod field;
mod items;
mod moment;
mod objects;
mod repair;
mod shape;

use std::cell::Cell;

use serde::de::{DeserializeOwned, Error};

pub(crate) use excerpt::{Excerpt, KEPT, Scalar};
pub(crate) use field::{RAW, capture, field, items, moment, optional, raw_key, required};
pub(crate) use items::push;
pub(crate) use objects::Objects;
pub(crate) use repair::parse;

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Everything is as documented.
    Documented,
    /// Each field is read on its own.
    FieldByField,
}

thread_local! {
    /// Outside of our own reading, each field is read on its own, and bounds are the caller's affair.
    static MODE: Cell<Mode> = const { Cell::new(Mode::FieldByField) };
    /// How many bytes rows and items may still take.
    static BYTES_LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// How large a body is that is looked at before it is read.
const LARGE: usize = 1 << 20;

/// How many bytes rows and items may take, however small the body is.
const SMALLEST_BUDGET: usize = 16 << 20;

/// Reads a body that is JSON.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let is_large = body.len() > LARGE;
    if is_large && !shape::is_bounded(body) {
        return Err(serde_json::Error::custom("a body that takes too much to read"));
    }
    // A long text takes several times its size if there are escapes in it or an error quotes it, unless it is a field on its own.
    if is_large {
        return read_as(Mode::FieldByField, body);
    }
    read_as(Mode::Documented, body).or_else(|_| read_as(Mode::FieldByField, body))
}

fn read_as<T: DeserializeOwned>(mode: Mode, body: &[u8]) -> serde_json::Result<T> {
    let _reading = Reading::begin(mode, SMALLEST_BUDGET.max(body.len()));
    objects::from_slice(body)
}

/// What a body holds behind the byte order mark that it may begin with.
pub(crate) fn content(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

/// Whether a body carries nothing: it is empty, or JSON without a value in it.
pub(crate) fn is_nothing(body: &[u8]) -> bool {
    let body: Vec<u8> = body.iter().filter(|byte| !byte.is_ascii_whitespace()).take(5).copied().collect();
    matches!(body.as_slice(), b"" | b"{}" | b"[]" | b"\"\"" | b"null" | b"true")
}

pub(crate) fn is_documented() -> bool {
    MODE.get() == Mode::Documented
}

/// Takes bytes that rows and items are to take from what they may take.
fn charge<E: Error>(bytes: usize) -> Result<(), E> {
    let left = BYTES_LEFT.get().checked_sub(bytes).ok_or_else(|| E::custom("more items than a body may hold"))?;
    BYTES_LEFT.set(left);
    Ok(())
}

fn refund(bytes: usize) {
    BYTES_LEFT.set(BYTES_LEFT.get().saturating_add(bytes));
}

/// One reading. Behind it everything is as it was before.
struct Reading {
    before: (Mode, usize),
}

impl Reading {
    fn begin(mode: Mode, budget: usize) -> Self {
        Self { before: (MODE.replace(mode), BYTES_LEFT.replace(budget)) }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        MODE.set(self.before.0);
        BYTES_LEFT.set(self.before.1);
    }
}
