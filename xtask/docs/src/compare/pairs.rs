//! Fields beside each other, in the spec and on a page: kept, renamed, new, gone.

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
    let find = |list: &[Field], name: &str| list.iter().any(|field| field.name == name);
    let gone: Vec<&Field> =
        ours.iter().filter(|field| !find(theirs, &field.name) && !comparison.may_lack(field)).collect();
    let mut added: Vec<&Field> = theirs.iter().filter(|field| !find(ours, &field.name)).collect();
    for field in gone.iter().copied() {
        let renamed = added.iter().position(|new| is_renamed(field, new, gone.len(), added.len()));
        let origin = field.origin.clone().unwrap_or_default();
        let place = place(holder, &field.name);
        match renamed.map(|index| added.remove(index)) {
            Some(new) => {
                comparison.say(Said {
                    place: &place,
                    attribute: Attribute::Name,
                    spec: Some(wire_name(holder, field)),
                    page: Some(wire_name(holder, new)),
                    event: Event::FieldRewired,
                    pointer: origin.property,
                    line: new.line,
                });
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
