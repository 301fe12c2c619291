//! Which operations are new, gone or elsewhere, as one page or several together tell, and what has another name.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::{differences, lines, print_markdown, print_openapi, yaml};
use crate::examination::Repository;
use crate::spec::Spec;
use crate::vendor::Vendor;

const GROUPS: &str = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
const CREATE: &str =
    "createVoucherGroup operation name: POST /openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";

fn document(vendor: Vendor) -> Value {
    serde_json::from_str(&print_openapi::print(&yaml(vendor).json)).expect("JSON")
}

fn told(vendor: Vendor, page: &Value) -> Vec<String> {
    lines(&differences(Spec::new(vendor, yaml(vendor)).expect("a spec"), &page.to_string()))
}

/// What pages tell together, without the known mistakes.
fn told_together(pages: &[(&str, String)]) -> Vec<String> {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let repository = Repository::new(&specs, "[]", "").expect("a repository");
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("xtask-docs-{}-together-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, page) in pages {
        std::fs::write(folder.join(name), page).expect("a page");
    }
    let examination = repository.examine(std::slice::from_ref(&folder));
    std::fs::remove_dir_all(folder).expect("to clean up");
    assert_eq!(examination.unreadable, []);
    lines(&examination.differences)
}

#[test]
fn an_operation_that_is_gone() {
    let spec = yaml(Vendor::Omada);
    let page = print_markdown::print(&spec);
    let start = page.find("\n\n## Changes the currency").expect("an operation");
    let end = start + 2 + page[start + 2..].find("\n\n## ").expect("another one");
    let without = format!("{}{}", &page[..start], &page[end..]);
    let found = differences(Spec::new(Vendor::Omada, spec).expect("a spec"), &without);
    let setting = "modifyHotspotSetting operation exists: PATCH /openapi/v1/{omadacId}/sites/{siteId}/hotspot/setting -> - (major)";
    assert_eq!(lines(&found), [setting]);
}

#[test]
fn a_whole_document_lacks_what_is_gone() {
    let mut whole = document(Vendor::Unifi);
    for index in 0..60 {
        whole["paths"][format!("/v1/sites/{{siteId}}/others/{index}")] = json!({"get": {"responses": {}}});
    }
    assert_eq!(told(Vendor::Unifi, &whole), Vec::<String>::new());
    let spec = Spec::new(Vendor::Unifi, yaml(Vendor::Unifi)).expect("a spec");
    // The list of hosts is another product, of which it is all that we know.
    for path in spec.operations.iter().map(|ours| &ours.path).filter(|path| *path != "/v1/hosts") {
        let mut page = whole.clone();
        page["paths"].as_object_mut().expect("paths").remove(path);
        let gone = spec.operations.iter().filter(|ours| ours.path == *path);
        let expected: Vec<_> =
            gone.map(|ours| format!("{} operation exists: {} -> - (major)", ours.name, ours.address())).collect();
        assert_eq!(told(Vendor::Unifi, &page), expected);
    }
}

#[test]
fn an_extract_lacks_whatever_it_likes() {
    for vendor in Vendor::ALL {
        let whole = document(vendor);
        let paths = whole["paths"].as_object().expect("paths");
        for count in [1, 2, 4] {
            let mut page = whole.clone();
            page["paths"] = paths.iter().take(count).map(|(path, item)| (path.clone(), item.clone())).collect();
            page["paths"]["/v1/others"] = json!({"get": {"responses": {}}});
            assert_eq!(told(vendor, &page), Vec::<String>::new());
        }
    }
}

#[test]
fn an_operation_with_the_bodies_of_another_is_new() {
    let page = print_markdown::operation(&yaml(Vendor::Omada), GROUPS, "post");
    let vendors = page.replace("BodyVO", "CreateVoucherGroupOpenApiVO");
    let batch = vendors.replace("voucher-groups`", "voucher-groups/batch/create`");
    assert_ne!(batch, vendors);
    let new = "POST /openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups/batch/create";
    let expected = [format!("{new} operation exists: - -> {new} (minor)")];
    assert_eq!(told_together(&[("a.md", batch.clone())]), expected);
    assert_eq!(told_together(&[("a.md", batch), ("b.md", vendors)]), expected);
}

#[test]
fn an_operation_at_another_address_is_compared_all_the_same() {
    let mut page: Value =
        serde_json::from_str(&print_openapi::print_path(&yaml(Vendor::Omada).json, Some(GROUPS))).expect("JSON");
    let mut item = page["paths"][GROUPS]["post"].take();
    item["operationId"] = json!("createVoucherGroup");
    page["paths"] = json!({"/openapi/v2/{omadacId}/sites/{siteId}/hotspot/voucher-groups": {"post": item}});
    let narrower = page.to_string().replace("\"maximum\":5000,", "\"maximum\":4000,");
    let moved = format!("{CREATE} -> POST /openapi/v2/{{omadacId}}/sites/{{siteId}}/hotspot/voucher-groups (major)");
    // Two pages that show the same tell it once.
    assert_eq!(
        told_together(&[("a.json", narrower.clone()), ("b.json", narrower)]),
        [moved, "createVoucherGroup request.amount maximum: 5000 -> 4000 (major)".to_owned()]
    );
}

#[test]
fn what_was_renamed_is_compared_under_its_new_name() {
    let page = print_markdown::operation(&yaml(Vendor::Omada), GROUPS, "post")
        .replace("|&emsp;&emsp;limitNum|", "|&emsp;&emsp;limitNumber|")
        .replace("1\u{2013}999.", "1\u{2013}500.")
        .replace("parameter [limitNum]", "parameter [limitNumber]");
    assert_eq!(
        lines(&differences(Spec::new(Vendor::Omada, yaml(Vendor::Omada)).expect("a spec"), &page)),
        [
            "createVoucherGroup request.limitNum name: limitNum -> limitNumber (major)",
            "createVoucherGroup request.limitNum maximum: 999 -> 500 (major)",
        ]
    );
}

/// The operations of a document whose paths have a part, and all others.
fn chapters(vendor: Vendor, part: &str) -> [Value; 2] {
    let whole = document(vendor);
    let paths = whole["paths"].as_object().expect("paths");
    [true, false].map(|is_in| {
        let mut page = whole.clone();
        let own = paths.iter().filter(|(path, _)| path.contains(part) == is_in);
        page["paths"] = own.map(|(path, item)| (path.clone(), item.clone())).collect();
        page
    })
}

#[test]
fn a_chapter_denies_nothing_of_the_others() {
    for (vendor, part) in [
        (Vendor::Omada, "/hotspot/"),
        (Vendor::Omada, "/sites/{siteId}/hotspot/"),
        (Vendor::Omada, "/authed-records"),
        (Vendor::Omada, "voucher"),
        (Vendor::Unifi, "/hotspot/"),
        (Vendor::Unifi, "/clients"),
    ] {
        let [chapter, others] = chapters(vendor, part);
        assert_ne!(chapter["paths"].as_object().map(serde_json::Map::len), Some(0));
        let pages = [("a.json", chapter.to_string()), ("b.json", others.to_string())];
        assert_eq!(told_together(&pages), Vec::<String>::new(), "{vendor} {part}");
        // The vendor has the export of vouchers and the setting of the hotspot in the chapter of vouchers.
        if !["/sites/{siteId}/hotspot/", "voucher"].contains(&part) {
            assert_eq!(told_together(&pages[..1]), Vec::<String>::new(), "{vendor} {part}");
        }
    }
}

#[test]
fn another_method_or_version_is_noticed_on_any_page() {
    let omada = yaml(Vendor::Omada);
    let setting = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/setting";
    let page = print_markdown::operation(&omada, setting, "patch");
    for (from, to) in [("`PATCH`", "`PUT`"), ("`/openapi/v1/", "`/openapi/v2/"), ("`/openapi/v1/", "`/openapi/v13/")] {
        assert!(page.contains(from), "{page}");
        let told = told_together(&[("a.md", page.replacen(from, to, 1))]);
        let [told] = told.as_slice() else { panic!("{from} {to}: {told:?}") };
        assert!(told.starts_with(&format!("modifyHotspotSetting operation name: PATCH {setting} -> ")), "{told}");
        assert_eq!(
            told_together(&[("a.md", page.replacen(from, to, 1)), ("b.md", page.clone())]),
            Vec::<String>::new()
        );
    }
    for vendor in Vendor::ALL {
        let spec = Spec::new(vendor, yaml(vendor)).expect("a spec");
        for ours in spec.operations.iter().filter(|ours| !ours.is_observed && ours.path.contains("/v1/")) {
            let mut page: Value =
                serde_json::from_str(&print_openapi::print_path(&spec.yaml.json, Some(&ours.path))).expect("JSON");
            let method = ours.key.method.to_lowercase();
            let item = page["paths"][&ours.path][&method].take();
            page["paths"] = json!({ours.path.replacen("/v1/", "/v2/", 1): {method: item}});
            let told = told_together(&[("a.json", page.to_string())]);
            assert!(
                told.iter().any(|told| told.starts_with(&format!("{} operation name: ", ours.name))),
                "{} {told:?}",
                ours.name
            );
        }
    }
}

#[test]
fn another_method_of_a_known_path_is_none_of_ours() {
    let omada = yaml(Vendor::Omada);
    let portals = "/openapi/v1/{omadacId}/sites/{siteId}/portals";
    let page = print_markdown::operation(&omada, portals, "get");
    for method in ["`POST`", "`DELETE`"] {
        assert_eq!(told_together(&[("a.md", page.replacen("`GET`", method, 1))]), Vec::<String>::new());
    }
}
