//! What building costs, in fresh folders. It prints JSON, as `cargo xtask bench` reads it.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime};

use nix::sys::resource::{UsageWho, getrusage};
use serde_json::json;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How often each file is edited.
const EDITS: usize = 5;

fn main() -> Outcome<()> {
    let crates = crates("library")? as f64 - crates("progenitor_client")? as f64;
    let time = processor_time("library")? / processor_time("stack")?;
    let told = json!({
        "build/crates": [crates],
        "build/time": [time],
        "build/edit": edits()?,
        "build/binary": [binary()?],
    });
    println!("{told}");
    Ok(())
}

/// Cargo on the programs beside this one. Their binaries are as anybody builds them.
fn cargo(line: &str, target: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(line.split_whitespace()).current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.env("CARGO_TARGET_DIR", target).env("CARGO_PROFILE_RELEASE_DEBUG", "false").stdout(Stdio::null());
    cargo
}

fn run(mut command: Command) -> Outcome<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed, {status}").into()) }
}

/// The crates that a package needs to run.
fn crates(package: &str) -> Outcome<usize> {
    let mut cargo = cargo(&format!("tree --edges normal --prefix none --package {package}"), &std::env::temp_dir());
    let output = cargo.stdout(Stdio::piped()).output()?;
    if !output.status.success() {
        return Err(format!("{cargo:?} failed, {}", output.status).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let crates: BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    // The package itself is not one of them.
    Ok(crates.len() - 1)
}

/// The seconds that all processors together take for a clean release build.
fn processor_time(package: &str) -> Outcome<f64> {
    let target = tempfile::tempdir()?;
    let before = children_seconds()?;
    run(cargo(&format!("build --quiet --release --package {package}"), target.path()))?;
    Ok(children_seconds()? - before)
}

fn children_seconds() -> Outcome<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = [usage.user_time(), usage.system_time()];
    Ok(seconds.iter().map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6).sum())
}

/// How many seconds longer a check takes after an edit of the spec than after one of lib.rs, each time.
fn edits() -> Outcome<Vec<f64>> {
    let target = tempfile::tempdir()?;
    let check = || -> Outcome<f64> {
        let mut cargo = cargo("check --quiet --package library", target.path());
        // As it is for whoever edits.
        cargo.env("CARGO_INCREMENTAL", "1");
        let begin = Instant::now();
        run(cargo)?;
        Ok(begin.elapsed().as_secs_f64())
    };
    let after = |file: &str| -> Outcome<f64> {
        // Cargo goes by the time of a file alone.
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
        File::options().append(true).open(file)?.set_modified(SystemTime::now())?;
        check()
    };
    check()?;
    (0..EDITS).map(|_| Ok(after("spec/omada.yaml")? - after("src/lib.rs")?)).collect()
}

/// How much larger a program is with the library than by hand.
fn binary() -> Outcome<f64> {
    let target = tempfile::tempdir()?;
    let size = |program: &str| -> Outcome<f64> {
        run(cargo(&format!("build --quiet --release --package {program}"), target.path()))?;
        let file = target.path().join("release").join(program).with_extension(std::env::consts::EXE_EXTENSION);
        Ok(fs::metadata(file)?.len() as f64)
    };
    Ok(size("issue_vouchers")? / size("by_hand")?)
}
