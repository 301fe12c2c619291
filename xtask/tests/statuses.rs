//! What `cargo xtask regen --docs` ends with, and the form of its JSON.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

/// A page of the rehearsal with an edit, in a folder of this test.
fn page(name: &str, from: &str, to: &str) -> PathBuf {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rehearsal.md")).expect("the page");
    assert!(text.contains(from), "{from}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("statuses").join(name);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("page.md"), text.replace(from, to)).expect("a page");
    folder
}

fn regen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("regen").args(arguments).output().expect("a program that runs")
}

#[track_caller]
fn status(arguments: &[&str]) -> Option<i32> {
    regen(arguments).status.code()
}

fn path(folder: &Path) -> &str {
    folder.to_str().expect("a path in UTF-8")
}

#[test]
fn the_status_tells_the_outcome() {
    let same = page("same", "logout", "logout").join("page.md");
    assert_eq!(status(&["--docs", path(&same)]), Some(0));
    let changed = page("changed", "6\u{2013}10", "6\u{2013}12");
    assert_eq!(status(&["--docs", path(&changed)]), Some(1));
    let cut = page("cut", "|&emsp;&emsp;logout|", "|&emsp;&emsp;logout");
    assert_eq!(status(&["--docs", path(&changed), path(&cut), "--json"]), Some(2));
    assert_eq!(status(&["--docs", path(&changed.join("nothing"))]), Some(2));
    let empty = changed.with_file_name("empty");
    fs::create_dir_all(&empty).expect("a folder");
    assert_eq!(status(&["--docs", path(&empty)]), Some(2));
    for wrong in [&["--docs"][..], &["page.md"], &["--json"], &["--docs", "page.md", "--jsonn"]] {
        assert_eq!(status(wrong), Some(3), "{wrong:?}");
    }
    assert_eq!(status(&["--help"]), Some(0));
}

#[test]
fn a_folder_is_read_to_its_end() {
    let folder = page("mixed", "6\u{2013}10", "6\u{2013}12");
    for inside in ["deeper", "saved_files"] {
        fs::create_dir_all(folder.join(inside)).expect("a folder");
    }
    fs::write(folder.join("deeper/binary"), b"a\n\0").expect("a page");
    fs::write(folder.join("deeper/cut.json"), "{\"openapi\":\n\"3.0.1\"").expect("a page");
    // What a browser saves beside a page is none, and neither is what is hidden.
    let html = "<html><body><p>GET</p><p>/v1/info</p><h3>Responses</h3></body></html>";
    fs::write(folder.join("saved.html"), html).expect("a page");
    fs::write(folder.join("saved_files/logo.png"), b"\x89PNG\0").expect("a picture");
    fs::write(folder.join(".hidden"), "").expect("a file");
    let output = regen(&["--docs", path(&folder)]);
    let told = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(2), "{told}");
    for expected in [
        "the spec says 10, the page 12 (minor: wider)",
        "deeper/binary:2: this is binary and no text",
        "deeper/cut.json:2: this JSON ends too early",
        "2 pages read with 2 operations of ours",
    ] {
        assert!(told.contains(expected), "{told}");
    }
    assert_eq!(told.matches("deeper/").count() + told.matches("saved_files").count(), 2, "{told}");
}

#[test]
fn the_json_is_a_list_of_differences() {
    let changed = page("json", "6\u{2013}10", "6\u{2013}12");
    let output = regen(&["--json", "--docs", path(&changed)]);
    let mut list: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON alone");
    // The words of the printed page are not the vendor's, and come behind the differences.
    let (list, worded) = list.split_at_mut(1);
    assert!(worded.iter().all(|one| one["attribute"] == "wording" && one["verdict"] == "none"), "{worded:?}");
    assert!(worded.iter().any(|one| one["place"] == "request.logout" && one["page"].is_string()), "{worded:?}");
    let at = list[0]["at"].take();
    let (file, line) = at.as_str().and_then(|at| at.split_once(':')).expect("a file and a line");
    let spec = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).expect("the spec");
    let line = line.parse::<usize>().ok().and_then(|line| spec.lines().nth(line - 1));
    assert_eq!(line.map(str::trim), Some("maximum: 10"));
    let expected = json!([{
        "vendor": "omada",
        "operation": "createVoucherGroup",
        "place": "request.codeLength",
        "attribute": "maximum",
        "spec": "10",
        "page": "12",
        "verdict": "minor",
        "at": null,
    }]);
    assert_eq!(json!(list), expected);
    assert!(String::from_utf8_lossy(&output.stderr).contains("verdict: minor"));
}
