use hotspot_vouchers_sandbox::Canned;
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, request};

const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";
const TYPE: &str = "api.request.argument-type-mismatch";
const GENERAL: &str = "api.request.error";

#[tokio::test]
async fn tells_its_version() {
    let answer = Caller::start().await.send(Method::GET, "/v1/info", None).await;
    assert_eq!((answer.status, answer.body), (200, json!({"applicationVersion": "10.1.68"})));
}

#[tokio::test]
async fn every_call_needs_the_key() {
    let mut caller = Caller::start().await;
    for key in [None, Some("wrong".to_owned()), Some(String::new())] {
        caller.key = key;
        let vouchers = caller.vouchers();
        for path in ["/v1/info", "/v1/nothing", &vouchers] {
            let answer = caller.send(Method::GET, path, None).await;
            let body = json!({"error": {"code": 401, "message": "Unauthorized"}});
            assert_eq!((answer.status, answer.body), (401, body));
        }
        assert_eq!(caller.post(&request(&[])).await.status, 401);
    }
    assert_eq!(caller.unifi().codes(), Vec::<String>::new());
}

#[tokio::test]
async fn path_arguments_are_uuids_that_exist() {
    let caller = Caller::start().await;
    let site = caller.unifi().site_id();
    let bare = site.replace('-', "");
    let mismatch = |name: &str, value: &str| format!("'{value}' is not a valid '{name}' value");
    let table = [
        ("default", UNKNOWN, 400, TYPE, mismatch("siteId", "default")),
        (&bare, UNKNOWN, 400, TYPE, mismatch("siteId", &bare)),
        ("a%20b", UNKNOWN, 400, TYPE, mismatch("siteId", "a b")),
        ("default", "x", 400, TYPE, mismatch("siteId", "default")),
        (site, "x", 400, TYPE, mismatch("voucherId", "x")),
        (UNKNOWN, UNKNOWN, 404, GENERAL, format!("There is no site {UNKNOWN}")),
        (site, UNKNOWN, 404, GENERAL, format!("There is no voucher {UNKNOWN}")),
    ];
    for (site, voucher, status, code, message) in table {
        let path = format!("/v1/sites/{site}/hotspot/vouchers/{voucher}");
        let answer = caller.send(Method::GET, &path, None).await;
        answer.assert_refused(status, code, &message);
        assert_eq!(answer.body["requestPath"], format!("/integration{path}"));
    }
    for (site, status, code, message) in [
        ("default", 400, TYPE, mismatch("siteId", "default")),
        (UNKNOWN, 404, GENERAL, format!("There is no site {UNKNOWN}")),
    ] {
        let path = format!("/v1/sites/{site}/hotspot/vouchers");
        let body = Some(request(&[]).to_string());
        caller.send(Method::POST, &path, body).await.assert_refused(status, code, &message);
    }
}

#[tokio::test]
async fn other_endpoints_do_not_exist() {
    let caller = Caller::start().await;
    caller.sandbox.clock().set_unix_millis(1_767_268_800_123);
    let vouchers = caller.vouchers();
    for (method, path) in [
        (Method::GET, "/v1"),
        (Method::POST, "/v1/sites/"),
        (Method::PUT, &format!("{vouchers}s")),
        (Method::GET, "/v1/sites/x/nothing"),
        (Method::PATCH, "/v2/info"),
    ] {
        let answer = caller.send(method.clone(), path, None).await;
        // Live consoles leave `requestId` out of this refusal.
        let body = json!({
            "statusCode": 404,
            "statusName": "NOT_FOUND",
            "code": GENERAL,
            "message": format!("No endpoint {method} /integration{path}"),
            "timestamp": "2026-01-01T12:00:00.123Z",
            "requestPath": format!("/integration{path}"),
        });
        assert_eq!((answer.status, answer.body), (404, body));
    }
}

#[tokio::test]
async fn scripted_answers_come_in_order_and_every_request_is_recorded() {
    let caller = Caller::start().await;
    let unifi = caller.unifi();
    let no_type = Canned::status(201).json(json!({"data": []})).without_content_type();
    unifi.answer_next(no_type);
    unifi.answer_next(Canned::status(429).header("Retry-After", "5"));
    let first = caller.post(&request(&[])).await;
    assert_eq!((first.status, first.body), (201, json!({"data": []})));
    assert!(!first.headers.contains_key("content-type"));
    let second = caller.post(&request(&[])).await;
    assert_eq!((second.status, second.body), (429, Value::Null));
    assert_eq!(second.headers["retry-after"], "5");
    assert_eq!(unifi.codes(), Vec::<String>::new());
    caller.create(&request(&[])).await;
    let received = unifi.received();
    assert_eq!(received.len(), 3);
    assert_eq!(received[0].header("x-api-key"), Some(unifi.api_key()));
    assert_eq!(received[0].body, Some(request(&[])));
    assert!(!format!("{received:?}").contains(unifi.api_key()));
    unifi.clear_received();
    assert!(unifi.received().is_empty());
}
