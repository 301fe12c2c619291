//! Error codes and permissions out of the description of an operation.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use super::text::{one_line, plain};

static ERROR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\s)(-\d{2,6}) *[-:] *([^\n]*?)(?:$|\n)"));
static PERMISSION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)requires?[^\n:.]*permissions?[^\n:.]*: *((?:\n?[^\n]+)+)"));

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
    // Lines that hold nothing but spaces end the list.
    let text = text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let found = PERMISSION.captures(&text).map(|found| found[1].to_owned()).unwrap_or_default();
    let names = found.split(['\n', ';']).map(|line| one_line(line).trim_end_matches('.').to_owned());
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
    fn silence_is_no_empty_list() {
        assert_eq!(errors("Does it."), None);
        assert_eq!(permission("Does it."), None);
        assert_eq!(errors("The interface requires one of the permissions: \nSite View").unwrap().len(), 0);
    }
}
