//! Which operations a page is about: whether what it lacks is gone or only on another page.

use super::{Comparison, Said};
use crate::fact::Attribute;
use crate::field::Field;
use crate::form::Form;
use crate::operation::Operation;
use crate::page::Page;
use crate::spec::Spec;
use crate::verdict::Event;

/// Whether a page is of a version that has what came after the first one: it shows an operation or a field that did.
pub fn is_late(spec: &Spec, page: &Page) -> bool {
    page.operations.iter().any(|theirs| {
        let ours = spec.operations.iter().find(|ours| ours.key == theirs.key);
        ours.is_some_and(|ours| {
            let pairs = [(&ours.request, &theirs.request), (&ours.answer, &theirs.answer)];
            spec.is_later(&ours.since)
                || pairs.iter().any(|(ours, theirs)| match (ours, theirs) {
                    (Some(ours), Some(theirs)) => shows_later(spec, ours, theirs),
                    _ => false,
                })
        })
    })
}

fn shows_later(spec: &Spec, ours: &Field, theirs: &Field) -> bool {
    let is_later = |field: &Field| field.since.as_ref().is_some_and(|since| spec.is_later(since));
    let in_fields = ours.fields.iter().any(|field| {
        let same = theirs.fields.iter().find(|other| other.name == field.name);
        same.is_some_and(|same| is_later(field) || shows_later(spec, field, same))
    });
    in_fields
        || match (&ours.items, &theirs.items) {
            (Some(ours), Some(theirs)) => shows_later(spec, ours, theirs),
            _ => false,
        }
}

/// Reports operations about vouchers that the spec lacks, and operations that a page which lists its like lacks.
pub fn compare(comparison: &mut Comparison<'_>, page: &Page) {
    let spec = comparison.spec;
    let has = |ours: &Operation| page.operations.iter().any(|theirs| theirs.key == ours.key);
    let mut moved = Vec::new();
    for theirs in page.operations.iter().filter(|theirs| theirs.key.vendor == spec.vendor) {
        if spec.operations.iter().any(|ours| ours.key == theirs.key) {
            continue;
        }
        let address = Some(format!("{} {}", theirs.key.method, theirs.path));
        if let Some(ours) = former(spec, theirs, &has) {
            say_of(comparison, ours, Attribute::Name, address, Event::OperationMoved, theirs.line);
            moved.push(&ours.key);
        } else if theirs.key.is_about_vouchers() {
            let neighbour = spec.operations.iter().find(|ours| ours.key.path == theirs.key.path);
            let pointer = neighbour.and_then(|ours| Some(ours.pointer.rsplit_once('/')?.0)).unwrap_or("/paths");
            comparison.operation = format!("{} {}", theirs.key.method, theirs.path);
            comparison.key = Some(theirs.key.clone());
            let said = Said {
                place: "operation",
                attribute: Attribute::Exists,
                spec: None,
                page: address,
                event: Event::OperationAdded,
                pointer: pointer.to_owned(),
                line: theirs.line,
            };
            comparison.say(said).words = theirs.words.first().cloned().unwrap_or_default();
        }
    }
    for ours in
        spec.operations.iter().filter(|ours| !has(ours) && !comparison.may_lack_operation(ours)).collect::<Vec<_>>()
    {
        if !moved.contains(&&ours.key) && is_expected(spec, page, ours, &has) {
            say_of(comparison, ours, Attribute::Exists, None, Event::OperationRemoved, 1);
        }
    }
}

/// Notes what became of an operation of ours.
fn say_of(
    comparison: &mut Comparison<'_>,
    ours: &Operation,
    attribute: Attribute,
    page: Option<String>,
    event: Event,
    line: usize,
) {
    comparison.operation = ours.name.clone();
    comparison.key = Some(ours.key.clone());
    comparison.say(Said {
        place: "operation",
        attribute,
        spec: Some(format!("{} {}", ours.key.method, ours.path)),
        page,
        event,
        pointer: ours.pointer.clone(),
        line,
    });
}

/// The operation of ours that a page has at another address: the one with most of its names.
fn former<'a>(spec: &'a Spec, theirs: &Operation, has: &impl Fn(&Operation) -> bool) -> Option<&'a Operation> {
    let shared = |ours: &Operation| ours.aliases.iter().filter(|name| theirs.aliases.contains(name)).count();
    let most = spec.operations.iter().map(shared).max().filter(|most| *most > 0)?;
    let mut candidates = spec.operations.iter().filter(|ours| shared(ours) == most);
    let only = candidates.next().filter(|_| candidates.next().is_none())?;
    (!has(only)).then_some(only)
}

/// Whether a page should have an operation: it has the path with other methods, it is the page of that operation by its
/// address, or it lists at least three quarters of the like.
fn is_expected(spec: &Spec, page: &Page, ours: &Operation, has: &impl Fn(&Operation) -> bool) -> bool {
    let has_path = page.operations.iter().any(|theirs| theirs.key.path == ours.key.path);
    let is_its_page = page.sources.iter().any(|source| {
        let own = spec.yaml.get(&format!("{}/externalDocs/url", ours.pointer)).and_then(serde_json::Value::as_str);
        own.is_some_and(|own| last_segment(own) == last_segment(source) && product(own) == product(source))
    });
    let like = |other: &&Operation| {
        other.key.is_about_vouchers() == ours.key.is_about_vouchers() && other.since == ours.since && !other.is_observed
    };
    let (mut all, mut there) = (0, 0);
    for other in spec.operations.iter().filter(like) {
        all += 1;
        there += usize::from(has(other));
    }
    (page.form == Form::OpenApi && has_path)
        || is_its_page
        || (page.operations.len() > 1 && all > 1 && there * 4 >= all * 3)
}

fn last_segment(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or(url)
}

/// What stands before the version in an address of UniFi's pages: `network` or `site-manager`.
fn product(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').nth(2).unwrap_or_default()
}
