//! What `--write` made up and nobody has confirmed yet.

use serde_json::Value;

use crate::examination::Repository;
use crate::spec::{Yaml, escape, scalar};
use crate::words::TO_CONFIRM;

impl Repository {
    /// The places in the specs whose description still says that nobody wrote it, each with its line and with the names
    /// that were made up beside it.
    pub fn unconfirmed(&self) -> Vec<String> {
        let mut all = Vec::new();
        for spec in &self.specs {
            let mut found = Vec::new();
            collect(&spec.yaml, "", &spec.yaml.json, &mut found);
            found.sort();
            all.extend(found.into_iter().map(|(line, what)| format!("{}:{line}: {what}", spec.yaml.file)));
        }
        all
    }
}

fn collect(yaml: &Yaml, pointer: &str, value: &Value, found: &mut Vec<(usize, String)>) {
    match value {
        Value::String(text) if text == TO_CONFIRM => found.push((yaml.line(pointer), what(yaml, pointer))),
        Value::Object(entries) => {
            for (key, value) in entries {
                collect(yaml, &format!("{pointer}/{}", escape(key)), value, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(yaml, &format!("{pointer}/{index}"), value, found);
            }
        }
        _ => {}
    }
}

/// What a person has to look at, where a description is missing.
fn what(yaml: &Yaml, pointer: &str) -> String {
    let word = |place: String| yaml.get(&place).map(scalar).unwrap_or_default();
    let Some((holder, step)) = pointer.rsplit_once('/') else { return String::new() };
    if let Some(schema) = holder.strip_suffix("/x-enum-descriptions") {
        let [name, value] = ["x-enum-varnames", "enum"].map(|list| word(format!("{schema}/{list}/{step}")));
        format!("the name `{name}` and the description of {value}")
    } else if holder.starts_with("/x-errors/") {
        let [code, name, class] = ["code", "name", "class"].map(|key| word(format!("{holder}/{key}")));
        format!("the name `{name}`, the class `{class}` and the description of {code}")
    } else {
        format!("the description of `{}`", holder.rsplit('/').next().unwrap_or_default())
    }
}
