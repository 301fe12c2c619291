//! Operations at another address on pages that do not name vouchers.

use serde_json::{Value, json};

use super::{lines, print_markdown, print_openapi, yaml};
use crate::examination::Repository;
use crate::vendor::Vendor;

const SETTING: &str = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/setting";

fn told(page: &str) -> Vec<String> {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let repository = Repository::new(&specs, "[]", "").expect("a repository");
    let examination = repository.examine_page("page", page.as_bytes());
    assert_eq!(examination.unreadable, []);
    lines(&examination.differences)
}

fn document(vendor: Vendor, path: &str) -> Value {
    serde_json::from_str(&print_openapi::print_path(&yaml(vendor).json, Some(path))).expect("JSON")
}

#[test]
fn another_method() {
    let moved = format!("modifyHotspotSetting operation name: PATCH {SETTING} -> PUT {SETTING} (major)");
    let page = print_markdown::operation(&yaml(Vendor::Omada), SETTING, "patch");
    assert!(page.contains("`PATCH`"));
    assert_eq!(told(&page.replace("`PATCH`", "`PUT`")), [moved.clone()]);
    let mut page = document(Vendor::Omada, SETTING);
    let item = page["paths"][SETTING]["patch"].take();
    page["paths"][SETTING] = json!({"put": item});
    assert_eq!(told(&page.to_string()), [moved]);
}

#[test]
fn another_version_of_the_api() {
    for (vendor, name, path, method) in [
        (Vendor::Omada, "modifyHotspotSetting", SETTING, "patch"),
        (Vendor::Omada, "listPortals", "/openapi/v1/{omadacId}/sites/{siteId}/portals", "get"),
        (Vendor::Unifi, "executeClientAction", "/v1/sites/{siteId}/clients/{clientId}/actions", "post"),
        (Vendor::Unifi, "listVouchers", "/v1/sites/{siteId}/hotspot/vouchers", "get"),
    ] {
        let mut page = document(vendor, path);
        let newer = path.replace("/v1/", "/v2/");
        let item = page["paths"][path][method].take();
        page["paths"] = json!({&newer: {method: item}});
        let method = method.to_uppercase();
        assert_eq!(
            told(&page.to_string()),
            [format!("{name} operation name: {method} {path} -> {method} {newer} (major)")]
        );
    }
}

#[test]
fn another_path_under_the_vendors_name() {
    let path = "/v1/sites/{siteId}/clients/{clientId}/actions";
    let mut page = document(Vendor::Unifi, path);
    let mut item = page["paths"][path]["post"].take();
    item["operationId"] = json!("executeConnectedClientAction");
    let newer = "/v1/sites/{siteId}/guests/{clientId}/actions";
    page["paths"] = json!({newer: {"post": item}});
    assert_eq!(
        told(&page.to_string()),
        [format!("executeClientAction operation name: POST {path} -> POST {newer} (major)")]
    );
}

#[test]
fn a_neighbour_is_no_successor() {
    let mut page = document(Vendor::Omada, "/openapi/v1/{omadacId}/sites");
    let body = json!({"content": {"application/json": {"schema": {"type": "object", "properties": {
        "name": {"type": "string"}, "region": {"type": "string"}}}}}});
    let path = "/openapi/v1/{omadacId}/sites";
    page["paths"] =
        json!({path: {"post": {"operationId": "createNewSite", "requestBody": body, "responses": {"200": {}}}}});
    assert_eq!(told(&page.to_string()), Vec::<String>::new());
}
