//! The JSON Schemas of the requests, one file each, for forms in other languages, and the specs as OpenAPI 3.1.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde_json::{Map, Value};

use crate::library::Library;

const FOLDER: &str = "schemas";

/// The folder of the specs as OpenAPI 3.1.
const OPENAPI: &str = "openapi";

/// The files as they have to be, by their paths in the repository.
#[derive(Debug, PartialEq, Eq)]
pub struct Schemas(BTreeMap<String, String>);

impl Schemas {
    /// What the build made of the specs.
    pub fn of(library: &Library, vendors: &[&str]) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for vendor in vendors {
            files.extend(split(vendor, &library.schemas(vendor)?)?);
            files.extend(split(OPENAPI, &library.openapi(vendor)?)?);
        }
        Ok(Self(files))
    }

    /// The files that are missing, that are others, and that nothing is written to any more.
    pub fn stale(&self, root: &Path) -> Result<Vec<String>, String> {
        let present = present(root)?;
        let all = self.0.keys().chain(present.keys());
        let mut stale: Vec<String> = all.filter(|path| self.0.get(*path) != present.get(*path)).cloned().collect();
        stale.sort();
        stale.dedup();
        Ok(stale)
    }

    /// Writes what is stale, and removes what nothing is written to any more.
    pub fn write(&self, root: &Path) -> Result<(), String> {
        for path in self.stale(root)? {
            let file = root.join(&path);
            let written = match self.0.get(&path) {
                Some(text) => file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text)),
                None => fs::remove_file(&file),
            };
            written.map_err(|error| format!("{path}: {error}"))?;
        }
        Ok(())
    }
}

/// The members of an object, each as a file of a folder.
fn split(folder: &str, text: &str) -> Result<Vec<(String, String)>, String> {
    let mistake = |error: serde_json::Error| format!("the schemas of {folder}: {error}");
    let schemas: Map<String, Value> = serde_json::from_str(text).map_err(mistake)?;
    let files = schemas.iter().map(|(name, schema)| {
        let text = serde_json::to_string_pretty(schema).map_err(mistake)?;
        Ok((format!("{FOLDER}/{folder}/{name}.json"), text + "\n"))
    });
    files.collect()
}

/// The files that are there, by their paths.
fn present(root: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for vendor in entries(&root.join(FOLDER))? {
        for name in entries(&root.join(FOLDER).join(&vendor))? {
            let path = format!("{FOLDER}/{vendor}/{name}");
            let text = fs::read_to_string(root.join(&path)).map_err(|error| format!("{path}: {error}"))?;
            found.insert(path, text);
        }
    }
    Ok(found)
}

/// The names in a folder, which need not be there.
fn entries(folder: &Path) -> Result<Vec<String>, String> {
    let mistake = |error: io::Error| format!("{}: {error}", folder.display());
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries
            .map_err(mistake)?
            .map(|entry| Ok(entry.map_err(mistake)?.file_name().to_string_lossy().into_owned()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schema_is_a_file() {
        let files = split("omada", r#"{"B": {"type": "object"}, "A": {}}"#).unwrap();
        let expected = [("schemas/omada/A.json", "{}\n"), ("schemas/omada/B.json", "{\n  \"type\": \"object\"\n}\n")];
        assert_eq!(files, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }

    #[test]
    fn what_is_stale_is_written_once() {
        let root = std::env::temp_dir().join(format!("xtask-schemas-{}", std::process::id()));
        let schemas = |text| Schemas(split("omada", text).unwrap().into_iter().collect());
        let (old, new) = (schemas(r#"{"A": {}, "B": {}}"#), schemas(r#"{"B": {"type": "object"}, "C": {}}"#));
        old.write(&root).unwrap();
        assert_eq!(old.stale(&root), Ok(Vec::new()));
        let stale = ["A", "B", "C"].map(|name| format!("schemas/omada/{name}.json"));
        assert_eq!(new.stale(&root), Ok(stale.to_vec()));
        new.write(&root).unwrap();
        assert_eq!((new.stale(&root), present(&root)), (Ok(Vec::new()), Ok(new.0)));
        fs::remove_dir_all(root).unwrap();
    }
}
