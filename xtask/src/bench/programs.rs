//! Runs the programs of `benches/`.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::arguments::Arguments;
use super::measurements::Measurements;
use crate::cargo::{command, root};

const MANIFEST: &str = "--manifest-path benches/Cargo.toml";

/// Builds them, and runs one after the other.
pub fn measure(arguments: &Arguments, measurements: &mut Measurements) -> Result<(), String> {
    // Quicker than this, the pages would not have the ten samples that criterion wants.
    let samples = if arguments.is_quick { "--warm-up-time 0.3 --measurement-time 1 --sample-size 15" } else { FULL };
    ratios("", samples, measurements)?;
    ratios("--features unifly", samples, measurements)?;
    program("memory", &[], measurements)?;
    program("instructions", &[], measurements)?;
    if arguments.is_build {
        program("builds", &[], measurements)?;
    }
    Ok(())
}

const FULL: &str = "--warm-up-time 1 --measurement-time 12 --sample-size 50";

/// Runs what criterion measures.
fn ratios(features: &str, samples: &str, measurements: &mut Measurements) -> Result<(), String> {
    let folder = target()?.join("criterion");
    // What an earlier run left there is not of this run.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let line = format!("cargo bench --quiet {MANIFEST} {features} --bench ratios -- --noplot {samples}");
    let mut command = command(&line)?;
    output(command.env("CRITERION_HOME", &folder), &line).map(|told| eprintln!("{told}"))?;
    measurements.read_criterion(&folder)
}

/// Runs a program that prints what it measured.
fn program(name: &str, arguments: &[&str], measurements: &mut Measurements) -> Result<(), String> {
    let line = format!("cargo build --quiet --release {MANIFEST} --bins");
    output(&mut command(&line)?, &line)?;
    let line = format!("cargo run --quiet --release {MANIFEST} --bin {name}");
    eprintln!("{line}");
    let printed = output(command(&line)?.args(arguments), &line)?;
    measurements.read(&printed).map_err(|error| format!("`{line}`: {error}"))
}

/// What a command prints; its errors are seen at once.
fn output(command: &mut Command, line: &str) -> Result<String, String> {
    let command = command.stderr(Stdio::inherit());
    let output = command.output().map_err(|error| format!("cannot run `{line}`: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(format!("`{line}` failed, {}", output.status)),
    }
}

/// The folder into which `benches/` is built.
fn target() -> Result<PathBuf, String> {
    Ok(std::env::var_os("CARGO_TARGET_DIR").map_or(root()?.join("benches/target"), PathBuf::from))
}
