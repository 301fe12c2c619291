//! The reviewed surface of a vendor, in a snapshot of the tests.

use std::path::Path;
use std::{fs, io};

/// Reads the reviewed surface, if there is one.
pub fn reviewed(root: &Path, vendor: &str) -> Result<Option<String>, String> {
    let name = format!("tests/it/snapshots/it__generated__{vendor}_surface.snap");
    match fs::read_to_string(root.join(&name)) {
        Ok(text) => content(&text).map(|content| Some(content.to_owned())).ok_or(format!("{name} is no snapshot")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{name}: {error}")),
    }
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
    fn the_header_is_not_content() {
        let text = "---\nsource: tests/it/generated.rs\nexpression: surface\n---\nvalue Secret\n    type: string\n";
        assert_eq!(content(text), Some("value Secret\n    type: string\n"));
        assert_eq!(content("value Secret\n"), None);
    }
}
