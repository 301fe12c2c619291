//! Omada's Markdown, as its documentation exports it: one or many operations, each with tables whose first column nests by
//! wide spaces.

mod block;
mod indent;
mod operation;
mod table;

use std::sync::LazyLock;

use regex::Regex;

use crate::operation::Operation;
use crate::page::{Others, Scope, Unreadable};
use crate::prose::pattern;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^\s*\*\*(?i:url)\*\*\s*[:：]"));

/// Whether a text has the form.
pub fn is_like(text: &str) -> bool {
    ADDRESS.is_match(text)
}

/// The operations of a page.
pub fn read(text: &str, scope: &Scope, others: &mut Others) -> Result<Vec<Operation>, Unreadable> {
    let blocks = block::blocks(text)?;
    operation::operations(text, &blocks, scope, others)
}
