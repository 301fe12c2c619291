//! What the README says of the operations is what the specs say.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::spec::passes::document::Document;
use crate::spec::passes::schema::operations;

const README: &str = include_str!("../../README.md");

/// Each vendor's files, the head of its table in the README, and the columns that the spec fills, by their keys in `x-availability`.
pub const TABLES: [(&str, &[&str], &str, [&str; 3]); 2] = [
    (
        "omada",
        &[include_str!("../../spec/omada.yaml")],
        "| Omada's operation | method | since | local 5.15.24 | local 6 | cloud |",
        ["local-5.15.24", "local-6", "cloud"],
    ),
    (
        "unifi",
        &[include_str!("../../spec/unifi.yaml"), include_str!("../../spec/unifi-cloud.yaml")],
        "| UniFi's operation | method | since | Network 9 | Network 10 | cloud |",
        ["network-9", "network-10", "cloud"],
    ),
];

/// The specs of a vendor.
pub fn documents(vendor: &str, specs: &[&str]) -> Vec<Document> {
    let parse = |spec: &&str| Document::parse(vendor, spec).unwrap_or_else(|mistake| panic!("{mistake}"));
    specs.iter().map(parse).collect()
}

/// The rows of the table with this head: the cells of each.
pub fn rows(head: &str) -> Vec<Vec<&'static str>> {
    let (_, table) = README.split_once(head).unwrap_or_else(|| panic!("README.md has no table {head}"));
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

#[test]
fn every_operation_stands_in_the_readme_with_its_versions() {
    for (vendor, specs, head, columns) in TABLES {
        let documents = documents(vendor, specs);
        let (mut written, mut right) = (String::new(), String::new());
        for cells in rows(head) {
            writeln!(written, "{} | {}", cells[0], cells[2..].join(" | ")).expect("text");
        }
        for (_, _, _, operation) in documents.iter().flat_map(|document| operations(&document.json)) {
            let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
            let seen = columns.map(|column| operation["x-availability"].get(column).map_or("?".to_owned(), text));
            let (id, since) = (text(&operation["operationId"]), text(&operation["x-since"]));
            writeln!(right, "`{id}` | {since} | {}", seen.join(" | ")).expect("text");
            let seen = operation["x-availability"].as_object().expect("what the lint asks for");
            assert!(seen.keys().all(|key| columns.contains(&key.as_str())), "{id}: a column that the README lacks");
        }
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&written), sorted(&right), "the table of {vendor} in README.md; the second is right");
    }
}

#[test]
fn the_methods_of_the_readme_exist() {
    for (vendor, _, head, _) in TABLES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(vendor);
        let files = fs::read_dir(folder).expect("the vendor's folder").map(|file| file.expect("a file").path());
        let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
        let code: String = files.map(|path| fs::read_to_string(path).expect("a text")).collect();
        for cells in rows(head) {
            let methods = cells[1].split(", ").filter_map(|method| method.strip_prefix('`')?.strip_suffix('`'));
            let mut count = 0;
            for method in methods {
                let name = method.rsplit("::").next().unwrap_or(method);
                let declared = [format!("pub fn {name}("), format!("pub fn {name}<"), format!("pub async fn {name}(")];
                assert!(declared.iter().any(|declared| code.contains(declared)), "{vendor} has no method {method}");
                count += 1;
            }
            assert!(count > 0 || cells[1] == "by itself", "{vendor}: {} has no method", cells[0]);
        }
    }
}

#[test]
fn the_files_of_the_map_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = include_str!("../../src/architecture.md").split('`').skip(1).step_by(2);
    let places = places.filter(|place| place.contains('/') && place.is_ascii() && !place.contains([' ', '$']));
    let places: Vec<&str> = places.collect();
    assert!(places.len() > 20, "{places:?}");
    for place in places {
        assert!(root.join(place).exists(), "src/architecture.md names {place}, which is not there");
    }
}
