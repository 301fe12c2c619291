//! Texts with numbers that no reader understood, though the spec has an enumeration there: somebody has to look.

use crate::field::Field;
use crate::page::Page;
use crate::prose;
use crate::spec::Spec;

/// Each such text of a page, with its file and its line.
pub fn unread(specs: &[Spec], page: &Page) -> Vec<String> {
    let mut unread = Vec::new();
    for theirs in &page.operations {
        let ours = specs.iter().flat_map(|spec| &spec.operations).find(|ours| ours.key == theirs.key);
        let Some(ours) = ours else { continue };
        let (known, shown) = (ours.places(), theirs.places());
        for (place, field) in known {
            // The text about the items of a list stands at the list.
            let Some(named) = shown.get(place.trim_end_matches("[]")) else { continue };
            let read = shown.get(&place).unwrap_or(named);
            if is_unread(field, read, &named.description) {
                let text: String = named.description.chars().take(80).collect();
                unread.push(format!(
                    "{}:{}: {}, {place}: the text holds numbers that were not understood: {text}",
                    page.file,
                    named.line.max(1),
                    ours.name,
                ));
            }
        }
    }
    unread
}

fn is_unread(ours: &Field, theirs: &Field, text: &str) -> bool {
    let is_list = ours.items.is_some();
    let is_expected = !ours.codes.is_empty() || (!is_list && prose::is_announced(text));
    is_expected
        && theirs.codes.is_empty()
        && theirs.glued_codes.is_none()
        && theirs.bounds.is_empty()
        && prose::holds_numbers(&prose::one_line(text))
}
