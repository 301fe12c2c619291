//! The architecture, as rules that hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every file below a folder of the crate, with its text.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "toml") {
                found.push((name(root, &path), fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} is empty");
    found.sort();
    found
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string().replace('\\', "/")
}

const GENERATED: [(&str, &str); 2] = [
    ("omada", include_str!(concat!(env!("OUT_DIR"), "/omada.rs"))),
    ("unifi", include_str!(concat!(env!("OUT_DIR"), "/unifi.rs"))),
];

#[test]
fn neither_vendor_knows_the_other() {
    for (folder, other) in [
        ("src/omada", "unifi"),
        ("src/unifi", "omada"),
        ("src/blocking/omada", "unifi"),
        ("src/blocking/unifi", "omada"),
    ] {
        for (file, text) in files(folder) {
            assert!(!text.to_lowercase().contains(other), "{file} names {other}");
        }
    }
}

#[test]
fn what_both_vendors_share_names_neither() {
    for (file, text) in files("src") {
        // Two tables of contents name the modules of both.
        let is_of_both = ["src/lib.rs", "src/blocking/mod.rs"].contains(&file.as_str());
        let of_vendors = ["src/omada/", "src/unifi/", "src/blocking/omada/", "src/blocking/unifi/"];
        let is_shared = !is_of_both && !of_vendors.iter().any(|folder| file.starts_with(folder));
        for vendor in ["omada", "unifi", "tp-link", "ubiquiti"] {
            assert!(!is_shared || !text.to_lowercase().contains(vendor), "{file} names {vendor}");
        }
    }
}

#[test]
fn generated_code_names_what_it_may() {
    for (vendor, code) in GENERATED {
        // Within macros, paths have blanks and ends of lines in them.
        let code: String = code.split_whitespace().collect();
        for place in code.split("crate::").skip(1) {
            let shared = ["fuzzing::", "list::List<", "path_segment::", "validate::", "wire_enum::"].map(str::to_owned);
            let allowed = [format!("{vendor}::auth::")].into_iter().chain(shared).collect::<Vec<_>>();
            let named: String = place.chars().take(40).collect();
            assert!(allowed.iter().any(|allowed| place.starts_with(allowed)), "generated code names crate::{named}");
        }
    }
}

/// The numbers of a spec that are facts: bounds and error codes.
fn facts(spec: &str) -> BTreeSet<u64> {
    let mut numbers = BTreeSet::new();
    for line in spec.lines() {
        let bound = ["minimum: ", "maximum: ", "maxLength: ", "maxItems: "]
            .iter()
            .find_map(|key| line.trim().strip_prefix(key));
        let code = line.trim().strip_prefix("- {code: -").and_then(|rest| rest.split(',').next());
        numbers.extend(bound.or(code).and_then(|number| number.parse::<u64>().ok()));
    }
    // Small numbers mean too many other things.
    numbers.retain(|number| *number >= 100);
    numbers
}

#[test]
fn no_number_of_a_vendor_is_typed_in_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for vendor in ["omada", "unifi"] {
        let spec = fs::read_to_string(root.join(format!("spec/{vendor}.yaml"))).expect("the spec");
        let facts = facts(&spec);
        assert!(facts.len() > 3, "{vendor}: {facts:?}");
        for (file, text) in files("src") {
            // Underscores within numbers go; other characters separate words.
            let words = text.replace('_', "");
            for word in words.split(|c: char| !c.is_ascii_alphanumeric()) {
                let fact = word.parse().ok().filter(|number| facts.contains(number));
                assert_eq!(fact, None, "{file} types a number of {vendor}'s");
            }
        }
    }
}

#[test]
fn no_operation_is_named_by_a_text() {
    let specs = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("spec")).expect("the specs");
    let specs = specs.filter_map(|file| fs::read_to_string(file.expect("a file").path()).ok());
    let specs: String = specs.collect();
    let ids: Vec<&str> = specs.lines().filter_map(|line| line.trim().strip_prefix("operationId: ")).collect();
    assert!(ids.len() > 30, "{ids:?}");
    for (file, text) in files("src") {
        let named = ids.iter().find(|id| text.contains(&format!("\"{id}\"")));
        assert_eq!(named, None, "{file} has the id of an operation as a text instead of its `Operation`");
    }
}

#[test]
fn the_sandbox_knows_nothing_of_ours() {
    for (file, text) in files("tests/sandbox") {
        let text = text.replace("hotspot-vouchers-sandbox", "").replace("hotspot_vouchers_sandbox", "");
        assert!(!text.contains("hotspot-vouchers") && !text.contains("hotspot_vouchers"), "{file} names the library");
    }
}

/// A change of `src/` must not run the build script again, and a downstream build must not parse it.
#[test]
fn the_build_reads_the_specs_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join("build.rs")).expect("the build script");
    let watched: Vec<&str> =
        script.split("cargo::rerun-if-changed=").skip(1).filter_map(|rest| rest.split(['"', '\\']).next()).collect();
    assert_eq!(watched, ["build.rs", "build", "spec"]);
    // It reads in one place, from the paths that it names, and writes where cargo tells it to.
    assert_eq!(script.matches("fs::read").count(), 1, "build.rs reads in more than one place, or in none");
    for text in script.split('"').skip(1).step_by(2).filter(|text| text.contains('/') && !text.starts_with("//")) {
        assert!(text.starts_with("spec/") || text == "build/mod.rs", "build.rs names the path {text}");
    }
    let known = [
        "use std::{env, fs};",
        "use std::process::ExitCode;",
        "fs::read_to_string(",
        "fs::write(Path::new(&out).join(",
        r#"env::var_os(format!("CARGO_FEATURE_{}", "#,
        r#"let out = env::var("OUT_DIR")?;"#,
    ];
    let rest = known.iter().fold(script.clone(), |rest, known| rest.replace(known, ""));
    let ways = ["fs", "env", "include", "include_str", "include_bytes", "process", "Command", "OpenOptions", "src"];
    for (file, text) in files("build").into_iter().chain([("build.rs".to_owned(), rest)]) {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in code.split(|c: char| !c.is_alphanumeric() && c != '_') {
            assert!(!ways.contains(&word), "{file} has `{word}`: the build script reads spec/ and nothing else");
        }
    }
}

/// What is written by hand, in this workspace and in those beside it.
const FOLDERS: [&str; 8] =
    ["src", "build", "tests", "examples", "xtask", "benches/src", "fuzz/src", "fuzz/fuzz_targets"];

#[test]
fn files_are_short() {
    for folder in FOLDERS {
        for (file, text) in files(folder) {
            assert!(text.lines().count() <= 300, "{file} has {} lines", text.lines().count());
        }
    }
}

#[test]
fn nothing_is_left_open() {
    let open = ["todo!", "unimplemented!", "dbg!", "#[ignore", ".unwrap()", "panic!"];
    for (file, text) in files("src").iter().chain(&files("build")) {
        for word in open {
            assert!(!text.contains(word), "{file} has {word}");
        }
    }
}
