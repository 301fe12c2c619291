//! The docs of the methods: each says what it needs, how it fails, and which page of the vendor it is from.

use std::fs;
use std::path::Path;

use crate::readme::{TABLES, documents, rows};
use crate::spec::passes::schema::{operations, texts};

/// A method of a client, an account or a site that talks to a controller, with the text above it.
struct Method {
    name: String,
    docs: String,
    is_async: bool,
}

/// The methods in the files of a vendor.
fn methods(vendor: &str) -> Vec<Method> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(vendor);
    let files = fs::read_dir(folder).expect("the vendor's folder").map(|file| file.expect("a file").path());
    let mut methods = Vec::new();
    for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let text = fs::read_to_string(path).expect("a text");
        let (mut docs, mut is_of_interest) = (String::new(), false);
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if line.starts_with("impl ") {
                is_of_interest = ["Site", "Client", "Cloud"].iter().any(|name| line == format!("impl {name} {{"));
            }
            let line = line.trim();
            if let Some(doc) = line.strip_prefix("///") {
                docs += doc;
                docs += "\n";
                continue;
            }
            let is_async = line.starts_with("pub async fn ");
            if let Some(rest) = line.strip_prefix("pub async fn ").or(line.strip_prefix("pub fn "))
                && is_of_interest
            {
                let mut head = line.to_owned();
                while !head.ends_with('{') {
                    head += lines.next().expect("the rest of a method");
                }
                if is_async || head.contains("impl Stream") {
                    let name = rest.split(['(', '<']).next().expect("a name").to_owned();
                    methods.push(Method { name, docs: docs.clone(), is_async });
                }
            }
            if !line.starts_with("#[") {
                docs.clear();
            }
        }
    }
    methods
}

#[test]
fn every_method_says_what_it_needs_how_it_fails_and_where_it_is_from() {
    for (vendor, specs, head, _) in TABLES {
        let documents = documents(vendor, specs);
        let methods = methods(vendor);
        assert!(methods.len() > 10, "{vendor}");
        for cells in rows(head) {
            let id = cells[0].trim_matches('`');
            let (_, _, _, operation) = documents
                .iter()
                .flat_map(|document| operations(&document.json))
                .find(|(_, _, _, operation)| operation["operationId"] == id)
                .expect("an operation");
            for name in cells[1].split(", ").filter_map(|cell| cell.trim_matches('`').rsplit("::").next()) {
                let named: Vec<&Method> = methods.iter().filter(|method| method.name == name).collect();
                for Method { docs, .. } in named {
                    let mut permissions = texts(operation, "x-permission").peekable();
                    let is_open = permissions.peek().is_none();
                    assert!(
                        is_open || permissions.any(|name| docs.contains(name)),
                        "{vendor}: {name} names no permission"
                    );
                    assert!(
                        docs.contains(&format!("[`{id}`](super::generated::Client::")),
                        "{vendor}: {name} names no source"
                    );
                }
            }
        }
        let listed: Vec<&str> = rows(head)
            .iter()
            .flat_map(|cells| cells[1].split(", ").filter_map(|cell| cell.trim_matches('`').rsplit("::").next()))
            .collect();
        for Method { name, docs, is_async } in &methods {
            assert!(listed.contains(&name.as_str()), "{vendor}: README.md lists no {name}");
            assert!(docs.contains("Error"), "{vendor}: {name} does not say how it fails");
            assert!(!is_async || docs.contains("# Errors"), "{vendor}: {name} has no section on errors");
        }
    }
}
