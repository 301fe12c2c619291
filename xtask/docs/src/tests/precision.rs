//! Pages whose only change is wording, order, spaces, dashes, the encoding of characters or an operation of others.

use super::{differences, lines, print_markdown, print_openapi, print_text, yaml};
use crate::spec::Spec;
use crate::vendor::Vendor;

#[track_caller]
fn check(vendor: Vendor, page: &str) {
    let spec = Spec::new(vendor, yaml(vendor)).expect("a spec");
    assert_eq!(lines(&differences(spec, page)), Vec::<String>::new());
}

#[test]
fn spelling_of_markdown() {
    let page = print_markdown::print(&yaml(Vendor::Omada));
    for (from, to) in [
        ("\u{2013}", "-"),
        ("\u{2013}", " \u{2014} "),
        ("\u{2013}", "&ndash;"),
        ("&emsp;", "\u{2003}"),
        ("&emsp;", "&#8195;"),
        ("&emsp;", "&#x2003;"),
        ("  -  ", " \u{2013} "),
        ("<br/>", "<br>"),
        ("\n\n\n", "\n\n"),
        ("\n", "\r\n"),
        ("**Url**:`", "**Url** : `"),
        ("It should be within the range of", "Its value must be within the range of"),
        ("It should be a value as follows: ", "One of the following values: "),
        ("is required.", "should not be null."),
        ("Whether", "Tells whether"),
        ("The id of", "ID of the"),
    ] {
        assert!(page.contains(from), "{from:?}");
        check(Vendor::Omada, &page.replace(from, to));
    }
}

#[test]
fn order_and_the_operations_of_others() {
    let omada = yaml(Vendor::Omada);
    let page = print_markdown::print(&omada);
    // The operations the other way round.
    let mut parts: Vec<&str> = page.split("\n\n## ").collect();
    let head = parts.remove(0);
    parts.reverse();
    check(Vendor::Omada, &format!("{head}\n\n## {}", parts.join("\n\n## ")));
    // The rows too, where none nests.
    let path = "/openapi/v1/{omadacId}/sites/{siteId}/portals";
    let one = print_markdown::operation(&omada, path, "get");
    let rows = one.replace("|omadacId|The controller, or the customer of an MSP controller.|path|true|string||\n|siteId|The site.|path|true|string||", "|siteId|The site.|path|true|string||\n|omadacId|It.|path|true|string||");
    assert_ne!(one, rows);
    check(Vendor::Omada, &rows);
    check(Vendor::Omada, &one.replace("/portals`", "/dns`"));
    for vendor in Vendor::ALL {
        let page = print_openapi::print(&yaml(vendor).json);
        let other = "\"paths\": {\n    \"/v1/dns\": {\"get\": {\"parameters\": [{\"in\": \"query\", \"name\": \"a\", \"schema\": {\"type\": \"string\", \"pattern\": \"(?<!a)b\"}}], \"responses\": {}}},";
        check(vendor, &page.replacen("\"paths\": {", other, 1));
    }
}

#[test]
fn spelling_of_page_text() {
    let unifi = yaml(Vendor::Unifi);
    for (path, method) in print_text::operations(&unifi) {
        let page = print_text::print(&unifi, &path, &method);
        let copies = [
            page.replace("\n\n", "\n"),
            page.replace('`', ""),
            page.replace("Expand\n", "\n\nExpand\n"),
            page.replace('\n', "\r\n"),
            page.replace("## Responses", "Responses"),
            page.replace(&format!("{}`{path}`", method.to_uppercase()), &format!("{}\n{path}", method.to_uppercase())),
            page.replace("| --- | --- | --- |\n", "").replace(" | ", "\t").replace("| ", "").replace(" |", ""),
            page.replace("The ", "A "),
        ];
        for copy in copies {
            check(Vendor::Unifi, &copy);
            let html = print_text::html(&copy.replace('\r', ""));
            check(Vendor::Unifi, &html);
            // Some servers put comments between texts that run together.
            check(
                Vendor::Unifi,
                &html.replace(" Parameters", "<!-- --> Parameters").replace("Array of ", "Array of <!-- -->"),
            );
        }
    }
}

#[test]
fn html_that_lays_out_fields_in_tables() {
    let page = "<!DOCTYPE html><html><body><h1>Read</h1><div><span>GET</span><code>/v1/info</code></div>\
        <h3>Responses</h3><button>200</button><div>Response Schema: <span>application/json</span></div><table><tbody>\
        <tr><td><span>applicationVersion</span><div>required</div></td><td><span>string</span><p>The version.</p></td></tr>\
        </tbody></table><h3>Response Sample</h3><pre>{}</pre></body></html>";
    check(Vendor::Unifi, page);
    let spec = Spec::new(Vendor::Unifi, yaml(Vendor::Unifi)).expect("a spec");
    let found = differences(spec, &page.replace("<span>string</span>", "<span>integer</span>"));
    assert_eq!(lines(&found), ["readInfo answer.applicationVersion type: string -> integer (major)"]);
}
