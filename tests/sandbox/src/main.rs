//! Both fake controllers in the foreground, with everything to paste into another terminal.

#![forbid(unsafe_code)]

mod introduction;
mod options;

use std::process::ExitCode;

use hotspot_vouchers_sandbox::Sandbox;

use crate::options::{Options, help};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        println!("{}", help());
        return ExitCode::SUCCESS;
    }
    let options = match Options::read(&arguments) {
        Ok(options) => options,
        Err(complaint) => {
            eprintln!("{complaint}\n\n{}", help());
            return ExitCode::from(2);
        }
    };
    let sandbox = match options.builder.clone().start().await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("cannot listen on 127.0.0.1: {error}");
            return ExitCode::FAILURE;
        }
    };
    if let Err(complaint) = announce(&sandbox, &options) {
        eprintln!("{complaint}");
        return ExitCode::FAILURE;
    }
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot wait for Ctrl-C: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says what there is, and lets chance begin.
fn announce(sandbox: &Sandbox, options: &Options) -> Result<(), String> {
    if let (Some(path), Some(tls)) = (&options.authority_path, sandbox.tls()) {
        std::fs::write(path, tls.authority_pem()).map_err(|error| format!("cannot write {path}: {error}"))?;
    }
    println!("{}", introduction::of(sandbox, options));
    if let Some(chance) = &options.chance {
        for faults in [sandbox.omada().faults(), sandbox.unifi().faults()] {
            faults.chance(chance.seed, chance.probability, chance.faults.clone());
        }
    }
    Ok(())
}
