//! An operation: how it is asked, what it answers, and what the vendor documents of it.

use crate::facts::Facts;
use crate::pair::{Named, Pair, pairs};
use crate::report::Report;
use xtask_docs::verdict::Event;

/// An operation.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Operation<'a> {
    request: &'a str,
    parameters: Vec<Parameter<'a>>,
    body: Option<&'a str>,
    answers: Vec<(&'a str, &'a str)>,
    permission: &'a str,
    since: &'a str,
    repeat: &'a str,
    errors: Vec<Listed<'a>>,
}

/// A parameter, whose name starts with its place: `query page`.
#[derive(Debug, PartialEq, Eq)]
struct Parameter<'a> {
    name: &'a str,
    kind: &'a str,
    facts: Facts<'a>,
}

impl Named for Parameter<'_> {
    fn name(&self) -> &str {
        self.name
    }
}

/// An error code that the vendor lists for the operation. What it is called is told where error codes are.
#[derive(Debug, PartialEq, Eq)]
struct Listed<'a>(&'a str);

impl Named for Listed<'_> {
    fn name(&self) -> &str {
        self.0
    }
}

impl<'a> Operation<'a> {
    /// Reads one line of an operation.
    pub fn line(&mut self, key: &'a str, text: &'a str) -> Result<(), String> {
        match key.split_once(' ').map_or(key, |(word, _)| word) {
            "request" => self.request = text,
            "path" | "query" | "header" | "cookie" | "part" => {
                let (kind, facts) = text.split_at(text.find(", ").unwrap_or(text.len()));
                self.parameters.push(Parameter { name: key, kind, facts: Facts::parse(facts)? });
            }
            "body" => self.body = Some(text),
            "answer" => self.answers.push(text.split_once(' ').ok_or("an answer gives its status and its type")?),
            "permission" => self.permission = text,
            "since" => self.since = text,
            "repeat" => self.repeat = text,
            "error" => self.errors.push(Listed(key.strip_prefix("error ").ok_or("an error gives its code")?)),
            _ => return Err(format!("an operation has no `{key}`")),
        }
        Ok(())
    }

    /// Tells what changed in it.
    pub fn compare(&self, old: &Self, subject: &str, report: &mut Report) {
        let went = |noun: &str, old: &str, new: &str| format!("{subject}: {noun} went from {old} to {new}");
        if old.request != self.request {
            report.add(Event::OperationMoved, went("the request", old.request, self.request));
        }
        self.compare_parameters(old, subject, report);
        if old.body != self.body {
            let [before, now] = [old.body, self.body].map(|body| body.unwrap_or("nothing"));
            report.add(Event::BodyChanged, went("the body", before, now));
        }
        if old.answers != self.answers {
            let kinds = |operation: &Self| operation.answers.iter().map(|(_, kind)| *kind).collect::<Vec<_>>();
            let retyped = kinds(old) != kinds(self);
            let event = if retyped { Event::AnswerRetyped } else { Event::AnswerStatusChanged };
            let shown = |operation: &Self| {
                let answers: Vec<_> =
                    operation.answers.iter().map(|(status, kind)| format!("{status} {kind}")).collect();
                if answers.is_empty() { "nothing".to_owned() } else { answers.join(" or ") }
            };
            report.add(event, went("the answer", &shown(old), &shown(self)));
        }
        if old.permission != self.permission {
            report.add(Event::PermissionChanged, went("the permission", old.permission, self.permission));
        }
        if old.since != self.since {
            report.add(Event::SinceChanged, went("the first version", old.since, self.since));
        }
        if old.repeat != self.repeat {
            report.add(Event::RepeatChanged, went("repeating it", old.repeat, self.repeat));
        }
        for pair in pairs(&old.errors, &self.errors) {
            match pair {
                Pair::Kept(..) | Pair::Renamed(..) => {}
                Pair::Removed(Listed(code)) => {
                    report.add(Event::ErrorUnlisted, format!("{subject}: the error {code} is no longer listed"));
                }
                Pair::Added(Listed(code)) => {
                    report.add(Event::ErrorListed, format!("{subject}: the error {code} is now listed"));
                }
            }
        }
    }

    fn compare_parameters(&self, old: &Self, subject: &str, report: &mut Report) {
        for pair in pairs(&old.parameters, &self.parameters) {
            match pair {
                Pair::Kept(old, new) => new.compare(old, subject, report),
                Pair::Removed(old) | Pair::Renamed(old, _) => {
                    report.add(Event::ParameterRemoved, format!("{subject}: the parameter {} is gone", old.name));
                }
                Pair::Added(new) => {
                    let (event, word) = match new.facts.is_required {
                        true => (Event::RequiredParameterAdded, "required"),
                        false => (Event::OptionalParameterAdded, "optional"),
                    };
                    report.add(event, format!("{subject}: the parameter {} is new and {word}", new.name));
                }
            }
        }
    }
}

impl Parameter<'_> {
    fn compare(&self, old: &Self, subject: &str, report: &mut Report) {
        let name = self.name;
        if old.kind != self.kind {
            let words = format!("{subject}: the type of the parameter {name} went from {} to {}", old.kind, self.kind);
            report.add(Event::ParameterRetyped, words);
        }
        match (old.facts.is_required, self.facts.is_required) {
            (true, false) => {
                let words = format!("{subject}: the parameter {name} is no longer required");
                report.add(Event::ParameterMadeOptional, words);
            }
            (false, true) => {
                report.add(Event::ParameterMadeRequired, format!("{subject}: the parameter {name} is now required"));
            }
            _ => {}
        }
        self.facts.compare(&old.facts, subject, &format!("the parameter {name}"), report);
    }
}
