//! The sandbox, for programs that others wrote.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{self, Child, Command, Stdio};

use crate::cargo::{command, run};
use crate::metadata::Metadata;

const BUILD: &str = "cargo build --quiet -p hotspot-vouchers-sandbox";

/// The sandbox while it runs, in a folder of its own.
pub struct Sandbox {
    program: Child,
    pub folder: PathBuf,
    /// Addresses, keys and ids.
    pub variables: BTreeMap<String, String>,
}

impl Sandbox {
    /// Starts it in a folder of this name.
    pub fn start(name: &str) -> Result<Self, String> {
        run(command(BUILD)?, BUILD)?;
        let target = Metadata::read()?.target;
        let path = target.join("debug").join(format!("hotspot-vouchers-sandbox{}", std::env::consts::EXE_SUFFIX));
        let folder = target.join("tmp").join(format!("{name}-{}", process::id()));
        let failed = |error| format!("{}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(failed)?;
        let env_file = folder.join("env");
        let mut program = Command::new(&path);
        program.arg("--env").arg(&env_file).stdout(Stdio::piped());
        let program = program.spawn().map_err(|error| format!("cannot run {}: {error}", path.display()))?;
        let mut sandbox = Self { program, folder: folder.clone(), variables: BTreeMap::new() };
        let output = sandbox.program.stdout.take().ok_or("the sandbox has no output")?;
        // The last line comes when everything is served and written.
        let is_ready = BufReader::new(output).lines().map_while(Result::ok).any(|line| line.starts_with("Ctrl-C"));
        if !is_ready {
            return Err("the sandbox does not start".to_owned());
        }
        let exports = fs::read_to_string(&env_file).map_err(failed)?;
        let pairs = exports.lines().filter_map(|line| line.strip_prefix("export ")?.split_once('='));
        sandbox.variables = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(sandbox)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // One that has ended already cannot be ended, and what stays behind stays in a folder for what is temporary.
        let _ = self.program.kill();
        let _ = self.program.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
