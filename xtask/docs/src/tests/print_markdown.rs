//! Specs printed as Omada's Markdown.

use serde_json::Value;

use super::print_openapi::{description, sentences};
use crate::spec::{Yaml, escape, scalar, scalars};

/// A page with every operation of the spec.
pub fn print(yaml: &Yaml) -> String {
    let mut page = "# Everything\n".to_owned();
    for path in yaml.keys("/paths") {
        for method in yaml.keys(&format!("/paths/{}", escape(path))) {
            page.push_str(&operation(yaml, path, method));
        }
    }
    page
}

/// A page with one operation.
pub fn operation(yaml: &Yaml, path: &str, method: &str) -> String {
    let json = &yaml.json["paths"][path][method];
    let mut page = format!(
        "\n\n## {}\n\n\n**Url**:`{path}`\n\n\n**Method**:`{}`\n\n\n",
        scalar(&json["summary"]),
        method.to_uppercase()
    );
    page.push_str(&format!(
        "**consumes**:`*/*`\n\n\n**description**:<p>{}</p>\n\n\n\n**Params**:\n\n\n**Params**:\n\n\n",
        description(json)
    ));
    page.push_str("| name | description | in    | require | type | schema |\n| -------- | -------- | ----- | -------- | -------- | ------ |\n");
    for parameter in json["parameters"].as_array().into_iter().flatten() {
        let parameter = resolve(yaml, parameter);
        let (kind, items) = kind(yaml, &parameter["schema"]);
        let words = words(yaml, &parameter["schema"], &parameter["description"], &[]);
        let required = parameter["required"].as_bool().unwrap_or_default();
        page.push_str(&format!(
            "|{}|{words}|{}|{required}|{kind}|{items}|\n",
            scalar(&parameter["name"]),
            scalar(&parameter["in"])
        ));
    }
    if let Some(schema) = json.pointer("/requestBody/content/application~1json/schema") {
        page.push_str("|body|body|body|true|BodyVO|BodyVO|\n");
        rows(yaml, schema, 1, true, &mut page);
    }
    if let Some(schema) = json.pointer("/requestBody/content/multipart~1form-data/schema") {
        let mut form = String::new();
        rows(yaml, schema, 0, true, &mut form);
        let rows = form.lines().map(|row| {
            if row.contains("&emsp;") {
                format!("{row}\n")
            } else {
                format!("{}\n", row.replace("||true|", "|formData|true|").replace("||false|", "|formData|false|"))
            }
        });
        page.extend(rows);
    }
    page.push_str("\n\n**status**:\n\n\n| code | description | schema |\n| -------- | -------- | ----- | \n");
    for (status, response) in
        json["responses"].as_object().expect("responses").iter().filter(|(status, _)| status.starts_with('2'))
    {
        page.push_str(&format!("|{status}|OK|AnswerVO|\n\n\n**Responses**:\n\n\n"));
        page.push_str("| name | description | type | schema |\n| -------- | -------- | ----- |----- | \n");
        rows(yaml, &response["content"]["application/json"]["schema"], 0, false, &mut page);
    }
    page.push_str("\n\n**Response Sample**:\n```javascript\n{}\n```\n");
    page
}

/// The fields of a schema, a row each, with those of its objects below them.
fn rows(yaml: &Yaml, schema: &Value, depth: usize, is_request: bool, page: &mut String) {
    let schema = resolve(yaml, schema);
    let rules: Vec<(String, String)> = schema["x-rules"].as_array().into_iter().flatten().flat_map(sentences).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let required = scalars(schema.get("required")).contains(name);
        let said: Vec<&str> =
            rules.iter().filter(|(field, _)| field == name).map(|(_, words)| words.as_str()).collect();
        let words = words(yaml, property, &property["description"], &said);
        let (kind, items) = kind(yaml, property);
        let nested = "&emsp;&emsp;".repeat(depth);
        let middle = if is_request { format!("||{required}") } else { String::new() };
        page.push_str(&format!("|{nested}{name}|{words}{middle}|{kind}|{items}|\n"));
        let inner = resolve(yaml, property);
        let inner = if inner["type"] == "array" { &inner["items"] } else { inner };
        rows(yaml, inner, depth + 1, is_request, page);
    }
}

/// A description with ranges, codes and rules in words. The answers repeat what the requests say.
fn words(yaml: &Yaml, schema: &Value, own: &Value, rules: &[&str]) -> String {
    let schema = resolve(yaml, schema);
    let mut words = vec![own.as_str().unwrap_or_default().replace('|', "/")];
    let range = |low: &str, high: &str| match (schema.get(low), schema.get(high)) {
        (Some(low), Some(high)) => Some(format!("It should be within the range of {low}\u{2013}{high}.")),
        (Some(low), None) => Some(format!("It should be at least {low}.")),
        (None, Some(high)) => Some(format!("It should be at most {high}.")),
        (None, None) => None,
    };
    // The vendor gives lengths in characters.
    let length = |words: String| words.replace("be within the range of", "contain").replace('.', " characters.");
    let lengths = range("minLength", "maxLength").map(length);
    words.extend(range("minimum", "maximum").or(lengths).or(range("minItems", "maxItems")));
    let coded = if schema["type"] == "array" { resolve(yaml, &schema["items"]) } else { schema };
    let codes = scalars(coded.get("enum")).into_iter().zip(scalars(coded.get("x-enum-varnames")));
    let is_text = coded["type"] == "string";
    let codes: Vec<String> =
        codes.map(|(value, name)| if is_text { value } else { format!("{value}: {name}") }).collect();
    match codes.split_last() {
        Some((last, rest)) if is_text => words.push(format!("It may be one of {} or {last}.", rest.join(", "))),
        Some(_) => words.push(format!("It should be a value as follows: {}.", codes.join(", "))),
        None => {}
    }
    words.extend(rules.iter().map(|rule| (*rule).to_owned()));
    words.join(" ").trim().to_owned()
}

fn kind(yaml: &Yaml, schema: &Value) -> (String, String) {
    let text = |schema: &Value| match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("object"), _) => "SomeVO".to_owned(),
        (Some(base), Some(format @ ("int32" | "int64" | "double" | "uuid" | "date-time" | "binary"))) => {
            format!("{base}({format})")
        }
        (Some(base), _) => base.to_owned(),
        (None, _) => String::new(),
    };
    let schema = resolve(yaml, schema);
    let items = if schema["type"] == "array" { text(resolve(yaml, &schema["items"])) } else { String::new() };
    (text(schema), items)
}

fn resolve<'a>(yaml: &'a Yaml, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    match reference.and_then(|reference| yaml.get(&reference[1..])) {
        Some(target) => resolve(yaml, target),
        None => schema,
    }
}
