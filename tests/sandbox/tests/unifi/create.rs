use std::collections::HashSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, request};

const GENERAL: &str = "api.request.error";

#[tokio::test]
async fn issues_vouchers_with_their_codes() {
    let caller = Caller::start().await;
    caller.sandbox.clock().set_unix_millis(1_767_268_800_999);
    let vouchers = caller.create(&request(&[("count", json!(1000))])).await;
    for voucher in &vouchers {
        let (id, code) = (&voucher["id"], voucher["code"].as_str().expect("code is text"));
        assert_eq!(id.as_str().map(str::len), Some(36));
        assert!(code.len() == 10 && code.chars().all(|digit| digit.is_ascii_digit()), "{code}");
        let expected = json!({
            "id": id,
            "createdAt": "2026-01-01T12:00:00Z",
            "name": "Lobby",
            "code": code,
            "authorizedGuestCount": 0,
            "expired": false,
            "timeLimitMinutes": 60,
        });
        assert_eq!(*voucher, expected);
    }
    assert!(vouchers[0]["code"].as_str().is_some_and(|code| code.starts_with('0')));
    let codes = caller.unifi().codes();
    assert_eq!(vouchers.iter().map(|voucher| &voucher["code"]).collect::<Vec<_>>(), codes.iter().collect::<Vec<_>>());
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), 1000);
}

#[tokio::test]
async fn one_voucher_by_default_and_names_repeat() {
    let caller = Caller::start().await;
    for edits in [&[][..], &[("count", json!(null))], &[("count", json!(1))]] {
        assert_eq!(caller.create(&request(edits)).await.len(), 1);
    }
}

#[tokio::test]
async fn limits_come_back_as_sent_and_nulls_do_not() {
    let caller = Caller::start().await;
    let limits = ["authorizedGuestLimit", "dataUsageLimitMBytes", "rxRateLimitKbps", "txRateLimitKbps"];
    let voucher = &caller.create(&request(&limits.map(|name| (name, json!(7))))).await[0];
    assert!(limits.iter().all(|name| voucher[name] == 7), "{voucher}");
    let voucher = &caller.create(&request(&limits.map(|name| (name, json!(null))))).await[0];
    assert!(limits.iter().all(|name| voucher.get(name).is_none()), "{voucher}");
}

#[tokio::test]
async fn ranges_hold_at_both_edges() {
    let caller = Caller::start().await;
    let table = [
        ("count", 1, 1000),
        ("authorizedGuestLimit", 1, i64::MAX),
        ("timeLimitMinutes", 1, 1_000_000),
        ("dataUsageLimitMBytes", 1, 1_048_576),
        ("rxRateLimitKbps", 2, 100_000),
        ("txRateLimitKbps", 2, 100_000),
    ];
    for (name, min, max) in table {
        for value in [min, max] {
            caller.create(&request(&[(name, json!(value))])).await;
        }
        for value in [min - 1, i64::MIN] {
            let message = format!("{name} must be greater than or equal to {min}");
            let answer = caller.post(&request(&[(name, json!(value))])).await;
            answer.assert_refused(400, GENERAL, &message);
        }
        for value in max.checked_add(1).into_iter().flat_map(|above| [above, i64::MAX]) {
            let message = format!("{name} must be less than or equal to {max}");
            let answer = caller.post(&request(&[(name, json!(value))])).await;
            answer.assert_refused(400, GENERAL, &message);
        }
        for value in [json!("5"), json!(5.5), json!(true), json!([5]), json!({}), json!(u64::MAX)] {
            let answer = caller.post(&request(&[(name, value)])).await;
            answer.assert_refused(400, GENERAL, &format!("{name} must be of type integer"));
        }
    }
}

#[tokio::test]
async fn name_and_time_are_needed() {
    let caller = Caller::start().await;
    let given = "must be given";
    let table = [
        (json!({}), "name", given),
        (json!({"timeLimitMinutes": 60}), "name", given),
        (json!({"name": null, "timeLimitMinutes": 60}), "name", given),
        (json!({"name": "Lobby"}), "timeLimitMinutes", given),
        (json!({"name": "Lobby", "timeLimitMinutes": null}), "timeLimitMinutes", given),
        (json!({"name": "", "timeLimitMinutes": 60}), "name", "must have at least 1 characters"),
        (json!({"name": 7, "timeLimitMinutes": 60}), "name", "must be of type string"),
    ];
    for (body, name, demand) in table {
        let answer = caller.post(&body).await;
        answer.assert_refused(400, GENERAL, &format!("{name} {demand}"));
    }
    caller.create(&request(&[("name", json!("ä".repeat(5000)))])).await;
    assert_eq!(caller.unifi().codes().len(), 1);
}

#[tokio::test]
async fn unknown_properties_are_refused_before_all_else() {
    let caller = Caller::start().await;
    let code = "api.request.unknown-property";
    for value in [json!(1), Value::Null] {
        let answer = caller.post(&json!({"note": value, "timeLimitMinutes": 0})).await;
        answer.assert_refused(400, code, "Unknown request body property '$.note'");
    }
}

#[tokio::test]
async fn the_body_must_be_a_json_object() {
    let caller = Caller::start().await;
    for body in [None, Some("{"), Some("[]"), Some("null")] {
        let path = caller.vouchers();
        let answer = caller.send(Method::POST, &path, body.map(str::to_owned)).await;
        answer.assert_refused(400, GENERAL, "The request body is not a JSON object");
    }
}
