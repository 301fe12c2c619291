//! What changed in the surface of one vendor, in words.

use std::fmt;

use xtask_docs::verdict::{Event, Verdict};

/// The changes of a vendor's surface, in the order in which they are told.
pub struct Report {
    vendor: &'static str,
    changes: Vec<(Event, String)>,
}

impl Report {
    /// A report without changes.
    pub fn new(vendor: &'static str) -> Self {
        Self { vendor, changes: Vec::new() }
    }

    /// Notes a change.
    pub fn add(&mut self, event: Event, words: impl Into<String>) {
        self.changes.push((event, words.into()));
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The gravest verdict of the changes.
    pub fn verdict(&self) -> Verdict {
        self.changes.iter().map(|(event, _)| event.verdict().0).max().unwrap_or(Verdict::None)
    }

    /// What happened, without the words.
    #[cfg(test)]
    pub fn events(&self) -> Vec<Event> {
        self.changes.iter().map(|(event, _)| *event).collect()
    }
}

/// One line for each change.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (event, words) in &self.changes {
            let vendor = self.vendor;
            match event.verdict() {
                (verdict, "") => writeln!(f, "{vendor}: {words} ({verdict})")?,
                (verdict, reason) => writeln!(f, "{vendor}: {words} ({verdict}: {reason})")?,
            }
        }
        Ok(())
    }
}
