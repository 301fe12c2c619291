//! The public surface of a client, as `build/surface.rs` writes it: sections without indentation, and in each of them lines
//! `key: value`.

use crate::codes::{self, Code};
use crate::errors::{self, ErrorCode};
use crate::field::Side;
use crate::filters::{self, Property};
use crate::object::Object;
use crate::operation::Operation;
use crate::pair::{Named, Pair, pairs};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// A surface: operations, types, and error codes.
#[derive(Debug, Default)]
pub struct Surface<'a> {
    operations: Vec<Section<'a>>,
    types: Vec<Section<'a>>,
    filters: Vec<Section<'a>>,
    errors: Vec<Section<'a>>,
}

/// One section: the word that opens it, its name, and what it says.
#[derive(Debug)]
struct Section<'a> {
    word: &'a str,
    name: &'a str,
    body: Body<'a>,
}

#[derive(Debug)]
enum Body<'a> {
    Operation(Operation<'a>),
    Request(Object<'a>),
    Answer(Object<'a>),
    Codes(Vec<Code<'a>>),
    Value(&'a str),
    Filters(Vec<Property<'a>>),
    Errors(Vec<ErrorCode<'a>>),
}

impl Named for Section<'_> {
    fn name(&self) -> &str {
        self.name
    }
}

impl<'a> Surface<'a> {
    /// Reads a surface. Whatever it does not know is an error, because a change of it would go unseen.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let mut surface = Self::default();
        let mut open: Option<Section<'a>> = None;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let outcome = match (line.strip_prefix("    "), &mut open) {
                (Some(line), Some(section)) => section.line(line),
                (Some(_), None) => Err("a line before any section".to_owned()),
                (None, _) => Section::open(line).map(|section| surface.close(open.replace(section))),
            };
            outcome.map_err(|error| format!("line {}: {error}", index + 1))?;
        }
        surface.close(open);
        Ok(surface)
    }

    fn close(&mut self, section: Option<Section<'a>>) {
        let Some(section) = section else { return };
        let group = match section.body {
            Body::Operation(_) => &mut self.operations,
            Body::Filters(_) => &mut self.filters,
            Body::Errors(_) => &mut self.errors,
            Body::Request(_) | Body::Answer(_) | Body::Codes(_) | Body::Value(_) => &mut self.types,
        };
        group.push(section);
    }

    /// Tells what changed since the old surface.
    pub fn compare(&self, old: &Self, report: &mut Report) {
        let groups = [
            (&old.operations, &self.operations),
            (&old.types, &self.types),
            (&old.filters, &self.filters),
            (&old.errors, &self.errors),
        ];
        for pair in groups.into_iter().flat_map(|(old, new)| pairs(old, new)) {
            match pair {
                Pair::Kept(old, new) => new.compare(old, report),
                Pair::Removed(old) | Pair::Renamed(old, _) => {
                    let is_operation = matches!(old.body, Body::Operation(_));
                    let event = if is_operation { Event::OperationRemoved } else { Event::TypeRemoved };
                    report.add(event, format!("{} is gone", old.subject()));
                }
                Pair::Added(new) => {
                    let is_operation = matches!(new.body, Body::Operation(_));
                    let event = if is_operation { Event::OperationAdded } else { Event::TypeAdded };
                    report.add(event, format!("{} is new", new.subject()));
                }
            }
        }
    }
}

impl<'a> Section<'a> {
    fn open(line: &'a str) -> Result<Self, String> {
        let (word, name) = line.split_once(' ').ok_or_else(|| format!("`{line}` opens no section"))?;
        let body = match word {
            "operation" => Body::Operation(Operation::default()),
            "request" => Body::Request(Object::default()),
            "answer" => Body::Answer(Object::default()),
            "codes" => Body::Codes(Vec::new()),
            "value" => Body::Value(""),
            "filters" => Body::Filters(Vec::new()),
            "errors" => Body::Errors(Vec::new()),
            _ => return Err(format!("no section starts with `{word}`")),
        };
        Ok(Self { word, name, body })
    }

    fn line(&mut self, line: &'a str) -> Result<(), String> {
        let split = line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")));
        let (key, text) = split.ok_or_else(|| format!("`{line}` has no colon"))?;
        match &mut self.body {
            Body::Operation(operation) => operation.line(key, text)?,
            Body::Request(object) | Body::Answer(object) => object.line(key, text)?,
            Body::Codes(codes) => codes.push(Code { name: key, value: text }),
            Body::Value(kind) if key == "type" => *kind = text.trim_end(),
            Body::Value(_) => return Err(format!("a value has no `{key}`")),
            Body::Filters(properties) => properties.push(Property { name: key, functions: text }),
            Body::Errors(errors) => errors.push(ErrorCode::parse(key, text)?),
        }
        Ok(())
    }

    fn subject(&self) -> String {
        format!("{} {}", self.word, self.name)
    }

    fn compare(&self, old: &Self, report: &mut Report) {
        let subject = &self.subject();
        match (&old.body, &self.body) {
            (Body::Operation(old), Body::Operation(new)) => new.compare(old, subject, report),
            (Body::Request(old), Body::Request(new)) => new.compare(old, Side::Request, subject, report),
            (Body::Answer(old), Body::Answer(new)) => new.compare(old, Side::Answer, subject, report),
            (Body::Codes(old), Body::Codes(new)) => codes::compare(old, new, subject, report),
            (Body::Filters(old), Body::Filters(new)) => filters::compare(old, new, subject, report),
            (Body::Errors(old), Body::Errors(new)) => errors::compare(old, new, subject, report),
            (Body::Value(old), Body::Value(new)) if old == new => {}
            (Body::Value(old), Body::Value(new)) => {
                report.add(Event::ValueRetyped, format!("{subject}: its type went from {old} to {new}"));
            }
            _ => report.add(Event::TypeTurned, format!("{} turned into {subject}", old.subject())),
        }
    }
}

/// Tells what changed between the reviewed text of a vendor's surface, where there is one, and the new text.
pub fn report(vendor: &'static str, reviewed: Option<&str>, new: &str) -> Result<Report, String> {
    let surface = Surface::parse(new).map_err(|error| format!("the surface of {vendor}, {error}"))?;
    let mut report = Report::new(vendor);
    let Some(reviewed) = reviewed else {
        report.add(Event::FirstSurface, "there is no reviewed surface yet, so everything is new");
        return Ok(report);
    };
    match Surface::parse(reviewed) {
        Ok(old) => surface.compare(&old, &mut report),
        Err(error) => {
            report.add(Event::UnreadableSurface, format!("the reviewed surface has another form, {error}"));
        }
    }
    if report.is_empty() && reviewed.trim() != new.trim() {
        report.add(Event::Reordered, "the lines of the surface are arranged differently");
    }
    Ok(report)
}
