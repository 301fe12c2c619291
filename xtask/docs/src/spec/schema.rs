//! Schemas of a spec as fields.

use serde_json::Value;

use super::yaml::{Yaml, escape, scalar, scalars};
use crate::field::{Bound, Code, Demand, Field, Kind, Origin, Wanted};

/// Formats of our own: they choose a Rust type and say nothing of the wire.
const OWN_FORMATS: [&str; 5] = ["path-segment", "voucher-code", "secret", "search-key", "filter-expression"];

/// Reads the schema at `pointer` as a field of this name. `owner` is the schema around it.
pub fn field(yaml: &Yaml, name: &str, pointer: &str, owner: &str, depth: usize) -> Result<Field, String> {
    let mut field = Field::named(name);
    if depth > 32 {
        return Err(format!("{}:{}: the schemas hold each other", yaml.file, yaml.line(pointer)));
    }
    let mut target = pointer.to_owned();
    // A reference gives what stands beside it nothing but its schema; the words beside it come first.
    let mut words = Vec::new();
    loop {
        let schema =
            yaml.get(&target).ok_or_else(|| format!("{}:{}: there is no `{target}`", yaml.file, yaml.line(pointer)))?;
        words.extend(schema.get("description").and_then(Value::as_str));
        field.since = field.since.or_else(|| schema.get("x-since").map(scalar));
        field.is_observed |= schema.get("x-undocumented").is_some();
        let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref")).and_then(Value::as_str);
        match reference.and_then(|reference| reference.strip_prefix('#')) {
            Some(next) => target = next.to_owned(),
            None => break,
        }
    }
    let schema = yaml.get(&target).unwrap_or(&Value::Null);
    field.origin = Some(Origin { property: pointer.to_owned(), schema: target.clone(), owner: owner.to_owned() });
    field.description = words.join(" ");
    field.kind = schema.get("type").map(|base| Kind {
        base: scalar(base),
        format: schema.get("format").map(scalar).filter(|format| !OWN_FORMATS.contains(&format.as_str())),
    });
    for bound in Bound::ALL {
        if let Some(value) = schema.get(bound.keyword()) {
            field.bounds.insert(bound, scalar(value));
        }
    }
    field.unique = schema.get("uniqueItems").and_then(Value::as_bool).unwrap_or_default();
    field.default = schema.get("default").map(scalar);
    let (names, texts) = (scalars(schema.get("x-enum-varnames")), scalars(schema.get("x-enum-descriptions")));
    for (index, value) in scalars(schema.get("enum")).into_iter().enumerate() {
        let word = |list: &Vec<String>| list.get(index).cloned().unwrap_or_default();
        field.codes.push(Code { value, meaning: format!("{} {}", word(&names), word(&texts)) });
    }
    field.demands = demands(schema);
    let required = scalars(schema.get("required"));
    for name in yaml.keys(&format!("{target}/properties")) {
        let place = format!("{target}/properties/{}", escape(name));
        let mut child = self::field(yaml, name, &place, &target, depth + 1)?;
        child.required = Some(required.contains(name));
        field.fields.push(child);
    }
    if schema.get("items").is_some() {
        field.items = Some(Box::new(self::field(yaml, "", &format!("{target}/items"), &target, depth + 1)?));
    }
    Ok(field)
}

/// The rules of a schema, one by one.
fn demands(schema: &Value) -> Vec<Demand> {
    let mut demands = Vec::new();
    for rule in schema.get("x-rules").and_then(Value::as_array).into_iter().flatten() {
        let when = rule.get("when").and_then(Value::as_object).and_then(|when| when.iter().next());
        let Some((governor, values)) = when else { continue };
        for what in [Wanted::Required, Wanted::Forbidden, Wanted::Filled] {
            for target in scalars(rule.get(what.keyword())) {
                for value in scalars(Some(values)) {
                    demands.push(Demand {
                        target: target.clone(),
                        what,
                        governor: governor.clone(),
                        value: value.to_lowercase(),
                    });
                }
            }
        }
    }
    demands.sort();
    demands
}
