//! Each kind of change in each form, with its verdict: pages that print the spec, and one edit.

use super::{differences, lines, print_markdown, print_openapi, print_text, yaml};
use crate::spec::{Spec, Yaml};
use crate::suggestion::suggestion;
use crate::vendor::Vendor;

const GROUPS: &str = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
const VOUCHERS: &str = "/v1/sites/{siteId}/hotspot/vouchers";

/// What a page of a form says of an operation, after some edits. Each has to hit.
#[track_caller]
fn check(vendor: Vendor, page: &str, edits: &[(&str, &str)], expected: &[&str]) {
    let mut text = page.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "no {from:?} in\n{text}");
        text = text.replacen(from, to, 1);
    }
    let spec = Spec::new(vendor, yaml(vendor)).expect("a spec");
    let found = differences(spec.clone(), &text);
    assert_eq!(lines(&found), expected, "{edits:?}");
    for difference in &found {
        let yaml = suggestion(std::slice::from_ref(&spec), difference);
        let is_comment = yaml.lines().all(|line| line.starts_with('#'));
        assert!(!yaml.is_empty() && (is_comment || Yaml::parse("typed", &yaml).is_ok()), "{edits:?}: {yaml}");
    }
}

#[test]
fn omada_markdown() {
    let page = print_markdown::operation(&yaml(Vendor::Omada), GROUPS, "post");
    let check = |from: &str, to: &str, expected: &[&str]| check(Vendor::Omada, &page, &[(from, to)], expected);
    check("6\u{2013}10", "6\u{2013}12", &["createVoucherGroup request.codeLength maximum: 10 -> 12 (minor)"]);
    check("6\u{2013}10", "7\u{2013}10", &["createVoucherGroup request.codeLength minimum: 6 -> 7 (major)"]);
    check("1\u{2013}32", "1\u{2013}64", &["createVoucherGroup request.name maxLength: 32 -> 64 (minor)"]);
    check(
        "It should be within the range of 1\u{2013}999.",
        "",
        &[
            "createVoucherGroup request.limitNum minimum: 1 -> - (minor)",
            "createVoucherGroup request.limitNum maximum: 999 -> - (minor)",
        ],
    );
    let row = "|&emsp;&emsp;logout|";
    check(
        row,
        "|&emsp;&emsp;tariff|A tariff||false|string||\n|&emsp;&emsp;logout|",
        &["createVoucherGroup request.tariff exists: - -> string (minor)"],
    );
    check(
        row,
        "|&emsp;&emsp;tariff|A tariff||true|string||\n|&emsp;&emsp;logout|",
        &["createVoucherGroup request.tariff exists: - -> string, required (major)"],
    );
    check(
        row,
        "|&emsp;&emsp;tariff|When parameter [limitType] is 2, parameter [tariff] is required||false|string||\n|&emsp;&emsp;logout|",
        &[
            "createVoucherGroup request.tariff rule: - -> required where limitType is 2 (major)",
            "createVoucherGroup request.tariff exists: - -> string (minor)",
        ],
    );
    check(row, "|&emsp;&emsp;signOut|", &["createVoucherGroup request.logout name: logout -> signOut (major)"]);
    check(
        "|&emsp;&emsp;logout|Whether a guest can sign out on the portal.||false|boolean||\n",
        "",
        &["createVoucherGroup request.logout exists: boolean -> - (major)"],
    );
    check(
        "sign out on the portal.||false|boolean||",
        "sign out on the portal.||false|integer(int32)||",
        &["createVoucherGroup request.logout type: boolean -> integer(int32) (major)"],
    );
    check(
        "sign out on the portal.||false|",
        "sign out on the portal.||true|",
        &["createVoucherGroup request.logout required: false -> true (major)"],
    );
    check(
        "|&emsp;&emsp;id|",
        "|&emsp;&emsp;state|A state|string||\n|&emsp;&emsp;id|",
        &["createVoucherGroup answer.result.state exists: - -> string (minor)"],
    );
    check(
        "0: Number, 1: Letter",
        "0: Number, 1: Letter, 2: Symbol",
        &["createVoucherGroup request.codeForm[] enum: - -> 2 (minor)"],
    );
    check("0: Number, 1: Letter", "0: Number", &["createVoucherGroup request.codeForm[] enum: 1 -> - (major)"]);
    check(
        "0: Number, 1: Letter",
        "0: Letter, 1: Number",
        &[
            "createVoucherGroup request.codeForm[] meaning: 0 is Number -> 0 is Letter, like Letter (major)",
            "createVoucherGroup request.codeForm[] meaning: 1 is Letter -> 1 is Number, like Number (major)",
        ],
    );
    check(
        "1: Letter",
        "1: Symbol",
        &["createVoucherGroup request.codeForm[] meaning: 1 is Letter -> 1 is Symbol (major)"],
    );
    check(
        "2: Weekly",
        "2: Hourly",
        &["createVoucherGroup request.trafficLimitFrequency meaning: 2 is Weekly -> 2 is Hourly (major)"],
    );
    check("1: Letter", "1: Letters, from A to Z", &[]);
    check(
        "1\u{2013}5000.",
        "1\u{2013}9000. 0: none, 1: one.",
        &[
            "createVoucherGroup request.amount enum: - -> 0, 1 (major)",
            "createVoucherGroup request.amount maximum: 5000 -> 9000 (minor)",
        ],
    );
    check(
        "<br/>-42010  -",
        "<br/>-42099  -  No.<br/>-42010  -",
        &["createVoucherGroup errors.-42099 errorCode: - -> -42099 (minor)"],
    );
    check(
        "<br/>-42010  -",
        "<br/>-42068  -  No.<br/>-42010  -",
        &["createVoucherGroup errors.-42068 errorCode: - -> -42068 (patch)"],
    );
    check(
        "<br/>-42010  -  It does not work.",
        "",
        &["createVoucherGroup errors.-42010 errorCode: -42010 -> - (patch)"],
    );
    check(
        "Hotspot Manager Modify",
        "Hotspot Manager Edit",
        &["createVoucherGroup operation permission: Site Hotspot Manager Modify -> Site Hotspot Manager Edit (patch)"],
    );
    check(
        "When parameter [limitType] is 0 or 1, parameter [limitNum] is required.",
        "",
        &[
            "createVoucherGroup request.limitNum rule: required where limitType is 0 -> - (minor)",
            "createVoucherGroup request.limitNum rule: required where limitType is 1 -> - (minor)",
        ],
    );
    check(
        "[limitType] is 0 or 1, parameter [limitNum]",
        "[limitType] is 0, 1 or 2, parameter [limitNum]",
        &["createVoucherGroup request.limitNum rule: - -> required where limitType is 2 (major)"],
    );
    check("|200|OK|", "|201|OK|", &["createVoucherGroup answer status: 200 -> 201 (patch)"]);
    check("in minutes", "(min)", &[]);
    for (words, unit) in [("in hours", "hours"), ("in weeks", "weeks"), ("unit: fortnights", "fortnights")] {
        let told = format!("createVoucherGroup request.duration unit: minutes -> {unit} (major)");
        check("in minutes", words, &[&told]);
    }
    check("in MB", "in GB", &["createVoucherGroup request.trafficLimit unit: megabytes -> gigabytes (major)"]);
    check(
        "in kbit/s",
        "in Mbps",
        &["createVoucherGroup request.rateLimit.customRateLimit.downLimit unit: kbit/s -> Mbit/s (major)"],
    );
    let added = format!(
        "\n\n## New\n\n**Url**:`{GROUPS}/copy`\n\n**Method**:`POST`\n\n**status**:\n\n| code | description | schema |\n| --- | --- | --- |\n|200|OK|X|\n\n**Responses**:\n\n| name | description | type | schema |\n| --- | --- | --- | --- |\n|errorCode||integer(int32)|integer(int32)|\n\n**Response Sample**:\n```javascript\n{{}}\n```\n"
    );
    let end = "**Response Sample**:\n```javascript\n{}\n```\n";
    check(
        end,
        &format!("{end}{added}"),
        &[
            "POST /openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups/copy operation exists: - -> POST /openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups/copy (minor)",
        ],
    );
}

#[test]
fn openapi() {
    let omada = print_openapi::print_path(&yaml(Vendor::Omada).json, Some(GROUPS));
    check(
        Vendor::Omada,
        &omada,
        &[("-42010  -", "-42099  -  No.<br/>-42010  -")],
        &["createVoucherGroup errors.-42099 errorCode: - -> -42099 (minor)"],
    );
    check(
        Vendor::Omada,
        &omada,
        &[("\"Which time counts towards the duration.\"", "\"As follows: 0: Usage, 1: Time.\"")],
        &[
            "listVoucherGroups answer.result.data[].timingType meaning: 0 is Time -> 0 is Usage, like Usage (major)",
            "listVoucherGroups answer.result.data[].timingType meaning: 1 is Usage -> 1 is Time, like Time (major)",
            "createVoucherGroup request.timingType meaning: 0 is Time -> 0 is Usage, like Usage (major)",
            "createVoucherGroup request.timingType meaning: 1 is Usage -> 1 is Time, like Time (major)",
        ],
    );
    let page = print_openapi::print_path(&yaml(Vendor::Unifi).json, Some(VOUCHERS));
    let check = |from: &str, to: &str, expected: &[&str]| check(Vendor::Unifi, &page, &[(from, to)], expected);
    let count = "\"How many vouchers to create.\",\n            \"format\": \"int32\",\n            \"maximum\": 1000";
    check(count, &format!("{count}0"), &["createVouchers request.count maximum: 1000 -> 10000 (minor)"]);
    let kind = ",\n            \"minimum\": 1,\n            \"type\": \"integer\"";
    check(
        &format!("{count}{kind}"),
        &format!("{count}, \"type\": [\"integer\", \"string\"]"),
        &["createVouchers request.count type: integer(int32) -> integer or string (major)"],
    );
    let name = "\"description\": \"A note that each of the new vouchers carries.\",";
    check(name, &format!("{name}\n\"maxLength\": 64,"), &["createVouchers request.name maxLength: - -> 64 (major)"]);
    check("\"default\": 100,", "\"default\": 50,", &["listVouchers query.limit default: 100 -> 50 (minor)"]);
    check("\"201\"", "\"200\"", &["createVouchers answer status: 201 -> 200 (patch)"]);
    check(
        "\"delete\"",
        "\"put\"",
        &[
            "deleteVouchers operation name: DELETE /v1/sites/{siteId}/hotspot/vouchers -> PUT /v1/sites/{siteId}/hotspot/vouchers (major)",
        ],
    );
    check(
        "|`expired`|`STRING`|`eq` `ne`|",
        "|`expired`|`STRING`|`eq`|",
        &["listVouchers filter.expired filter: eq, ne -> eq (major)"],
    );
}

#[test]
fn unifi_text_and_html() {
    let yaml = yaml(Vendor::Unifi);
    let page = print_text::print(&yaml, VOUCHERS, "post");
    for page in [page.clone(), print_text::html(&page)] {
        let is_html = page.starts_with('<');
        let line =
            |text: &str| if is_html { format!("<div><span>{text}</span></div>\n") } else { format!("{text}\n\n") };
        let lines_of = |texts: &[&str]| texts.iter().map(|text| line(text)).collect::<String>();
        let check = |from: &[&str], to: &[&str], expected: &[&str]| {
            check(Vendor::Unifi, &page, &[(&lines_of(from), &lines_of(to))], expected)
        };
        check(
            &["name", "required", "string"],
            &["name", "string"],
            &["createVouchers request.name required: true -> false (major)"],
        );
        check(
            &["name", "required", "string"],
            &["title", "required", "string"],
            &["createVouchers request.name name: name -> title (major)"],
        );
        check(
            &["count", "integer"],
            &["count", "string"],
            &["createVouchers request.count type: integer(int32) -> string (major)"],
        );
        check(
            &["count", "integer"],
            &["tariff", "string", "Which tariff", "count", "integer"],
            &["createVouchers request.tariff exists: - -> string (minor)"],
        );
        check(
            &["count", "integer", "How many vouchers to create."],
            &[],
            &["createVouchers request.count exists: integer(int32) -> - (major)"],
        );
        check(&["201"], &["200"], &["createVouchers answer status: 201 -> 200 (patch)"]);
    }
    let list = print_text::print(&yaml, VOUCHERS, "get");
    for page in [list.clone(), print_text::html(&list)] {
        let cell = |functions: &[&str]| {
            if page.starts_with('<') {
                format!("expired</td><td>STRING</td><td>{}</td>", functions.join(" "))
            } else {
                format!("`expired` | `STRING` | `{}` |", functions.join("` `"))
            }
        };
        check(
            Vendor::Unifi,
            &page,
            &[(&cell(&["eq", "ne"]), &cell(&["eq", "ne", "in"]))],
            &["listVouchers filter.expired filter: eq, ne -> eq, ne, in (minor)"],
        );
    }
    let action = print_text::print(&yaml, "/v1/sites/{siteId}/clients/{clientId}/actions", "post");
    check(
        Vendor::Unifi,
        &action,
        &[("AUTHORIZE\\_GUEST\\_ACCESSUN", "AUTHORIZE\\_GUEST\\_ACCESSWARN\\_GUESTUN")],
        &[
            "executeClientAction request.action enum: - -> AUTHORIZE_GUEST_ACCESSWARN_GUESTUNAUTHORIZE_GUEST_ACCESS (minor)",
        ],
    );
}
