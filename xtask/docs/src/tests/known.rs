//! Known mistakes: what they silence, what they do not, and when they are mended.

use super::{print_openapi, yaml};
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
";

/// What is reported of a page with an edit, in few words.
fn reported(from: &str, to: &str) -> Vec<String> {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let repository = Repository::new(&specs, MISTAKE, "").expect("a repository");
    let groups = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
    let page = print_openapi::print_path(&yaml(Vendor::Omada).json, Some(groups));
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
fn the_table_of_the_readme_is_that_of_the_file() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a file");
    let old = read("README.md");
    assert_eq!(crate::readme(&old, &read("mistakes.yaml")).expect("a table"), old, "run `cargo xtask regen`");
}
