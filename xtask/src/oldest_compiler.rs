//! The oldest compiler that the library says it works with.

use std::process::Stdio;

use crate::cargo::{command, run};
use crate::metadata::Metadata;

/// Checks the library with it, after it was installed where it is absent.
pub fn check() -> Result<(), String> {
    let Metadata { target, rust_version, .. } = Metadata::read()?;
    let line = format!("rustup run {rust_version} cargo --version");
    let mut present = command(&line)?;
    present.stdout(Stdio::null()).stderr(Stdio::null());
    if run(present, &line).is_err() {
        let line = format!("rustup toolchain install {rust_version} --profile minimal --no-self-update");
        run(command(&line)?, &line)?;
    }
    let line = format!("rustup run {rust_version} cargo check --all-features");
    let mut command = command(&line)?;
    // Apart, so that neither compiler waits for the other or cleans up after it.
    command.env("CARGO_TARGET_DIR", target.join(format!("rust-{rust_version}")));
    run(command, &line)
}
