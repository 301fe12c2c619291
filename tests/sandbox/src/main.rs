//! Both fake controllers in the foreground, with everything to paste into another terminal.

#![forbid(unsafe_code)]

mod program;

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use hotspot_vouchers_sandbox::Sandbox;

use crate::program::{Command, Options, exports, help, introduction, write_env_file};

/// The command line is wrong.
const USAGE: u8 = 2;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = match Command::read(std::env::args_os().skip(1)) {
        Ok(Command::Run(options)) => options,
        Ok(Command::Help) => return print(&help()),
        Ok(Command::Version) => return print(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"))),
        Err(complaint) => return fail(USAGE, complaint),
    };
    let sandbox = match options.builder.clone().start().await {
        Ok(sandbox) => sandbox,
        Err(error) if error.kind() == ErrorKind::InvalidInput => return fail(USAGE, error),
        Err(error) => return fail(1, error),
    };
    if let Err(complaint) = announce(&sandbox, &options) {
        return fail(1, complaint);
    }
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, format!("cannot wait for Ctrl-C: {error}")),
    }
}

/// Begins to strike, and publishes what a client needs.
fn announce(sandbox: &Sandbox, options: &Options) -> Result<(), String> {
    if let Some(chance) = &options.chance {
        for faults in [sandbox.omada().faults(), sandbox.unifi().faults()] {
            faults.chance(chance.seed, chance.probability, chance.faults.clone());
        }
    }
    if let (Some(path), Some(tls)) = (&options.authority_path, sandbox.tls()) {
        let written = std::fs::write(path, tls.authority_pem());
        written.map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    if let Some(path) = &options.env_path {
        let written = write_env_file(path, &exports(sandbox, options.authority_path.as_deref()));
        written.map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    let mut output = std::io::stdout().lock();
    let printed = writeln!(output, "{}", introduction(sandbox, options)).and_then(|()| output.flush());
    printed.map_err(|error| format!("cannot print: {error}"))
}

fn print(text: &str) -> ExitCode {
    match writeln!(std::io::stdout(), "{text}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, format!("cannot print: {error}")),
    }
}

fn fail(code: u8, complaint: impl Display) -> ExitCode {
    // If standard error is closed, nothing can be reported.
    let _ = writeln!(std::io::stderr(), "hotspot-vouchers-sandbox: {complaint}");
    ExitCode::from(code)
}
