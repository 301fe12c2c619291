//! The words of the vendors' pages, as far as they were reviewed: enough to tell new words from old ones, and no more.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

use crate::difference::Difference;
use crate::page::Page;
use crate::prose;
use crate::vendor::Key;

/// Fingerprints of descriptions.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    known: BTreeSet<String>,
}

/// A description on a page.
#[derive(Debug)]
pub struct Worded {
    pub operation: Key,
    pub place: String,
    pub text: String,
    /// Where the page has it; the first line is 1, and 0 is unknown.
    pub line: usize,
    pub fingerprint: String,
}

/// The places of differences, so that one look tells whether a description has any.
#[derive(Debug, Default)]
pub struct Places<'a> {
    /// Each place without the brackets at its end, and as it is.
    exact: HashSet<(&'a Key, &'a str)>,
    holders: HashSet<(&'a Key, &'a str)>,
    /// The operations with a difference that their own description tells.
    own: HashSet<&'a Key>,
}

impl<'a> Places<'a> {
    /// The places of these differences.
    pub fn of(differences: impl Iterator<Item = &'a Difference>) -> Self {
        let mut places = Self::default();
        for difference in differences {
            let (Some(key), place) = (&difference.key, difference.place.as_str()) else { continue };
            places.exact.insert((key, place.trim_end_matches("[]")));
            places.holders.insert((key, place));
            if ["errors.", "filter."].iter().any(|start| place.starts_with(start)) {
                places.own.insert(key);
            }
        }
        places
    }

    /// Whether a difference tells a fact of a description, so that more than its words changed.
    pub fn has(&self, words: &Worded) -> bool {
        let (key, place) = (&words.operation, words.place.as_str());
        let mut holders = place.match_indices(['.', '[']).map(|(end, _)| &place[..end]);
        self.exact.contains(&(key, place.trim_end_matches("[]")))
            || holders.any(|holder| self.holders.contains(&(key, holder)))
            || (place == "operation" && self.own.contains(key))
    }
}

impl Wording {
    /// The file, relative to the root of the repository.
    pub const FILE: &'static str = "spec/wording.txt";

    /// What the file says of itself.
    const HEAD: &'static str = "\
# Fingerprints of the vendors' descriptions, as they were when their facts were last compared with the specs. Written by
# `cargo xtask regen --docs ... --write`, which counts descriptions that it does not find here. Do not edit.
";

    /// Reads the file.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self { known: lines.flat_map(str::split_whitespace).map(str::to_owned).collect() }
    }

    /// All descriptions of a page.
    pub fn of(page: &Page) -> Vec<Worded> {
        let mut words = Vec::new();
        for operation in &page.operations {
            let own = operation.words.iter().map(|text| ("operation".to_owned(), text, operation.line));
            let fields = operation.places().into_iter().map(|(place, field)| (place, &field.description, field.line));
            words.extend(own.chain(fields).filter_map(|(place, text, line)| {
                let (operation, fingerprint) = (operation.key.clone(), fingerprint(text)?);
                Some(Worded { operation, place, text: prose::one_line(text), line, fingerprint })
            }));
        }
        words
    }

    /// Whether a description was there when the pages were last reviewed.
    pub fn knows(&self, fingerprint: &str) -> bool {
        self.known.contains(fingerprint)
    }

    /// The file with more fingerprints.
    pub fn with(&self, words: &BTreeSet<String>) -> String {
        let all: Vec<&String> = self.known.union(words).collect();
        let mut text = Self::HEAD.to_owned();
        for line in all.chunks(12) {
            let line: Vec<&str> = line.iter().map(|word| word.as_str()).collect();
            let _ = writeln!(text, "{}", line.join(" "));
        }
        text
    }
}

/// The fingerprint of a text, whatever its case, marks and spaces (FNV-1a, folded to 32 bits).
fn fingerprint(text: &str) -> Option<String> {
    let words: Vec<String> = prose::one_line(text)
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() {
        return None;
    }
    let hash = words
        .join(" ")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    Some(format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_has_no_part_in_it() {
        assert_eq!(fingerprint("Within the range of 1–10."), fingerprint("within  the range of 1-10"));
        assert_ne!(fingerprint("within the range of 1-10"), fingerprint("within the range of 1-11"));
        assert_eq!(fingerprint(" - "), None);
    }
}
