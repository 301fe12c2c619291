//! What a vendor refuses with: `SiteBusy: -33004, busy`.

use crate::pair::{Named, Pair, pairs};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// One error code, by its Rust name.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorCode<'a> {
    name: &'a str,
    code: &'a str,
    class: &'a str,
}

impl Named for ErrorCode<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn is_renamed(&self, new: &Self) -> bool {
        self.code == new.code
    }
}

impl<'a> ErrorCode<'a> {
    /// Reads the line of an error code.
    pub fn parse(name: &'a str, text: &'a str) -> Result<Self, String> {
        let (code, class) = text.rsplit_once(", ").ok_or("an error code gives its value and its class")?;
        Ok(Self { name, code, class })
    }

    fn compare(&self, old: &Self, subject: &str, report: &mut Report) {
        if old.code != self.code {
            let words = format!("{subject}: {} went from {} to {}", self.name, old.code, self.code);
            report.add(Event::ErrorCodeRenumbered, words);
        }
        if old.class != self.class {
            let words = format!("{subject}: the class of {} went from {} to {}", self.name, old.class, self.class);
            report.add(Event::ErrorClassChanged, words);
        }
    }
}

/// Tells what happened to the error codes.
pub fn compare(old: &[ErrorCode<'_>], new: &[ErrorCode<'_>], subject: &str, report: &mut Report) {
    for pair in pairs(old, new) {
        match pair {
            Pair::Kept(old, new) => new.compare(old, subject, report),
            Pair::Renamed(old, new) => {
                let words = format!("{subject}: {} is now called {}", old.name, new.name);
                report.add(Event::ErrorCodeRenamed, words);
                new.compare(old, subject, report);
            }
            Pair::Removed(old) => {
                report.add(Event::ErrorCodeRemoved, format!("{subject}: {} ({}) is gone", old.name, old.code));
            }
            Pair::Added(new) => {
                report.add(Event::ErrorCodeAdded, format!("{subject}: {} ({}) is new", new.name, new.code));
            }
        }
    }
}
