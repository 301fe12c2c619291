//! The conventions of `spec/README.md`, as checks. A spec that breaks one does not build.

mod errors;
mod examples;
mod filters;
mod keys;
mod operations;
mod rate_limits;
mod read_as;
mod rules;
mod schemas;
mod variants;

use super::document::Document;
use super::mistake::Mistake;

pub use self::errors::CLASSES;

/// Every mistake in a spec, in the order of the file.
pub fn lint(document: &Document) -> Vec<Mistake> {
    let mut mistakes = keys::lint(document);
    // The other checks read the document as OpenAPI, so they have nothing to say while it is none.
    if mistakes.is_empty() {
        mistakes.extend(operations::lint(document));
        mistakes.extend(schemas::lint(document));
        mistakes.extend(rules::lint(document));
        mistakes.extend(errors::lint(document));
        mistakes.extend(examples::lint(document));
        mistakes.extend(filters::lint(document));
        mistakes.extend(rate_limits::lint(document));
        mistakes.extend(read_as::lint(document));
        mistakes.extend(variants::lint(document));
    }
    mistakes.sort_by(|one, other| (one.line, &one.pointer).cmp(&(other.line, &other.pointer)));
    mistakes.dedup();
    mistakes
}
