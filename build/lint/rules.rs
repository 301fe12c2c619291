//! The rules across fields: that they are spelled right and speak of fields and values that exist.

use serde_json::Value;

use super::super::document::{Document, escape};
use super::super::mistake::Mistake;
use super::super::schema::{Usage, is_codes, properties, requires, resolve, schemas, setters, texts};

pub fn lint(document: &Document) -> Vec<Mistake> {
    let usage = Usage::of(&document.json);
    let mut mistakes = Vec::new();
    for (name, schema) in schemas(&document.json) {
        let pointer = format!("/components/schemas/{}", escape(name));
        for (key, is_shaped) in [("x-rules", Value::is_array as fn(&Value) -> bool), ("x-setters", Value::is_object)] {
            let Some(value) = schema.get(key) else { continue };
            let place = format!("{pointer}/{key}");
            if !is_shaped(value) {
                let shape =
                    if key == "x-rules" { "a list of rules" } else { "a mapping of setters to lists of fields" };
                mistakes.push(document.mistake(&place, format!("`{key}` is {shape}")));
            }
            if !usage.requests.contains(name) {
                mistakes.push(
                    document
                        .mistake(&place, format!("only answers use this, and answers are not checked; remove `{key}`")),
                );
            }
        }
        if let Some(rules) = schema.get("x-rules") {
            for (index, rule) in rules.as_array().into_iter().flatten().enumerate() {
                lint_rule(document, schema, rule, &format!("{pointer}/x-rules/{index}"), &mut mistakes);
            }
        }
        for (setter, fields) in setters(schema) {
            for field in fields {
                if !properties(schema).any(|(property, _)| property == field) {
                    let place = format!("{pointer}/x-setters/{}", escape(setter));
                    mistakes.push(document.mistake(&place, format!("the schema has no field `{field}`")));
                }
            }
        }
    }
    mistakes
}

fn lint_rule(document: &Document, schema: &Value, rule: &Value, pointer: &str, mistakes: &mut Vec<Mistake>) {
    let mut say = |message: String| mistakes.push(document.mistake(pointer, message));
    let field = |name: &str| properties(schema).find(|(property, _)| *property == name).map(|(_, value)| value);

    let Some(rule) = rule.as_object() else {
        return say("a rule is a mapping with `when` and `require`, `forbid` or `fill`".to_owned());
    };
    for key in rule.keys().filter(|key| !["when", "require", "forbid", "fill"].contains(&key.as_str())) {
        say(format!("a rule has no `{key}`; it has `when`, `require`, `forbid` and `fill`"));
    }
    if !["require", "forbid", "fill"].iter().any(|key| rule.contains_key(*key)) {
        say("the rule demands nothing; add `require`, `forbid` or `fill`".to_owned());
    }

    let when = rule.get("when").and_then(Value::as_object);
    let Some((governing, values)) = when.filter(|when| when.len() == 1).and_then(|when| when.iter().next()) else {
        return say("`when` names one field and the values on which the rule applies".to_owned());
    };
    let Some(values) = values.as_array().filter(|values| !values.is_empty()) else {
        return say(format!("`when` gives no list of values for `{governing}`"));
    };
    match field(governing).map(|value| resolve(&document.json, value)) {
        None => say(format!("the schema has no field `{governing}`")),
        Some(governor) if is_codes(governor) => {
            let known = governor.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            for value in values.iter().filter(|value| !known.contains(value)) {
                say(format!("`{governing}` has no value {value}"));
            }
        }
        Some(governor) if governor.get("type").is_some_and(|kind| kind == "boolean") => {
            for value in values.iter().filter(|value| !value.is_boolean()) {
                say(format!("`{governing}` is true or false, not {value}"));
            }
        }
        Some(_) => say(format!("`{governing}` governs a rule, but is neither a code nor true or false")),
    }

    let rule = Value::Object(rule.clone());
    for key in ["require", "forbid", "fill"] {
        for name in texts(&rule, key) {
            match field(name) {
                None => say(format!("the schema has no field `{name}`")),
                Some(value) if key == "fill" && value.get("type").is_none_or(|kind| kind != "array") => {
                    say(format!("`fill` asks `{name}` for items, but it is no array"));
                }
                Some(_) if key != "fill" && requires(schema, name) => {
                    say(format!("`{name}` is always required, so a rule cannot {key} it"));
                }
                Some(_) => {}
            }
        }
    }
}
