//! The properties by which rows can be filtered: `name: eq in like ne notIn`.

use crate::pair::{Named, Pair, pairs};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// One property, and its functions.
#[derive(Debug, PartialEq, Eq)]
pub struct Property<'a> {
    pub name: &'a str,
    pub functions: &'a str,
}

impl Named for Property<'_> {
    fn name(&self) -> &str {
        self.name
    }
}

/// Tells what happened to the properties.
pub fn compare(old: &[Property<'_>], new: &[Property<'_>], subject: &str, report: &mut Report) {
    for pair in pairs(old, new) {
        let (event, words) = match pair {
            Pair::Kept(old, new) if old.functions == new.functions => continue,
            Pair::Kept(old, new) => {
                let has_all =
                    old.functions.split(' ').all(|function| new.functions.split(' ').any(|one| one == function));
                let event = if has_all { Event::FilterWidened } else { Event::FilterNarrowed };
                (event, format!("the functions of {} went from {} to {}", new.name, old.functions, new.functions))
            }
            Pair::Removed(old) | Pair::Renamed(old, _) => (Event::FilterRemoved, format!("{} is gone", old.name)),
            Pair::Added(new) => (Event::FilterAdded, format!("{} is new", new.name)),
        };
        report.add(event, format!("{subject}: {words}"));
    }
}
