use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, field, remove};

const TOKEN: &str = "/openapi/authorize/token?grant_type=client_credentials";

#[tokio::test]
async fn hands_out_a_token_pair() {
    let caller = Caller::start().await;
    caller.omada().set_access_token_lifetime(Duration::from_secs(90));
    let answer = caller.send(Method::POST, TOKEN, Some(caller.credentials().to_string())).await;
    assert_eq!(answer.message(), "Open API Get Access Token successfully.");
    let result = answer.result();
    assert_eq!((&result["tokenType"], &result["expiresIn"]), (&json!("bearer"), &json!(90)));
    assert_eq!(caller.omada().tokens_issued(), 2);
    let tokens = caller.omada().tokens();
    assert_eq!(tokens[2..], [text(&result["accessToken"]), text(&result["refreshToken"])]);
    assert!(tokens[2].starts_with("AT-") && tokens[3].starts_with("RT-"));
}

#[tokio::test]
async fn lasts_two_hours_by_default() {
    let caller = Caller::start().await;
    let answer = caller.send(Method::POST, TOKEN, Some(caller.credentials().to_string())).await;
    assert_eq!(answer.result()["expiresIn"], 7200);
}

#[tokio::test]
async fn refuses_wrong_credentials() {
    let caller = Caller::start().await;
    let table = [
        ("client_id", json!("wrong"), -44106, ""),
        ("client_secret", json!("wrong"), -44106, ""),
        ("omadacId", json!("wrong"), -7131, ""),
        ("omadacId", json!(null), -1001, "omadacId"),
        ("client_id", json!(""), -1001, "client_id"),
        ("client_secret", json!(7), -1001, "client_secret"),
    ];
    for (name, value, code, parameter) in table {
        let mut body = caller.credentials();
        *field(&mut body, name) = value;
        let answer = caller.send(Method::POST, TOKEN, Some(body.to_string())).await;
        answer.assert_refused(code, parameter);
        assert_eq!(answer.headers.contains_key("content-type"), code != -7131);
    }
    for name in ["omadacId", "client_id", "client_secret"] {
        let mut body = caller.credentials();
        remove(&mut body, name);
        let answer = caller.send(Method::POST, TOKEN, Some(body.to_string())).await;
        answer.assert_refused(-1001, name);
    }
    assert_eq!(caller.omada().tokens_issued(), 1);
}

#[tokio::test]
async fn refuses_other_grants_verbs_and_bodies() {
    let caller = Caller::start().await;
    let body = caller.credentials().to_string();
    let path = "/openapi/authorize/token";
    for query in ["", "?grant_type=", "?grant_type=password", "?grant_type=Client_Credentials"] {
        let path = format!("{path}{query}");
        caller.send(Method::POST, &path, Some(body.clone())).await.assert_refused(-44111, "");
    }
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let answer = caller.send(method, TOKEN, None).await;
        assert_eq!((answer.status, &answer.headers["allow"]), (405, &"POST".parse().unwrap()));
    }
    for body in [None, Some("{"), Some("[]")] {
        let answer = caller.send(Method::POST, TOKEN, body.map(str::to_owned)).await;
        answer.assert_bad_request(path);
    }
}

#[tokio::test]
async fn every_call_needs_a_live_token() {
    let mut caller = Caller::start().await;
    let good = caller.authorization.clone().expect("signed in");
    let token = good.trim_start_matches("AccessToken=").to_owned();
    let table = [
        (None, 401, -44116),
        (Some("Basic abc".to_owned()), 401, -44116),
        (Some(token.clone()), 401, -44116),
        (Some(format!("Bearer {token}")), 200, -44112),
        (Some("AccessToken=AT-unknown".to_owned()), 200, -44113),
        (Some(format!("AccessToken={}", caller.omada().tokens()[1])), 200, -44113),
    ];
    for (authorization, status, code) in table {
        caller.authorization = authorization;
        for path in ["voucher-groups/x", "vouchers/statistics/history", "no/such/path"] {
            let answer = caller.get(path).await;
            assert_eq!((answer.status, answer.code()), (status, code), "{answer:?}");
            assert_eq!(answer.headers["content-type"], "application/json");
        }
    }
}

#[tokio::test]
async fn tokens_expire_on_the_sandbox_clock() {
    let mut caller = Caller::start().await;
    caller.sandbox.clock().set_unix_millis(1_700_000_000_000);
    caller.sign_in().await;
    let last_moment = Duration::from_secs(7200) - Duration::from_millis(1);
    caller.sandbox.clock().advance(last_moment);
    caller.create(&[]).await;
    caller.sandbox.clock().advance(Duration::from_millis(1));
    caller.get("voucher-groups/x").await.assert_refused(-44112, "");
    caller.sign_in().await;
    caller.create(&[]).await;
    caller.omada().expire_tokens();
    caller.get("voucher-groups/x").await.assert_refused(-44112, "");
    caller.sign_in().await;
    caller.create(&[]).await;
}

#[tokio::test]
async fn refuses_unknown_places() {
    let caller = Caller::start().await;
    let (omadac_id, site_id) = (caller.omada().omadac_id(), caller.omada().site_id());
    let group = "hotspot/voucher-groups/x?page=1&pageSize=1";
    let table = [
        (Method::GET, format!("/openapi/v1/wrong/sites/{site_id}/{group}"), -7131),
        (Method::GET, "/openapi/v1/sites".to_owned(), -7131),
        (Method::GET, format!("/openapi/v1/{omadac_id}/sites/wrong/{group}"), -33000),
        (Method::POST, format!("/openapi/v1/{omadac_id}/sites/x/hotspot/voucher-groups"), -33000),
        (Method::DELETE, caller.hotspot("voucher-groups"), -1600),
        (Method::PUT, caller.hotspot("voucher-groups/x"), -1600),
        (Method::POST, caller.hotspot("vouchers/statistics/history"), -1600),
        (Method::GET, caller.hotspot("vouchers"), -1600),
        (Method::GET, caller.hotspot("voucher-groups/x/"), -1600),
        (Method::GET, "/openapi/v2/x".to_owned(), -1600),
        (Method::GET, "/openapi/v1".to_owned(), -1600),
        (Method::GET, "/".to_owned(), -1600),
    ];
    for (method, path, code) in table {
        let answer = caller.send(method, &path, None).await;
        answer.assert_refused(code, "");
        assert_eq!(answer.headers.contains_key("content-type"), code != -7131, "{path}");
        if code == -7131 {
            assert_eq!(answer.message(), "Controller ID not exist.");
        }
    }
}

#[tokio::test]
async fn a_busy_site_refuses_everything() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[]).await;
    let detail = format!("voucher-groups/{group_id}?page=1&pageSize=1");
    caller.omada().set_site_busy(true);
    caller.get(&detail).await.assert_refused(-33004, "");
    caller.get("vouchers/statistics/history").await.assert_refused(-33004, "");
    caller.post(&json!({})).await.assert_refused(-33004, "");
    caller.omada().set_site_busy(false);
    caller.get(&detail).await.result();
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
