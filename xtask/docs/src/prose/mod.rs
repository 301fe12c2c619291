//! Facts out of sentences: what the vendors write in descriptions instead of keywords.

mod codes;
mod context;
mod default;
mod errors;
mod interval;
mod length;
mod limit;
mod listed;
mod number;
mod pattern;
mod range;
mod rule;
mod text;
mod tree;
mod unit;

pub use self::codes::{codes, words_of};
pub use self::default::default;
pub use self::errors::{errors, permission};
pub use self::listed::{holds_numbers, is_announced};
pub use self::pattern::pattern;
pub use self::range::bounds;
pub use self::rule::demands;
pub use self::text::{from_html, one_line, plain, too_deep};
pub use self::tree::enrich_tree;
pub use self::unit::unit;

use std::collections::HashSet;

use crate::field::Field;

/// Adds to a field what its description says, where nothing says it better. `siblings` are the names beside it.
pub fn enrich(field: &mut Field, siblings: &HashSet<String>) -> Vec<crate::field::Demand> {
    let text = field.description.clone();
    let base = field.kind.as_ref().map(|kind| kind.base.clone()).unwrap_or_default();
    for (bound, value) in bounds(&text, &base) {
        field.bounds.entry(bound).or_insert(value);
    }
    field.default = field.default.take().or_else(|| default(&text));
    field.unit = field.unit.take().or_else(|| unit(&text));
    let found = codes(&text);
    if field.codes.is_empty() && field.glued_codes.is_none() {
        match &mut field.items {
            Some(items) if items.codes.is_empty() => items.codes = found.clone(),
            Some(_) => {}
            None if base != "object" && base != "boolean" => field.codes = found.clone(),
            None => {}
        }
    }
    // Keywords list values without their meanings.
    let values = field.codes.iter_mut().chain(field.items.iter_mut().flat_map(|items| &mut items.codes));
    for code in values.filter(|code| code.meaning.is_empty()) {
        let same = found.iter().find(|other| other.value == code.value);
        code.meaning = same.map(|same| same.meaning.clone()).unwrap_or_default();
    }
    demands(&field.name, &text, &found, siblings)
}
