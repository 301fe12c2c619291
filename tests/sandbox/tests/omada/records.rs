use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, NOON_MILLIS, column};

const NOON: i64 = NOON_MILLIS / 1000;
const HOUR_MILLIS: i64 = 3_600_000;

/// Three guests a minute apart, each with an hour, of whom the last came to the second portal. Now
/// the time of the first is over.
async fn three_guests() -> Caller {
    let caller = Caller::at_noon().await;
    let bound = [("applyToAllPortals", json!(false)), ("portals", json!([caller.omada().portal_ids()[1]]))];
    let ids = [caller.create(&[("amount", json!(2))]).await, caller.create(&bound).await];
    let codes = caller.omada().codes();
    for (id, code) in [&ids[0], &ids[0], &ids[1]].into_iter().zip(&codes) {
        caller.omada().mark_used(id, code);
        caller.sandbox.clock().advance(Duration::from_secs(60));
    }
    caller.sandbox.clock().set_unix_millis(NOON_MILLIS + HOUR_MILLIS);
    caller
}

async fn records(caller: &Caller, query: &str) -> Value {
    caller.get(&format!("authed-records?page=1&pageSize=10{query}")).await.result().clone()
}

async fn ids(caller: &Caller) -> Vec<String> {
    let ids = column(&records(caller, "").await, "id");
    ids.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_guest_leaves_a_record() {
    let caller = three_guests().await;
    let list = records(&caller, "").await;
    assert_eq!(list["totalRows"], 3);
    let (row, second) = (&list["data"][0], &list["data"][1]);
    let expected = json!({
        "id": row["id"],
        "name": "Guest 1",
        "mac": row["mac"],
        "ip": "10.0.0.2",
        "wireless": true,
        "ssid": "SSID 1",
        "authType": 3,
        "voucherCode": caller.omada().codes()[0],
        "download": 0,
        "upload": 0,
        "duration": 3600,
        "start": NOON_MILLIS,
        "end": NOON_MILLIS + HOUR_MILLIS,
        "valid": false,
    });
    assert_eq!(*row, expected);
    assert_eq!(row["mac"].as_str().map(|mac| mac.split('-').map(str::len).collect()), Some(vec![2; 6]));
    assert_eq!((&second["valid"], &second["duration"]), (&json!(true), &json!(3540)));
    assert_eq!(list["data"][2]["ssid"], "SSID 2");
}

#[tokio::test]
async fn guests_of_one_voucher_may_share_its_time() {
    let caller = Caller::at_noon().await;
    for (kind, end) in [(0, 2 * HOUR_MILLIS), (1, HOUR_MILLIS)] {
        caller.sandbox.clock().set_unix_millis(NOON_MILLIS);
        let group_id = caller.create(&[("durationType", json!(kind))]).await;
        let code = caller.omada().codes().pop().expect("a code");
        caller.omada().mark_used(&group_id, &code);
        caller.sandbox.clock().set_unix_millis(NOON_MILLIS + HOUR_MILLIS);
        caller.omada().mark_used(&group_id, &code);
        let ends = column(&records(&caller, &format!("&searchKey={code}")).await, "end");
        assert_eq!(ends, [json!(NOON_MILLIS + HOUR_MILLIS), json!(NOON_MILLIS + end)]);
    }
}

#[tokio::test]
async fn records_are_searched_and_sorted() {
    let caller = three_guests().await;
    let code = &caller.omada().codes()[1];
    let mac = records(&caller, "").await["data"][2]["mac"].as_str().expect("a mac").to_owned();
    let table = [
        (format!("&searchKey={code}"), vec![2]),
        (format!("&searchKey={mac}"), vec![3]),
        ("&searchKey=Guest%201".to_owned(), vec![1]),
        ("&searchKey=SSID%202".to_owned(), vec![3]),
        ("&searchKey=nobody".to_owned(), vec![]),
        ("&sorts.start=desc".to_owned(), vec![3, 2, 1]),
        ("&sorts.name=desc".to_owned(), vec![3, 2, 1]),
        ("&sorts.duration=asc".to_owned(), vec![3, 2, 1]),
        ("&sorts.status=desc".to_owned(), vec![2, 3, 1]),
        ("&sorts.authType=desc".to_owned(), vec![1, 2, 3]),
    ];
    for (query, numbers) in table {
        let expected: Vec<Value> = numbers.iter().map(|number| json!(format!("Guest {number}"))).collect();
        assert_eq!(column(&records(&caller, &query).await, "name"), expected, "{query}");
    }
    for name in ["name", "mac", "ip", "authType", "ssidOrNetwork", "download", "upload", "status", "end"] {
        assert_eq!(records(&caller, &format!("&sorts.{name}=asc")).await["totalRows"], 3);
        let wrong = caller.get(&format!("authed-records?page=1&pageSize=1&sorts.{name}=up")).await;
        wrong.assert_refused(-1001, &format!("sorts.{name}"));
    }
}

#[tokio::test]
async fn a_guest_is_deleted_disconnected_or_given_time() {
    let caller = three_guests().await;
    let known = ids(&caller).await;
    let record = |index: usize, action: &str| format!("authed-records/{}{action}", known[index]);
    caller.send(Method::POST, &caller.hotspot(&record(1, "/disconnect")), None).await.assert_done();
    let row = records(&caller, "").await["data"][1].clone();
    assert_eq!((&row["valid"], &row["end"]), (&json!(false), &json!(NOON_MILLIS + HOUR_MILLIS)));
    let longer = json!({"period": 60_000});
    caller.send_json(Method::POST, &record(0, "/period"), &longer).await.assert_done();
    let row = records(&caller, "").await["data"][0].clone();
    assert_eq!((&row["valid"], &row["end"]), (&json!(true), &json!(NOON_MILLIS + HOUR_MILLIS + 60_000)));
    for (period, code) in [(59_999_i64, -1001), (86_400_000_000_001, -1001), (86_400_000_000_000, 0)] {
        let answer = caller.send_json(Method::POST, &record(2, "/period"), &json!({"period": period})).await;
        assert_eq!(answer.code(), code, "{period}");
    }
    caller.delete(&record(1, "")).await.assert_done();
    assert_eq!(ids(&caller).await, [known[0].clone(), known[2].clone()]);
    caller.delete(&record(1, "")).await.assert_refused(-1001, "id");
    caller.send_json(Method::POST, &record(1, "/period"), &longer).await.assert_refused(-1001, "id");
    caller.send(Method::POST, &caller.hotspot(&record(1, "/disconnect")), None).await.assert_refused(-1001, "id");
    caller.send_json(Method::POST, &record(0, "/period"), &json!({})).await.assert_refused(-1001, "period");
}

#[tokio::test]
async fn ended_records_are_deleted_by_their_start_in_seconds() {
    let table = [
        (json!({"start": NOON, "end": NOON + 3600}), vec![3]),
        (json!({"start": NOON, "end": NOON}), vec![2, 3]),
        (json!({"start": NOON + 1, "end": NOON + 60}), vec![1, 3]),
        (json!({"start": NOON, "end": NOON + 60, "searchKey": "Guest 2"}), vec![1, 3]),
        (json!({"start": NOON, "end": NOON + 60, "searchKey": "SSID 2"}), vec![1, 2, 3]),
        (json!({"start": NOON_MILLIS, "end": NOON_MILLIS + 1}), vec![1, 2, 3]),
    ];
    for (filter, left) in table {
        let caller = three_guests().await;
        caller.sandbox.clock().set_unix_millis(NOON_MILLIS + HOUR_MILLIS + 60_000);
        caller.send_json(Method::POST, "authed-records/delete", &filter).await.assert_done();
        let expected: Vec<Value> = left.iter().map(|number| json!(format!("Guest {number}"))).collect();
        assert_eq!(column(&records(&caller, "").await, "name"), expected, "{filter}");
    }
    let caller = Caller::start().await;
    for (filter, name) in [
        (json!({"end": 1}), "start"),
        (json!({"start": 1}), "end"),
        (json!({"start": 2, "end": 1}), "end"),
        (json!({"start": 1, "end": 1, "searchKey": 1}), "searchKey"),
    ] {
        caller.send_json(Method::POST, "authed-records/delete", &filter).await.assert_refused(-1001, name);
    }
}
