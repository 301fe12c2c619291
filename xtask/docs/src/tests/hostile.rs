//! Pages that are cut off, empty, binary or made to hurt: an error with its line, and never more.

use std::sync::LazyLock;

use super::{differences, lines, print_markdown, print_openapi, print_text, yaml};
use crate::page::{Scope, Unreadable, read};
use crate::spec::Spec;
use crate::vendor::Vendor;

static SCOPE: LazyLock<Scope> =
    LazyLock::new(|| Scope::of(&Vendor::ALL.map(|vendor| Spec::new(vendor, yaml(vendor)).expect("a spec"))));

fn outcome(page: &[u8]) -> Result<usize, Unreadable> {
    read("page", page, &SCOPE).map(|page| page.operations.len())
}

#[track_caller]
fn refused(page: &str) -> String {
    let error = outcome(page.as_bytes()).expect_err("a mistake");
    format!("{}: {}", error.line, error.message)
}

fn pages() -> Vec<String> {
    let (omada, unifi) = (yaml(Vendor::Omada), yaml(Vendor::Unifi));
    let groups = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
    let text = print_text::print(&unifi, "/v1/sites/{siteId}/hotspot/vouchers", "post");
    vec![
        print_markdown::operation(&omada, groups, "post").trim_start().to_owned(),
        print_openapi::print_path(&omada.json, Some(groups)),
        text.clone(),
        print_text::html(&text),
    ]
}

#[test]
fn a_page_that_is_cut_off_is_never_taken_for_whole() {
    for page in pages() {
        assert_eq!(outcome(page.as_bytes()).map(|count| count > 0), Ok(true));
        // What comes after the fields of a page of text is an example and no fact.
        let end = page.find("Example - Call").unwrap_or(page.trim_end().len() - 3);
        for cut in (1..end).step_by(page.len() / 150) {
            let Some(start) = page.get(..cut) else { continue };
            let end = || &start[start.len().saturating_sub(80)..];
            match outcome(start.as_bytes()) {
                Err(error) => assert!(error.line > 0, "...{:?}", end()),
                // A page without a sample may be whole, but then no fact is missing.
                Ok(_) => {
                    assert!(page.starts_with("Source"), "taken for whole: ...{:?}", end());
                    let spec = Spec::new(Vendor::Unifi, yaml(Vendor::Unifi)).expect("a spec");
                    assert_eq!(lines(&differences(spec, start)), Vec::<String>::new(), "...{:?}", end());
                }
            }
        }
    }
}

#[test]
fn mistakes_come_with_their_line() {
    assert_eq!(refused(""), "1: the file is empty");
    assert_eq!(refused("\n \n"), "1: the file is empty");
    assert_eq!(refused("a\nb\0"), "2: this is binary and no text");
    let error = outcome(b"a\n\xff").expect_err("a mistake");
    assert_eq!((error.line, error.message.as_str()), (2, "this is no UTF-8 text"));
    assert!(refused("hello").starts_with("1: this is in none of the forms"));
    assert_eq!(refused("{\n\"a\": 1\n}"), "1: this JSON is no OpenAPI document: it has no `openapi`");
    assert_eq!(refused("{\n\n\"openapi\": \"2.0\", \"paths\": {}}"), "3: OpenAPI 2.0 cannot be read, only 3.0 and 3.1");
    assert!(refused("{\"openapi\": \"3.0.1\",\n \"paths\": {").starts_with("2: this JSON ends too early"));
    let circle = r##"{"openapi": "3.0.1", "paths": {"/v1/info": {"get": {"parameters": [{"$ref": "#/a"}]}}}, "a": {"$ref": "#/a"}}"##;
    assert_eq!(refused(circle), "1: references lead to each other in a circle");
    let nowhere =
        "{\"openapi\": \"3.0.1\", \"paths\": {\"/v1/info\": {\"get\": {\"parameters\": [\n{\"$ref\": \"#/b\"}]}}}}";
    assert_eq!(refused(nowhere), "2: the reference `#/b` leads nowhere");
}

#[test]
fn what_is_made_to_hurt_ends_soon() {
    let [markdown, json, text, html] = pages().try_into().expect("four pages");
    let row = "|&emsp;&emsp;logout|";
    assert!(
        refused(&markdown.replace(row, &format!("|{}logout|", "&emsp;".repeat(20_000)))).contains("nests 10000 deep")
    );
    assert!(
        refused(&markdown.replace(row, &format!("{}{row}", "|a".repeat(1_000_000)))).contains("its table 6 columns")
    );
    assert!(refused(&format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000))).contains("recursion limit"));
    assert!(
        refused(&html.replace("<div id", &format!("{}<div id", "<div>".repeat(100_000))))
            .contains("deeper than on any page")
    );
    // Each schema holds the next one twice, which makes more fields than there is memory.
    let chain: String = (0..60).map(|index| format!(r##","s{index}":{{"type":"object","properties":{{"a":{{"$ref":"#/components/schemas/s{0}"}},"b":{{"$ref":"#/components/schemas/s{0}"}}}}}}"##, index + 1)).collect();
    let bomb = format!(
        r##"{{"openapi":"3.0.1","paths":{{"/v1/info":{{"get":{{"responses":{{"200":{{"content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/s0"}}}}}}}}}}}}}}}},"components":{{"schemas":{{"s60":{{"type":"string"}}{chain}}}}}}}"##
    );
    assert!(refused(&bomb).contains("any of the vendor's"));
    for page in [&markdown, &text, &json] {
        // Neither of these means anything, and each once took parsers down.
        for start in [">".repeat(50_000), "[".repeat(50_000), "*a ".repeat(50_000), "| ".repeat(50_000)] {
            let _ = outcome(format!("{start}\n\n{page}").as_bytes());
        }
    }
}

#[test]
fn no_bytes_make_a_reader_panic() {
    let mut seed = 7_u64;
    let mut next = move |below: usize| {
        // A generator by Marsaglia; the same pages each time.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(below.max(1)).unwrap_or(1)).unwrap_or_default()
    };
    const PIECES: [&str; 14] =
        ["|", "\n", "&emsp;", "```", "<p>", "{", "\"", "[", "required\n", "string\n", "0: ", "\u{2013}", "\\", "\0"];
    for page in pages() {
        for _ in 0..250 {
            let mut bytes = page.clone().into_bytes();
            for _ in 0..=next(6) {
                let place = next(bytes.len());
                match next(3) {
                    0 => drop(bytes.splice(place..place, PIECES[next(PIECES.len())].bytes())),
                    1 => drop(bytes.drain(place..(place + next(40)).min(bytes.len()))),
                    _ => bytes[place] = u8::try_from(next(256)).unwrap_or_default(),
                }
            }
            let _ = outcome(&bytes);
        }
    }
}
