//! The JSON Schemas of the requests, one file each, for forms in other languages, and the specs as OpenAPI 3.1.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::files::Files;
use crate::library::Library;

const FOLDER: &str = "schemas";

/// The folder of the specs as OpenAPI 3.1.
const OPENAPI: &str = "openapi";

/// What the build made of the specs, as files.
pub fn files(library: &Library, vendors: &[&str]) -> Result<Files, String> {
    let mut texts = BTreeMap::new();
    for vendor in vendors {
        texts.extend(split(vendor, &library.schemas(vendor)?)?);
        texts.extend(split(OPENAPI, &library.openapi(vendor)?)?);
    }
    Ok(Files::new([FOLDER.to_owned()], texts))
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

#[cfg(test)]
mod tests {
    use std::fs;

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
        let schemas = |text| {
            let texts: BTreeMap<_, _> = split("omada", text).unwrap().into_iter().collect();
            (Files::new([FOLDER.to_owned()], texts.clone()), texts)
        };
        let (old, _) = schemas(r#"{"A": {}, "B": {}}"#);
        let (new, texts) = schemas(r#"{"B": {"type": "object"}, "C": {}}"#);
        old.write(&root).unwrap();
        assert_eq!(old.stale(&root), Ok(Vec::new()));
        let stale = ["A", "B", "C"].map(|name| format!("schemas/omada/{name}.json"));
        assert_eq!(new.stale(&root), Ok(stale.to_vec()));
        new.write(&root).unwrap();
        assert_eq!(new.stale(&root), Ok(Vec::new()));
        let names = fs::read_dir(root.join("schemas/omada")).unwrap().map(|entry| entry.unwrap().file_name());
        let present = names.map(|name| format!("schemas/omada/{}", name.to_string_lossy()));
        let present: BTreeMap<_, _> =
            present.map(|path| (path.clone(), fs::read_to_string(root.join(path)).unwrap())).collect();
        assert_eq!(present, texts);
        fs::remove_dir_all(root).unwrap();
    }
}
