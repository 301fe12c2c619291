//! Programs that some steps need besides cargo, each in the version that is known to work here.

use std::path::PathBuf;
use std::process::Stdio;

use crate::cargo::{command, run};
use crate::metadata::Metadata;

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

/// A program that is installed below the target folder if it is absent.
pub struct Program {
    name: &'static str,
    version: &'static str,
    features: &'static str,
}

/// A client for UniFi consoles that others wrote, without its user interface.
pub const UNIFLY: Program = Program { name: "unifly", version: "0.12.0", features: "cli" };

impl Program {
    /// Returns the path of the program, and installs it first if it is absent. Another version has another path.
    pub fn path(&self) -> Result<PathBuf, String> {
        let folder = Metadata::read()?.target.join("tools").join(format!("{}-{}", self.name, self.version));
        let path = folder.join("bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        if !path.is_file() {
            let line = format!(
                "cargo install --quiet --locked --no-default-features --features {} {}@{}",
                self.features, self.name, self.version
            );
            let mut install = command(&line)?;
            install.arg("--root").arg(&folder);
            run(install, &line)?;
        }
        Ok(path)
    }
}

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
