//! Which operations are new, gone or elsewhere, as one page or several together tell, and what has another name.

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
    let folder = std::env::temp_dir().join(format!("xtask-docs-{}-together", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, page) in pages {
        std::fs::write(folder.join(name), page).expect("a page");
    }
    let examination = repository.examine(std::slice::from_ref(&folder));
    std::fs::remove_dir_all(folder).expect("to clean up");
    assert_eq!(examination.unreadable, []);
    lines(&examination.differences)
}

/// An operation of Omada's that is none of ours.
fn other(index: usize) -> String {
    format!(
        "\n\n## Other\n\n**Url**:`/openapi/v1/{{omadacId}}/others/{index}`\n\n**Method**:`GET`\n\n**status**:\n\n\
         | code | description | schema |\n| --- | --- | --- |\n|200|OK|X|\n\n**Responses**:\n\n\
         | name | description | type | schema |\n| --- | --- | --- | --- |\n|errorCode||integer(int32)|integer(int32)|\n\n\
         **Response Sample**:\n```javascript\n{{}}\n```\n"
    )
}

#[test]
fn a_chapter_does_not_deny_the_others() {
    let mut chapter = document(Vendor::Omada);
    chapter["paths"].as_object_mut().expect("paths").retain(|path, _| path.contains("/hotspot/"));
    assert_eq!(told(Vendor::Omada, &chapter), Vec::<String>::new());
    let mut rest = document(Vendor::Omada);
    rest["paths"].as_object_mut().expect("paths").retain(|path, _| !path.contains("/hotspot/"));
    let pages = [("a.json", chapter.to_string()), ("b.json", rest.to_string())];
    assert_eq!(told_together(&pages), Vec::<String>::new());
}

#[test]
fn an_operation_that_is_gone() {
    let spec = yaml(Vendor::Omada);
    let page = print_markdown::print(&spec);
    let start = page.find("\n\n## Changes the currency").expect("an operation");
    let end = start + 2 + page[start + 2..].find("\n\n## ").expect("another one");
    let chapter = format!("{}{}", &page[..start], &page[end..]);
    // Operations of other chapters are on other pages; only a whole document lacks what is gone.
    let found = differences(Spec::new(Vendor::Omada, spec.clone()).expect("a spec"), &chapter);
    assert_eq!(lines(&found), Vec::<String>::new());
    let others: String = (0..120).map(other).collect();
    let without = chapter + &others;
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
