use std::time::Duration;

use hotspot_vouchers_sandbox::Canned;
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller, id, request};

#[track_caller]
pub fn assert_cloud_refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    let (message, trace) = (&answer.body["message"], &answer.body["traceId"]);
    assert!(message.is_string() && trace.is_string(), "{answer:?}");
    assert_eq!(answer.body, json!({"code": code, "httpStatusCode": status, "message": message, "traceId": trace}));
}

#[tokio::test]
async fn both_doors_lead_to_one_console() {
    let caller = Caller::start().await;
    let created = caller.create(&request(&[])).await;
    let path = caller.vouchers();
    let body = request(&[("name", json!("Cloud"))]).to_string();
    let answer = caller.send_through_cloud(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 201);
    assert_eq!(caller.column(&path, "name").await, ["Lobby", "Cloud"]);
    let filtered = format!("{path}?filter=name.eq('Lobby')");
    let page = caller.send_through_cloud(Method::GET, &filtered, None).await;
    assert_eq!(page.body["data"], json!(created));
    let one = format!("{path}/{}", id(&created[0]));
    let deleted = caller.send_through_cloud(Method::DELETE, &one, None).await;
    assert_eq!(deleted.body, json!({"vouchersDeleted": 1}));
    let gone = caller.send_through_cloud(Method::GET, &one, None).await;
    gone.assert_refused(404, "api.request.error", &format!("There is no voucher {}", id(&created[0])));
    assert_eq!(gone.body["requestPath"], format!("/integration{one}"));
    let doors: Vec<bool> = caller.unifi().received().iter().map(|it| it.path.starts_with("/v1/")).collect();
    assert_eq!(doors, [false, true, false, true, true, true]);
}

#[tokio::test]
async fn the_console_is_named_raw_or_encoded() {
    let caller = Caller::start().await;
    let (unifi, console_id) = (caller.unifi(), caller.unifi().console_id());
    assert!(console_id.starts_with("900A6F") && console_id.find(':') == Some(60), "{console_id}");
    let consoles = format!("{}/v1/connector/consoles", unifi.cloud_url());
    for (path, status) in [
        (format!("{console_id}/proxy/network/integration/v1/info"), 200),
        (format!("{}/proxy/network/integration/v1/info", console_id.replace(':', "%3A")), 200),
        (format!("{console_id}/network/integration/v1/info"), 200),
        (format!("{}/proxy/network/integration/v1/info", console_id.to_lowercase()), 403),
        ("x/proxy/network/integration/v1/info".to_owned(), 403),
        (format!("{console_id}/proxy/protect/integration/v1/info"), 404),
        (console_id.to_owned(), 404),
    ] {
        let answer =
            caller.send_to(Method::GET, &format!("{consoles}/{path}"), Some(unifi.cloud_api_key()), None).await;
        match status {
            200 => assert_eq!(answer.body, json!({"applicationVersion": "10.1.68"}), "{path}"),
            403 => assert_cloud_refused(&answer, 403, "forbidden"),
            _ => assert_cloud_refused(&answer, 404, "not_found"),
        }
    }
    let options = caller.send_through_cloud(Method::OPTIONS, "/v1/info", None).await;
    assert_cloud_refused(&options, 405, "method_not_allowed");
    assert_eq!(options.headers["allow"], "GET, POST, PUT, PATCH, DELETE");
    let hosts = format!("{}/v1/hosts", unifi.cloud_url());
    let posted = caller.send_to(Method::POST, &hosts, Some(unifi.cloud_api_key()), None).await;
    assert_cloud_refused(&posted, 405, "method_not_allowed");
    assert_eq!(posted.headers["allow"], "GET");
}

#[tokio::test]
async fn no_key_opens_the_other_door() {
    let mut caller = Caller::start().await;
    let (local, cloud) = (caller.unifi().api_key().to_owned(), caller.unifi().cloud_api_key().to_owned());
    assert_ne!(local, cloud);
    let (url, console_id) = (caller.unifi().cloud_url(), caller.unifi().console_id());
    let info = format!("{url}/v1/connector/consoles/{console_id}/proxy/network/integration/v1/info");
    for url in [&info, &format!("{url}/v1/hosts"), &format!("{url}/v1/nothing")] {
        for key in [None, Some(""), Some(local.as_str())] {
            let answer = caller.send_to(Method::GET, url, key, None).await;
            assert_cloud_refused(&answer, 401, "unauthorized");
        }
    }
    caller.key = Some(cloud);
    let answer = caller.get("/v1/info").await;
    assert_eq!((answer.status, &answer.body["error"]["code"]), (401, &json!(401)));
}

#[tokio::test]
async fn an_offline_console_times_out_in_the_cloud_only() {
    let caller = Caller::start().await;
    caller.unifi().set_console_offline(true);
    let body = request(&[]).to_string();
    let answer = caller.send_through_cloud(Method::POST, &caller.vouchers(), Some(body)).await;
    assert_cloud_refused(&answer, 408, "DeviceTimeout");
    assert!(caller.unifi().codes().is_empty());
    assert_eq!(caller.get("/v1/info").await.status, 200);
    caller.unifi().set_console_offline(false);
    assert_eq!(caller.send_through_cloud(Method::GET, "/v1/info", None).await.status, 200);
}

#[tokio::test]
async fn a_hundred_requests_pass_within_a_minute() {
    let caller = Caller::start().await;
    let clock = caller.sandbox.clock();
    clock.set_unix_millis(1_767_268_800_000);
    let info = || caller.send_through_cloud(Method::GET, "/v1/info", None);
    for _ in 0..100 {
        assert_eq!(info().await.status, 200);
        clock.advance(Duration::from_millis(5));
    }
    for (advance, seconds, text) in [(0, "60", "59.500s"), (54_500, "5", "5.000s"), (4_999, "1", "0.001s")] {
        clock.advance(Duration::from_millis(advance));
        let answer = info().await;
        assert_cloud_refused(&answer, 429, "rate_limit");
        assert_eq!(answer.headers["retry-after"], seconds);
        assert!(answer.body["message"].as_str().is_some_and(|message| message.ends_with(text)), "{answer:?}");
    }
    assert_eq!(caller.get("/v1/info").await.status, 200);
    clock.advance(Duration::from_millis(1));
    assert_eq!(info().await.status, 200);
    assert_eq!(info().await.status, 429);
}

#[tokio::test]
async fn the_limit_can_be_changed() {
    let caller = Caller::start().await;
    for (limit, status) in [(1, 200), (1, 429), (2, 200), (0, 429)] {
        caller.unifi().set_cloud_limit(limit);
        assert_eq!(caller.send_through_cloud(Method::GET, "/v1/info", None).await.status, status);
    }
}

#[tokio::test]
async fn the_limit_follows_the_clock_wherever_it_is_set() {
    let caller = Caller::start().await;
    caller.unifi().set_cloud_limit(1);
    for moment in [0, i64::MAX, i64::MIN, 60_000, 0] {
        caller.sandbox.clock().set_unix_millis(moment);
        for status in [200, 429] {
            assert_eq!(caller.send_through_cloud(Method::GET, "/v1/info", None).await.status, status, "{moment}");
        }
    }
}

#[tokio::test]
async fn the_connector_can_be_scripted() {
    let caller = Caller::start().await;
    let body = json!({"code": "bad_gateway", "httpStatusCode": 502, "message": "bad gateway", "traceId": "1"});
    caller.unifi().answer_next(Canned::status(502).json(body.clone()));
    let answer = caller.send_through_cloud(Method::GET, "/v1/info", None).await;
    assert_eq!((answer.status, answer.body), (502, body));
    assert_ne!(caller.send_through_cloud(Method::GET, "/v1/info", None).await.body, Value::Null);
}
