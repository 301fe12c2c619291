//! The table of properties to filter by, in every way in which it gets copied.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::prose::pattern;

const TYPES: &str = r"(?:UUID|STRING|INTEGER|DECIMAL|NUMBER|TIMESTAMP|BOOLEAN|SET(?:\([A-Z\\| ]*\))?)";

const FUNCTIONS: &str =
    "isNotNull|isNull|isEmpty|containsExactly|containsAny|containsAll|contains|notIn|like|eq|ne|gt|ge|lt|le|in";

/// A table whose cells ran together: a name, a type in capitals, functions by their names.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"([A-Za-z][A-Za-z0-9_.]*?)\s*({TYPES})\s*((?:{FUNCTIONS})(?:[\s,]+(?:{FUNCTIONS}))*)"))
});
static TYPE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{TYPES}$")));
static FUNCTION: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^(?:{FUNCTIONS})$")));
static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[A-Za-z][A-Za-z0-9_.]*$"));

/// The properties and their functions, where a text has such a table.
pub fn filters(text: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let start = text.find("Filterable properties")?;
    let text = text[start..].replace('`', " ");
    let (mut rows, mut rest) = (BTreeMap::new(), String::new());
    for line in text.lines() {
        let line = line.trim();
        let cells: Vec<&str> = match (line.contains('|'), line.contains('\t')) {
            // The bars within the type of a set are escaped.
            (true, _) => line.trim_matches('|').split('|').map(str::trim).collect(),
            (_, true) => line.split('\t').map(str::trim).collect(),
            _ => Vec::new(),
        };
        match (cells.first(), cells.get(1), cells.last()) {
            (Some(name), Some(kind), Some(functions)) if cells.len() >= 3 => {
                if NAME.is_match(name)
                    && kind.starts_with(|first: char| first.is_ascii_uppercase())
                    && !kind.starts_with("Ty")
                {
                    rows.insert((*name).to_owned(), words(functions));
                }
            }
            _ => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
    }
    if rows.is_empty() {
        rows = one_cell_a_line(&rest);
    }
    if rows.is_empty() {
        let rest = rest.split_once("Allowed functions").map_or(rest.as_str(), |(_, rest)| rest);
        rows = GLUED.captures_iter(rest).map(|found| (found[1].to_owned(), words(&found[3]))).collect();
    }
    Some(rows)
}

/// Whether cells are a row of such a table.
pub fn is_row(cells: &[String]) -> bool {
    matches!(cells, [name, kind, _] if NAME.is_match(name.trim()) && TYPE.is_match(kind.trim()))
}

/// A table that was copied with a line for each cell, or even for each function.
fn one_cell_a_line(text: &str) -> BTreeMap<String, Vec<String>> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let is_start =
        |index: usize| NAME.is_match(lines[index]) && lines.get(index + 1).is_some_and(|next| TYPE.is_match(next));
    let mut rows = BTreeMap::new();
    for index in (0..lines.len()).filter(|index| is_start(*index)) {
        let Some(first) = lines.get(index + 2) else { continue };
        let rest = (index + 3..lines.len()).take_while(|next| !is_start(*next)).map(|next| lines[next]);
        let mut functions = words(first);
        functions.extend(rest.take_while(|line| FUNCTION.is_match(line)).flat_map(words));
        rows.insert(lines[index].to_owned(), functions);
    }
    rows
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', ',', '\t']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_in_every_copy() {
        for text in [
            "Filterable properties (click to expand)\n\n|Name|Type|Allowed functions|\n|-|-|-|\n|`id`|`UUID`|`eq` `notIn`|\n|`note`|`STRING`|`in` `like`|\n</details>",
            "Filterable properties (click to expand)\nName\tType\tAllowed functions\nid\tUUID\teq notIn\nnote\tSTRING\tin like",
            "Filterable properties (click to expand)\nName\nType\nAllowed functions\nid\nUUID\neq notIn\nnote\nSTRING\nin like\npath Parameters",
            "Filterable properties (click to expand)NameTypeAllowed functionsidUUIDeq notInnoteSTRINGin likepath Parameters",
        ] {
            let rows: Vec<_> = filters(text)
                .unwrap()
                .into_iter()
                .map(|(name, words)| format!("{name}: {}", words.join(" ")))
                .collect();
            assert_eq!(rows, ["id: eq notIn", "note: in like"], "{text}");
        }
        assert_eq!(filters("no table"), None);
    }
}
