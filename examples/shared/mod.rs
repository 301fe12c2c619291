//! What the examples share: which controllers they work on, what stands on their command line, and how they end.

// Each example uses some of it.
#![allow(dead_code)]

pub mod environment;
pub mod large;
pub mod sandbox;

use std::env;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::str::FromStr;

use hotspot_vouchers::{VoucherCode, omada, unifi};
use hotspot_vouchers_sandbox::Sandbox;

/// Anything that can go wrong in an example.
pub type Outcome = Result<(), Box<dyn Error>>;

/// The sites to work on, and where they are.
pub struct Controllers {
    /// The site of an Omada controller.
    pub omada: Option<omada::Site>,
    /// The site of a UniFi console.
    pub unifi: Option<unifi::Site>,
    /// The sandbox that both sites are on, where the environment names no controller.
    pub sandbox: Option<Sandbox>,
}

impl Controllers {
    /// The controllers that the environment names, or a sandbox where it names none.
    pub async fn from_environment() -> Result<Self, Box<dyn Error>> {
        let named = environment::read(|name| env::var(name))?;
        if named.omada.is_some() || named.unifi.is_some() {
            return Ok(named);
        }
        sandbox::start().await
    }
}

/// Plays an example on the controllers that the environment names, with what stands on the command line.
pub async fn play(run: impl AsyncFnOnce(&[String], &Controllers, &mut io::Stdout) -> Outcome) -> ExitCode {
    let outcome = async {
        let arguments = arguments()?;
        let controllers = Controllers::from_environment().await?;
        run(&arguments, &controllers, &mut io::stdout()).await?;
        if controllers.sandbox.is_some() {
            writeln!(
                io::stderr(),
                "The environment names no controller, so this was the sandbox. README.md says how."
            )?;
        }
        Ok(())
    };
    end(outcome.await)
}

/// How an example ends: with what went wrong on the standard error, or quietly where nobody reads on.
pub fn end(outcome: Outcome) -> ExitCode {
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    let mut text = format!("error: {error}\n");
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push_str(&format!("  because: {source}\n"));
        cause = source.source();
    }
    // Where nobody reads that either, there is nobody left to tell.
    let _ = io::stderr().write_all(text.as_bytes());
    ExitCode::FAILURE
}

/// What stands on the command line behind the name of the example.
pub fn arguments() -> Result<Vec<String>, String> {
    let texts = env::args_os().skip(1).map(|argument| argument.into_string());
    texts.collect::<Result<_, _>>().map_err(|argument| format!("the argument {argument:?} is no text"))
}

/// An argument as a value; nothing where it is not given.
pub fn parse<T: FromStr>(arguments: &[String], index: usize, what: &str, usage: &str) -> Result<Option<T>, String> {
    let Some(argument) = arguments.get(index) else { return Ok(None) };
    argument.parse().map(Some).map_err(|_| format!("{argument:?} is not {what}; usage: {usage}"))
}

/// Refuses arguments that nothing would read.
pub fn no_more(arguments: &[String], count: usize, usage: &str) -> Result<(), String> {
    match arguments.get(count) {
        Some(argument) => Err(format!("{argument:?} is one argument too many; usage: {usage}")),
        None => Ok(()),
    }
}

/// Portals show the ten digits of a code as two groups of five.
pub fn dashed(code: &VoucherCode) -> String {
    match code.as_str().split_at_checked(5) {
        Some((first, second)) if second.len() == 5 => format!("{first}-{second}"),
        _ => code.to_string(),
    }
}
