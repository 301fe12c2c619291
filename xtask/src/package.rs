//! The crates as they are published: they build from their packages alone, and their examples run far from this workspace.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io, process};

use crate::cargo::{command, run};
use crate::metadata::{LIBRARY, Metadata};

const PACKAGE: &str = "cargo package --quiet --allow-dirty -p hotspot-vouchers -p hotspot-vouchers-sandbox";
const SANDBOX: &str = "hotspot-vouchers-sandbox";

/// The packages, unpacked outside of the workspace.
pub struct Packages {
    folder: PathBuf,
    target: PathBuf,
    version: String,
}

impl Packages {
    /// Packages both crates, which builds each from its package, and unpacks them.
    pub fn unpacked() -> Result<Self, String> {
        run(command(PACKAGE)?, PACKAGE)?;
        let Metadata { target, version, .. } = Metadata::read()?;
        let folder = env::temp_dir().join(format!("{LIBRARY}-{}", process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let packages = Self { folder, target, version };
        for name in [LIBRARY, SANDBOX] {
            let file = packages.target.join("package").join(format!("{name}-{}.crate", packages.version));
            let mut tar = Command::new("tar");
            tar.arg("-xzf").arg(&file).arg("-C").arg(&packages.folder);
            run(tar, &format!("tar -xzf {}", file.display()))?;
        }
        Ok(packages)
    }

    /// Runs a cargo command on the library's package. The sandbox, which may not be published yet, is the other package.
    pub fn run(&self, line: &str) -> Result<(), String> {
        let folder = self.of(LIBRARY);
        let mut command = command(line)?;
        command.current_dir(&folder).env("CARGO_TARGET_DIR", &self.target);
        command.arg("--config").arg(format!("patch.crates-io.{SANDBOX}.path={:?}", self.of(SANDBOX)));
        run(command, line)
    }

    /// Builds the library's package with an empty `src/`, which its build script must not miss.
    pub fn build_without_sources(&self, line: &str) -> Result<(), String> {
        let (sources, elsewhere) = (self.of(LIBRARY).join("src"), self.of(LIBRARY).join("sources"));
        let mistake = |error: io::Error| format!("{}: {error}", sources.display());
        fs::rename(&sources, &elsewhere).map_err(mistake)?;
        fs::create_dir(&sources).and_then(|()| fs::write(sources.join("lib.rs"), "")).map_err(mistake)?;
        self.run(line)?;
        fs::remove_dir_all(&sources).and_then(|()| fs::rename(&elsewhere, &sources)).map_err(mistake)
    }

    /// Lets the library's package use the oldest versions that it says it works with.
    pub fn age(&self) -> Result<(), String> {
        let line = "cargo -Z direct-minimal-versions generate-lockfile";
        let mut command = command(line)?;
        // Only a nightly cargo chooses old versions. What is checked with them is compiled without this.
        command.current_dir(self.of(LIBRARY)).env("RUSTC_BOOTSTRAP", "1");
        command.arg("--config").arg(format!("patch.crates-io.{SANDBOX}.path={:?}", self.of(SANDBOX)));
        run(command, line)
    }

    fn of(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}-{}", self.version))
    }
}

impl Drop for Packages {
    fn drop(&mut self) {
        // What stays behind stays in a folder for what is temporary.
        let _ = fs::remove_dir_all(Path::new(&self.folder));
    }
}
