//! A client that others wrote, with the sandbox: it knows neither the sandbox nor the library.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};

use serde_json::Value;

use crate::cargo::{command, run};
use crate::metadata::Metadata;
use crate::tool::UNIFLY;

const BUILD: &str = "cargo build --quiet -p hotspot-vouchers-sandbox";

/// The settings that unifly needs.
const VARIABLES: [&str; 3] = ["UNIFI_URL", "UNIFI_SITE", "UNIFI_API_KEY"];

/// The sandbox while it runs, in a folder of its own.
struct Sandbox {
    program: Child,
    folder: PathBuf,
    variables: BTreeMap<String, String>,
}

/// How a run of unifly ended.
struct Outcome {
    succeeded: bool,
    output: String,
    errors: String,
}

/// Lists, creates, deletes and purges vouchers with unifly.
///
/// Its create fails, as it does with a real console: version 0.12 reads a list, and the vendor documents an object that holds
/// the list as `vouchers`. The vouchers exist then, and the program reports an error.
pub fn check() -> Result<(), String> {
    let unifly = UNIFLY.path()?;
    let sandbox = Sandbox::start()?;
    let unifly = |line: &[&str]| sandbox.unifly(&unifly, line);
    let names = || -> Result<Vec<(String, String)>, String> {
        let rows: Value = serde_json::from_str(&unifly(&["list", "--output", "json"])?.done("list")?)
            .map_err(|error| format!("unifly list printed no JSON: {error}"))?;
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        Ok(rows.as_array().into_iter().flatten().map(|row| (text(row, "name"), text(row, "id"))).collect())
    };
    expect("an empty list", names()?.is_empty())?;
    for (name, count) in [("Lobby", "2"), ("Suite", "1"), ("Pool", "1")] {
        let create = unifly(&["create", "--name", name, "--minutes", "60", "--count", count])?;
        expect("a create that fails", !create.succeeded)?;
        // It breaks its lines and draws a bar before each of them.
        let errors = create.errors.replace(|letter: char| letter.is_whitespace() || letter == '│', "");
        expect("a create that fails at the documented response", errors.contains("map,expectedasequence"))?;
    }
    let created = names()?;
    expect("every voucher that was created", count(&created, "Lobby") == 2 && created.len() == 4)?;
    let suite = created.iter().find(|(name, _)| name == "Suite").map(|(_, id)| id.as_str()).unwrap_or_default();
    unifly(&["delete", suite])?.done("delete")?;
    expect("a list without the deleted voucher", names()?.iter().all(|(_, id)| id != suite))?;
    expect("no second delete of a voucher", !unifly(&["delete", suite])?.succeeded)?;
    expect(
        "no purge by a filter that the vendor forbids",
        !unifly(&["purge", "--filter", "code.like('1*')"])?.succeeded,
    )?;
    unifly(&["purge", "--filter", "name.eq('Lobby')"])?.done("purge")?;
    let left = names()?;
    expect("what the purge left", left.len() == 1 && count(&left, "Pool") == 1)
}

fn count(rows: &[(String, String)], name: &str) -> usize {
    rows.iter().filter(|(other, _)| other == name).count()
}

fn expect(what: &str, is_so: bool) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(format!("unifly and the sandbox: expected {what}")) }
}

impl Sandbox {
    fn start() -> Result<Self, String> {
        run(command(BUILD)?, BUILD)?;
        let target = Metadata::read()?.target;
        let path = target.join("debug").join(format!("hotspot-vouchers-sandbox{}", std::env::consts::EXE_SUFFIX));
        let folder = target.join("tmp").join(format!("witness-{}", process::id()));
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
        expect("a sandbox that starts", is_ready)?;
        let exports = fs::read_to_string(&env_file).map_err(failed)?;
        let pairs = exports.lines().filter_map(|line| line.strip_prefix("export ")?.split_once('='));
        sandbox.variables = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(sandbox)
    }

    /// Runs unifly without the environment of the caller.
    fn unifly(&self, path: &Path, line: &[&str]) -> Result<Outcome, String> {
        let mut program = Command::new(path);
        program.args(["--no-cache", "--yes", "--timeout", "30", "hotspot"]).args(line);
        program.env_clear().envs(VARIABLES.iter().filter_map(|name| Some((name, self.variables.get(*name)?))));
        program.env("HOME", &self.folder).env("XDG_CONFIG_HOME", &self.folder).stdin(Stdio::null());
        let output = program.output().map_err(|error| format!("cannot run {}: {error}", path.display()))?;
        Ok(Outcome {
            succeeded: output.status.success(),
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
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

impl Outcome {
    /// What a run printed that had to succeed.
    fn done(self, name: &str) -> Result<String, String> {
        if self.succeeded { Ok(self.output) } else { Err(format!("unifly {name} failed: {}", self.errors.trim())) }
    }
}
