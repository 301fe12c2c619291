//! The tables of filterable properties.

use serde_json::Value;

use super::schema::{operations, texts};

/// The sets of functions that vendors allow, by the name of the Rust type that has them.
pub const SETS: [(&str, &[&str]); 7] = [
    ("Equality", &["eq", "ne"]),
    ("Membership", &["eq", "in", "ne", "notIn"]),
    ("Text", &["eq", "in", "like", "ne", "notIn"]),
    ("Order", &["eq", "ge", "gt", "le", "lt", "ne"]),
    ("NullableEquality", &["eq", "isNotNull", "isNull", "ne"]),
    ("NullableMembership", &["eq", "in", "isNotNull", "isNull", "ne", "notIn"]),
    ("NullableOrder", &["eq", "ge", "gt", "isNotNull", "isNull", "le", "lt", "ne"]),
];

/// A table of filterable properties: the schema of the rows, and the functions of each property.
pub struct Filterable<'a> {
    pub pointer: String,
    pub rows: &'a str,
    pub properties: Vec<(&'a str, Vec<&'a str>)>,
}

/// The tables of a spec.
pub fn tables(json: &Value) -> impl Iterator<Item = Filterable<'_>> {
    operations(json).filter_map(|(pointer, _, _, operation)| {
        let table = operation.get("x-filterable")?;
        let properties = table.as_object()?.keys().filter(|name| *name != "of").map(|name| {
            let mut functions: Vec<&str> = texts(table, name).collect();
            functions.sort_unstable();
            (name.as_str(), functions)
        });
        Some(Filterable { pointer, rows: table.get("of")?.as_str()?, properties: properties.collect() })
    })
}

/// The type that has these functions.
pub fn set(functions: &[&str]) -> Option<&'static str> {
    SETS.iter().find(|(_, members)| *members == functions).map(|(name, _)| *name)
}
