//! Running cargo on this workspace.

use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// The root of the workspace.
pub fn root() -> Result<PathBuf, String> {
    let own = env::var_os("CARGO_MANIFEST_DIR").ok_or("run this as `cargo xtask`")?;
    PathBuf::from(own).parent().map(PathBuf::from).ok_or_else(|| "the workspace has no root".to_owned())
}

/// A command line, split at its spaces, to run in the root of the workspace.
pub fn command(line: &str) -> Result<Command, String> {
    let mut words = line.split_whitespace();
    let mut command = match words.next().ok_or("the command line is empty")? {
        // The cargo that runs this is the one to go on with.
        "cargo" => Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())),
        program => Command::new(program),
    };
    command.args(words).current_dir(root()?);
    Ok(command)
}

/// Runs a command to its end; what it lacks to be a success is the error.
pub fn run(mut command: Command, line: &str) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("cannot run `{line}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` failed, {status}")) }
}

/// What tests do with snapshots that differ.
#[derive(Debug, Clone, Copy)]
pub enum Snapshots {
    /// Write them anew and pass. What fails then is no snapshot.
    Refresh,
    /// Leave them and fail.
    Keep,
}

/// Runs tests.
pub fn test(line: &str, snapshots: Snapshots) -> Result<(), String> {
    let mut command = command(line)?;
    match snapshots {
        Snapshots::Refresh => command.env("INSTA_UPDATE", "always").env_remove("INSTA_FORCE_PASS"),
        Snapshots::Keep => command.env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS").env("CI", "true"),
    };
    run(command, line)
}

/// Runs a program of the workspace with these arguments in the folder of the caller, and ends as it did.
pub fn hand_over(program: &str, arguments: &[&str]) -> Result<ExitCode, String> {
    let line = format!("cargo run {program}");
    let mut command = command(&line)?;
    // Paths among the arguments are the caller's.
    let folder = env::current_dir().map_err(|error| format!("the current folder: {error}"))?;
    command.arg("--manifest-path").arg(root()?.join("Cargo.toml")).arg("--").args(arguments).current_dir(folder);
    let status = command.status().map_err(|error| format!("cannot run `{line}`: {error}"))?;
    // What a signal ended has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
