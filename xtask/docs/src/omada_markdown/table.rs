//! Tables of parameters and of fields, whose first column nests.

use std::collections::BTreeMap;

use super::block::Row;
use crate::field::{Field, Kind};
use crate::page::Unreadable;
use crate::prose;

/// How deep a value may nest. The vendor's nest five deep.
const DEEPEST: usize = 48;

/// A row of a table, its cells by the names of their columns.
#[derive(Debug)]
pub struct Entry {
    pub line: usize,
    /// How deep it nests.
    pub depth: usize,
    pub cells: BTreeMap<String, String>,
}

impl Entry {
    /// What stands in a column.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The field that the row describes, without what nests in it.
    pub fn field(&self) -> Field {
        let mut field = Field::named(self.cell("name"));
        field.line = self.line;
        field.description = self.cell("description").to_owned();
        let (kind, items) = kind(self.cell("type"), self.cell("schema"));
        field.kind = kind;
        field.items = items.map(|kind| Box::new(Field { kind: Some(kind), line: self.line, ..Field::default() }));
        if self.cells.contains_key("require") {
            field.required = Some(self.cell("require").eq_ignore_ascii_case("true"));
        }
        field
    }
}

/// The rows of a table below its head.
pub fn entries(rows: &[Row]) -> Result<Vec<Entry>, Unreadable> {
    let Some((head, rows)) = rows.split_first() else { return Ok(Vec::new()) };
    let columns: Vec<String> =
        head.cells.iter().map(|cell| prose::one_line(&prose::from_html(cell)).to_lowercase()).collect();
    let mut entries: Vec<Entry> = Vec::with_capacity(rows.len());
    for row in rows {
        // The text of a piece of HTML keeps its wide spaces only until they are made plain.
        let first = row.cells.first().map(String::as_str).unwrap_or_default();
        let wide = first
            .chars()
            .take_while(|character| character.is_whitespace())
            .filter(|space| *space == '\u{2003}')
            .count();
        let depth = wide / 2;
        if depth > DEEPEST {
            return Err(Unreadable::new(
                row.line,
                format!("a field nests {depth} deep, and no field of the vendor's does"),
            ));
        }
        if depth > entries.last().map_or(0, |before| before.depth + 1) {
            return Err(Unreadable::new(row.line, "a field nests in nothing"));
        }
        let cells = row.cells.iter().map(|cell| prose::one_line(&prose::from_html(cell)));
        entries.push(Entry { line: row.line, depth, cells: columns.iter().cloned().zip(cells).collect() });
    }
    Ok(entries)
}

/// The fields of rows that begin at `depth`, each with what nests in it.
pub fn fields(entries: &[Entry], depth: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut rest = entries;
    while let Some((entry, after)) = rest.split_first() {
        let inside = after.iter().take_while(|entry| entry.depth > depth).count();
        let mut field = entry.field();
        let nested = self::fields(&after[..inside], depth + 1);
        hold(&mut field, nested);
        fields.push(field);
        rest = &after[inside..];
    }
    fields
}

/// Puts fields into an object, or into the items of a list.
pub fn hold(field: &mut Field, nested: Vec<Field>) {
    if nested.is_empty() {
        return;
    }
    match &mut field.items {
        Some(items) => items.fields = nested,
        None if field.kind.as_ref().is_some_and(|kind| kind.base == "array") => {
            field.items =
                Some(Box::new(Field { kind: Some(Kind::plain("object")), fields: nested, ..Field::default() }));
        }
        None => field.fields = nested,
    }
}

/// A type, and that of the items of a list: `array` and `integer(int32)`, or the name of a schema.
fn kind(base: &str, schema: &str) -> (Option<Kind>, Option<Kind>) {
    let plain = |text: &str| -> Option<Kind> {
        let (base, format) = match text.split_once('(') {
            Some((base, format)) => (base.trim(), Some(format.trim_end_matches(')').trim().to_owned())),
            None => (text.trim(), None),
        };
        match base {
            "" => None,
            "string" | "integer" | "number" | "boolean" | "array" | "object" => {
                Some(Kind { base: base.to_owned(), format })
            }
            // The name of a schema.
            _ => Some(Kind::plain("object")),
        }
    };
    let own = plain(base);
    let items = own.as_ref().filter(|kind| kind.base == "array").and_then(|_| plain(schema));
    (own, items)
}
