//! What a maintainer runs when a vendor's page changed.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask_docs::{Examination, Repository};

use crate::cargo::root;

/// What `--help` tells beside the usage.
pub const HELP: &str = "\
--docs reads pages as the vendors publish them, told apart by content: Omada's Markdown export, UniFi's page text as a
browser copies it, the same page as HTML, and OpenAPI JSON 3.0 or 3.1 of either vendor. Each difference comes with the line
of the YAML, what it means for the version, and the YAML to type. spec/mistakes.yaml explains known differences away.

--json   the differences as a list of objects {vendor, operation, place, attribute, spec, page, verdict, at}; spec and page
         are texts, or null where one of them says nothing. A description that is worded otherwise follows, with the
         attribute `wording` and its text as `page`. Everything else goes to the standard error.
--write  types what is mechanical into spec/ (a range that moved, an optional field, an error code, a value of a code), and
         lists with its line and its YAML what it leaves to a person, such as every new bound. It adds to CHANGELOG.md, and
         takes the wording of the pages as reviewed. Names and words that it makes up are listed
         with their lines, and `cargo xtask ci` fails until somebody confirmed them. Run `cargo xtask regen` afterwards.

The exit status is 0 where nothing differs, 1 where something does (also where --write typed it), 2 where a page could not
be read, and 3 for a wrong command line.";

/// The arguments behind `regen`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    paths: Vec<PathBuf>,
    is_json: bool,
    is_write: bool,
}

impl Arguments {
    /// Reads them; nothing where they are none of ours.
    pub fn parse<T: AsRef<OsStr>>(arguments: &[T]) -> Option<Self> {
        let mut parsed = Self::default();
        let mut is_path = false;
        for argument in arguments {
            let argument = argument.as_ref();
            match argument.to_str() {
                Some("--docs") => is_path = true,
                Some("--json") => parsed.is_json = true,
                Some("--write") => parsed.is_write = true,
                // The name of a file need not be UTF-8.
                _ if is_path && !argument.as_encoded_bytes().starts_with(b"-") && !argument.is_empty() => {
                    parsed.paths.push(argument.into());
                }
                _ => return None,
            }
        }
        (!parsed.paths.is_empty()).then_some(parsed)
    }
}

/// Compares pages with the specs.
pub fn run(arguments: &Arguments) -> ExitCode {
    match examine(arguments) {
        Ok(status) => ExitCode::from(status),
        // Without the specs no page can be read either.
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::from(2)
        }
    }
}

fn examine(arguments: &Arguments) -> Result<u8, String> {
    let root = root()?;
    let repository = Repository::open(&root)?;
    let examination = repository.examine(&arguments.paths);
    let mut out = std::io::stdout().lock();
    // A reader who has seen enough, such as `head`, changes nothing about the outcome.
    let _ = if arguments.is_json {
        eprintln!("{}", repository.report(&examination).end());
        writeln!(out, "{:#}", xtask_docs::json(&examination))
    } else {
        writeln!(out, "{}", repository.report(&examination))
    };
    if arguments.is_write {
        write(&repository, &root, &examination)?;
    }
    Ok(examination.status())
}

fn write(repository: &Repository, root: &Path, examination: &Examination) -> Result<(), String> {
    let written = repository.write(root, examination)?;
    eprintln!("typed {} of {} differences", written.done.len(), examination.differences.len());
    for left in &written.left {
        eprintln!("left to you: {} {}, {}, {}", left.at, left.operation, left.place, left.attribute);
        for line in repository.suggestion(left).lines() {
            eprintln!("    | {line}");
        }
    }
    for bound in &written.bounds {
        eprintln!("left to you: {bound}");
    }
    if !written.done.is_empty() {
        tell_unconfirmed(root)?;
        eprintln!("read the changes of spec/ and CHANGELOG.md, then run `cargo xtask regen`");
    }
    Ok(())
}

/// Tells what was made up and is still to be confirmed, and how much of it there is.
pub fn tell_unconfirmed(root: &Path) -> Result<usize, String> {
    let unconfirmed = Repository::open(root)?.unconfirmed();
    for what in &unconfirmed {
        eprintln!("to confirm: {what}");
    }
    Ok(unconfirmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_may_stand_anywhere() {
        let expected = Arguments { paths: vec!["a".into(), "b".into()], is_json: true, is_write: false };
        for arguments in
            [["--docs", "a", "b", "--json"], ["--json", "--docs", "a", "b"], ["--docs", "a", "--json", "b"]]
        {
            assert_eq!(Arguments::parse(&arguments).as_ref(), Some(&expected), "{arguments:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_of_files_need_not_be_utf_8() {
        use std::os::unix::ffi::OsStrExt as _;
        let name = OsStr::from_bytes(b"a\xff");
        let parsed = Arguments::parse(&[OsStr::new("--docs"), name]).expect("arguments");
        assert_eq!(parsed.paths, [PathBuf::from(name)]);
        assert_eq!(Arguments::parse(&[name]), None);
    }

    #[test]
    fn whatever_else_is_no_command_line() {
        for arguments in [&["--docs"][..], &["a"], &["--json"], &["--docs", "a", "--jsn"], &["--docs", "--write"]] {
            assert_eq!(Arguments::parse(arguments), None, "{arguments:?}");
        }
    }
}
