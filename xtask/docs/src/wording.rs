//! The words of the vendors' pages, as far as they were reviewed: enough to tell new words from old ones, and no more.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::field::Field;
use crate::page::Page;
use crate::prose;

/// Fingerprints of descriptions.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    known: BTreeSet<String>,
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

    /// The fingerprints of all descriptions of a page.
    pub fn of(page: &Page) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        for operation in &page.operations {
            words.extend(operation.words.iter().filter_map(|text| fingerprint(text)));
            for field in operation.parameters.iter().chain(&operation.request).chain(&operation.answer) {
                collect(field, &mut words);
            }
        }
        words
    }

    /// Those that were not there when the pages were last reviewed.
    pub fn unknown<'a>(&'a self, words: &'a BTreeSet<String>) -> impl Iterator<Item = &'a String> {
        words.difference(&self.known)
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

fn collect(field: &Field, words: &mut BTreeSet<String>) {
    words.extend(fingerprint(&field.description));
    for child in field.fields.iter().chain(field.items.as_deref()) {
        collect(child, words);
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
