//! Known mistakes: what they silence, what they do not, and when they are mended.

use super::{print_markdown, print_openapi, print_text, yaml};
use crate::examination::Repository;
use crate::vendor::Vendor;

const MISTAKE: &str = "
- vendor: omada
  place: '`CreateVoucherGroup.codeForm`'
  page: no smallest number
  spec: at least one
  why: sense
  at: [CreateVoucherGroup.codeForm]
  differs:
    - {attribute: minItems, says: null, instead: '1'}
- vendor: omada
  place: '`CreateVoucherGroup.logout`'
  page: says nothing of printing
  spec: the same
  why: sense
  at: [CreateVoucherGroup.logout]
  text: can sign out
- vendor: omada
  place: '`CreateVoucherGroup.portals`'
  page: optional
  spec: not empty where `applyToAllPortals` is false
  why: sense
  at: [CreateVoucherGroup.portals]
  differs:
    - {attribute: rule, says: null, instead: 'required where applyToAllPortals is false'}
    - {attribute: rule, says: null, instead: 'filled where applyToAllPortals is false'}
";

/// What the page says where it does not have the last of them.
const PORTALS: [&str; 2] = [
    " When parameter [applyToAllPortals] is false, parameter [portals] is required.",
    " When parameter [applyToAllPortals] is false, parameter [portals] includes one at least.",
];

/// What is reported of a page with an edit, in few words.
fn reported(from: &str, to: &str) -> Vec<String> {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let repository = Repository::new(&specs, MISTAKE, "").expect("a repository");
    let groups = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
    let mut page = print_openapi::print_path(&yaml(Vendor::Omada).json, Some(groups));
    // The last mistake is on the page unless it is the one that is looked at.
    if !from.contains("[portals]") {
        page = PORTALS.iter().fold(page, |page, words| page.replace(words, ""));
    }
    assert!(page.contains(from), "{from}");
    let examination = repository.examine_page("page", page.replacen(from, to, 1).as_bytes());
    assert_eq!(examination.unreadable, []);
    examination.differences.iter().map(|one| format!("{} {} {:?}", one.place, one.attribute, one.page)).collect()
}

const BOUND: &str = "\"minItems\": 1,\n            \"type\": \"array\",\n            \"uniqueItems\": true";

#[test]
fn a_mistake_silences_its_difference_and_nothing_else() {
    let silent = BOUND.replace("\"minItems\": 1,\n            ", "");
    assert_eq!(reported(BOUND, &silent), Vec::<String>::new());
    assert_eq!(
        reported(BOUND, &BOUND.replace("\"minItems\": 1", "\"minItems\": 2")),
        ["request.codeForm minItems Some(\"2\")"]
    );
}

#[test]
fn a_mistake_that_is_mended_is_told() {
    assert_eq!(reported("paths", "paths"), ["request.codeForm mistake Some(\"1\")"]);
    let silent = BOUND.replace("\"minItems\": 1,\n            ", "");
    assert_eq!(reported(BOUND, &silent), Vec::<String>::new());
    let told = reported("Whether a guest can sign out on the portal.", "Whether there is a button.");
    assert_eq!(
        told,
        ["request.codeForm mistake Some(\"1\")", "request.logout mistake Some(\"Whether there is a button.\")"]
    );
}

#[test]
fn a_mistake_that_is_half_mended_is_told_and_silences_its_other_half() {
    let told = reported(PORTALS[1], "");
    let portals: Vec<_> = told.iter().filter(|told| told.contains("portals")).collect();
    assert_eq!(portals, ["request.portals mistake Some(\"required where applyToAllPortals is false\")"]);
}

#[test]
fn words_around_what_is_silenced_are_counted() {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let groups = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
    let page = print_openapi::print_path(&yaml(Vendor::Omada).json, Some(groups));
    let silent = page.replace(BOUND, &BOUND.replace("\"minItems\": 1,\n            ", ""));
    let blank = Repository::new(&specs, MISTAKE, "").expect("a repository");
    let known = blank.wording.with(&blank.examine_page("page", silent.as_bytes()).words);
    let repository = Repository::new(&specs, MISTAKE, &known).expect("a repository");
    let (before, after) = silent.split_at(silent.find("\"codeForm\"").expect("a field"));
    let words = "\"description\": \"";
    let reworded = format!("{before}{}", after.replacen(words, "\"description\": \"In short: ", 1));
    assert_eq!(repository.examine_page("page", silent.as_bytes()).reworded.len(), 0);
    let examination = repository.examine_page("page", reworded.as_bytes());
    let listed = crate::json(&examination);
    let listed = listed.as_array().and_then(|list| list.last()).expect("a text");
    assert_eq!(examination.reworded.len(), 1);
    assert!(listed["page"].as_str().is_some_and(|text| text.starts_with("In short: ")), "{listed}");
    let named = ["operation", "place", "attribute", "verdict"].map(|key| listed[key].as_str().unwrap_or_default());
    assert_eq!(named, ["createVoucherGroup", "request.codeForm", "wording", "none"]);
    assert!(repository.report(&examination).to_string().contains("1 description worded otherwise, which --json lists"));
}

#[test]
fn the_table_of_the_readme_is_that_of_the_file() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a file");
    let old = read("README.md");
    assert_eq!(crate::readme(&old, &read("mistakes.yaml")).expect("a table"), old, "run `cargo xtask regen`");
}

/// What is reported of a page with the known mistakes of the repository.
fn with_all_mistakes(page: &str) -> Vec<String> {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/mistakes.yaml");
    let mistakes = std::fs::read_to_string(root).expect("the mistakes");
    let repository = Repository::new(&specs, &mistakes, "").expect("a repository");
    let examination = repository.examine_page("page", page.as_bytes());
    assert_eq!(examination.unreadable, []);
    let mended = examination.differences.iter().filter(|one| one.attribute == crate::fact::Attribute::Mistake);
    mended.map(|one| one.spec.clone().unwrap_or_default()).collect()
}

#[test]
fn what_a_page_cannot_show_is_not_mended() {
    let clients = print_text::print(&yaml(Vendor::Unifi), "/v1/sites/{siteId}/clients", "get");
    let told = with_all_mistakes(&clients);
    assert!(!told.iter().any(|told| told.contains("uplinkDeviceId")), "{told:?}");

    let records = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/authed-records/{id}";
    let page = print_markdown::operation(&yaml(Vendor::Omada), records, "delete");
    let told = |page: &str| with_all_mistakes(page).iter().any(|told| told.contains("View Only"));
    assert!(told(&page));
    let start = page.find("The interface requires").expect("permissions");
    let end = page.find("<br/><br/>The possible").or_else(|| page.find("<br/>The possible")).expect("codes");
    assert!(!told(&format!("{}{}", &page[..start], &page[end..])));

    let group = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups/{groupId}";
    let page = print_markdown::operation(&yaml(Vendor::Omada), group, "get");
    let told = |page: &str| with_all_mistakes(page).iter().any(|told| told.contains("filters.status"));
    let at = page.find("|filters.status|").expect("a parameter");
    let (before, after) = page.split_at(at);
    assert!(told(&page));
    assert!(!told(&format!("{before}{}", after.replacen("integer(int32)", "integer", 1))));
}
