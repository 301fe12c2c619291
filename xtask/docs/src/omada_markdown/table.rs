//! Tables of parameters and of fields, whose first column nests.

use std::collections::BTreeMap;

use super::block::Row;
use super::indent;
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
        // Every word of the column was read already, when the rows were.
        let mut field = Field::named(self.cell("name"));
        field.line = self.line;
        field.description = self.cell("description").to_owned();
        let (kind, items) = kind(self.cell("type"), self.cell("schema"));
        field.kind = kind;
        field.items = items.map(|kind| Box::new(Field { kind: Some(kind), line: self.line, ..Field::default() }));
        field.required = self.cells.get("require").and_then(|word| requirement(word).ok()).flatten();
        field
    }
}

/// The rows of a table below its head.
pub fn entries(rows: &[Row]) -> Result<Vec<Entry>, Unreadable> {
    let Some((head, rows)) = rows.split_first() else { return Ok(Vec::new()) };
    let columns: Vec<String> =
        head.cells.iter().map(|cell| column(&prose::one_line(&prose::from_html(cell)))).collect();
    let mut entries: Vec<Entry> = Vec::with_capacity(rows.len());
    for (row, depth) in rows.iter().zip(indent::depths(head, rows)?) {
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
        let entry = Entry { line: row.line, depth, cells: columns.iter().cloned().zip(cells).collect() };
        if let Some(Err(word)) = entry.cells.get("require").map(|word| requirement(word)) {
            let message = format!("`{}` tells neither that the field is required nor that it is optional", short(word));
            return Err(Unreadable::new(row.line, message));
        }
        entries.push(entry);
    }
    Ok(entries)
}

/// The name of a column, whatever the table calls it.
fn column(name: &str) -> String {
    match name.to_lowercase().trim_end_matches('?').trim() {
        "required" | "mandatory" | "requirement" | "necessary" | "is required" | "must" => "require".to_owned(),
        name => name.to_owned(),
    }
}

/// Whether a word means that a field is required; nothing where the cell is empty. A word of another kind is the error.
fn requirement(word: &str) -> Result<Option<bool>, &str> {
    let plain =
        word.trim_matches(|edge: char| edge.is_whitespace() || "*_`.()[]\u{fe0e}\u{fe0f}\u{200d}".contains(edge));
    match plain.to_lowercase().as_str() {
        "" if word.is_empty() => Ok(None),
        "true" | "yes" | "y" | "t" | "1" | "required" | "mandatory" | "must" | "always" | "\u{2713}" | "\u{2714}"
        | "\u{2611}" | "\u{2705}" | "\u{221a}" | "\u{1f5f8}" | "\u{25cf}" => Ok(Some(true)),
        "false" | "no" | "n" | "f" | "0" | "optional" | "not required" | "non-required" | "not mandatory" | "-"
        | "\u{2717}" | "\u{2718}" | "\u{2715}" | "\u{2716}" | "\u{274c}" | "\u{2610}" | "\u{d7}" | "\u{25cb}" => {
            Ok(Some(false))
        }
        _ => Err(word),
    }
}

/// The start of a text, for a message.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
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
