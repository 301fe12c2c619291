//! What the specs say of an operation, as far as faults are concerned.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::readme::{TABLES, documents};
use crate::spec::passes::schema::{operations, parameters};

/// An operation of a vendor.
#[derive(Debug)]
pub struct Described {
    /// Its verb, and its path with `{id}` for every id.
    method: String,
    path: String,
    /// Whether two of it do what one does.
    pub is_safe_to_repeat: bool,
    /// Whether it is sent with a token that can end.
    pub has_token: bool,
    /// Whether it answers a page that is asked for by its place.
    pub is_list: bool,
}

/// The operations of both vendors, by vendor and id.
pub static DESCRIBED: LazyLock<BTreeMap<(&str, String), Described>> = LazyLock::new(|| {
    let mut described = BTreeMap::new();
    for (vendor, specs, ..) in TABLES {
        let documents = documents(vendor, specs);
        let all = documents.iter().flat_map(|document| operations(&document.json).map(|found| (&document.json, found)));
        for (json, (_, path, method, operation)) in all {
            let id = operation["operationId"].as_str().expect("an id").to_owned();
            let is_unsigned = operation["security"].as_array().is_some_and(Vec::is_empty);
            let is_place = |name: &serde_json::Value| name == "page" || name == "offset";
            let segments = path.split('/').map(|segment| if segment.starts_with('{') { "{id}" } else { segment });
            let operation = Described {
                method: method.to_uppercase(),
                path: segments.collect::<Vec<_>>().join("/"),
                is_safe_to_repeat: operation["x-safe-to-repeat"]["safe"].as_bool().expect("whether it is safe"),
                has_token: vendor == "omada" && !is_unsigned,
                is_list: parameters(json, operation, "query").any(|query| is_place(&query["name"])),
            };
            described.insert((vendor, id), operation);
        }
    }
    described
});

impl Described {
    /// What the sandbox is told to strike. The paths of UniFi stand behind that of the application.
    pub fn pattern(&self) -> String {
        format!("{} *{}", self.method, self.path)
    }

    /// Whether a request of a sandbox is of this operation.
    pub fn is_of(&self, request: &str) -> bool {
        request.split_once(' ').is_some_and(|(method, path)| method == self.method && path.ends_with(&self.path))
    }
}
