//! What `spec/` states, in the same terms as the pages, and where it stands.

mod operation;
mod schema;
mod yaml;

use crate::operation::Operation;
use crate::vendor::Vendor;

pub use self::yaml::{Yaml, escape, literal, quoted, scalar, scalars};

/// One file of `spec/`.
#[derive(Debug, Clone)]
pub struct Spec {
    pub vendor: Vendor,
    pub yaml: Yaml,
    pub operations: Vec<Operation>,
}

impl Spec {
    /// Reads the YAML text of a spec.
    pub fn parse(vendor: Vendor, text: &str) -> Result<Self, String> {
        Self::new(vendor, Yaml::parse(vendor.file(), text)?)
    }

    /// Reads a spec.
    pub fn new(vendor: Vendor, yaml: Yaml) -> Result<Self, String> {
        let operations = operation::operations(&yaml)?;
        Ok(Self { vendor, yaml, operations })
    }

    /// Whether an operation or a field came with a version after the first one that the spec transcribes.
    pub fn is_later(&self, since: &str) -> bool {
        let base = self.yaml.json.pointer("/info/version").and_then(serde_json::Value::as_str).unwrap_or_default();
        version(since) > version(base)
    }

    /// `spec/omada.yaml:12` for a place; one without a line of its own is as good as its nearest parent.
    pub fn at(&self, pointer: &str) -> String {
        format!("{}:{}", self.vendor.file(), self.yaml.line(pointer))
    }

    /// Whether the table of errors has a code.
    pub fn has_error(&self, code: &str) -> bool {
        errors(&self.yaml, "code").iter().any(|known| known == code)
    }
}

/// What each row of the table of errors has under a key.
pub fn errors(yaml: &Yaml, key: &str) -> Vec<String> {
    let table = yaml.json.get("x-errors").and_then(serde_json::Value::as_array);
    table.into_iter().flatten().filter_map(|row| row.get(key).map(yaml::scalar)).collect()
}

/// The numbers of a version, in their order.
fn version(text: &str) -> Vec<u64> {
    text.split(|character: char| !character.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}
