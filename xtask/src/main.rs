//! What maintainers and CI run, as `cargo xtask`. `xtask_docs` reads the
//! vendors' pages, and holds the table of what a change means for the version.

#![forbid(unsafe_code)]

mod bench;
mod blocking;
mod cargo;
mod ci;
mod clients;
mod codes;
mod demand;
mod docs;
mod errors;
mod facts;
mod field;
mod files;
mod filters;
mod library;
mod metadata;
mod object;
mod oldest_compiler;
mod operation;
mod package;
mod pair;
mod range;
mod readme;
mod regen;
mod report;
mod rustfmt;
mod sandbox;
mod schemas;
mod snapshot;
mod surface;
mod tool;
#[cfg(test)]
mod verdict_tests;
mod witness;

use std::ffi::OsString;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask regen            after a change of spec/ or src/: tell what changed for users, refresh blocking wrappers, schemas
                                    and snapshots, test
       cargo xtask regen --blocking refresh the blocking wrappers alone, after a change of a public method or its docs
       cargo xtask regen --check    tell the same and change nothing; fails where something is stale
       cargo xtask regen --docs PATH... [--json] [--write]
                                    compare the vendors' pages in these files and folders with spec/; --help tells more
       cargo xtask ci               every step that a change has to pass
       cargo xtask ci --full        those, a client that others wrote, the oldest compiler, every combination of features, and
                                    the API since the last tag
       cargo xtask witness          the step of ci --full that runs a client which others wrote with the sandbox
       cargo xtask clients          the step of ci --full that lints the specs, and runs clients that are generated from them
                                    in TypeScript and Python; it needs npm and pip
       cargo xtask bench [--quick] [--build] [--json FILE]
                                    what the library costs beside what it could cost, in one table; --help tells more
       cargo xtask sandbox [ARGS]   both fake controllers in the foreground; --help lists its options";

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().skip(1).collect();
    // Only names of pages may be no UTF-8; anywhere else such an argument is none that is known.
    let arguments: Vec<&str> = given.iter().map(|argument| argument.to_str().unwrap_or("\u{fffd}")).collect();
    let outcome = match arguments.as_slice() {
        ["regen"] => regen::refresh().map(|()| ExitCode::SUCCESS),
        ["regen", "--check"] => regen::check().map(|()| ExitCode::SUCCESS),
        ["regen", "--blocking"] => regen::blocking().map(|()| ExitCode::SUCCESS),
        ["regen", "--help" | "-h"] => {
            println!("{USAGE}\n\n{}", docs::HELP);
            Ok(ExitCode::SUCCESS)
        }
        ["regen", ..] => match docs::Arguments::parse(&given[1..]) {
            Some(arguments) => return docs::run(&arguments),
            None => return usage(),
        },
        ["ci"] => ci::ci().map(|()| ExitCode::SUCCESS),
        ["ci", "--full"] => ci::full().map(|()| ExitCode::SUCCESS),
        ["witness"] => witness::check().map(|()| ExitCode::SUCCESS),
        ["clients"] => clients::check().map(|()| ExitCode::SUCCESS),
        ["bench", "--help" | "-h"] => {
            println!("{USAGE}\n\n{}", bench::HELP);
            Ok(ExitCode::SUCCESS)
        }
        ["bench", rest @ ..] => match bench::Arguments::parse(rest) {
            Some(arguments) => bench::run(&arguments).map(|()| ExitCode::SUCCESS),
            None => return usage(),
        },
        ["sandbox", rest @ ..] if !rest.contains(&"\u{fffd}") => cargo::hand_over("-p hotspot-vouchers-sandbox", rest),
        _ => return usage(),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("xtask: {message}");
        ExitCode::FAILURE
    })
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(3)
}
