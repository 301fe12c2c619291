//! What is wrong with a spec, where, and how to mend it.

use std::fmt;

/// One mistake in a spec file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file as the maintainer knows it.
    pub file: String,
    /// The line, where it is known; the first one is 1.
    pub line: usize,
    /// The JSON pointer of the place.
    pub pointer: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, pointer, message } = self;
        write!(f, "{file}:{line}: {pointer}: {message}")
    }
}
