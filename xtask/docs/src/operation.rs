//! What a spec or a page says of one operation.

use std::collections::BTreeMap;

use crate::field::Field;
use crate::vendor::Key;

/// An operation, as a spec or a page tells of it.
#[derive(Debug, Clone)]
pub struct Operation {
    pub key: Key,
    /// The path as it is written.
    pub path: String,
    /// Our name of it, or the title of its page.
    pub name: String,
    /// Where the spec has it.
    pub pointer: String,
    /// Where the page has it; the first line is 1.
    pub line: usize,
    pub status: Vec<String>,
    /// The permissions of which a caller needs one, where the page tells.
    pub permission: Option<Vec<String>>,
    /// The published codes and the vendor's words, where the page tells.
    pub errors: Option<BTreeMap<String, String>>,
    /// The properties to filter by and their functions, where the page tells.
    pub filters: Option<BTreeMap<String, Vec<String>>>,
    /// The parameters in the path, the query and the headers, by `path.id`, `query.page` and so on.
    pub parameters: Vec<Field>,
    pub request: Option<Field>,
    pub answer: Option<Field>,
    pub since: String,
    pub is_observed: bool,
    /// The vendor's name of it in lower case, where it is told: an operation that moved keeps it.
    pub id: String,
    /// The vendor's names of its bodies, in lower case. Operations may share them.
    pub aliases: Vec<String>,
    /// The address that a page gives to an operation that the spec has at another one.
    pub moved: Option<String>,
    /// Every text about the operation itself, so that new words can be told from old ones.
    pub words: Vec<String>,
}

impl Operation {
    /// An operation of which nothing is known but its address.
    pub fn new(key: Key, path: &str, line: usize) -> Self {
        Self {
            name: format!("{} {path}", key.method),
            key,
            path: path.to_owned(),
            pointer: String::new(),
            line,
            status: Vec::new(),
            permission: None,
            errors: None,
            filters: None,
            parameters: Vec::new(),
            request: None,
            answer: None,
            since: String::new(),
            is_observed: false,
            id: String::new(),
            aliases: Vec::new(),
            moved: None,
            words: Vec::new(),
        }
    }

    /// The method and the path.
    pub fn address(&self) -> String {
        format!("{} {}", self.key.method, self.path)
    }

    /// Adds a name of a body. Those that many operations share tell none of them.
    pub fn add_alias(&mut self, name: &str) {
        let name = name.trim().to_lowercase();
        if !name.is_empty() && name != "operationresponsewithoutresult" && !self.aliases.contains(&name) {
            self.aliases.push(name);
        }
    }

    /// Every field by its place on the wire.
    pub fn places(&self) -> BTreeMap<String, &Field> {
        let mut places = BTreeMap::new();
        for field in self.parameters.iter().chain(&self.request).chain(&self.answer) {
            collect(field, field.name.clone(), &mut places);
        }
        places
    }
}

fn collect<'a>(field: &'a Field, place: String, places: &mut BTreeMap<String, &'a Field>) {
    for child in &field.fields {
        collect(child, format!("{place}.{}", child.name), places);
    }
    if let Some(items) = &field.items {
        collect(items, format!("{place}[]"), places);
    }
    places.insert(place, field);
}
