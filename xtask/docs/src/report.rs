//! What an examination found out, for people and for programs.

use std::collections::HashMap;
use std::fmt;

use serde_json::{Value, json};

use crate::difference::{Change, Difference};
use crate::examination::{Examination, Repository};
use crate::suggestion::suggestion;

/// An examination, to be printed for people.
pub struct Report<'a> {
    repository: &'a Repository,
    examination: &'a Examination,
}

impl Repository {
    /// An examination, to be printed for people.
    pub fn report<'a>(&'a self, examination: &'a Examination) -> Report<'a> {
        Report { repository: self, examination }
    }

    /// The YAML to type for a difference.
    pub fn suggestion(&self, difference: &Difference) -> String {
        suggestion(&self.specs, difference)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let differences = &self.examination.differences;
        let mut same: HashMap<Change, Vec<&Difference>> = HashMap::new();
        for difference in differences {
            same.entry(difference.change()).or_default().push(difference);
        }
        for difference in differences {
            // The first of its like tells it for all.
            if let Some([first, others @ ..]) = same.remove(&difference.change()).as_deref() {
                self.difference(f, first, others)?;
            }
        }
        write!(f, "{}", self.end())
    }
}

/// The end of a report: the pages that could not be read, the counts, and the verdict.
pub struct End<'a>(&'a Examination);

impl fmt::Display for End<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Examination { differences, unreadable, pages, operations, silenced, reworded, .. } = self.0;
        for (file, error) in unreadable {
            writeln!(f, "{file}:{}: {}", error.line, error.message)?;
        }
        let hint = if reworded.is_empty() { "" } else { ", which --json lists" };
        for text in &self.0.unread {
            writeln!(f, "{text}")?;
        }
        writeln!(
            f,
            "{} read with {} of ours; {}, {silenced} more explained by known mistakes; {} worded otherwise{hint}",
            count(*pages, "page"),
            count(*operations, "operation"),
            count(differences.len(), "difference"),
            count(reworded.len(), "description"),
        )?;
        write!(f, "verdict: {}", self.0.verdict())
    }
}

impl<'a> Report<'a> {
    /// What comes after the differences.
    pub fn end(&self) -> End<'a> {
        End(self.examination)
    }

    fn difference(&self, f: &mut fmt::Formatter<'_>, difference: &Difference, others: &[&Difference]) -> fmt::Result {
        let Difference { vendor, operation, place, attribute, at, seen, .. } = difference;
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        let verdict = match difference.event.verdict() {
            (verdict, "") => verdict.to_string(),
            (verdict, reason) => format!("{verdict}: {reason}"),
        };
        writeln!(f, "{at}: {vendor} {operation}, {place}, {attribute}")?;
        writeln!(f, "    the spec says {}, the page {} ({verdict})", or(&difference.spec), or(&difference.page))?;
        writeln!(f, "    seen at {seen}")?;
        for other in others {
            writeln!(f, "    also {}, {}", other.operation, other.place)?;
        }
        for line in suggestion(&self.repository.specs, difference).lines() {
            writeln!(f, "    | {line}")?;
        }
        writeln!(f)
    }
}

/// The differences, and after them the descriptions that are worded otherwise, as a list of objects `{vendor, operation,
/// place, attribute, spec, page, verdict, at}`. `spec` and `page` are texts, or null if one of them says nothing.
pub fn json(examination: &Examination) -> Value {
    let object = |one: &Difference| {
        json!({
            "vendor": one.vendor.to_string(),
            "operation": one.operation,
            "place": one.place,
            "attribute": one.attribute.name(),
            "spec": one.spec,
            "page": one.page,
            "verdict": one.event.verdict().0.to_string(),
            "at": one.at,
        })
    };
    examination.differences.iter().chain(&examination.reworded).map(object).collect()
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
