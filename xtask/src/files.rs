//! Generated files that are committed.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// The files as they have to be, by their paths in the repository.
#[derive(Debug)]
pub struct Files {
    /// The folders that hold these files and no others.
    folders: Vec<String>,
    texts: BTreeMap<String, String>,
}

impl Files {
    pub fn new(folders: impl IntoIterator<Item = String>, texts: BTreeMap<String, String>) -> Self {
        Self { folders: folders.into_iter().collect(), texts }
    }

    /// Returns the paths of the files that are missing, that differ in any byte, and that are no longer generated.
    pub fn stale(&self, root: &Path) -> Result<Vec<String>, String> {
        let mut present = BTreeMap::new();
        for folder in &self.folders {
            read(root, folder, &mut present)?;
        }
        let mut stale: Vec<String> = self.texts.keys().chain(present.keys()).cloned().collect();
        stale.retain(|path| self.texts.get(path).map(String::as_bytes) != present.get(path).map(Vec::as_slice));
        stale.sort();
        stale.dedup();
        Ok(stale)
    }

    /// Writes the stale files and removes those that are no longer generated.
    pub fn write(&self, root: &Path) -> Result<(), String> {
        for path in self.stale(root)? {
            let file = root.join(&path);
            let written = match self.texts.get(&path) {
                Some(text) => file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text)),
                None => fs::remove_file(&file),
            };
            written.map_err(|error| format!("{path}: {error}"))?;
        }
        Ok(())
    }
}

/// Reads all files below a folder, which need not exist.
fn read(root: &Path, folder: &str, found: &mut BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let mistake = |error: io::Error| format!("{folder}: {error}");
    let entries = match fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(mistake)?,
    };
    for entry in entries {
        let entry = entry.map_err(mistake)?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(mistake)?.is_dir() {
            read(root, &path, found)?;
        } else {
            let bytes = fs::read(entry.path()).map_err(|error| format!("{path}: {error}"))?;
            found.insert(path, bytes);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: [(&str, &str); 2]) -> Files {
        let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
        Files::new(["made".to_owned()], texts.into())
    }

    #[test]
    fn stale_files_are_written_or_removed_and_others_are_kept() {
        let root = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        let (old, new) =
            (files([("made/a.rs", "a"), ("made/b.rs", "b")]), files([("made/b.rs", "b\n"), ("made/c.rs", "c")]));
        old.write(&root).unwrap();
        fs::write(root.join("by_hand.rs"), "kept").unwrap();
        assert_eq!(old.stale(&root), Ok(Vec::new()));
        assert_eq!(new.stale(&root), Ok(["made/a.rs", "made/b.rs", "made/c.rs"].map(str::to_owned).to_vec()));
        new.write(&root).unwrap();
        assert_eq!(new.stale(&root), Ok(Vec::new()));
        assert_eq!(old.stale(&root), Ok(["made/a.rs", "made/b.rs", "made/c.rs"].map(str::to_owned).to_vec()));
        assert_eq!(fs::read_to_string(root.join("by_hand.rs")).unwrap(), "kept");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn files_are_compared_byte_for_byte() {
        let root = std::env::temp_dir().join(format!("xtask-bytes-{}", std::process::id()));
        let expected = files([("made/a.rs", "a\n"), ("made/sub/b.rs", "b\n")]);
        expected.write(&root).unwrap();
        for other in [b"a".as_slice(), b"a\r\n", b"a\n\n", b"\xef\xbb\xbfa\n", b"\xff\n", b""] {
            fs::write(root.join("made/a.rs"), other).unwrap();
            assert_eq!(expected.stale(&root), Ok(vec!["made/a.rs".to_owned()]), "{other:?}");
        }
        fs::write(root.join("made/sub/more.txt"), "").unwrap();
        assert_eq!(expected.stale(&root), Ok(vec!["made/a.rs".to_owned(), "made/sub/more.txt".to_owned()]));
        fs::remove_dir_all(root).unwrap();
    }
}
