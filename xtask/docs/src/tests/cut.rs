//! Pages that end too early, wherever that is: an error with a line, or nothing where no fact is missing.

use std::sync::LazyLock;

use super::{compared, lines, print_markdown, print_openapi, print_text, yaml};
use crate::page::{self, Scope};
use crate::spec::Spec;
use crate::vendor::Vendor;

const GROUPS: &str = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";

static SPECS: LazyLock<[Spec; 3]> =
    LazyLock::new(|| Vendor::ALL.map(|vendor| Spec::new(vendor, yaml(vendor)).expect("a spec")));

/// Checks what is left of a page: it is refused, or it tells nothing wrong.
#[track_caller]
fn check(vendor: Vendor, left: &str) {
    let spec = SPECS.iter().find(|spec| spec.vendor == vendor).expect("a spec");
    let last = left.matches('\n').count() + 1;
    let end = || left.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    match page::read("page", left.as_bytes(), &Scope::of(std::slice::from_ref(spec))) {
        Ok(page) => assert_eq!(lines(&compared(spec.clone(), page)), Vec::<String>::new(), "...{:?}", end()),
        Err(error) => assert!((1..=last).contains(&error.line), "{} of {last}: {}", error.line, error.message),
    }
}

/// Every end of a line, before it and behind it, and every 37th byte.
fn cuts(page: &str) -> Vec<usize> {
    let ends = page.match_indices('\n').flat_map(|(index, _)| [index, index + 1]);
    let cuts = ends.chain((0..page.len()).step_by(37)).filter(|cut| page.is_char_boundary(*cut));
    let mut cuts: Vec<usize> = cuts.collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

#[test]
fn markdown() {
    let omada = yaml(Vendor::Omada);
    let page = print_markdown::operation(&omada, GROUPS, "post");
    let next = print_markdown::operation(&omada, GROUPS, "get");
    for cut in cuts(&page) {
        check(Vendor::Omada, &page[..cut]);
        check(Vendor::Omada, &format!("{}{next}", &page[..cut]));
    }
}

#[test]
fn page_text_and_html() {
    let unifi = yaml(Vendor::Unifi);
    for (path, method) in
        [("/v1/sites/{siteId}/hotspot/vouchers", "post"), ("/v1/sites/{siteId}/hotspot/vouchers", "get")]
    {
        let page = print_text::print(&unifi, path, method);
        let nameless = page.split_once('\n').expect("lines").1;
        let html = print_text::html(&page);
        let piece = html.split_once("<body>").expect("a body").1.split_once("</body>").expect("its end").0;
        for page in [&page, nameless, &html, piece] {
            for cut in cuts(page) {
                check(Vendor::Unifi, &page[..cut]);
            }
        }
        let next = print_text::print(&unifi, "/v1/info", "get");
        for cut in cuts(nameless) {
            check(Vendor::Unifi, &format!("{}\n{next}", &nameless[..cut]));
        }
    }
}

#[test]
fn openapi() {
    for (vendor, path) in [(Vendor::Omada, GROUPS), (Vendor::Unifi, "/v1/info")] {
        let page = print_openapi::print_path(&yaml(vendor).json, Some(path));
        for cut in cuts(&page).into_iter().step_by(7) {
            check(vendor, &page[..cut]);
        }
    }
}
