//! What cargo says of the library.

use std::path::PathBuf;

use serde_json::Value;

use crate::cargo::command;

/// The name of the library's package.
pub const LIBRARY: &str = "hotspot-vouchers";

/// The facts that the steps need.
pub struct Metadata {
    /// Where everything is built.
    pub target: PathBuf,
    pub version: String,
    /// The oldest compiler that the library says it works with.
    pub rust_version: String,
}

impl Metadata {
    pub fn read() -> Result<Self, String> {
        let line = "cargo metadata --format-version 1 --no-deps";
        let output = command(line)?.output().map_err(|error| format!("cannot run `{line}`: {error}"))?;
        let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| format!("`{line}`: {error}"))?;
        let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let library = packages.iter().find(|package| package["name"] == LIBRARY).unwrap_or(&Value::Null);
        let text = |value: &Value, what: &str| {
            let text = value.as_str().map(str::to_owned);
            text.ok_or_else(|| format!("`{line}` does not say {what}"))
        };
        Ok(Self {
            target: PathBuf::from(text(&metadata["target_directory"], "where it builds")?),
            version: text(&library["version"], "the version of the library")?,
            rust_version: text(&library["rust_version"], "the oldest compiler of the library")?,
        })
    }
}
