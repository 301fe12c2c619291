use std::time::Duration;

use serde_json::{Value, json};

use crate::caller::Caller;

const DAY: i64 = 86_400;
/// 2026-01-01T00:00:00Z.
const MIDNIGHT: i64 = 1_767_225_600;

async fn history(caller: &Caller, start: i64, end: i64) -> Value {
    let path = format!("vouchers/statistics/history?filters.timeStart={start}&filters.timeEnd={end}");
    caller.get(&path).await.result().clone()
}

/// Three groups: one at noon of the first day, two in the last second of the second.
async fn sold() -> Caller {
    let mut caller = Caller::start().await;
    let clock = caller.sandbox.clock();
    clock.set_unix_millis((MIDNIGHT + DAY / 2) * 1000);
    caller.omada().set_access_token_lifetime(Duration::from_secs(7 * 86_400));
    caller.sign_in().await;
    caller.create(&[("amount", json!(2)), ("unitPrice", json!(5)), ("currency", json!("EUR"))]).await;
    caller.sandbox.clock().set_unix_millis((MIDNIGHT + 2 * DAY) * 1000 - 1);
    caller.create(&[("amount", json!(3)), ("unitPrice", json!(7)), ("currency", json!("EUR"))]).await;
    caller.create(&[("amount", json!(4)), ("duration", json!(10))]).await;
    caller
}

#[tokio::test]
async fn buckets_are_days_and_carry_their_end() {
    let caller = sold().await;
    let bucket = |day: i64, count: i64, amount: &str, currency: bool| {
        let mut bucket = json!({
            "time": (MIDNIGHT + day * DAY) * 1000,
            "timeInterval": 24,
            "count": count,
            "amount": amount,
        });
        if currency {
            bucket["currency"] = json!("EUR");
        }
        bucket
    };
    let expected = json!({
        "summary": {"count": 9, "amount": "31", "duration": 340, "currency": "EUR"},
        "usage": [bucket(1, 2, "10", true), bucket(2, 7, "21", true), bucket(3, 0, "0", false)],
    });
    assert_eq!(history(&caller, MIDNIGHT, MIDNIGHT + 3 * DAY).await, expected);
    let partial = history(&caller, MIDNIGHT + DAY / 2 + 1, MIDNIGHT + 2 * DAY - 1).await;
    let expected = json!({
        "summary": {"count": 7, "amount": "21", "duration": 220, "currency": "EUR"},
        "usage": [bucket(1, 0, "0", false), bucket(2, 7, "21", true)],
    });
    assert_eq!(partial, expected);
}

#[tokio::test]
async fn both_ends_of_the_period_count() {
    let caller = sold().await;
    let noon = MIDNIGHT + DAY / 2;
    let last_second = MIDNIGHT + 2 * DAY - 1;
    caller.sandbox.clock().set_unix_millis((MIDNIGHT + 2 * DAY) * 1000);
    caller.create(&[]).await;
    let table = [
        (noon, noon, 2, 1),
        (noon + 1, last_second - 1, 0, 2),
        (noon + 1, last_second, 7, 2),
        // The first second of the third day has a bucket of its own, because something is in it.
        (noon + 1, MIDNIGHT + 2 * DAY, 8, 3),
        (MIDNIGHT - DAY, MIDNIGHT, 0, 1),
        (-2 * DAY, -1, 0, 2),
        (0, 0, 0, 1),
    ];
    for (start, end, count, buckets) in table {
        let history = history(&caller, start, end).await;
        assert_eq!(history["summary"]["count"], count, "{start}..={end}");
        assert_eq!(history["usage"].as_array().map(Vec::len), Some(buckets), "{start}..={end}");
    }
}

#[tokio::test]
async fn vouchers_count_before_their_codes_are_there() {
    let caller = sold().await;
    caller.omada().set_code_lag(Duration::from_secs(3600));
    caller.create(&[]).await;
    let history = history(&caller, MIDNIGHT, MIDNIGHT + 2 * DAY).await;
    assert_eq!(history["summary"]["count"], 10);
}

#[tokio::test]
async fn no_price_is_no_currency() {
    let caller = Caller::start().await;
    caller.create(&[]).await;
    let now = caller.sandbox.clock().now_unix_millis() / 1000;
    let history = history(&caller, now - 60, now + 60).await;
    assert_eq!(history["summary"], json!({"count": 1, "amount": "0", "duration": 60}));
}

#[tokio::test]
async fn refuses_a_wrong_period() {
    let caller = Caller::start().await;
    let path = caller.hotspot("vouchers/statistics/history");
    for query in [
        "",
        "?filters.timeStart=1",
        "?filters.timeEnd=1",
        "?filters.timeStart=&filters.timeEnd=1",
        "?filters.timeStart=1&filters.timeEnd=now",
        "?filters.timeStart=1&filters.timeEnd=9223372036854775808",
    ] {
        let answer = caller.get(&format!("vouchers/statistics/history{query}")).await;
        answer.assert_bad_request(&path);
    }
    for (start, end) in [(2, 1), (0, 1100 * DAY), (0, i64::MAX), (i64::MIN, i64::MAX), (i64::MIN, i64::MIN + 1)] {
        let path = format!("vouchers/statistics/history?filters.timeStart={start}&filters.timeEnd={end}");
        let answer = caller.get(&path).await;
        match start {
            i64::MIN if end < 0 => drop(answer.result()),
            _ => answer.assert_refused(-1001, "filters.timeEnd"),
        }
    }
    let longest = history(&caller, 0, 1100 * DAY - 1).await;
    assert_eq!(longest["usage"].as_array().map(Vec::len), Some(1100));
}
