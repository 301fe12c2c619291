//! Fields line by line: a name, whether it is required, a type, then words about it.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use crate::field::{Bound, Code, Field, Kind};
use crate::prose::{self, pattern};

pub static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[A-Za-z_$][A-Za-z0-9_.$-]*$"));
pub static TYPE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:Array of )?(?:string|integer|number|boolean|object|array|any|null)s?(?: ?(?:<[\w-]+>|\(.*\)|\[.*\]|[<>]=? ?-?\d+.*|non-empty|\d+ characters.*))*$",
    )
});
static FORMAT: LazyLock<Regex> = LazyLock::new(|| pattern(r"<([\w-]+)>"));
static BOTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[ ?(-?\d+) ?\.\. ?(-?\d+) ?\](?: (characters|items))?"));
static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$"));

/// Reads fields. Words before the first of them belong to nobody.
pub fn fields(lines: &[Line]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        if let Some((field, length)) = head(&lines[index..]) {
            fields.push(field);
            index += length;
            continue;
        }
        if let Some(field) = fields.last_mut() {
            said(field, &lines[index].text);
        }
        index += 1;
    }
    for field in &mut fields {
        settle(field);
    }
    fields
}

/// The name, the marks and the type of a field, and how many lines they take.
fn head(lines: &[Line]) -> Option<(Field, usize)> {
    let first = lines.first()?;
    let name = first.text.trim_matches('`');
    if !NAME.is_match(name) || TYPE.is_match(name) && !lines.get(1).is_some_and(|next| TYPE.is_match(&next.text)) {
        return None;
    }
    let mut field = Field::named(name.strip_suffix("Expand").filter(|name| !name.is_empty()).unwrap_or(name));
    field.is_collapsed = field.name != name;
    field.line = first.number;
    field.required = Some(false);
    let mut length = 1;
    while let Some(line) = lines.get(length) {
        match line.text.as_str() {
            "Expand" | "Collapse" => field.is_collapsed = true,
            text if text.eq_ignore_ascii_case("required") => field.required = Some(true),
            text if text.eq_ignore_ascii_case("optional") => field.required = Some(false),
            text if TYPE.is_match(text) => {
                kind(&mut field, text);
                return Some((field, length + 1));
            }
            _ => return None,
        }
        length += 1;
    }
    None
}

/// `integer`, `Array of object (Hotspot voucher details)`, and what else a page may add.
fn kind(field: &mut Field, text: &str) {
    let (is_list, rest) = text.strip_prefix("Array of ").map_or((false, text), |rest| (true, rest));
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    let base = word.strip_suffix('s').unwrap_or(&word).to_owned();
    let format = FORMAT.captures(rest).map(|found| found[1].to_owned());
    let kind = Kind { base, format };
    // A page shows the fields of an object only to those who ask, so none of them is denied.
    let is_collapsed = kind.base == "object";
    if is_list {
        field.kind = Some(Kind::plain("array"));
        field.items = Some(Box::new(Field { kind: Some(kind), is_collapsed, line: field.line, ..Field::default() }));
        field.is_collapsed = false;
    } else {
        field.is_collapsed = is_collapsed;
        if let Some(found) = BOTH.captures(rest) {
            let (lower, upper) = match found.get(3).map(|unit| unit.as_str()) {
                Some("items") => (Bound::MinItems, Bound::MaxItems),
                Some(_) => (Bound::MinLength, Bound::MaxLength),
                None => (Bound::Minimum, Bound::Maximum),
            };
            field.bounds.extend([(lower, found[1].to_owned()), (upper, found[2].to_owned())]);
        }
        field.kind = Some(kind);
    }
}

/// A line behind the type: codes, a default, or words.
fn said(field: &mut Field, text: &str) {
    let is_text = field.kind.as_ref().is_some_and(|kind| kind.base == "string");
    let list = text.strip_prefix("Enum:").or_else(|| text.strip_prefix("Enum ")).map(str::trim);
    if let Some(list) = list.filter(|_| is_text) {
        let values =
            list.split([' ', ',']).map(|value| value.trim_matches(['"', '`', '\''])).filter(|value| !value.is_empty());
        field.codes.extend(values.map(|value| Code { value: value.to_owned(), meaning: String::new() }));
    } else if is_text && field.description.is_empty() && CODE.is_match(text) {
        field.codes.push(Code { value: text.to_owned(), meaning: String::new() });
    } else if let Some(default) = text.strip_prefix("Default:") {
        field.default = Some(default.trim().trim_matches(['"', '`']).to_owned());
    } else {
        if !field.description.is_empty() {
            field.description.push(' ');
        }
        field.description.push_str(&prose::one_line(text));
    }
}

/// Codes on one line run together; only the spec can tell where one ends.
fn settle(field: &mut Field) {
    if let [only] = field.codes.as_slice() {
        field.glued_codes = Some(only.value.clone());
        field.codes.clear();
    }
}
