//! Schemas of a document as fields.

use serde_json::Value;

use super::document::{Document, decode};
use super::variant;
use crate::field::{Bound, Code, Field, Kind};
use crate::page::Unreadable;
use crate::prose;

/// How deep a value may nest, and how many schemas the operations of a document may have, each as often as it is used. The
/// vendors' have a small part of it.
const DEEPEST: usize = 48;
const MOST: usize = 100_000;

/// Reads schemas.
pub struct Reader<'a> {
    document: &'a Document<'a>,
    line: usize,
    /// Whether what is read is an answer, which shows other fields than a request sets.
    is_answer: bool,
    /// The references that lead here, so that none is followed in a circle.
    open: Vec<String>,
    /// How many of them lead to the field that is being read, rather than to its parts.
    start: usize,
    count: usize,
}

impl<'a> Reader<'a> {
    /// A reader for all operations of a document.
    pub fn new(document: &'a Document<'a>) -> Self {
        Self { document, line: 1, is_answer: false, open: Vec::new(), start: 0, count: 0 }
    }

    /// What is read from here on belongs to an operation at this line.
    pub fn begin(&mut self, line: usize) {
        self.line = line;
    }

    /// Reads a schema as a field of this name.
    pub fn field(&mut self, name: &str, schema: &'a Value, is_answer: bool) -> Result<Field, Unreadable> {
        self.is_answer = is_answer;
        self.part(name, schema)
    }

    fn part(&mut self, name: &str, schema: &'a Value) -> Result<Field, Unreadable> {
        let mut field = Field::named(name);
        field.line = self.line;
        let mut required = Vec::new();
        let start = std::mem::replace(&mut self.start, self.open.len());
        let outcome = self.merge(&mut field, schema, &mut required);
        self.start = start;
        outcome?;
        // One part of a schema may require what another one has.
        for child in field.fields.iter_mut().filter(|child| required.contains(&child.name.as_str())) {
            child.required = Some(true);
        }
        Ok(field)
    }

    /// Adds to a field what a schema says, and to the list what it requires.
    fn merge(&mut self, field: &mut Field, schema: &'a Value, required: &mut Vec<&'a str>) -> Result<(), Unreadable> {
        self.count += 1;
        if self.count > MOST || self.open.len() > DEEPEST {
            return Err(Unreadable::new(self.line, "the schemas hold more than any of the vendor's"));
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let place = pointer(reference);
            if self.open.contains(&place) {
                field.is_collapsed = true;
                return Ok(());
            }
            let target = self.document.resolve(schema)?;
            self.open.push(place);
            // Beside a reference only the words may stand, and only in 3.1; they come first.
            describe(field, schema);
            let outcome = self.merge(field, target, required);
            self.open.pop();
            return outcome;
        }
        self.open.push(String::new());
        let outcome = self.keywords(field, schema, required);
        self.open.pop();
        outcome
    }

    fn keywords(
        &mut self,
        field: &mut Field,
        schema: &'a Value,
        required: &mut Vec<&'a str>,
    ) -> Result<(), Unreadable> {
        describe(field, schema);
        scalars(field, schema);
        for part in list(schema, "allOf") {
            self.merge(field, part, required)?;
        }
        required.extend(list(schema, "required").filter_map(Value::as_str));
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let is_flagged = |key: &str| property.get(key).and_then(Value::as_bool).unwrap_or_default();
            // What a request may not set, or an answer does not show, is not there.
            if (is_flagged("readOnly") && !self.is_answer) || (is_flagged("writeOnly") && self.is_answer) {
                continue;
            }
            let mut child = self.part(name, property)?;
            child.required = Some(false);
            field.fields.retain(|known| known.name != child.name);
            field.fields.push(child);
        }
        if let Some(items) = schema.get("items") {
            field.items = Some(Box::new(self.part("", items)?));
        }
        if field.kind.is_none() && !field.fields.is_empty() {
            field.kind = Some(Kind::plain("object"));
        }
        self.variants(field, schema, required)
    }

    /// Adds what the variants of a schema say together: a field is required where every one of them requires it.
    fn variants(
        &mut self,
        field: &mut Field,
        schema: &'a Value,
        required: &mut Vec<&'a str>,
    ) -> Result<(), Unreadable> {
        let is_null = |part: &Value| part.get("type").is_some_and(|kind| kind == "null");
        let listed: Vec<&Value> =
            list(schema, "oneOf").chain(list(schema, "anyOf")).filter(|part| !is_null(part)).collect();
        if let [only] = listed.as_slice() {
            return self.merge(field, only, required);
        }
        let mut variants = Vec::new();
        for part in &listed {
            variants.push((String::new(), self.part("", part)?));
        }
        let discriminator = schema.pointer("/discriminator/propertyName").and_then(Value::as_str);
        let named = if discriminator.is_some() { self.named(schema, listed.is_empty()) } else { Vec::new() };
        // A base that is read for one of its variants adds nothing of the others.
        if let Some(open) = self.open.iter().rposition(|open| named.iter().any(|(_, place)| place == open)) {
            field.is_collapsed |= open + 1 < self.start;
            return Ok(());
        }
        for (value, place) in named {
            let is_same =
                |part: &&Value| part.get("$ref").and_then(Value::as_str).map(pointer).as_ref() == Some(&place);
            if let Some(index) = listed.iter().position(is_same) {
                variants[index].0 = value;
            } else if let Some(target) = self.document.json.pointer(&place) {
                // A base gives the schemas built on it in the mapping alone.
                self.open.push(place);
                let variant = self.part("", target);
                self.open.pop();
                variants.push((value, variant?));
            }
        }
        if !variants.is_empty() {
            variant::unite(field, &variants, discriminator);
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The variants that a discriminator names, each with the place of its schema. Without a mapping, they are the schemas
    /// that are built on its own one.
    fn named(&self, schema: &Value, is_alone: bool) -> Vec<(String, String)> {
        let mapping = schema.pointer("/discriminator/mapping").and_then(Value::as_object);
        if let Some(mapping) = mapping.filter(|mapping| !mapping.is_empty()) {
            let targets = mapping.iter().filter_map(|(value, target)| Some((value.clone(), pointer(target.as_str()?))));
            return targets.collect();
        }
        let own = self.open.iter().rev().find(|open| !open.is_empty());
        let is_own = |own: &&String| self.document.json.pointer(own).is_some_and(|known| std::ptr::eq(known, schema));
        let Some(own) = own.filter(|own| is_alone && is_own(own)) else { return Vec::new() };
        let schemas = self.document.json.pointer("/components/schemas").and_then(Value::as_object);
        let is_built = |schema: &Value| {
            let mut parts = list(schema, "allOf").filter_map(|part| part.get("$ref")?.as_str());
            parts.any(|reference| pointer(reference) == *own)
        };
        let built = schemas.into_iter().flatten().filter(|(_, schema)| is_built(schema));
        built.map(|(name, _)| (name.clone(), pointer(name))).collect()
    }
}

/// The place in a document to which a reference leads, or which has a name among the schemas.
fn pointer(reference: &str) -> String {
    match reference.strip_prefix('#') {
        Some(place) => decode(place),
        None => format!("/components/schemas/{}", crate::spec::escape(reference)),
    }
}

fn describe(field: &mut Field, schema: &Value) {
    if field.description.is_empty()
        && let Some(description) = schema.get("description").and_then(Value::as_str)
    {
        field.description = prose::one_line(&prose::from_html(description));
    }
}

fn scalars(field: &mut Field, schema: &Value) {
    // 3.1 gives several types at once, and `null` among them.
    let bases: Vec<&str> = match schema.get("type") {
        Some(Value::Array(bases)) => bases.iter().filter_map(Value::as_str).filter(|base| *base != "null").collect(),
        Some(base) => base.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    if !bases.is_empty() {
        field.kind = Some(Kind {
            base: bases.join(" or "),
            format: schema.get("format").and_then(Value::as_str).filter(|_| bases.len() == 1).map(str::to_owned),
        });
    }
    for bound in Bound::ALL {
        if let Some(value) = schema.get(bound.keyword()).filter(|value| value.is_number()) {
            field.bounds.insert(bound, number(value));
        }
    }
    exclusive(field, schema, "exclusiveMinimum", Bound::Minimum, 1);
    exclusive(field, schema, "exclusiveMaximum", Bound::Maximum, -1);
    field.unique |= schema.get("uniqueItems").and_then(Value::as_bool).unwrap_or_default();
    field.default = field
        .default
        .take()
        .or_else(|| schema.get("default").filter(|value| !value.is_null()).map(crate::spec::scalar));
    let constant = schema.get("const").filter(|value| !value.is_null());
    for value in list(schema, "enum").filter(|value| !value.is_null()).chain(constant) {
        let value = crate::spec::scalar(value);
        if !field.codes.iter().any(|code| code.value == value) {
            field.codes.push(Code { value, meaning: String::new() });
        }
    }
}

/// 3.0 says that the other keyword is exclusive, and 3.1 gives the number itself.
fn exclusive(field: &mut Field, schema: &Value, keyword: &str, bound: Bound, step: i64) {
    let limit = match schema.get(keyword) {
        Some(Value::Bool(true)) => schema.get(bound.keyword()).and_then(Value::as_i64),
        Some(value) => value.as_i64(),
        None => None,
    };
    if let Some(limit) = limit.and_then(|limit| limit.checked_add(step)) {
        field.bounds.insert(bound, limit.to_string());
    }
}

/// `1.0` is `1`.
fn number(value: &Value) -> String {
    match value.as_f64() {
        Some(float) if value.as_i64().is_none() && float.fract() == 0.0 && float.abs() < 9e15 => format!("{float:.0}"),
        _ => value.to_string(),
    }
}

fn list<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}
