//! Error codes and permissions out of the description of an operation.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::text::{one_line, plain};

static ERROR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\s)(-\d{2,6}) *[-:] *([^\n]*?)(?:$|\n)"));
static PERMISSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)requires?[^\n:.]*permissions?[^\n:.]*:"));

/// The codes that an operation publishes and the vendor's words; nothing where the text speaks neither of codes nor of
/// permissions, because then it was left out.
pub fn errors(description: &str) -> Option<BTreeMap<String, String>> {
    if !tells(description) {
        return None;
    }
    // Each line once more with a line end on both sides, because neighbours would share one.
    let text = plain(description).replace('\n', "\n\n");
    Some(ERROR.captures_iter(&text).map(|found| (found[1].to_owned(), one_line(&found[2]))).collect())
}

/// The permissions of which a caller needs one.
pub fn permission(description: &str) -> Option<Vec<String>> {
    if !tells(description) {
        return None;
    }
    let text = plain(description);
    let list = PERMISSION.find(&text).map(|found| &text[found.end()..]).unwrap_or_default();
    let lines: Vec<&str> = list.lines().map(str::trim).collect();
    // An empty line ends the list, unless every name is a paragraph; then a sentence of another kind does.
    let are_paragraphs = lines.first() == Some(&"") && lines.get(1) == Some(&"");
    let lines = lines.iter().enumerate().skip_while(|(_, line)| line.is_empty());
    let lines = lines.take_while(|(index, line)| {
        let is_sentence = *index > 0 && (line.contains(": ") || line.ends_with([':', '.']));
        if line.is_empty() { are_paragraphs } else { !is_sentence }
    });
    let names = lines.flat_map(|(_, line)| line.split(';')).map(|name| one_line(name).trim_end_matches('.').to_owned());
    let mut names: Vec<_> = names.filter(|name| !name.is_empty() && !name.starts_with('-')).collect();
    names.sort();
    Some(names)
}

fn tells(description: &str) -> bool {
    let text = description.to_lowercase();
    text.contains("permission") || text.contains("error code")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Does it.\n\nThe interface requires one of the permissions: \nSite View\nSite Edit\n\n\
        The possible error code is one of the following error codes (non generic): \n-33000  -  No site.\n-42059  –  Twice.";

    #[test]
    fn both_lists() {
        let codes: Vec<_> = errors(TEXT).unwrap().into_iter().collect();
        assert_eq!(codes, [("-33000".into(), "No site.".into()), ("-42059".into(), "Twice.".into())]);
        assert_eq!(permission(TEXT).unwrap(), ["Site Edit", "Site View"]);
    }

    #[test]
    fn names_that_are_paragraphs() {
        let text = "Does it.\n\nThe interface requires one of the permissions: \n\nSite View\n\nSite Edit\n\n\n\n\
            The possible error code is one of the following error codes (non generic): \n\n-33000  -  No site.";
        assert_eq!(permission(text).unwrap(), ["Site Edit", "Site View"]);
        assert_eq!(permission("Requires the permission: Site View.").unwrap(), ["Site View"]);
    }

    #[test]
    fn silence_is_no_empty_list() {
        assert_eq!(errors("Does it."), None);
        assert_eq!(permission("Does it."), None);
        assert_eq!(errors("The interface requires one of the permissions: \nSite View").unwrap().len(), 0);
    }
}
