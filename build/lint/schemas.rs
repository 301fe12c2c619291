//! The conventions for schemas: descriptions, codes, bounds, and leniency in what is only read.

use serde_json::Value;

use super::super::document::{Document, escape};
use super::super::mistake::Mistake;
use super::super::schema::{
    BOUNDS, Usage, is_codes, is_trimmed, operations, parameters, properties, reference, resolve, schemas, text,
};

pub fn lint(document: &Document) -> Vec<Mistake> {
    let usage = Usage::of(&document.json);
    let mut mistakes = Vec::new();
    for (name, schema) in schemas(&document.json) {
        let pointer = format!("/components/schemas/{}", escape(name));
        let mut say = |at: &str, message: String| mistakes.push(document.mistake(&format!("{pointer}{at}"), message));
        let (requested, answered) = (usage.requests.contains(name), usage.answers.contains(name));

        if !requested && !answered {
            say("", "no operation uses the schema; remove it".to_owned());
        }
        if schema.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
            say("", "the schema has no description".to_owned());
        }
        if is_codes(schema) {
            lint_codes(schema, &mut say);
        } else if schema.get("type").is_some_and(|kind| kind == "object") {
            if schema.get("x-vendor-name").and_then(Value::as_str).is_none_or(str::is_empty) {
                say("", "the schema has no `x-vendor-name`: what the vendor calls it".to_owned());
            }
            if requested && answered && schema.get("required").is_some() {
                say(
                    "/required",
                    "requests and answers share the schema, and an answer may lack what a request needs; make one for each"
                        .to_owned(),
                );
            }
        }
        for (property, value) in properties(schema) {
            let at = format!("/properties/{}", escape(property));
            let described = value.get("$ref").is_some() || value.get("description").is_some_and(Value::is_string);
            if !described {
                say(&at, "the field has no description".to_owned());
            }
            if answered && !requested && value.get("type").is_some_and(|kind| kind == "array") && !nullable(value) {
                say(&at, "an answer may hold null instead of the list; add `nullable: true`".to_owned());
            }
        }
        lint_values(&document.json, schema, "", requested, &mut say);
    }
    for (pointer, _, _, operation) in operations(&document.json) {
        let mut say = |at: &str, message: String| mistakes.push(document.mistake(&format!("{pointer}{at}"), message));
        for parameter in ["path", "query"].iter().flat_map(|place| parameters(&document.json, operation, place)) {
            let schema = parameter.get("schema").unwrap_or(&Value::Null);
            if BOUNDS.iter().any(|bound| schema.get(*bound).is_some()) && operation.get("x-query").is_none() {
                let name = text(parameter, "name");
                say(
                    "/parameters",
                    format!("`{name}` has bounds, which only a gathered query is checked for; name one with `x-query`"),
                );
            }
            lint_values(&document.json, schema, "/parameters", true, &mut say);
        }
    }
    mistakes
}

fn is_object(json: &Value, value: &Value) -> bool {
    resolve(json, value).get("properties").is_some()
}

fn nullable(schema: &Value) -> bool {
    schema.get("nullable").and_then(Value::as_bool) == Some(true)
}

fn lint_codes(schema: &Value, say: &mut impl FnMut(&str, String)) {
    let count = |key| schema.get(key).and_then(Value::as_array).map(Vec::len);
    let values = count("enum");
    for (key, what) in [("x-enum-varnames", "name"), ("x-enum-descriptions", "description")] {
        if count(key) != values {
            say(
                "/enum",
                format!(
                    "{} values but {} in `{key}`; give every value a {what}",
                    values.unwrap_or_default(),
                    count(key).unwrap_or_default()
                ),
            );
        }
    }
}

/// Checks a schema and the schemas inside it, without following references.
fn lint_values(json: &Value, value: &Value, at: &str, requested: bool, say: &mut impl FnMut(&str, String)) {
    let kind = text(value, "type");
    for bound in BOUNDS.iter().filter(|bound| value.get(**bound).is_some()) {
        let place = format!("{at}/{bound}");
        if !requested {
            say(&place, format!("only answers use this, and answers are not checked; remove `{bound}`"));
        }
        let suits = match *bound {
            "minimum" | "maximum" => "integer",
            "minLength" | "maxLength" | "pattern" => "string",
            "minItems" | "maxItems" | "uniqueItems" => "array",
            _ => {
                say(&place, format!("the build does not check `{bound}`; say it with `minimum` and `maximum`"));
                kind
            }
        };
        if kind != suits {
            say(&place, format!("`{bound}` bounds {suits}s, but the type is `{kind}`"));
        }
    }
    for (low, high) in [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")] {
        if let (Some(low), Some(high)) =
            (value.get(low).and_then(Value::as_i64), value.get(high).and_then(Value::as_i64))
            && low > high
        {
            say(at, format!("no value is in {low}..={high}"));
        }
    }
    if kind == "integer" && !matches!(value.get("format").and_then(Value::as_str), Some("int32" | "int64")) {
        say(at, "the integer has no `format: int32` or `format: int64`".to_owned());
    }
    if value.get("pattern").is_some() && !is_trimmed(value) {
        let message =
            "the build checks no `pattern` but that of a text without a space at its ends, beside its `maxLength`";
        say(&format!("{at}/pattern"), message.to_owned());
    }
    for (property, value) in properties(value) {
        let at = format!("{at}/properties/{}", escape(property));
        if is_codes(value) {
            say(&at, "codes need names; move the `enum` to a schema of its own and refer to it".to_owned());
        }
        lint_values(json, value, &at, requested, say);
    }
    if let Some(items) = value.get("items") {
        if is_codes(items) {
            say(
                &format!("{at}/items"),
                "codes need names; move the `enum` to a schema of its own and refer to it".to_owned(),
            );
        }
        if requested && (BOUNDS.iter().any(|bound| items.get(*bound).is_some()) || is_object(json, items)) {
            say(&format!("{at}/items"), "the build does not check what is inside a list, but for codes".to_owned());
        }
        lint_values(json, items, &format!("{at}/items"), requested, say);
    }
    if let Some(items) = value.get("allOf").and_then(Value::as_array) {
        if reference(value).is_none() || value.get("$ref").is_some() {
            say(at, "`allOf` holds one reference, so that a description can stand beside it".to_owned());
        }
        items.iter().for_each(|item| lint_values(json, item, at, requested, say));
    }
    for key in ["oneOf", "anyOf", "not"].iter().filter(|key| value.get(**key).is_some()) {
        say(at, format!("the build does not check `{key}`; say it with `x-rules`"));
    }
}
