//! Operations that a page has at another address than the spec.

use std::collections::BTreeSet;

use super::coverage::is_expected;
use crate::form::Form;
use crate::operation::Operation;
use crate::page::Page;
use crate::spec::Spec;
use crate::vendor::Key;

/// The fields that every answer of a vendor's has around what it carries.
const ENVELOPE: [&str; 6] = ["answer", "answer.errorCode", "answer.msg", "answer.result", "answer.data", "request"];

/// The operation of ours that a page has at another address: the one of its name, or the one whose version or method alone
/// changed, or else the one with most of its names where the page should have that one. `there` is what the pages of the run
/// have. Others may share the bodies of an operation without being it.
pub fn former<'a>(spec: &'a Spec, page: &Page, theirs: &Operation, there: &BTreeSet<Key>) -> Option<&'a Operation> {
    if spec.operations.iter().any(|ours| ours.key == theirs.key) {
        return None;
    }
    let named = spec.operations.iter().find(|ours| !theirs.id.is_empty() && ours.id == theirs.id);
    named.or_else(|| near(spec, page, theirs, there)).or_else(|| alike(spec, page, theirs))
}

/// The operation of ours with the same path but for its version or its method.
fn near<'a>(spec: &'a Spec, page: &Page, theirs: &Operation, there: &BTreeSet<Key>) -> Option<&'a Operation> {
    let is_left = |ours: &&Operation| ours.key.is_near(&theirs.key) && !there.contains(&ours.key);
    let left: Vec<&Operation> = spec.operations.iter().filter(is_left).collect();
    let same = left.iter().find(|ours| ours.key.method == theirs.key.method && is_similar(ours, theirs));
    let is_read = |operation: &Operation| operation.key.method == "GET";
    let similar = || {
        let other = left.iter().filter(|ours| ours.key.method != theirs.key.method);
        let mut similar = other.filter(|ours| is_read(ours) == is_read(theirs) && is_similar(ours, theirs));
        similar.next().filter(|_| similar.next().is_none())
    };
    // A document lists all methods of a path, so that one that is gone became the one that is new.
    let only = || match left.as_slice() {
        [only] if page.form == Form::OpenApi && only.key.path == theirs.key.path => {
            let new = page.operations.iter().filter(|other| {
                other.key.path == theirs.key.path && !spec.operations.iter().any(|ours| ours.key == other.key)
            });
            (new.count() == 1 && is_read(only) == is_read(theirs)).then_some(only)
        }
        _ => None,
    };
    same.or_else(similar).or_else(only).copied()
}

/// The operation of ours with most of the names of its bodies, if the page should have that one.
fn alike<'a>(spec: &'a Spec, page: &Page, theirs: &Operation) -> Option<&'a Operation> {
    let shared = |ours: &Operation| ours.aliases.iter().filter(|name| theirs.aliases.contains(name)).count();
    let most = spec.operations.iter().map(shared).max().filter(|most| *most > 0)?;
    let mut candidates = spec.operations.iter().filter(|ours| shared(ours) == most);
    let only = candidates.next().filter(|_| candidates.next().is_none())?;
    is_expected(spec, page, only).then_some(only)
}

/// Whether two operations have the same bodies, by their names or by most of their fields.
fn is_similar(ours: &Operation, theirs: &Operation) -> bool {
    let is_named = ours.aliases.iter().any(|name| theirs.aliases.contains(name));
    let places = |operation: &Operation, body: &str| -> BTreeSet<String> {
        let places = operation.places().into_keys();
        places.filter(|place| place.starts_with(body) && !ENVELOPE.contains(&place.as_str())).collect()
    };
    let is_shared = |body: &str| {
        let [known, new] = [ours, theirs].map(|operation| places(operation, body));
        // A page may fold what the spec has, or say nothing of it.
        let shared = known.intersection(&new).count();
        known.len().min(new.len()) == 0 || shared * 2 >= known.len().min(new.len())
    };
    is_named || (ours.request.is_some() == theirs.request.is_some() && is_shared("request") && is_shared("answer"))
}
