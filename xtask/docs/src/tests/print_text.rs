//! Specs printed as UniFi's page text, and the same as HTML.

use serde_json::Value;

use crate::spec::{Yaml, escape, scalar, scalars};

/// The page of one operation.
pub fn print(yaml: &Yaml, path: &str, method: &str) -> String {
    let json = &yaml.json["paths"][path][method];
    let mut lines = vec![
        format!("Source: {}", scalar(&json["externalDocs"]["url"])),
        "UniFi API".to_owned(),
        format!("# {}", scalar(&json["summary"])),
        format!("{}`{path}`", method.to_uppercase()),
        scalar(&json["description"]),
    ];
    if let Some(table) = json["x-filterable"].as_object() {
        lines.push("Filterable properties (click to expand)".to_owned());
        lines.push("| Name | Type | Allowed functions |\n| --- | --- | --- |".to_owned());
        for (name, functions) in table.iter().filter(|(name, _)| *name != "of") {
            lines.push(format!("| `{name}` | `STRING` | `{}` |", scalars(Some(functions)).join("` `")));
        }
    }
    for place in ["path", "query"] {
        lines.push(format!("{place} Parameters"));
        let parameters = json["parameters"].as_array().into_iter().flatten().map(|parameter| resolve(yaml, parameter));
        for parameter in parameters.filter(|parameter| parameter["in"] == place) {
            let required = parameter["required"].as_bool().unwrap_or_default();
            field(yaml, parameter["name"].as_str().expect("a name"), &parameter["schema"], required, &mut lines);
        }
    }
    if let Some(schema) = json.pointer("/requestBody/content/application~1json/schema") {
        lines.push("request Body".to_owned());
        fields(yaml, schema, &mut lines);
    }
    lines.push("## Responses".to_owned());
    for (status, response) in
        json["responses"].as_object().expect("responses").iter().filter(|(status, _)| status.starts_with('2'))
    {
        lines.extend([status.clone(), "Response Schema: application/json".to_owned()]);
        fields(yaml, &response["content"]["application/json"]["schema"], &mut lines);
    }
    lines.push("Example - Call".to_owned());
    lines.push("cURLGoNode.jsPythonAnsible".to_owned());
    lines.push("Response Sample\n\n200\n\n```\n{}\n```".to_owned());
    lines.join("\n\n")
}

/// The same page as HTML.
pub fn html(text: &str) -> String {
    let mut body = String::new();
    for line in
        text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("```") && !line.starts_with("| ---"))
    {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(|cell| cell.trim()).collect();
        let line = line.replace('\\', "").replace('`', "</span><code>").replacen("</code>", "</span>", 1);
        let element = match cells.len() {
            3 => format!(
                "<tr>{}</tr>",
                cells.iter().map(|cell| format!("<td>{}</td>", cell.replace('`', ""))).collect::<String>()
            ),
            _ => format!("<div><span>{}</span></div>", line.trim_start_matches("# ").trim_start_matches("## ")),
        };
        body.push_str(&element);
        body.push('\n');
    }
    let body = body.replace("<tr>", "<table><tr>").replace("</tr>", "</tr></table>");
    format!("<!DOCTYPE html><html><head><title>x</title></head><body><div id=\"root\">\n{body}</div></body></html>\n")
}

/// The paths and methods of a spec.
pub fn operations(yaml: &Yaml) -> Vec<(String, String)> {
    let paths = yaml.keys("/paths");
    let all = paths.flat_map(|path| {
        yaml.keys(&format!("/paths/{}", escape(path))).map(move |method| (path.clone(), method.clone()))
    });
    all.filter(|(_, method)| method != "servers").collect()
}

fn fields(yaml: &Yaml, schema: &Value, lines: &mut Vec<String>) {
    let schema = resolve(yaml, schema);
    let required = scalars(schema.get("required"));
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        field(yaml, name, property, required.contains(name), lines);
    }
}

fn field(yaml: &Yaml, name: &str, schema: &Value, required: bool, lines: &mut Vec<String>) {
    let target = resolve(yaml, schema);
    let (base, items) = (scalar(&target["type"]), resolve(yaml, &target["items"]));
    let is_object = base == "object" || items["type"] == "object";
    lines.push(if is_object { format!("{name}Expand") } else { name.to_owned() });
    lines.extend(required.then(|| "required".to_owned()));
    lines.push(match base.as_str() {
        "array" if items["type"] == "object" => "Array of object (Something)".to_owned(),
        "array" => format!("Array of {}", scalar(&items["type"])),
        "object" => "object (Something)".to_owned(),
        "null" => "any".to_owned(),
        base => base.to_owned(),
    });
    let codes = scalars(target.get("enum"));
    lines.extend((!codes.is_empty()).then(|| codes.concat().replace('_', "\\_")));
    lines.extend(schema["description"].as_str().map(str::to_owned));
}

fn resolve<'a>(yaml: &'a Yaml, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    match reference.and_then(|reference| yaml.get(&reference[1..])) {
        Some(target) => resolve(yaml, target),
        None => schema,
    }
}
