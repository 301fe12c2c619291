//! What a row of a list cannot do without. The vendor requires more of it, but a row without the rest is still worth having.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schema::{Usage, properties, reference, resolve, schema, schemas, text, texts};

/// The formats of the fields that identify a row: its id, and the code that a guest types.
const IDENTITIES: [&str; 3] = ["path-segment", "uuid", "voucher-code"];

/// The fields of a page without which nothing shows where its list ends.
const TOTALS: [&str; 2] = ["totalCount", "totalRows"];

/// The schemas of responses that hold rows, or are in them.
pub struct Rows {
    rows: BTreeSet<String>,
    pages: BTreeSet<String>,
}

impl Rows {
    /// The rows are what lists hold, what has a voucher code, and whatever is inside of these and of pages.
    pub fn of(json: &Value) -> Self {
        let usage = Usage::of(json);
        let objects = || schemas(json).filter(|(name, _)| usage.answers.contains(*name));
        let mut rows = BTreeSet::new();
        for (_, value) in objects().chain(json.get("paths").and_then(Value::as_object).into_iter().flatten()) {
            items(json, value, &mut rows);
        }
        let codes = objects().filter(|(_, schema)| properties(schema).any(|(_, value)| is_code(json, value)));
        rows.extend(codes.map(|(name, _)| name.clone()));
        let is_page = |schema: &Value| {
            properties(schema).any(|(_, value)| value.get("items").is_some_and(|row| is_object(json, row)))
        };
        let pages: BTreeSet<String> =
            objects().filter(|(_, schema)| is_page(schema)).map(|(name, _)| name.clone()).collect();
        let mut open: Vec<String> = rows.union(&pages).cloned().collect();
        while let Some(name) = open.pop() {
            for (_, value) in schema(json, &name).into_iter().flat_map(properties) {
                if let Some(inner) = reference(value).filter(|_| is_object(json, value))
                    && rows.insert(inner.to_owned())
                {
                    open.push(inner.to_owned());
                }
            }
        }
        Self { rows, pages }
    }

    /// Whether a field of an object may be left out if it cannot be read.
    pub fn may_lack(&self, object: &str, field: &str) -> bool {
        self.rows.contains(object) || self.pages.contains(object) && !TOTALS.contains(&field)
    }
}

/// Requires of every row of a response no more than the fields that identify it, and of every page no more than its total.
pub fn relax(json: &mut Value) {
    let (rows, requests) = (Rows::of(json), Usage::of(json).requests);
    let mut needs = Vec::new();
    for (name, schema) in schemas(json).filter(|(name, _)| !requests.contains(*name)) {
        let is_needed = |field: &str| {
            let property = schema.get("properties").and_then(|properties| properties.get(field));
            let format = property.map_or("", |property| text(resolve(json, property), "format"));
            !rows.may_lack(name, field) || IDENTITIES.contains(&format)
        };
        let needed: Vec<Value> = texts(schema, "required").filter(|field| is_needed(field)).map(Value::from).collect();
        needs.push((name.clone(), needed));
    }
    for (name, needed) in needs.into_iter().filter(|(name, _)| rows.rows.contains(name) || rows.pages.contains(name)) {
        if let Some(schema) = json.pointer_mut(&format!("/components/schemas/{name}")).and_then(Value::as_object_mut) {
            schema.insert("required".to_owned(), needed.into());
        }
    }
}

/// Finds the objects that lists hold, at any depth.
fn items(json: &Value, value: &Value, found: &mut BTreeSet<String>) {
    let inner: Vec<&Value> = match value {
        Value::Object(entries) => entries.values().collect(),
        Value::Array(values) => values.iter().collect(),
        _ => return,
    };
    found.extend(value.get("items").filter(|row| is_object(json, row)).and_then(reference).map(str::to_owned));
    inner.into_iter().for_each(|value| items(json, value, found));
}

fn is_object(json: &Value, value: &Value) -> bool {
    resolve(json, value).get("properties").is_some()
}

fn is_code(json: &Value, value: &Value) -> bool {
    text(resolve(json, value), "format") == "voucher-code"
}
