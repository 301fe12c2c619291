//! The YAML to type for a difference.

use crate::difference::Difference;
use crate::fact::Attribute;
use crate::field::Field;
use crate::spec::{Spec, errors, literal, quoted, scalar, scalars};
use crate::words;

/// The YAML to type, whole, at the place of the difference. What YAML cannot say is a comment in it.
pub fn suggestion(specs: &[Spec], difference: &Difference) -> String {
    let Some(spec) = specs.iter().find(|spec| spec.vendor == difference.vendor) else { return String::new() };
    let (before, page) = (difference.spec.as_deref().unwrap_or_default(), difference.page.as_deref());
    let name = difference.place.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
    match (difference.attribute, page) {
        (Attribute::Wording, _) => String::new(),
        (Attribute::Mistake, _) => "# remove the entry, and what the spec has instead of the page".to_owned(),
        (Attribute::Exists, None) => format!("# remove `{name}`, or say with x-undocumented where it was seen"),
        (Attribute::Exists, Some(page)) => match &difference.field {
            Some(field) if is_parameter(&difference.place) => parameter(field),
            Some(field) => property(field, difference.place.starts_with("answer")),
            None if difference.place == "operation" => operation(page),
            None => format!("# describe the {name} of the operation: {page}"),
        },
        (Attribute::Name, Some(page)) => match page.split_once(' ') {
            Some((method, path)) => format!("{path}:\n  {}:  # instead of {before}", method.to_lowercase()),
            None if is_parameter(&difference.place) => {
                format!("name: {}  # instead of {before}", quoted(page))
            }
            None => format!("{}:  # instead of {before}", quoted(page)),
        },
        (Attribute::Required, Some(page)) => required(spec, difference, name, page == "true"),
        (Attribute::Type, Some(page)) => match page.split_once('(') {
            _ if page.contains(" or ") => {
                "# no value of the spec has several types; one has to be written by hand".to_owned()
            }
            Some((base, format)) => format!("type: {base}\nformat: {}", quoted(format.trim_end_matches(')'))),
            None => format!("type: {}", quoted(page)),
        },
        (Attribute::Enum, Some(line)) if difference.is_doubtful => {
            format!("# `{line}` runs the values together; look where each ends")
        }
        (Attribute::Enum, _) => match &difference.field {
            Some(field) => coded(field, name),
            None => codes(spec, difference),
        },
        (Attribute::Meaning | Attribute::Unit, _) => {
            "# check the names and the descriptions, and everything that counts on them".to_owned()
        }
        (Attribute::Rule, page) => rule(difference, page),
        (Attribute::Status, Some(page)) => {
            page.split(", ").map(|status| format!("\"{status}\":")).collect::<Vec<_>>().join("\n")
        }
        (Attribute::Permission, page) => format!("x-permission: [{}]", page.map(list).unwrap_or_default()),
        (Attribute::ErrorCode, _) => error_codes(spec, difference),
        (Attribute::Filter, Some(functions)) => {
            format!("{}: [{}]", quoted(difference.place.trim_start_matches("filter.")), list(functions))
        }
        (Attribute::Filter, None) => {
            format!("# remove `{}` from `x-filterable`", difference.place.trim_start_matches("filter."))
        }
        (Attribute::Default, Some(value)) => {
            let is_other = ["integer", "boolean"].iter().any(|kind| literal(kind, value).is_some());
            format!("default: {}", if is_other { value.to_owned() } else { quoted(value) })
        }
        (keyword, Some(value)) => format!("{keyword}: {value}"),
        (keyword, None) => format!("# remove `{keyword}`"),
    }
}

/// Texts with commas between them as a list of YAML's.
fn list(texts: &str) -> String {
    texts.split(", ").map(quoted).collect::<Vec<_>>().join(", ")
}

fn required(spec: &Spec, difference: &Difference, name: &str, is_required: bool) -> String {
    if is_parameter(&difference.place) {
        return format!("required: {is_required}");
    }
    let pointer = difference.pointer.split("/required").next().unwrap_or_default();
    // Without a list yet, the difference stands at the property.
    let holder = pointer.split("/properties/").next().filter(|_| !difference.pointer.contains("/required"));
    let mut names = scalars(spec.yaml.get(&format!("{}/required", holder.unwrap_or(pointer))));
    names.retain(|known| known != name);
    names.extend(is_required.then(|| name.to_owned()));
    format!("required: [{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "))
}

/// The schema of a field that has values now, and the reference to it.
fn coded(field: &Field, name: &str) -> String {
    let kind = field.kind.clone().unwrap_or_default();
    let name = words::free_name("", name, &[]);
    let (mut values, mut names, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for code in &field.codes {
        values.push(literal(&kind.base, &code.value).unwrap_or_else(|| quoted(&code.value)));
        names.push(words::free_name(&code.meaning, &code.value, &names));
        texts.push(quoted(words::TO_CONFIRM));
    }
    let mut lines =
        vec![format!("$ref: '#/components/schemas/{name}'  # instead of its type and its bounds; and there:")];
    lines.extend([format!("{name}:"), format!("  type: {}", quoted(&kind.base))]);
    lines.extend(kind.format.map(|format| format!("  format: {}", quoted(&format))));
    lines.push(format!("  description: {}", words::TO_CONFIRM));
    for (key, list) in [("enum", values), ("x-enum-varnames", names), ("x-enum-descriptions", texts)] {
        lines.push(format!("  {key}: [{}]", list.join(", ")));
    }
    lines.join("\n")
}

/// The values of a code with their names and descriptions, as they are with the change.
fn codes(spec: &Spec, difference: &Difference) -> String {
    let schema = difference.pointer.split("/enum").next().unwrap_or_default();
    let kind = spec.yaml.get(&format!("{schema}/type")).map(scalar).unwrap_or_default();
    let keys = ["enum", "x-enum-varnames", "x-enum-descriptions"];
    let mut lists = keys.map(|key| scalars(spec.yaml.get(&format!("{schema}/{key}"))));
    match (&difference.page, &difference.spec) {
        (Some(value), _) => {
            let words =
                [value.clone(), words::free_name(&difference.words, value, &lists[1]), words::TO_CONFIRM.to_owned()];
            lists.iter_mut().zip(words).for_each(|(list, word)| list.push(word));
        }
        (None, value) => {
            let place = lists[0].iter().position(|known| Some(known) == value.as_ref());
            for list in &mut lists {
                place.filter(|place| *place < list.len()).map(|place| list.remove(place));
            }
        }
    }
    let line = |(key, list): (&str, &Vec<String>)| {
        let value = |text: &String| match key {
            "enum" => literal(&kind, text).unwrap_or_else(|| quoted(text)),
            _ => quoted(text),
        };
        format!("{key}: [{}]", list.iter().map(value).collect::<Vec<_>>().join(", "))
    };
    keys.into_iter().zip(&lists).map(line).collect::<Vec<_>>().join("\n")
}

/// The codes of an operation as they are with the change, and the row of a new one.
fn error_codes(spec: &Spec, difference: &Difference) -> String {
    let mut codes = scalars(spec.yaml.get(&difference.pointer));
    let Some(code) = &difference.page else {
        codes.retain(|known| Some(known) != difference.spec.as_ref());
        return format!("x-error-codes: [{}]", codes.join(", "));
    };
    codes.push(code.clone());
    codes.sort_by_key(|code| std::cmp::Reverse(code.parse::<i64>().unwrap_or(i64::MIN)));
    let row = (!spec.has_error(code)).then(|| {
        let row = words::error_row(code, &difference.words, &errors(&spec.yaml, "name"));
        format!("\nx-errors:  # one row more\n{row}")
    });
    format!("x-error-codes: [{}]{}", codes.join(", "), row.unwrap_or_default())
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
    lines.push(format!("  schema: {}", inline(field, false)));
    lines.join("\n")
}

/// A schema on one line, without words.
fn inline(field: &Field, is_answer: bool) -> String {
    let mut lines = schema(field, is_answer);
    lines.retain(|line| !line.starts_with('#') && !line.starts_with("description:"));
    format!("{{{}}}", lines.join(", "))
}

/// The lines of a schema.
fn schema(field: &Field, is_answer: bool) -> Vec<String> {
    let kind = field.kind.clone().unwrap_or_default();
    let mut lines = Vec::new();
    if !kind.base.is_empty() && kind.base != "any" {
        lines.push(format!("type: {}", quoted(&kind.base)));
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
    lines.extend(field.items.as_ref().map(|items| format!("items: {}", inline(items, is_answer))));
    if !field.codes.is_empty() {
        let value = |value: &str| literal(&kind.base, value).unwrap_or_else(|| quoted(value));
        let values: Vec<String> = field.codes.iter().map(|code| value(&code.value)).collect();
        lines.push("# codes have a schema of their own, with x-enum-varnames".to_owned());
        lines.push(format!("enum: [{}]", values.join(", ")));
    }
    if !field.fields.is_empty() {
        lines.push("# an object has a schema of its own, with x-vendor-name".to_owned());
        let fields = field.fields.iter().map(|child| format!("{}: {}", quoted(&child.name), inline(child, is_answer)));
        lines.push(format!("properties: {{{}}}", fields.collect::<Vec<_>>().join(", ")));
    }
    lines
}

/// What an operation begins with; its neighbours have the rest.
fn operation(address: &str) -> String {
    let Some((method, path)) = address.split_once(' ') else { return String::new() };
    format!(
        "{}:\n  {}:\n    operationId: {}\n    summary: {}\n    # and what its neighbours have",
        path,
        method.to_lowercase(),
        quoted(&words::operation_id(method, path)),
        words::TO_CONFIRM
    )
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
    let number = if literal("integer", value).is_some() || literal("boolean", value).is_some() {
        value.to_owned()
    } else {
        quoted(value)
    };
    match page {
        Some(_) => format!("- when: {{{}: [{number}]}}\n  {keyword}: [{}]", quoted(governor), quoted(target)),
        None => format!("# remove from `x-rules`: when {governor} is {value}, {keyword} {target}"),
    }
}
