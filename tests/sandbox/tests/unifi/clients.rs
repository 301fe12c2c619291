use serde_json::json;

use crate::caller::{Caller, with_filter};

const MAC: &str = "aa:bb:cc:dd:ee:01";
const OTHER_MAC: &str = "aa:bb:cc:dd:ee:02";

#[tokio::test]
async fn a_guest_starts_without_access() {
    let caller = Caller::start().await;
    caller.sandbox.clock().set_unix_millis(1_767_268_800_000);
    let path = format!("/v1/sites/{}/clients", caller.unifi().site_id());
    let page = json!({"offset": 0, "limit": 25, "count": 0, "totalCount": 0, "data": []});
    assert_eq!(caller.get(&path).await.body, page);
    let id = caller.unifi().add_guest(&MAC.to_uppercase());
    let shown = caller.get(&format!("{path}/{id}")).await;
    let client = json!({
        "type": "WIRELESS",
        "id": id,
        "name": MAC,
        "connectedAt": "2026-01-01T12:00:00Z",
        "macAddress": MAC,
        "uplinkDeviceId": shown.body["uplinkDeviceId"],
        "access": {"type": "GUEST", "authorized": false},
    });
    assert_eq!((shown.status, &shown.body), (200, &client));
    let page = json!({"offset": 0, "limit": 200, "count": 1, "totalCount": 1, "data": [client]});
    assert_eq!(caller.get(&format!("{path}?limit=1000")).await.body, page);
}

#[tokio::test]
async fn filters_clients() {
    let caller = Caller::start().await;
    let guest = caller.unifi().add_guest(MAC);
    caller.unifi().add_wired_client(OTHER_MAC);
    let path = format!("/v1/sites/{}/clients", caller.unifi().site_id());
    let table = [
        (format!("macAddress.eq('{MAC}')"), vec![MAC]),
        (format!("id.ne({guest})"), vec![OTHER_MAC]),
        ("type.in('WIRED', 'WIRELESS')".to_owned(), vec![MAC, OTHER_MAC]),
        // No value is checked against those that there are.
        ("type.eq('NONE')".to_owned(), vec![]),
        ("ipAddress.isNull()".to_owned(), vec![MAC]),
        ("ipAddress.isNotNull()".to_owned(), vec![OTHER_MAC]),
        ("connectedAt.gt(2025-01-01)".to_owned(), vec![MAC, OTHER_MAC]),
        ("access.type.eq('GUEST')".to_owned(), vec![MAC]),
        ("and(access.type.eq('GUEST'), access.authorized.eq(false))".to_owned(), vec![MAC]),
        ("access.authorized.ne(true)".to_owned(), vec![MAC]),
        ("access.authorized.isNull()".to_owned(), vec![OTHER_MAC]),
    ];
    for (filter, expected) in table {
        assert_eq!(caller.column(&with_filter(&path, &filter), "macAddress").await, expected, "{filter}");
    }
}

#[tokio::test]
async fn a_client_is_found_by_its_uuid_only() {
    let caller = Caller::start().await;
    let unknown = "00000000-0000-4000-8000-000000000000";
    let site = format!("/v1/sites/{}", caller.unifi().site_id());
    let mismatch = "api.request.argument-type-mismatch";
    let gone = format!("There is no client {unknown}");
    for (path, status, code, message) in [
        (format!("{site}/clients/{unknown}"), 404, "api.request.error", gone.as_str()),
        (format!("{site}/clients/{MAC}"), 400, mismatch, "'aa:bb:cc:dd:ee:01' is not a valid 'clientId' value"),
        ("/v1/sites/default/clients".to_owned(), 400, mismatch, "'default' is not a valid 'siteId' value"),
    ] {
        caller.get(&path).await.assert_refused(status, code, message);
    }
}
