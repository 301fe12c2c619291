//! Names and words that stand in until somebody confirms them.

/// A description that nobody wrote yet.
pub const TO_CONFIRM: &str = "New on the vendor's page and to be described.";

/// A name in the manner of Rust's for a value or a code: the first words of what the vendor says of it.
pub fn name(words: &str, value: &str) -> String {
    const NOISE: [&str; 16] =
        ["the", "a", "an", "of", "to", "is", "are", "be", "please", "this", "that", "by", "in", "has", "have", "been"];
    let head = words.split(['.', ',', ';', '(']).next().unwrap_or_default();
    let letters = |character: char| !character.is_ascii_alphanumeric();
    let mut name = String::new();
    let parts = head.split(letters).filter(|word| !word.is_empty() && !NOISE.contains(&word.to_lowercase().as_str()));
    for word in parts.take(4) {
        push(&mut name, word);
    }
    if name.is_empty() {
        for word in value.split(letters).filter(|word| !word.is_empty()) {
            push(&mut name, word);
        }
    }
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("Value{name}") }
}

/// Such a name that nothing beside it has: after the words, or else after the value, or else with a number behind it.
pub fn free_name(words: &str, value: &str, taken: &[String]) -> String {
    // What is not documented is kept in `Unknown`, and `Self` names the type itself.
    let is_free = |name: &String| !["Unknown", "Self"].contains(&name.as_str()) && !taken.contains(name);
    let plain = name("", value);
    let numbered = (2_u64..).map(|number| format!("{plain}{number}"));
    let mut names = [name(words, value), plain.clone()].into_iter().chain(numbered);
    names.find(is_free).unwrap_or(plain)
}

/// A row of the table of errors, of which all but the code is to be confirmed. `taken` are the names of its other rows.
pub fn error_row(code: &str, words: &str, taken: &[String]) -> String {
    let name = free_name(words, &format!("Code{}", code.trim_start_matches('-')), taken);
    format!("- {{code: {code}, name: {name}, class: {}, description: {TO_CONFIRM}}}", class(words))
}

/// The class that the vendor's words suggest.
fn class(words: &str) -> &'static str {
    let words = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if has(&["not exist", "not found"]) {
        "missing"
    } else if has(&["being performed", "try again", "busy", "too many"]) {
        "busy"
    } else if has(&["limit", "cannot be created"]) {
        "limit"
    } else if has(&["token", "grant", "permission", "forbidden", "log in"]) {
        "auth"
    } else {
        "invalid"
    }
}

/// A name for an operation: a verb for its method, and the last words of its path.
pub fn operation_id(method: &str, path: &str) -> String {
    let verb = match method {
        "GET" => "read",
        "DELETE" => "delete",
        "PATCH" | "PUT" => "edit",
        _ => "create",
    };
    let last = path.rsplit('/').find(|part| !part.is_empty() && !part.starts_with('{')).unwrap_or_default();
    let mut name = verb.to_owned();
    for word in last.split(['-', '_', '.']).filter(|word| !word.is_empty()) {
        push(&mut name, word);
    }
    name
}

fn push(name: &mut String, word: &str) {
    let is_shouted = word.chars().all(|character| !character.is_ascii_lowercase());
    let mut characters = word.chars();
    name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
    name.extend(characters.map(|character| if is_shouted { character.to_ascii_lowercase() } else { character }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_vendors_words() {
        assert_eq!(name("Duplicated voucher group name.", "-1"), "DuplicatedVoucherGroupName");
        assert_eq!(name("", "NEW_VALUE"), "NewValue");
        assert_eq!(name("", "3"), "Value3");
        assert_eq!(operation_id("GET", "/v1/sites/{siteId}/hotspot/voucher-prices/{id}"), "readVoucherPrices");
        let row = error_row("-42070", "The tariff does not exist.", &[]);
        assert!(row.starts_with("- {code: -42070, name: TariffDoesNotExist, class: missing, "), "{row}");
    }

    #[test]
    fn no_name_is_given_twice() {
        let taken = ["Weekly", "Value4", "Value42"].map(str::to_owned);
        assert_eq!(free_name("Weekly", "3", &taken), "Value3");
        assert_eq!(free_name("weekly", "4", &taken), "Value43");
        assert_eq!(free_name("unknown", "5", &taken), "Value5");
        assert_eq!(free_name("self", "SELF", &taken), "Self2");
    }
}
