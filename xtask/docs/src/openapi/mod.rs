//! OpenAPI documents of either vendor, 3.0 or 3.1, whole or in part.

mod document;
mod operation;
mod schema;
mod variant;

use crate::operation::Operation;
use crate::page::{Others, Scope, Unreadable};

/// The operations of a document that matter. The others are only counted.
pub fn read(text: &str, scope: &Scope, others: &mut Others) -> Result<Vec<Operation>, Unreadable> {
    let document = document::Document::parse(text)?;
    operation::operations(&document, scope, others)
}
