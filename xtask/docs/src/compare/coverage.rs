//! Which operations a page is about: whether what it lacks is gone or only on another page.

use std::collections::{BTreeMap, BTreeSet};

use super::{Comparison, Said, moved};
use crate::fact::Attribute;
use crate::field::Field;
use crate::form::Form;
use crate::operation::Operation;
use crate::page::{Page, Scope};
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
        if !page.elsewhere.contains(&ours.key) && !comparison.may_lack_operation(ours) && is_expected(spec, page, ours)
        {
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
    let scope = Scope::of(specs);
    let there: BTreeSet<Key> =
        pages.iter().flat_map(|page| &page.operations).map(|theirs| theirs.key.clone()).collect();
    // Several pages may show the same move, and no operation moves to two places.
    let mut moves: BTreeMap<Key, Key> = BTreeMap::new();
    for page in pages.iter_mut() {
        for index in 0..page.operations.len() {
            let theirs = &page.operations[index];
            let spec = specs.iter().find(|spec| spec.vendor == theirs.key.vendor);
            let former = spec.and_then(|spec| moved::former(spec, page, theirs, &there)).map(|ours| ours.key.clone());
            let is_free = |ours: &Key| !there.contains(ours) && !moves.values().any(|moved| moved == ours);
            let ours = moves.get(&theirs.key).cloned().or_else(|| former.filter(is_free));
            let Some(ours) = ours else { continue };
            let theirs = &mut page.operations[index];
            theirs.moved = Some(theirs.address());
            moves.insert(std::mem::replace(&mut theirs.key, ours.clone()), ours);
        }
        // What only looked like an operation of ours is one of the others.
        let (known, others) =
            std::mem::take(&mut page.operations).into_iter().partition(|theirs| scope.matters(&theirs.key));
        let others: Vec<Operation> = others;
        page.operations = known;
        for theirs in others {
            *page.others.entry(theirs.key.vendor).or_default() += 1;
        }
    }
    let keys: Vec<BTreeSet<Key>> =
        pages.iter().map(|page| page.operations.iter().map(|theirs| theirs.key.clone()).collect()).collect();
    for (index, page) in pages.iter_mut().enumerate() {
        let own = &keys[index];
        // Parts of one documentation share few operations, and two versions of it most of them.
        let is_part = |other: &&BTreeSet<Key>| own.intersection(other).count() * 2 < own.len().min(other.len());
        page.elsewhere = keys.iter().filter(is_part).flatten().cloned().collect();
    }
}

/// Whether a page should have an operation: it has the path with other methods, it is the page of that operation by its
/// address, or it is a whole document of that product.
pub fn is_expected(spec: &Spec, page: &Page, ours: &Operation) -> bool {
    let has_path = page.operations.iter().any(|theirs| theirs.moved.is_none() && theirs.key.path == ours.key.path);
    let own = address_of(spec, ours);
    let is_its_page =
        page.sources.iter().any(|source| last_segment(own) == last_segment(source) && product(own) == product(source));
    (page.form == Form::OpenApi && has_path) || is_its_page || is_whole(spec, page, ours)
}

/// Whether a page has so much of the product of an operation that it is no extract: three quarters of what we know of its
/// chapter, or of the vouchers, or half of the product with twice as much beside it. What came later only some controllers
/// have, so that most of its like have to be there too.
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
    let is_first = |other: &Operation| !spec.is_later(&other.since);
    let (all, there) = count(&is_first);
    let chapter = chapter(spec, ours);
    let like = count(&|other| is_first(other) && self::chapter(spec, other) == chapter);
    let vouchers = count(&|other| is_first(other) && other.key.is_about_vouchers());
    let others = page.others.get(&spec.vendor).copied().unwrap_or_default();
    let is_surrounded = there > 0 && there * 2 >= all && others >= all * 2;
    (is_most(like) || (ours.key.is_about_vouchers() && is_most(vouchers)) || is_surrounded)
        && (!is_later || is_most(count(&|other| other.since == ours.since)))
}

/// What tells the chapters of a product apart: a part of the addresses of their pages, and of the paths behind the site.
fn chapter<'a>(spec: &'a Spec, ours: &'a Operation) -> (&'a str, &'a str) {
    let page = address_of(spec, ours).trim_end_matches('/').rsplit('/').nth(1).unwrap_or_default();
    let path = ours.key.path.split_once("/sites/{}/").map_or("", |(_, path)| path);
    (page, path.split('/').next().unwrap_or_default())
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
