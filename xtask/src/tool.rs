//! Programs that some steps need besides cargo, each in the version that is known to work here.

use std::process::Stdio;

use crate::cargo::{command, run};

/// A subcommand of cargo that is installed where it is absent.
pub struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Finds dependencies that nothing uses.
pub const MACHETE: Tool = Tool { name: "machete", version: "0.9.2" };

/// Builds each combination of features.
pub const HACK: Tool = Tool { name: "hack", version: "0.6.46" };

/// Tells what a change means for the version, from the public API.
pub const SEMVER_CHECKS: Tool = Tool { name: "semver-checks", version: "0.51.0" };

impl Tool {
    /// Runs the tool, after it was installed where it is absent.
    pub fn run(&self, arguments: &str) -> Result<(), String> {
        let line = format!("cargo {} --version", self.name);
        let mut present = command(&line)?;
        present.stdout(Stdio::null()).stderr(Stdio::null());
        if run(present, &line).is_err() {
            let line = format!("cargo install --quiet --locked cargo-{}@{}", self.name, self.version);
            run(command(&line)?, &line)?;
        }
        let line = format!("cargo {} {arguments}", self.name);
        let mut tool = command(&line)?;
        // By this variable, which cargo has set for us, `machete` would take its own name for a folder.
        tool.env_remove("CARGO_PKG_NAME");
        run(tool, &line)
    }
}
