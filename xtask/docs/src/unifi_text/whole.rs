//! Whether the answer of an operation is whole on a page that ends with it, without a sample.

use super::fields::{NAME, TYPE, fields};
use super::lines::Line;

/// Checks the lines of an answer. `expected` are the fields that every page of the operation shows; `is_in_line` is whether
/// the last line has no end. What is missing is the error.
pub fn check(answer: &[Line], expected: &[String], is_in_line: bool) -> Result<(), String> {
    let Some(last) = answer.last().map(|line| line.text.trim()) else {
        return Err("has no status of an answer".to_owned());
    };
    let is_status =
        |text: &str| !text.is_empty() && text.len().is_multiple_of(3) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !answer.first().is_some_and(|line| is_status(line.text.trim())) {
        return Err("has no status of an answer".to_owned());
    }
    let is_ended = is_status(last) || TYPE.is_match(last);
    let mark = last.to_lowercase();
    let is_mark = ["required", "optional", "expand", "collapse"].contains(&mark.as_str());
    if !is_ended && (is_mark || NAME.is_match(last.trim_matches('`')) || mark.starts_with("response schema")) {
        return Err(format!("has nothing behind `{}`", last.chars().take(40).collect::<String>()));
    }
    // A type may go on: "Array of object (Voucher)".
    if is_in_line && !is_status(last) && !last.ends_with(['.', '!', '?', ')', '`', ':']) {
        return Err("within a line".to_owned());
    }
    let shown = fields(answer);
    match expected.iter().find(|name| !shown.iter().any(|field| field.name == **name)) {
        Some(name) => Err(format!("lacks `{name}`, which the spec has in the answer")),
        None => Ok(()),
    }
}
