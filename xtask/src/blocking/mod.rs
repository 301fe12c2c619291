//! Generates the blocking wrappers in `src/blocking/` from the public methods of the vendors.

mod docs;
mod example;
mod method;
mod source;
#[cfg(test)]
mod tests;
mod vendor;
mod wrapped;
mod wrapper;

use std::collections::BTreeMap;
use std::path::Path;

use crate::files::Files;
use crate::rustfmt;
use vendor::Vendor;

const VENDORS: [&str; 2] = ["omada", "unifi"];

/// Returns the files with the wrappers as they have to be.
pub fn files(root: &Path) -> Result<Files, String> {
    let mut texts = BTreeMap::new();
    for vendor in VENDORS {
        for (name, text) in Vendor::read(root, vendor)?.wrappers()? {
            let path = format!("{}/{name}", folder(vendor));
            let text = rustfmt::format(root, &text).map_err(|error| format!("{path}: {error}"))?;
            texts.insert(path, text);
        }
    }
    Ok(Files::new(VENDORS.map(folder), texts))
}

fn folder(vendor: &str) -> String {
    format!("src/blocking/{vendor}")
}
