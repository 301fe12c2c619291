//! A field of a request or an answer: `code_length: i32 = `codeLength`, required, 6..=10`.

use crate::facts::Facts;
use crate::pair::{Named, Pair, pairs};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// A field, by its Rust name and by the name on the wire.
#[derive(Debug, PartialEq, Eq)]
pub struct Field<'a> {
    name: &'a str,
    kind: &'a str,
    pub wire: &'a str,
    facts: Facts<'a>,
}

impl Named for Field<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn is_renamed(&self, new: &Self) -> bool {
        self.wire == new.wire
    }
}

impl<'a> Field<'a> {
    /// Reads the line of a field.
    pub fn parse(name: &'a str, text: &'a str) -> Result<Self, String> {
        let parts = text.split_once(" = `").and_then(|(kind, rest)| Some((kind, rest.split_once('`')?)));
        let (kind, (wire, facts)) = parts.ok_or("a field gives its type, and its name on the wire in backticks")?;
        Ok(Self { name, kind, wire, facts: Facts::parse(facts)? })
    }

    fn compare(&self, old: &Self, subject: &str, report: &mut Report) {
        let wire = self.wire;
        if old.wire != wire {
            let words = format!("{subject}: the field {} is now `{wire}` on the wire, not `{}`", self.name, old.wire);
            report.add(Event::FieldRewired, words);
        }
        let option = |kind: &str| format!("Option<{kind}>");
        match (old.facts.is_required, self.facts.is_required) {
            (true, false) => report.add(Event::FieldMadeOptional, format!("{subject}: {wire} is no longer required")),
            (false, true) => report.add(Event::FieldMadeRequired, format!("{subject}: {wire} is now required")),
            _ => {}
        }
        // Turning optional or required explains why an Option came or went, which is then no change of its own.
        let explained = match (old.facts.is_required, self.facts.is_required) {
            (true, false) => option(old.kind) == self.kind,
            (false, true) => old.kind == option(self.kind),
            _ => false,
        };
        if old.kind != self.kind && !explained {
            let words = format!("{subject}: the type of {wire} went from {} to {}", old.kind, self.kind);
            report.add(Event::FieldRetyped, words);
        }
        self.facts.compare(&old.facts, subject, wire, report);
    }
}

/// Who writes the fields.
#[derive(Debug, Clone, Copy)]
pub enum Side {
    Request,
    Answer,
}

/// Tells what happened to the fields of a request or an answer.
pub fn compare(old: &[Field<'_>], new: &[Field<'_>], side: Side, subject: &str, report: &mut Report) {
    for pair in pairs(old, new) {
        match pair {
            Pair::Kept(old, new) => new.compare(old, subject, report),
            Pair::Renamed(old, new) => {
                let words = format!("{subject}: the field {} is now called {}", old.name, new.name);
                report.add(Event::FieldRenamed, words);
                new.compare(old, subject, report);
            }
            Pair::Removed(old) => report.add(Event::FieldRemoved, format!("{subject}: {} is gone", old.wire)),
            Pair::Added(new) => {
                let (event, words) = match (side, new.facts.is_required) {
                    (Side::Answer, _) => (Event::AnswerFieldAdded, "is new"),
                    (Side::Request, false) => (Event::OptionalRequestFieldAdded, "is new and optional"),
                    (Side::Request, true) => (Event::RequiredRequestFieldAdded, "is new and required"),
                };
                report.add(event, format!("{subject}: {} {words}", new.wire));
            }
        }
    }
}
