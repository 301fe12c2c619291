//! Tests on pages that print what the specs state, in every form, and on pages written by hand.

mod changes;
mod conditions;
mod coverage;
mod cut;
mod documented;
mod files;
mod hostile;
mod known;
mod precision;
mod print_markdown;
mod print_openapi;
mod print_text;
mod recall;
mod shape;
mod strike;
mod typing;
mod variants;

use std::fs;
use std::path::Path;

use crate::compare;
use crate::difference::Difference;
use crate::page::{self, Page, Scope};
use crate::spec::{Spec, Yaml};
use crate::vendor::Vendor;

/// The spec of a vendor, as it stands in the repository.
fn yaml(vendor: Vendor) -> Yaml {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join(vendor.file())).expect("the spec");
    Yaml::parse(vendor.file(), &text).expect("YAML")
}

/// What differs between a spec and a page, whatever mistakes are known.
fn differences(spec: Spec, page: &str) -> Vec<Difference> {
    let scope = Scope::of(std::slice::from_ref(&spec));
    compared(spec, page::read("page", page.as_bytes(), &scope).expect("a page"))
}

/// What differs between a spec and a page that is read.
fn compared(spec: Spec, page: Page) -> Vec<Difference> {
    let (specs, mut pages) = ([spec], [page]);
    compare::recognise(&specs, &mut pages);
    pages.iter().flat_map(|page| compare::compare(&specs, page)).collect()
}

/// Differences, a line each.
fn lines(differences: &[Difference]) -> Vec<String> {
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let line = |one: &Difference| {
        let verdict = one.event.verdict().0;
        format!("{} {} {}: {} -> {} ({verdict})", one.operation, one.place, one.attribute, or(&one.spec), or(&one.page))
    };
    differences.iter().map(line).collect()
}
