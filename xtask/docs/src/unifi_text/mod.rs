//! UniFi's pages as a browser copies them: the method and the path, then parameters and fields line by line.

mod fields;
mod filter;
mod lines;
mod operation;
mod whole;

use crate::operation::Operation;
use crate::page::{Others, Scope, Unreadable};

pub use self::filter::{filters, is_row as is_filter_row};
pub use self::lines::Line;

/// Whether a text has the form. Some of the vendor's pages are about no operation.
pub fn is_like(text: &str) -> bool {
    let lines = lines::lines(text).0;
    lines.iter().any(|line| line.text.contains("developer.ui.com/"))
        || (0..lines.len()).any(|index| is_address(&lines, index))
}

/// Whether an operation begins at a line.
pub fn is_address(lines: &[Line], index: usize) -> bool {
    operation::address(lines, index).is_some()
}

/// The operations of a page, and the addresses that it gives as its own.
pub fn read(text: &str, scope: &Scope, others: &mut Others) -> Result<(Vec<Operation>, Vec<String>), Unreadable> {
    let (lines, end) = lines::lines(text);
    operation::operations(&lines, scope, &end, others)
}

/// The same of lines that come from elsewhere. Whether they are whole may be known, and otherwise the samples tell.
pub fn read_lines(
    lines: &[Line],
    is_whole: bool,
    scope: &Scope,
    others: &mut Others,
) -> Result<(Vec<Operation>, Vec<String>), Unreadable> {
    let last = lines.last().map_or(1, |line| line.number);
    let end = if is_whole { lines::End::Known } else { lines::End::Line(last) };
    operation::operations(lines, scope, &end, others)
}
