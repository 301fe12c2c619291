//! A request or an answer: its fields, and for a request the setters and the rules of its builder.

use crate::demand::{self, Demand};
use crate::field::{self, Field, Side};
use crate::pair::{Named, Pair, pairs};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// A request or an answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Object<'a> {
    fields: Vec<Field<'a>>,
    setters: Vec<Setter<'a>>,
    demands: Vec<Demand<'a>>,
}

/// A setter that writes several fields, or one with a sum type.
#[derive(Debug, PartialEq, Eq)]
struct Setter<'a> {
    name: &'a str,
    writes: Vec<&'a str>,
}

impl Named for Setter<'_> {
    fn name(&self) -> &str {
        self.name
    }
}

impl<'a> Object<'a> {
    /// Reads one line of a request or an answer.
    pub fn line(&mut self, key: &'a str, text: &'a str) -> Result<(), String> {
        if let Some(name) = key.strip_prefix("setter ") {
            let writes = text.strip_prefix("writes ").ok_or("a setter writes fields")?.split(", ").collect();
            self.setters.push(Setter { name, writes });
        } else if let Some(condition) = key.strip_prefix("rule ") {
            self.demands.extend(demand::parse(condition, text)?);
        } else {
            self.fields.push(Field::parse(key, text)?);
        }
        Ok(())
    }

    /// Tells what changed in it.
    pub fn compare(&self, old: &Self, side: Side, subject: &str, report: &mut Report) {
        field::compare(&old.fields, &self.fields, side, subject, report);
        for pair in pairs(&old.setters, &self.setters) {
            let (event, words) = match pair {
                Pair::Kept(old, new) if old.writes == new.writes => continue,
                Pair::Kept(before, new) => {
                    let (before, writes) = (before.writes.join(", "), new.writes.join(", "));
                    (Event::SetterChanged, format!("the setter {} writes {writes} instead of {before}", new.name))
                }
                Pair::Removed(old) | Pair::Renamed(old, _) => {
                    (Event::SetterRemoved, format!("the setter {} is gone", old.name))
                }
                Pair::Added(new) => {
                    let existed = |wire: &&str| old.fields.iter().any(|field| field.wire == *wire);
                    let takes_over = new.writes.iter().any(existed);
                    let event = if takes_over { Event::SetterTookOver } else { Event::SetterAdded };
                    (event, format!("the setter {} is new and writes {}", new.name, new.writes.join(", ")))
                }
            };
            report.add(event, format!("{subject}: {words}"));
        }
        demand::compare(&old.demands, &self.demands, subject, report);
    }
}
