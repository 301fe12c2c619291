//! What is to be measured.

use std::path::PathBuf;

/// The arguments behind `bench`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    pub is_quick: bool,
    pub is_build: bool,
    pub json: Option<PathBuf>,
}

impl Arguments {
    /// Reads them; nothing where they are none of ours.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut parsed = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--quick" => parsed.is_quick = true,
                "--build" => parsed.is_build = true,
                "--json" => {
                    let path = arguments.next().filter(|path| !path.is_empty() && !path.starts_with('-'))?;
                    parsed.json = Some(path.into());
                }
                _ => return None,
            }
        }
        Some(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_may_stand_anywhere() {
        let expected = Arguments { is_quick: true, is_build: false, json: Some("a.json".into()) };
        for arguments in [["--quick", "--json", "a.json"], ["--json", "a.json", "--quick"]] {
            assert_eq!(Arguments::parse(&arguments).as_ref(), Some(&expected), "{arguments:?}");
        }
        assert_eq!(Arguments::parse(&[]), Some(Arguments::default()));
    }

    #[test]
    fn whatever_else_is_no_command_line() {
        for arguments in [&["--json"][..], &["--json", "--quick"], &["--json", ""], &["quick"], &["--qick"]] {
            assert_eq!(Arguments::parse(arguments), None, "{arguments:?}");
        }
    }
}
