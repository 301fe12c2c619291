//! Conditions that come with a new field or a new value: major only if they refuse a request that was allowed.

use serde_json::{Value, json};

use super::{differences, lines, print_markdown, print_openapi, yaml};
use crate::spec::Spec;
use crate::vendor::Vendor;

const GROUPS: &str = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
const ACTIONS: &str = "/v1/sites/{siteId}/clients/{clientId}/actions";

fn told(vendor: Vendor, page: &str) -> Vec<String> {
    lines(&differences(Spec::new(vendor, yaml(vendor)).expect("a spec"), page))
}

#[test]
fn sentences_about_what_is_new() {
    let page = print_markdown::operation(&yaml(Vendor::Omada), GROUPS, "post");
    let field = |words: &str| {
        let row = format!("|&emsp;&emsp;tariff|{words}||false|string||\n|&emsp;&emsp;logout|");
        told(Vendor::Omada, &page.replacen("|&emsp;&emsp;logout|", &row, 1))
    };
    let new = "createVoucherGroup request.tariff exists: - -> string (minor)";
    let rule = |rule: &str| format!("createVoucherGroup request.tariff rule: - -> {rule}");
    assert_eq!(
        field("When parameter [limitType] is 2, parameter [tariff] should be null"),
        [&rule("forbidden where limitType is 2 (minor)"), new]
    );
    assert_eq!(
        field("When parameter [limitType] is 7, parameter [tariff] is required"),
        [&rule("required where limitType is 7 (minor)"), new]
    );
    // Who sends the old value lacks the new field.
    assert_eq!(
        field("When parameter [limitType] is 2, parameter [tariff] is required"),
        [&rule("required where limitType is 2 (major)"), new]
    );
}

#[test]
fn variants_that_are_new() {
    let mut page: Value =
        serde_json::from_str(&print_openapi::print_path(&yaml(Vendor::Unifi).json, Some(ACTIONS))).expect("JSON");
    let schemas = &mut page["components"]["schemas"];
    schemas["ClientActionName"]["enum"] =
        json!(["AUTHORIZE_GUEST_ACCESS", "UNAUTHORIZE_GUEST_ACCESS", "EXTEND_ACCESS"]);
    schemas["ClientAction"]["properties"]["extraMinutes"] = json!({"type": "integer", "format": "int64",
        "description": "Required when [action] is EXTEND_ACCESS. Must be null when [action] is UNAUTHORIZE_GUEST_ACCESS."});
    let told = told(Vendor::Unifi, &page.to_string());
    assert!(told.iter().any(|told| told.contains("enum: - -> EXTEND_ACCESS")), "{told:?}");
    assert!(told.iter().filter(|told| told.contains(" rule: - -> ")).count() >= 2, "{told:?}");
    assert!(told.iter().all(|told| told.ends_with("(minor)")), "{told:?}");
}
