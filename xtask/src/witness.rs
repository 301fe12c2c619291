//! A client that others wrote, with the sandbox: it knows neither the sandbox nor the library.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::tool::UNIFLY;

/// The settings that unifly needs.
const VARIABLES: [&str; 3] = ["UNIFI_URL", "UNIFI_SITE", "UNIFI_API_KEY"];

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
    let sandbox = Sandbox::start("witness")?;
    let unifly = |line: &[&str]| self::unifly(&sandbox, &unifly, line);
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

/// Runs unifly without the environment of the caller.
fn unifly(sandbox: &Sandbox, path: &Path, line: &[&str]) -> Result<Outcome, String> {
    let mut program = Command::new(path);
    program.args(["--no-cache", "--yes", "--timeout", "30", "hotspot"]).args(line);
    program.env_clear().envs(VARIABLES.iter().filter_map(|name| Some((name, sandbox.variables.get(*name)?))));
    program.env("HOME", &sandbox.folder).env("XDG_CONFIG_HOME", &sandbox.folder).stdin(Stdio::null());
    let output = program.output().map_err(|error| format!("cannot run {}: {error}", path.display()))?;
    Ok(Outcome {
        succeeded: output.status.success(),
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

impl Outcome {
    /// What a run printed that had to succeed.
    fn done(self, name: &str) -> Result<String, String> {
        if self.succeeded { Ok(self.output) } else { Err(format!("unifly {name} failed: {}", self.errors.trim())) }
    }
}
