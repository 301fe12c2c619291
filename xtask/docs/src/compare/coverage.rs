//! Which operations a page is about: whether what it lacks is gone or only on another page.

use std::collections::{BTreeMap, BTreeSet};

use super::{Comparison, Said};
use crate::fact::Attribute;
use crate::field::Field;
use crate::form::Form;
use crate::operation::Operation;
use crate::page::Page;
use crate::spec::Spec;
use crate::vendor::Key;
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
    for theirs in page.operations.iter().filter(|theirs| theirs.key.vendor == spec.vendor) {
        let address = Some(theirs.moved.clone().unwrap_or_else(|| theirs.address()));
        if let Some(ours) = spec.operations.iter().find(|ours| ours.key == theirs.key) {
            if theirs.moved.is_some() {
                say_of(comparison, ours, Attribute::Name, address, Event::OperationMoved, theirs.line);
            }
        } else if theirs.key.is_about_vouchers() {
            let neighbour = spec.operations.iter().find(|ours| ours.key.path == theirs.key.path);
            let pointer = neighbour.and_then(|ours| Some(ours.pointer.rsplit_once('/')?.0)).unwrap_or("/paths");
            comparison.operation = theirs.address();
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
    for ours in spec.operations.iter().filter(|ours| !has(page, ours)) {
        if !comparison.may_lack_operation(ours) && is_expected(spec, page, ours) {
            say_of(comparison, ours, Attribute::Exists, None, Event::OperationRemoved, 1);
        }
    }
}

fn has(page: &Page, ours: &Operation) -> bool {
    page.operations.iter().any(|theirs| theirs.key == ours.key)
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
        spec: Some(ours.address()),
        page,
        event,
        pointer: ours.pointer.clone(),
        line,
    });
}

/// Gives the operations that pages have at another address the key that the spec knows them by.
pub fn recognise(specs: &[Spec], pages: &mut [Page]) {
    let there: BTreeSet<Key> =
        pages.iter().flat_map(|page| &page.operations).map(|theirs| theirs.key.clone()).collect();
    // Several pages may show the same move, and no operation moves to two places.
    let mut moves: BTreeMap<Key, Key> = BTreeMap::new();
    for page in pages {
        for index in 0..page.operations.len() {
            let theirs = &page.operations[index];
            let spec = specs.iter().find(|spec| spec.vendor == theirs.key.vendor);
            let former = spec.and_then(|spec| former(spec, page, theirs)).map(|ours| ours.key.clone());
            let is_free = |ours: &Key| !there.contains(ours) && !moves.values().any(|moved| moved == ours);
            let ours = moves.get(&theirs.key).cloned().or_else(|| former.filter(is_free));
            let Some(ours) = ours else { continue };
            let theirs = &mut page.operations[index];
            theirs.moved = Some(theirs.address());
            moves.insert(std::mem::replace(&mut theirs.key, ours.clone()), ours);
        }
        // The remaining candidates are other operations, and count as such.
        let others = &mut page.others;
        page.operations.retain(|theirs| {
            let is_known = specs.iter().flat_map(|spec| &spec.operations).any(|ours| ours.key == theirs.key);
            let is_kept = is_known || theirs.key.is_about_vouchers();
            if !is_kept {
                *others.entry(theirs.key.vendor).or_default() += 1;
            }
            is_kept
        });
    }
}

/// Whether an operation of a page most likely replaces one of ours: it has the path in another version of the API with the
/// same method, or the same path with another method that takes much the same body.
fn is_successor(ours: &Operation, theirs: &Operation) -> bool {
    let has_method = ours.key.method == theirs.key.method;
    if !ours.key.is_same_path(&theirs.key) || (has_method && ours.key.path == theirs.key.path) {
        return false;
    }
    let names = |operation: &Operation| -> BTreeSet<String> {
        operation.request.iter().flat_map(|body| &body.fields).map(|field| field.name.clone()).collect()
    };
    let (before, after) = (names(ours), names(theirs));
    has_method || (!before.is_empty() && before.intersection(&after).count() * 2 >= before.len().max(after.len()))
}

/// The operation of ours that a page has at another address: the one of its name, or else the one with most of its names
/// where the page should have had that one. Others may share the bodies of an operation without being it.
fn former<'a>(spec: &'a Spec, page: &Page, theirs: &Operation) -> Option<&'a Operation> {
    if spec.operations.iter().any(|ours| ours.key == theirs.key) {
        return None;
    }
    let named = spec.operations.iter().find(|ours| !theirs.id.is_empty() && ours.id == theirs.id);
    let successor = || spec.operations.iter().find(|ours| is_successor(ours, theirs));
    let shared = |ours: &Operation| ours.aliases.iter().filter(|name| theirs.aliases.contains(name)).count();
    let alike = || {
        let most = spec.operations.iter().map(shared).max().filter(|most| *most > 0)?;
        let mut candidates = spec.operations.iter().filter(|ours| shared(ours) == most);
        let only = candidates.next().filter(|_| candidates.next().is_none())?;
        is_expected(spec, page, only).then_some(only)
    };
    named.or_else(alike).or_else(successor)
}

/// Whether a page should have an operation: it has the path with other methods, it is the page of that operation by its
/// address, or it is a whole document of that product.
fn is_expected(spec: &Spec, page: &Page, ours: &Operation) -> bool {
    let has_path = page.operations.iter().any(|theirs| theirs.moved.is_none() && theirs.key.path == ours.key.path);
    let own = address_of(spec, ours);
    let is_its_page =
        page.sources.iter().any(|source| last_segment(own) == last_segment(source) && product(own) == product(source));
    (page.form == Form::OpenApi && has_path) || is_its_page || is_whole(spec, page, ours)
}

/// Whether a page contains so much of the product of an operation that it is no extract: three quarters of the known voucher
/// operations for one of those, or else half of all known operations with twice as many others beside them. A single chapter
/// contains most known operations and lacks those of other chapters, so their number alone proves nothing. Only some
/// controllers have what came later, so most operations of the same version have to be on the page too.
fn is_whole(spec: &Spec, page: &Page, ours: &Operation) -> bool {
    let product = product(address_of(spec, ours));
    let is_later = spec.is_later(&ours.since);
    let count = |is_like: &dyn Fn(&Operation) -> bool| {
        let like = spec
            .operations
            .iter()
            .filter(|other| !other.is_observed && self::product(address_of(spec, other)) == product && is_like(other));
        like.fold((0, 0), |(all, there), other| (all + 1, there + usize::from(has(page, other))))
    };
    let is_most = |(all, there): (usize, usize)| there > 1 && there * 4 >= all * 3;
    let (all, there) = count(&|other| !spec.is_later(&other.since));
    let vouchers = count(&|other| !spec.is_later(&other.since) && other.key.is_about_vouchers());
    let others = page.others.get(&spec.vendor).copied().unwrap_or_default();
    let is_surrounded = there > 0 && there * 2 >= all && others >= all * 2;
    ((ours.key.is_about_vouchers() && is_most(vouchers)) || is_surrounded)
        && (!is_later || is_most(count(&|other| other.since == ours.since)))
}

/// The address of an operation's page.
fn address_of<'a>(spec: &'a Spec, ours: &Operation) -> &'a str {
    let url = spec.yaml.get(&format!("{}/externalDocs/url", ours.pointer));
    url.and_then(serde_json::Value::as_str).unwrap_or_default()
}

fn last_segment(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or(url)
}

/// What tells products and guides apart in the addresses of their pages, such as `network` and `site-manager`.
fn product(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').nth(2).unwrap_or_default()
}
