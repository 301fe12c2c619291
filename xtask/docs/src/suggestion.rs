//! The YAML to type for a difference.

use crate::difference::Difference;
use crate::fact::Attribute;
use crate::field::Field;
use crate::spec::{Spec, literal, quoted};
use crate::words;

/// The YAML to type, or what to do where YAML cannot say it.
pub fn suggestion(specs: &[Spec], difference: &Difference) -> String {
    let spec = specs.iter().find(|spec| spec.vendor == difference.vendor);
    let page = difference.page.as_deref();
    let name = difference.place.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
    match (difference.attribute, page) {
        (Attribute::Mistake, _) => "remove the entry, and what the spec has instead of the page".to_owned(),
        (Attribute::Exists, None) => format!("remove `{name}`, or say with x-observed where it was seen"),
        (Attribute::Exists, Some(_)) => match &difference.field {
            Some(field) if is_parameter(&difference.place) => parameter(field),
            Some(field) => property(field, difference.place.starts_with("answer")),
            None => operation(difference),
        },
        (Attribute::Name, Some(page)) => format!("{page}:  # instead of {name}"),
        (Attribute::Required, Some("true")) => format!("required: [..., {name}]"),
        (Attribute::Required, _) => format!("remove `{name}` from `required`"),
        (Attribute::Type, Some(page)) => match page.split_once('(') {
            Some((base, format)) => format!("type: {base}\nformat: {}", format.trim_end_matches(')')),
            None => format!("type: {page}"),
        },
        (Attribute::Enum, Some(page)) => {
            let name = words::name(&difference.words, page);
            format!(
                "enum: [..., {page}]\nx-enum-varnames: [..., {name}]\nx-enum-descriptions: [..., {}]",
                words::TO_CONFIRM
            )
        }
        (Attribute::Enum, None) => format!(
            "remove {} from `enum`, with its name and description",
            difference.spec.as_deref().unwrap_or_default()
        ),
        (Attribute::Meaning | Attribute::Unit, _) => {
            "check the names and the descriptions, and everything that counts on them".to_owned()
        }
        (Attribute::Rule, page) => rule(difference, page),
        (Attribute::Status, Some(page)) => format!("\"{page}\":"),
        (Attribute::Permission, page) => format!("x-permission: [{}]", page.unwrap_or_default()),
        (Attribute::ErrorCode, Some(code)) => {
            let row = spec
                .filter(|spec| !spec.has_error(code))
                .map(|_| format!("\n{}", words::error_row(code, &difference.words)));
            format!("x-error-codes: [..., {code}]{}", row.unwrap_or_default())
        }
        (Attribute::ErrorCode, None) => {
            format!("remove {} from `x-error-codes`", difference.spec.as_deref().unwrap_or_default())
        }
        (Attribute::Filter, Some(functions)) => {
            format!("{}: [{functions}]", difference.place.trim_start_matches("filter."))
        }
        (Attribute::Filter, None) => {
            format!("remove `{}` from `x-filterable`", difference.place.trim_start_matches("filter."))
        }
        (keyword, Some(value)) => format!("{keyword}: {value}"),
        (keyword, None) => format!("remove `{keyword}`"),
    }
}

fn is_parameter(place: &str) -> bool {
    ["query.", "path.", "header."].iter().any(|start| place.starts_with(start))
}

/// A property as `spec/` has it, with words that somebody has to write.
pub fn property(field: &Field, is_answer: bool) -> String {
    let mut lines = vec![format!("{}:", quoted(&field.name))];
    lines.extend(schema(field, is_answer).into_iter().map(|line| format!("  {line}")));
    lines.join("\n")
}

fn parameter(field: &Field) -> String {
    let (place, name) = field.name.split_once('.').unwrap_or(("query", &field.name));
    let mut lines = vec![format!("- name: {}", quoted(name)), format!("  in: {place}")];
    lines.extend((field.required == Some(true)).then(|| "  required: true".to_owned()));
    lines.push(format!("  description: {}", words::TO_CONFIRM));
    let inside: Vec<String> =
        schema(field, false).into_iter().filter(|line| !line.starts_with("description")).collect();
    lines.push(format!("  schema: {{{}}}", inside.join(", ")));
    lines.join("\n")
}

/// The lines of a schema.
fn schema(field: &Field, is_answer: bool) -> Vec<String> {
    let kind = field.kind.clone().unwrap_or_default();
    let mut lines = Vec::new();
    if !kind.base.is_empty() && kind.base != "any" {
        lines.push(format!("type: {}", kind.base));
    }
    // An integer of a page that tells no format is as long as any can be.
    let format = kind.format.or_else(|| (kind.base == "integer").then(|| "int64".to_owned()));
    lines.extend(format.map(|format| format!("format: {}", quoted(&format))));
    lines.extend((is_answer && kind.base == "array").then(|| "nullable: true".to_owned()));
    lines.push(format!("description: {}", words::TO_CONFIRM));
    if !is_answer {
        lines.extend(field.bounds.iter().map(|(bound, value)| format!("{}: {value}", bound.keyword())));
        lines.extend(field.unique.then(|| "uniqueItems: true".to_owned()));
        let default = field.default.as_ref().and_then(|default| literal(&kind.base, default));
        lines.extend(default.map(|default| format!("default: {default}")));
    }
    if let Some(items) = &field.items {
        let inside: Vec<String> =
            schema(items, is_answer).into_iter().filter(|line| !line.starts_with("description")).collect();
        lines.push(format!("items: {{{}}}", inside.join(", ")));
    }
    if !field.codes.is_empty() {
        let values: Vec<&str> = field.codes.iter().map(|code| code.value.as_str()).collect();
        lines.push(format!("enum: [{}]  # in a schema of its own, with x-enum-varnames", values.join(", ")));
    }
    lines
}

fn operation(difference: &Difference) -> String {
    let address = difference.page.as_deref().unwrap_or_default();
    match address.split_once(' ') {
        Some((method, path)) => format!(
            "{path}:\n  {}:\n    operationId: {}\n    ...",
            method.to_lowercase(),
            words::operation_id(method, path)
        ),
        None => format!("describe the {} of the operation: {address}", difference.place),
    }
}

fn rule(difference: &Difference, page: Option<&str>) -> String {
    let target = difference.place.rsplit('.').next().unwrap_or_default();
    let text = page.or(difference.spec.as_deref()).unwrap_or_default();
    let Some((what, condition)) = text.split_once(" where ") else { return String::new() };
    let keyword = match what {
        "required" => "require",
        "forbidden" => "forbid",
        _ => "fill",
    };
    let (governor, value) = condition.split_once(" is ").unwrap_or((condition, ""));
    let rule = format!("- when: {{{governor}: [{value}]}}\n  {keyword}: [{target}]");
    if page.is_some() { rule } else { format!("remove from `x-rules`:\n{rule}") }
}
