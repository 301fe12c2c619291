//! Fields beside each other, in the spec and on a page: kept, renamed, new, gone.

use std::collections::BTreeMap;

use super::{Comparison, Said, body};
use crate::fact::Attribute;
use crate::field::Field;
use crate::verdict::Event;

/// What holds the fields.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The place on the wire that goes before their names.
    pub place: String,
    /// The place in the YAML that a new one goes into.
    pub pointer: String,
    pub sort: Sort,
    /// The line of the page.
    pub line: usize,
}

/// What the fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Parameters,
    Request,
    Answer,
}

/// Reports in what they differ.
pub fn compare(comparison: &mut Comparison<'_>, ours: &[Field], theirs: &[Field], holder: &Holder) {
    let gone = gone(comparison, ours, theirs);
    let mut added = added(ours, theirs);
    for (field, renamed) in renamed(&gone, &added) {
        let origin = field.origin.clone().unwrap_or_default();
        let place = place(holder, &field.name);
        match renamed {
            Some(new) => {
                added.retain(|field| !std::ptr::eq(*field, new));
                comparison.say(Said {
                    place: &place,
                    attribute: Attribute::Name,
                    spec: Some(wire_name(holder, field)),
                    page: Some(wire_name(holder, new)),
                    event: Event::FieldRewired,
                    pointer: origin.property,
                    line: new.line,
                });
                body::compare(comparison, field, new, &place, holder.sort == Sort::Answer);
            }
            None => {
                let event = if holder.sort == Sort::Parameters { Event::ParameterRemoved } else { Event::FieldRemoved };
                comparison.say(Said {
                    place: &place,
                    attribute: Attribute::Exists,
                    spec: Some(summary(field)),
                    page: None,
                    event,
                    pointer: origin.property,
                    line: holder.line,
                });
            }
        }
    }
    for field in added {
        let is_required = field.required == Some(true);
        let event = match (holder.sort, is_required) {
            (Sort::Parameters, true) => Event::RequiredParameterAdded,
            (Sort::Parameters, false) => Event::OptionalParameterAdded,
            (Sort::Request, true) => Event::RequiredRequestFieldAdded,
            (Sort::Request, false) => Event::OptionalRequestFieldAdded,
            (Sort::Answer, _) => Event::AnswerFieldAdded,
        };
        let line = if field.line == 0 { holder.line } else { field.line };
        let said = Said {
            place: &place(holder, &field.name),
            attribute: Attribute::Exists,
            spec: None,
            page: Some(summary(field)),
            event,
            pointer: holder.pointer.clone(),
            line,
        };
        let difference = comparison.say(said);
        difference.field = Some(Box::new(field.clone()));
        difference.words = field.description.clone();
    }
    for field in ours {
        if let Some(same) = theirs.iter().find(|same| same.name == field.name) {
            body::compare(comparison, field, same, &place(holder, &field.name), holder.sort == Sort::Answer);
        }
    }
}

/// The names that fields of ours have on the page now, where only the name changed.
pub fn new_names(comparison: &Comparison<'_>, ours: &[Field], theirs: &[Field]) -> BTreeMap<String, String> {
    let (gone, added) = (gone(comparison, ours, theirs), added(ours, theirs));
    let pairs = renamed(&gone, &added).into_iter();
    pairs.filter_map(|(field, new)| Some((field.name.clone(), new?.name.clone()))).collect()
}

fn gone<'a>(comparison: &Comparison<'_>, ours: &'a [Field], theirs: &[Field]) -> Vec<&'a Field> {
    ours.iter().filter(|field| !has(theirs, &field.name) && !comparison.may_lack(field)).collect()
}

fn added<'a>(ours: &[Field], theirs: &'a [Field]) -> Vec<&'a Field> {
    theirs.iter().filter(|field| !has(ours, &field.name)).collect()
}

pub fn has(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| field.name == name)
}

/// What is gone, each with what came in its place, if anything did.
fn renamed<'a, 'b>(gone: &[&'a Field], added: &[&'b Field]) -> Vec<(&'a Field, Option<&'b Field>)> {
    let mut left = added.to_vec();
    let mut pairs = Vec::new();
    for field in gone {
        let place = left.iter().position(|new| is_renamed(field, new, gone.len(), left.len()));
        pairs.push((*field, place.map(|place| left.remove(place))));
    }
    pairs
}

fn place(holder: &Holder, name: &str) -> String {
    if holder.place.is_empty() { name.to_owned() } else { format!("{}.{name}", holder.place) }
}

/// The name on the wire, without where a parameter stands.
fn wire_name(holder: &Holder, field: &Field) -> String {
    let name = field.name.split_once('.').filter(|_| holder.sort == Sort::Parameters).map(|(_, name)| name);
    name.unwrap_or(&field.name).to_owned()
}

/// A field in a few words: `integer(int32), required`.
pub fn summary(field: &Field) -> String {
    let kind = field.kind.as_ref().map_or_else(|| "any".to_owned(), ToString::to_string);
    let items = field.items.as_ref().and_then(|items| items.kind.as_ref()).map(|kind| format!(" of {kind}"));
    let required = if field.required == Some(true) { ", required" } else { "" };
    format!("{kind}{}{required}", items.unwrap_or_default())
}

/// Whether one field went as another of its like came, so that most likely only the name changed.
fn is_renamed(old: &Field, new: &Field, gone: usize, added: usize) -> bool {
    let base = |field: &Field| field.kind.as_ref().map(|kind| kind.base.clone());
    let parts = |field: &Field| field.name.split_once('.').map(|(place, _)| place.to_owned());
    let is_like = base(old) == base(new)
        && parts(old) == parts(new)
        && (old.fields.is_empty()
            || old.fields.iter().any(|field| new.fields.iter().any(|other| other.name == field.name)));
    let is_alone = gone == 1 && added == 1;
    is_like && (is_alone || are_alike(&old.name, &new.name))
}

/// Whether names share most of their words, or one holds the other.
fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    one.contains(&other) || other.contains(&one) || shared * 3 >= one.len().max(other.len()) * 2
}
