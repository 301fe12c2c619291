//! The conventions for operations: sources, permissions, versions, codes, parameters and responses.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::document::Document;
use super::super::mistake::Mistake;
use super::super::schema::{
    FORM, PLACES, component, is_hand_written, is_safe_to_repeat, operations, parameters, reference, resolve, servers,
    text, texts,
};

pub fn lint(document: &Document) -> Vec<Mistake> {
    let json = &document.json;
    let mut mistakes = head(document);
    let mut ids = BTreeSet::new();
    let described_tags: Vec<&str> =
        json.get("tags").and_then(Value::as_array).into_iter().flatten().map(|tag| text(tag, "name")).collect();
    for (pointer, path, _, operation) in operations(json) {
        let mut say = |at: &str, message: String| mistakes.push(document.mistake(&format!("{pointer}{at}"), message));

        let id = text(operation, "operationId");
        if !id.starts_with(|c: char| c.is_ascii_lowercase()) || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
            say("/operationId", format!("`{id}` is no name for an operation; write a verb and a noun in camelCase"));
        }
        if id.starts_with("get") {
            say("/operationId", format!("`{id}` begins with `get`; name what it does: `read`, `list`"));
        }
        if !ids.insert(id) {
            say("/operationId", format!("another operation has the id `{id}`; give each its own"));
        }
        for key in ["summary", "description"] {
            if operation.get(key).and_then(Value::as_str).is_none_or(str::is_empty) {
                say("", format!("the operation has no `{key}`; say in your own words what it does"));
            }
        }
        let tags: Vec<&str> = texts(operation, "tags").collect();
        if tags.len() != 1 || !described_tags.contains(&tags[0]) {
            say("", format!("the operation has the tags {tags:?}; give it one of those at the top, `tags`"));
        }
        let source = operation.pointer("/externalDocs/url").and_then(Value::as_str).unwrap_or_default();
        if !source.starts_with("https://") {
            say("", "the operation has no source; write the address of its page to `externalDocs.url`".to_owned());
        }
        for (key, meaning) in [
            ("x-permission", "a list of the permissions of which the vendor asks one; empty where it names none"),
            ("x-error-codes", "a list of the codes that its page publishes; empty where it publishes none"),
        ] {
            if !operation.get(key).is_some_and(Value::is_array) {
                say("", format!("the operation has no `{key}`: {meaning}"));
            }
        }
        if operation.get("x-since").and_then(Value::as_str).is_none_or(str::is_empty) {
            say("", "the operation has no `x-since`: the first version that has it, in quotes".to_owned());
        }
        let repeat = operation.get("x-safe-to-repeat").unwrap_or(&Value::Null);
        if is_safe_to_repeat(operation).is_none() || text(repeat, "because").is_empty() {
            let form = "{safe: true, because: It only reads.}";
            say(
                "",
                format!("the operation has no `x-safe-to-repeat`: whether a second call does no harm, as `{form}`"),
            );
        }
        let found = operation.get("x-availability").and_then(Value::as_object).filter(|found| !found.is_empty());
        if !found
            .is_some_and(|found| found.values().all(|found| ["yes", "some", "no"].iter().any(|word| found == word)))
        {
            say(
                "",
                "the operation has no `x-availability`: \"yes\", \"some\" or \"no\" for each kind of controller that was examined"
                    .to_owned(),
            );
        }
        if operation.get("x-hand-written").is_some_and(|reason| reason.as_str().is_none_or(str::is_empty)) {
            say("/x-hand-written", "say why the generator cannot write the operation".to_owned());
        }
        lint_parameters(json, path, operation, &mut say);
        lint_bodies(json, operation, &mut say);
    }
    mistakes
}

fn head(document: &Document) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let text = |pointer| document.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    if text("/openapi") != "3.0.3" {
        mistakes.push(document.mistake("/openapi", "the specs are written in OpenAPI 3.0.3"));
    }
    if text("/info/version").is_empty() || !text("/info/version").is_ascii() {
        mistakes.push(document.mistake("/info/version", "the version travels in a header, so it has to be ASCII"));
    }
    for (pointer, name) in servers(&document.json).filter_map(|(at, server)| Some((at, server.get("x-name")?))) {
        let is_constant = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        if !name.as_str().is_some_and(is_constant) {
            let message = format!("{name} is no name for a constant; write it in capitals, such as `EUROPE`");
            mistakes.push(document.mistake(&format!("{pointer}/x-name"), message));
        }
    }
    mistakes
}

fn lint_parameters(json: &Value, path: &str, operation: &Value, say: &mut impl FnMut(&str, String)) {
    for parameter in parameters(json, operation, "path") {
        let name = text(parameter, "name");
        if !path.contains(&format!("{{{name}}}")) {
            say("/parameters", format!("the path has no `{{{name}}}`"));
        }
        let schema = resolve(json, parameter.get("schema").unwrap_or(&Value::Null));
        let format = text(schema, "format");
        if !["path-segment", "uuid"].contains(&format) {
            say(
                "/parameters",
                format!(
                    "`{name}` stands in the path, where a value such as `..` would address another resource; refer to a \
                     named schema with `format: path-segment`, or say `format: uuid`"
                ),
            );
        }
    }
    let in_path = path.matches('{').count();
    if parameters(json, operation, "path").count() != in_path {
        say("/parameters", format!("the path names {in_path} parameters; declare each"));
    }
    for parameter in PLACES.iter().flat_map(|place| parameters(json, operation, place)) {
        let name = text(parameter, "name");
        if ["header", "cookie"].contains(&text(parameter, "in")) && !is_hand_written(operation) {
            say(
                "/parameters",
                format!("`{name}`: the generator leaves headers out; write `x-hand-written` and the method"),
            );
        }
        if parameter.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
            say("/parameters", format!("the parameter `{name}` has no description"));
        }
    }
}

fn lint_bodies(json: &Value, operation: &Value, say: &mut impl FnMut(&str, String)) {
    let mut bodies: Vec<(String, &Value)> = Vec::new();
    if let Some(body) = operation.get("requestBody") {
        bodies.push(("/requestBody".to_owned(), body));
    }
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut successes = 0;
    let mut refusals = BTreeSet::new();
    for (status, response) in responses.into_iter().flatten() {
        let response = component(json, response);
        let at = format!("/responses/{status}");
        match status.as_str() {
            "4XX" | "5XX" => {
                refusals.insert(response.to_string());
            }
            _ if status.starts_with('2') => successes += 1,
            _ => say(&at, format!("`{status}` is neither a success such as \"200\" nor `4XX` or `5XX`")),
        }
        bodies.push((at, response));
    }
    if successes != 1 {
        say("/responses", format!("{successes} successes; an operation has one"));
    }
    if refusals.len() != 1 || !["4XX", "5XX"].iter().all(|key| responses.is_some_and(|all| all.contains_key(*key))) {
        say("/responses", "failures are `4XX` and `5XX`, both with the same body".to_owned());
    }
    for (at, body) in bodies {
        let content = body.get("content").and_then(Value::as_object).into_iter().flatten();
        for (kind, content) in content {
            if kind == FORM && at == "/requestBody" && is_hand_written(operation) {
                continue;
            }
            if kind != "application/json" {
                say(&at, format!("`{kind}`: bodies are `application/json`"));
            }
            if reference(content.get("schema").unwrap_or(&Value::Null)).is_none() {
                say(&at, "the body has no name; move its schema to `components.schemas` and refer to it".to_owned());
            }
        }
    }
}
