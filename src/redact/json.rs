//! What is looked at in a body that may be half a JSON document.

/// What servers write before JSON, so that no page of another site reads it as a script.
const PREFIXES: [&str; 5] = [")]}'", "while(1);", "for(;;);", "{}&&", "//"];

/// The fields that hold words about a failure.
const TOLD: [&str; 5] = ["error", "message", "msg", "path", "statusName"];

/// A body behind what may be written before JSON.
pub(super) fn without_prefix(text: &str) -> &str {
    let rest = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix));
    let rest = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ','));
    rest.filter(|rest| rest.starts_with(['{', '[', '"'])).unwrap_or(text)
}

/// JSON without its texts, but for those that tell of a failure.
pub(super) fn told(text: &str) -> String {
    let mut told = String::new();
    let mut key = "";
    let mut rest = text;
    while !rest.is_empty() {
        if !rest.starts_with('"') {
            let length = rest.find('"').unwrap_or(rest.len());
            told.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        let (literal, after) = literal(rest);
        let is_key = after.trim_start().starts_with(':');
        if is_key {
            key = literal;
        }
        match is_key || TOLD.contains(&key) {
            true => told.push_str(&format!("\"{literal}\"")),
            false => told.push_str("\"…\""),
        }
        rest = after;
    }
    told
}

/// The text of the string literal at the start, and what follows it; a literal that breaks off ends with the text.
fn literal(text: &str) -> (&str, &str) {
    let inner = &text[1..];
    let mut escaped = false;
    for (index, character) in inner.char_indices() {
        match character {
            '"' if !escaped => return (&inner[..index], &inner[index + 1..]),
            _ => escaped = character == '\\' && !escaped,
        }
    }
    (inner, "")
}
