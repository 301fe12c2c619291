//! What differs between a spec and a page.

mod body;
mod codes;
mod coverage;
mod moved;
mod operation;
mod pairs;
mod single;

pub use self::coverage::recognise;
pub use self::pairs::summary;

use crate::difference::Difference;
use crate::fact::Attribute;
use crate::field::Field;
use crate::form::Form;
use crate::operation::Operation;
use crate::page::Page;
use crate::spec::Spec;
use crate::verdict::Event;

/// Every difference between a page and the specs. The page may be of both vendors.
pub fn compare(specs: &[Spec], page: &Page) -> Vec<Difference> {
    let mut differences = Vec::new();
    for spec in specs {
        let mut comparison = Comparison::new(spec, page);
        coverage::compare(&mut comparison, page);
        for theirs in &page.operations {
            if let Some(ours) = spec.operations.iter().find(|ours| ours.key == theirs.key) {
                comparison.operation = ours.name.clone();
                operation::compare(&mut comparison, ours, theirs);
            }
        }
        differences.extend(comparison.differences);
    }
    differences
}

/// The comparison of a page with the spec of one vendor.
struct Comparison<'a> {
    spec: &'a Spec,
    form: Form,
    file: &'a str,
    /// Whether the page is of a version that has what came later, so that its silence about that counts.
    is_late: bool,
    operation: String,
    key: Option<crate::vendor::Key>,
    differences: Vec<Difference>,
}

/// What is said of one place, to make a difference of it.
struct Said<'a> {
    place: &'a str,
    attribute: Attribute,
    spec: Option<String>,
    page: Option<String>,
    event: Event,
    pointer: String,
    line: usize,
}

impl<'a> Comparison<'a> {
    fn new(spec: &'a Spec, page: &'a Page) -> Self {
        Self {
            spec,
            form: page.form,
            file: &page.file,
            is_late: coverage::is_late(spec, page),
            operation: String::new(),
            key: None,
            differences: Vec::new(),
        }
    }

    /// Notes a difference.
    fn say(&mut self, said: Said<'_>) -> &mut Difference {
        let at = self.spec.at(&said.pointer);
        self.differences.push(Difference {
            vendor: self.spec.vendor,
            operation: self.operation.clone(),
            key: self.key.clone(),
            place: said.place.to_owned(),
            attribute: said.attribute,
            spec: said.spec,
            page: said.page,
            event: said.event,
            pointer: said.pointer,
            at,
            seen: format!("{}:{}", self.file, said.line.max(1)),
            field: None,
            is_doubtful: false,
            words: String::new(),
        });
        let last = self.differences.len() - 1;
        &mut self.differences[last]
    }

    /// Whether the page's silence about something of the spec means nothing: it came later, or no page ever had it.
    fn may_lack(&self, field: &Field) -> bool {
        field.is_observed || (!self.is_late && field.since.as_ref().is_some_and(|since| self.spec.is_later(since)))
    }

    fn may_lack_operation(&self, operation: &Operation) -> bool {
        operation.is_observed || (!self.is_late && self.spec.is_later(&operation.since))
    }
}
