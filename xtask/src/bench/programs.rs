//! Runs the programs of `benches/`.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs, io};

use super::arguments::Arguments;
use super::measurements::Measurements;
use crate::cargo::{command, root, run};

const MANIFEST: &str = "--manifest-path benches/Cargo.toml";

/// How criterion samples: for how long it warms up and measures each comparison, in seconds, and how many samples that makes.
const FULL: &str = "--warm-up-time 1 --measurement-time 10 --sample-size 50";
const QUICK: &str = "--warm-up-time 0.2 --measurement-time 1 --sample-size 15";

/// Builds them, and runs one after the other.
pub fn measure(arguments: &Arguments, measurements: &mut Measurements) -> Result<(), String> {
    // They start each other, so that all have to be there.
    say(&format!("cargo build --release {MANIFEST} --bins"))?;
    let sampling = if arguments.is_quick { QUICK } else { FULL };
    ratios("--bench ratios", sampling, measurements)?;
    ratios("--features unifly --bench unifly", sampling, measurements)?;
    // The feature changed what the others are built with.
    say(&format!("cargo build --release {MANIFEST} --bins"))?;
    program("memory", measurements)?;
    program("instructions", measurements)?;
    if arguments.is_build {
        program("builds", measurements)?;
    }
    Ok(())
}

/// Runs what criterion measures.
fn ratios(which: &str, sampling: &str, measurements: &mut Measurements) -> Result<(), String> {
    let folder = target()?.join("criterion");
    // What an earlier run left there is not of this run.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let line = format!("cargo bench {MANIFEST} {which} -- --noplot {sampling}");
    eprintln!("\n==> {line}");
    let mut command = command(&line)?;
    command.env("CRITERION_HOME", &folder).stdout(io::stderr());
    run(command, &line)?;
    measurements.read_criterion(&folder)
}

/// Runs a program that prints what it measured.
fn program(name: &str, measurements: &mut Measurements) -> Result<(), String> {
    let line = format!("cargo run --release {MANIFEST} --bin {name}");
    eprintln!("\n==> {line}");
    let printed = output(&mut command(&line)?, &line)?;
    measurements.read(&printed).map_err(|error| format!("`{line}`: {error}"))
}

/// Runs a command, and says so.
fn say(line: &str) -> Result<(), String> {
    eprintln!("\n==> {line}");
    let mut command = command(line)?;
    command.stdout(io::stderr());
    run(command, line)
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
    Ok(root()?.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "benches/target".into())))
}
