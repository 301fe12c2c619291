//! The snapshots of the tests; two of them are the reviewed surfaces of the vendors.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

const FOLDER: &str = "tests/it/snapshots";

/// The modules of tests that have snapshots.
pub fn modules(root: &Path) -> Result<BTreeSet<String>, String> {
    let mistake = |error: io::Error| format!("{FOLDER}: {error}");
    let mut modules = BTreeSet::new();
    for entry in fs::read_dir(root.join(FOLDER)).map_err(mistake)? {
        modules.extend(module(&entry.map_err(mistake)?.file_name().to_string_lossy()).map(str::to_owned));
    }
    Ok(modules)
}

/// The module in the name of a snapshot: `bounds` in `it__bounds__repeated.snap`.
fn module(name: &str) -> Option<&str> {
    name.strip_suffix(".snap")?.split("__").nth(1)
}

/// Where the reviewed surface is read.
#[derive(Debug, Clone, Copy)]
pub enum Reviewed {
    /// In the last commit, so that a change is told until it is committed, however often its snapshots are refreshed.
    Committed,
    /// In the work tree.
    Present,
}

impl Reviewed {
    /// Reads the reviewed surface of a vendor, if there is one.
    pub fn surface(self, root: &Path, vendor: &str) -> Result<Option<String>, String> {
        let name = format!("{FOLDER}/it__generated__{vendor}_surface.snap");
        let committed = match self {
            Self::Committed => committed(root, &name),
            Self::Present => None,
        };
        let text = match (committed, fs::read_to_string(root.join(&name))) {
            (Some(text), _) | (None, Ok(text)) => text,
            (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            (None, Err(error)) => return Err(format!("{name}: {error}")),
        };
        content(&text).map(|content| Some(content.to_owned())).ok_or(format!("{name} is no snapshot"))
    }
}

/// A file of the last commit; nothing where git does not have it, or there is no git.
fn committed(root: &Path, name: &str) -> Option<String> {
    let shown = Command::new("git").args(["show", &format!("HEAD:./{name}")]).current_dir(root).output().ok()?;
    shown.status.success().then(|| String::from_utf8(shown.stdout).ok())?
}

/// What stands behind the header of a snapshot, which two lines of dashes enclose.
fn content(text: &str) -> Option<&str> {
    let (_header, content) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_stands_in_the_name() {
        assert_eq!(module("it__bounds__repeated.snap"), Some("bounds"));
        assert_eq!(module("it__bounds__repeated.snap.new"), None);
    }

    #[test]
    fn the_header_is_not_content() {
        let text = "---\nsource: tests/it/generated.rs\nexpression: surface\n---\nvalue Secret\n    type: string\n";
        assert_eq!(content(text), Some("value Secret\n    type: string\n"));
        assert_eq!(content("value Secret\n"), None);
    }
}
