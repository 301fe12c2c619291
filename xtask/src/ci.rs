//! Every step that a change has to pass, in order; the first failure ends it.

use std::env;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::cargo::{Snapshots, command, root, run, test};
use crate::clients;
use crate::oldest_compiler;
use crate::package::Packages;
use crate::readme::Commands;
use crate::regen;
use crate::tool::{HACK, MACHETE, SEMVER_CHECKS};
use crate::witness;

/// What the library has to build with besides everything: nothing, each vendor, each TLS, and what users combine.
const FEATURES: [&str; 13] = [
    "",
    "omada",
    "unifi",
    "rustls",
    "native-tls",
    "omada rustls",
    "unifi rustls",
    "omada native-tls",
    "unifi native-tls",
    "omada rustls rust_decimal",
    "blocking",
    "omada blocking",
    "unifi rustls blocking",
];

/// Runs the steps of every change.
pub fn ci() -> Result<(), String> {
    step("cargo fmt --all --check")?;
    step("cargo clippy --workspace --all-targets --all-features -- -D warnings")?;
    for features in FEATURES {
        let features =
            if features.is_empty() { String::new() } else { format!(" --features {}", features.replace(' ', ",")) };
        step(&format!("cargo clippy -p hotspot-vouchers --lib --no-default-features{features} -- -D warnings"))?;
    }
    documentation("cargo doc --workspace --no-deps --all-features")?;

    let readme = fs::read_to_string(root()?.join("README.md")).map_err(|error| format!("README.md: {error}"))?;
    let commands = Commands::parse(&readme)?;
    announce(commands.test);
    test(commands.test, Snapshots::Keep)?;
    example(commands.example)?;
    for name in examples()? {
        example(&format!("cargo run --quiet --example {name}"))?;
    }

    // What is there with the system's TLS alone.
    step("cargo test -p hotspot-vouchers --lib --no-default-features --features omada,unifi,native-tls")?;
    // Alone, because together with the others it would have their TLS.
    step("cargo run --quiet --package no-tls")?;

    announce("the comparison of cargo xtask regen --check");
    regen::compare()?;
    regen::confirmed()?;

    announce("the packages, outside of the workspace");
    let packages = Packages::unpacked()?;
    packages.run("cargo test --quiet --doc --all-features")?;
    announce("the package, whose build script reads nothing of src/");
    packages.build_without_sources("cargo check --quiet --all-features")?;
    announce("the package, with the oldest versions that it allows");
    packages.age()?;
    packages.run("cargo check --quiet --all-features")
}

/// Runs the steps of every change, and those that take longer, themselves or to build their tools, than they are worth each time.
pub fn full() -> Result<(), String> {
    ci()?;
    chaos()?;
    announce("a client that others wrote, with the sandbox");
    witness::check()?;
    announce("linters on the specs, and clients that are generated from them, with the sandbox");
    clients::check()?;
    announce("the oldest compiler that the library says it works with");
    oldest_compiler::check()?;
    step("cargo clippy --manifest-path benches/Cargo.toml --all-targets --all-features -- -D warnings")?;
    fuzz_targets("cargo clippy --manifest-path fuzz/Cargo.toml --all-targets -- -D warnings")?;
    announce("cargo machete");
    MACHETE.run("")?;
    announce("cargo hack, every combination of features");
    HACK.run("clippy -p hotspot-vouchers --lib --feature-powerset --exclude-features default -- -D warnings")?;
    match last_tag()? {
        Some(tag) => {
            announce(&format!("cargo semver-checks since {tag}"));
            SEMVER_CHECKS.run(&format!("-p hotspot-vouchers --baseline-rev {tag}"))
        }
        None => {
            announce("cargo semver-checks: there is no tag to compare with");
            Ok(())
        }
    }
}

/// The last tag of a version, where there is one.
fn last_tag() -> Result<Option<String>, String> {
    let mut git = Command::new("git");
    git.args(["describe", "--tags", "--abbrev=0", "--match", "v*"]).current_dir(root()?);
    let output = git.output().map_err(|error| format!("cannot run git: {error}"))?;
    Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned()))
}

fn announce(step: &str) {
    eprintln!("\n==> {step}");
}

fn step(line: &str) -> Result<(), String> {
    announce(line);
    run(command(line)?, line)
}

fn documentation(line: &str) -> Result<(), String> {
    announce(line);
    let mut command = command(line)?;
    command.env("RUSTDOCFLAGS", "-D warnings");
    run(command, line)
}

/// The fuzz targets and what only they see of the library, as far as that goes without the compiler that they run with.
fn fuzz_targets(line: &str) -> Result<(), String> {
    announce(line);
    let mut command = command(line)?;
    command.env("RUSTFLAGS", "--cfg fuzzing");
    run(command, line)
}

/// As many operations under faults as are promised to end well; the tests themselves are content with fewer.
fn chaos() -> Result<(), String> {
    let line = "cargo test -p hotspot-vouchers --test it under_all_faults_by_lot";
    announce(line);
    let mut command = command(line)?;
    command.env("CHAOS_OPERATIONS", "20000");
    run(command, line)
}

/// The names of the examples.
fn examples() -> Result<Vec<String>, String> {
    let files = fs::read_dir(root()?.join("examples")).map_err(|error| format!("examples: {error}"))?;
    let files = files.filter_map(|file| Some(file.ok()?.path()));
    let names = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let mut names: Vec<String> = names.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

/// Runs an example on the sandbox, whatever controllers the environment names. It has to show something.
fn example(line: &str) -> Result<(), String> {
    announce(line);
    let mut command = command(line)?;
    for (name, _) in env::vars_os() {
        let is_of_controller =
            name.to_str().is_some_and(|name| ["OMADA_", "UNIFI_"].iter().any(|vendor| name.starts_with(vendor)));
        if is_of_controller {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| format!("cannot run `{line}`: {error}"))?;
    std::io::stdout().write_all(&output.stdout).map_err(|error| format!("cannot print: {error}"))?;
    match (output.status.success(), output.stdout.trim_ascii().is_empty()) {
        (true, false) => Ok(()),
        (true, true) => Err(format!("`{line}` printed nothing")),
        (false, _) => Err(format!("`{line}` failed, {}", output.status)),
    }
}
