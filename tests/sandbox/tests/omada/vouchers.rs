use std::time::Duration;

use serde_json::json;

use crate::caller::{Caller, NOON_MILLIS, column, column_of};

#[tokio::test]
async fn a_voucher_shows_its_group_and_itself() {
    let caller = Caller::at_noon().await;
    let edits = [
        ("limitType", json!(0)),
        ("limitNum", json!(2)),
        ("unitPrice", json!(5)),
        ("currency", json!("EUR")),
        ("validityType", json!(1)),
        ("effectiveTime", json!(NOON_MILLIS)),
        ("expirationTime", json!(NOON_MILLIS + 86_400_000)),
        ("description", json!("Described")),
        ("printComments", json!("Printed")),
        ("applyToAllPortals", json!(false)),
        ("portals", json!([caller.omada().portal_ids()[0]])),
    ];
    let group_id = caller.create(&edits).await;
    let code = caller.omada().codes().remove(0);
    let id = column(&caller.detail(&group_id, "").await, "id").remove(0);
    let path = format!("vouchers/{}", id.as_str().expect("an id"));
    let mut expected = json!({
        "id": id,
        "code": code,
        "createdTime": NOON_MILLIS,
        "limitType": 0,
        "limitNum": 2,
        "used": 0,
        "durationType": 0,
        "duration": 60,
        "timingType": 0,
        "expirationTime": NOON_MILLIS + 86_400_000,
        "effectiveTime": NOON_MILLIS,
        "description": "Described",
        "rateLimit": {"mode": 0, "customRateLimit": {"downLimitEnable": false, "upLimitEnable": false}},
        "trafficLimitEnable": false,
        "trafficLeft": true,
        "trafficUsed": 0,
        "startTime": 0,
        "valid": true,
        "unitPrice": "5",
        "currency": "EUR",
        "portalNames": ["Portal 1"],
        "validity": "2026-01-01T12:00:00Z - 2026-01-02T12:00:00Z",
        "printComments": "Printed",
    });
    assert_eq!(*caller.get(&path).await.result(), expected);
    for (used, valid) in [(1, true), (2, false)] {
        caller.omada().mark_used(&group_id, &code);
        expected["used"] = json!(used);
        expected["startTime"] = json!(NOON_MILLIS);
        expected["valid"] = json!(valid);
        assert_eq!(*caller.get(&path).await.result(), expected);
    }
    let brief = caller.get(&format!("voucher-groups/{group_id}/print-unused")).await;
    assert_eq!(*brief.result(), json!([]));
}

#[tokio::test]
async fn an_expired_voucher_is_not_valid() {
    let caller = Caller::at_noon().await;
    let group_id = caller.create(&[]).await;
    let id = column(&caller.detail(&group_id, "").await, "id").remove(0);
    caller.omada().mark_used(&group_id, &caller.omada().codes()[0]);
    for (advance, valid) in [(3599, true), (1, false)] {
        caller.sandbox.clock().advance(Duration::from_secs(advance));
        let voucher = caller.get(&format!("vouchers/{}", id.as_str().expect("an id"))).await;
        assert_eq!((&voucher.result()["valid"], voucher.result().get("validity")), (&json!(valid), None));
    }
}

#[tokio::test]
async fn a_brief_has_what_is_printed() {
    let caller = Caller::start().await;
    caller.omada().set_code_lag(Duration::from_secs(3600));
    let priced = [("limitType", json!(1)), ("limitNum", json!(7)), ("unitPrice", json!(5)), ("currency", json!("EUR"))];
    let group_id = caller.create(&priced).await;
    let path = format!("voucher-groups/{group_id}/print-unused");
    assert_eq!(*caller.get(&path).await.result(), json!([]));
    caller.omada().set_code_lag(Duration::ZERO);
    let expected = json!([{
        "code": caller.omada().codes()[0],
        "limitType": 1,
        "limitNum": 7,
        "durationType": 0,
        "duration": 60,
        "unitPrice": "5",
        "currency": "EUR",
    }]);
    assert_eq!(*caller.get(&path).await.result(), expected);
    let largest = caller.create(&[("amount", json!(5000))]).await;
    let all = caller.get(&format!("voucher-groups/{largest}/print-unused")).await;
    assert_eq!(column_of(all.result(), "code"), caller.omada().codes()[1..]);
}
