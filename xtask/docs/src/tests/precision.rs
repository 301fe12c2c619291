//! Pages whose only change is wording, order, spaces, dashes, the encoding of characters or an operation of others.

use serde_json::{Value, json};

use super::{differences, lines, print_markdown, print_openapi, print_text, yaml};
use crate::examination::Repository;
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
        ("\u{2013}", "\u{ff5e}"),
        ("\u{2013}", "\u{301c}"),
        ("\u{2013}", "--"),
        ("&emsp;", "\u{2003}"),
        ("&emsp;", "&#8195;"),
        ("&emsp;", "&#x2003;"),
        ("  -  ", " \u{2013} "),
        ("<br/>", "<br>"),
        ("<br/>", "<br>\n"),
        ("<br/>", "\n<br />"),
        ("<br/>", "</p><p>"),
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

#[test]
fn openapi_in_other_words() {
    let page: Value = serde_json::from_str(&print_openapi::print(&yaml(Vendor::Unifi).json)).expect("JSON");
    const CREATE: &str = "/components/schemas/CreateVouchers";
    let changes: [fn(&mut Value); 8] = [
        |page| {
            let schema = page.pointer_mut(CREATE).expect("a schema");
            let required = schema.as_object_mut().expect("a schema").remove("required");
            *schema = json!({"allOf": [{"required": required}, schema.take()]});
        },
        |page| {
            let schema = page.pointer_mut(CREATE).expect("a schema");
            let own = std::mem::replace(schema, json!({"allOf": [{"$ref": "#/components/schemas/Base"}]}));
            page["components"]["schemas"]["Base"] = own;
        },
        |page| page.pointer_mut(CREATE).expect("a schema")["properties"]["count"]["type"] = json!(["integer", "null"]),
        |page| page.pointer_mut(CREATE).expect("a schema")["properties"]["count"]["nullable"] = json!(true),
        |page| {
            let count = &mut page.pointer_mut(CREATE).expect("a schema")["properties"]["count"];
            *count = json!({"anyOf": [count.take(), {"type": "null"}]});
        },
        |page| {
            let count = &mut page.pointer_mut(CREATE).expect("a schema")["properties"]["count"];
            count.as_object_mut().expect("a schema").remove("minimum");
            count["exclusiveMinimum"] = json!(0);
        },
        |page| {
            let count = &mut page.pointer_mut(CREATE).expect("a schema")["properties"]["count"];
            (count["minimum"], count["exclusiveMinimum"]) = (json!(0), json!(true));
        },
        |page| {
            let item = page["paths"]["/v1/sites/{siteId}/hotspot/vouchers"].take();
            page["components"]["pathItems"]["vouchers"] = item;
            page["paths"]["/v1/sites/{siteId}/hotspot/vouchers"] = json!({"$ref": "#/components/pathItems/vouchers"});
        },
    ];
    for change in changes {
        let mut page = page.clone();
        change(&mut page);
        check(Vendor::Unifi, &page.to_string());
        // It was read, and not only passed over.
        let narrower = page.to_string().replace("\"maximum\":1000,", "\"maximum\":999,");
        let spec = Spec::new(Vendor::Unifi, yaml(Vendor::Unifi)).expect("a spec");
        let found = lines(&differences(spec, &narrower));
        assert!(found.contains(&"createVouchers request.count maximum: 1000 -> 999 (major)".to_owned()), "{found:?}");
    }
}

#[test]
fn words_count_only_where_no_fact_changed() {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let groups = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
    let page = print_markdown::operation(&yaml(Vendor::Omada), groups, "post");
    let blank = Repository::new(&specs, "[]", "").expect("a repository");
    let known = blank.wording.with(&blank.examine_page("page", page.as_bytes()).words);
    let repository = Repository::new(&specs, "[]", &known).expect("a repository");
    let counts = |page: String| {
        let found = repository.examine_page("page", page.as_bytes());
        (found.differences.len(), found.reworded.len())
    };
    assert_eq!(counts(page.clone()), (0, 0));
    assert_eq!(counts(page.replace("Whether a guest can", "If guests can")), (0, 1));
    assert_eq!(counts(page.replace("6\u{2013}10", "6\u{2013}12")), (1, 0));
    assert_eq!(counts(page.replace("0: Number, 1: Letter", "0: Number, 1: Letter, 2: Symbol")), (1, 0));
    assert_eq!(counts(page.replace("<br/>-42010  -", "<br/>-42099  -  No.<br/>-42010  -")), (1, 0));
    let row = "|&emsp;&emsp;logout|";
    assert_eq!(counts(page.replace(row, &format!("|&emsp;&emsp;tariff|A tariff||false|string||\n{row}"))), (1, 0));
}

#[test]
fn a_whole_file_of_a_vendor() {
    let mut page: Value = serde_json::from_str(&print_openapi::print(&yaml(Vendor::Omada).json)).expect("JSON");
    page["info"]["license"] = json!({});
    for index in 0..1_200 {
        let fields = (0..14).map(|field| {
            // No regular expression of ours looks behind.
            let schema =
                json!({"type": "string", "description": "Within the range of 1-10", "pattern": "(?<=a)(?!b)\\p{L}"});
            (format!("field{field}"), schema)
        });
        let schema = json!({"type": "object", "properties": Value::Object(fields.collect())});
        page["components"]["schemas"][format!("Other{index}")] = schema;
        let schema = json!({"$ref": format!("#/components/schemas/Other{index}")});
        let body = json!({"content": {"application/json": {"schema": schema}}});
        page["paths"][format!("/openapi/v1/others/{index}")] = json!({"post": {"requestBody": body, "responses": {}}});
    }
    let page = serde_json::to_string_pretty(&page).expect("JSON");
    assert!(page.len() > 3_000_000, "{}", page.len());
    check(Vendor::Omada, &page);
}
