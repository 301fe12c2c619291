//! The values of a code: `Client: 0`.

use crate::pair::{Named, Pair, pairs};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// One value of a code, by its Rust name.
#[derive(Debug, PartialEq, Eq)]
pub struct Code<'a> {
    pub name: &'a str,
    pub value: &'a str,
}

impl Named for Code<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn is_renamed(&self, new: &Self) -> bool {
        self.value == new.value
    }
}

/// Tells what happened to the values of a code.
pub fn compare(old: &[Code<'_>], new: &[Code<'_>], subject: &str, report: &mut Report) {
    for pair in pairs(old, new) {
        let (event, words) = match pair {
            Pair::Kept(old, new) if old.value == new.value => continue,
            Pair::Kept(old, new) => {
                (Event::CodeRenumbered, format!("{} went from {} to {}", new.name, old.value, new.value))
            }
            Pair::Renamed(old, new) => (Event::CodeRenamed, format!("{} is now called {}", old.name, new.name)),
            Pair::Removed(old) => (Event::CodeRemoved, format!("{} ({}) is gone", old.name, old.value)),
            Pair::Added(new) => (Event::CodeAdded, format!("{} ({}) is new", new.name, new.value)),
        };
        report.add(event, format!("{subject}: {words}"));
    }
}
