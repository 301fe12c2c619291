//! Every fact of a spec, so that it can be struck.

use serde_json::Value;

use crate::fact::Attribute;
use crate::field::Bound;
use crate::spec::{Yaml, escape};
use crate::vendor::{Key, Vendor};

/// A fact of a spec.
#[derive(Debug, Clone)]
pub struct Fact {
    pub pointer: String,
    pub attribute: Attribute,
    /// Whether it is about an answer alone.
    pub is_answer: bool,
}

/// Formats that say nothing of the wire.
const OWN: [&str; 5] = ["path-segment", "voucher-code", "secret", "search-key", "filter-expression"];

/// Every fact that a page can state.
pub fn facts(vendor: Vendor, yaml: &Yaml) -> Vec<Fact> {
    let mut facts = Facts { yaml, list: Vec::new(), requests: Vec::new() };
    for path in yaml.keys("/paths") {
        for method in yaml.keys(&format!("/paths/{}", escape(path))).filter(|key| *key != "servers") {
            let pointer = format!("/paths/{}/{method}", escape(path));
            // What is on no page cannot be missed, and an operation is only ours because the spec has it, unless it is
            // about vouchers.
            if yaml.get(&format!("{pointer}/x-undocumented")).is_some() {
                continue;
            }
            if Key::new(method, path).is_some_and(|key| key.is_about_vouchers()) {
                facts.add(pointer.clone(), Attribute::Exists, false);
            }
            facts.operation(&pointer);
        }
    }
    if vendor == Vendor::Omada {
        // No field of an answer of Omada's is required.
        facts.list.retain(|fact| !fact.is_answer || fact.attribute != Attribute::Required);
    }
    let mut seen = Vec::new();
    facts.list.retain(|fact| {
        !seen.contains(&fact.pointer) && {
            seen.push(fact.pointer.clone());
            true
        }
    });
    facts.list
}

struct Facts<'a> {
    yaml: &'a Yaml,
    list: Vec<Fact>,
    requests: Vec<String>,
}

impl Facts<'_> {
    fn add(&mut self, pointer: String, attribute: Attribute, is_answer: bool) {
        self.list.push(Fact { pointer, attribute, is_answer });
    }

    fn each(&mut self, pointer: &str, attribute: Attribute, is_answer: bool) {
        let count = self.yaml.get(pointer).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..count {
            self.add(format!("{pointer}/{index}"), attribute, is_answer);
        }
    }

    fn operation(&mut self, pointer: &str) {
        self.each(&format!("{pointer}/x-permission"), Attribute::Permission, false);
        self.each(&format!("{pointer}/x-error-codes"), Attribute::ErrorCode, false);
        for property in self.yaml.keys(&format!("{pointer}/x-filterable")).filter(|key| *key != "of") {
            let place = format!("{pointer}/x-filterable/{}", escape(property));
            self.add(place.clone(), Attribute::Filter, false);
            self.each(&place, Attribute::Filter, false);
        }
        let parameters = format!("{pointer}/parameters");
        self.each(&parameters, Attribute::Exists, false);
        for index in 0..self.yaml.get(&parameters).and_then(Value::as_array).map_or(0, Vec::len) {
            let place = self.target(&format!("{parameters}/{index}"));
            if self.yaml.get(&format!("{place}/required")).is_some() {
                self.add(format!("{place}/required"), Attribute::Required, false);
            }
            self.schema(&format!("{place}/schema"), false);
        }
        if self.yaml.get(&format!("{pointer}/requestBody")).is_some() {
            self.add(format!("{pointer}/requestBody"), Attribute::Exists, false);
            for kind in self.yaml.keys(&format!("{pointer}/requestBody/content")).collect::<Vec<_>>() {
                self.schema(&format!("{pointer}/requestBody/content/{}/schema", escape(kind)), false);
            }
        }
        for status in self.yaml.keys(&format!("{pointer}/responses")).filter(|status| status.starts_with('2')) {
            self.add(format!("{pointer}/responses/{status}"), Attribute::Status, true);
            self.schema(&format!("{pointer}/responses/{status}/content/application~1json/schema"), true);
        }
    }

    fn target(&self, pointer: &str) -> String {
        let value = self.yaml.get(pointer).unwrap_or(&Value::Null);
        let reference = value.get("$ref").or_else(|| value.pointer("/allOf/0/$ref")).and_then(Value::as_str);
        reference.and_then(|reference| reference.strip_prefix('#')).map_or_else(|| pointer.to_owned(), str::to_owned)
    }

    fn schema(&mut self, pointer: &str, is_answer: bool) {
        let place = self.target(pointer);
        let key = format!("{place} {is_answer}");
        if self.requests.contains(&key) {
            return;
        }
        self.requests.push(key);
        let Some(schema) = self.yaml.get(&place).cloned() else { return };
        let mut keyword = |name: &str, attribute, is_fact: bool| {
            if is_fact && schema.get(name).is_some() {
                self.list.push(Fact { pointer: format!("{place}/{name}"), attribute, is_answer });
            }
        };
        keyword("type", Attribute::Type, true);
        keyword(
            "format",
            Attribute::Type,
            schema.get("format").and_then(Value::as_str).is_some_and(|format| !OWN.contains(&format)),
        );
        for bound in Bound::ALL {
            keyword(bound.keyword(), bound.into(), !is_answer);
        }
        keyword("uniqueItems", Attribute::UniqueItems, !is_answer);
        keyword("default", Attribute::Default, !is_answer);
        self.each(&format!("{place}/enum"), Attribute::Enum, is_answer);
        // Texts mean themselves.
        if schema.get("type").is_some_and(|kind| kind == "integer") {
            self.each(&format!("{place}/x-enum-varnames"), Attribute::Meaning, is_answer);
        }
        self.each(&format!("{place}/required"), Attribute::Required, is_answer);
        let rules = schema.get("x-rules").and_then(Value::as_array).map_or(0, Vec::len);
        for index in (0..rules).filter(|_| !is_answer) {
            for key in ["require", "forbid", "fill"] {
                self.each(&format!("{place}/x-rules/{index}/{key}"), Attribute::Rule, false);
            }
            for field in self.yaml.keys(&format!("{place}/x-rules/{index}/when")) {
                self.each(&format!("{place}/x-rules/{index}/when/{field}"), Attribute::Rule, false);
            }
        }
        for name in self.yaml.keys(&format!("{place}/properties")) {
            let property = format!("{place}/properties/{}", escape(name));
            if self.yaml.get(&format!("{property}/x-undocumented")).is_none() {
                self.add(property.clone(), Attribute::Exists, is_answer);
                self.schema(&property, is_answer);
            }
        }
        if schema.get("items").is_some() {
            self.schema(&format!("{place}/items"), is_answer);
        }
    }
}
