use std::time::Duration;

use serde_json::{Value, json};

use crate::caller::{Caller, NOON_MILLIS, column};

#[tokio::test]
async fn shows_settings_counters_and_rows_side_by_side() {
    let mut caller = Caller::start().await;
    caller.sandbox.clock().set_unix_millis(NOON_MILLIS);
    caller.sign_in().await;
    let portals = json!([caller.omada().portal_ids()[1]]);
    let group_id = caller
        .create(&[
            ("name", json!("Lobby")),
            ("amount", json!(3)),
            ("rateLimit.customRateLimit", custom_rate_limit(false)),
            ("trafficLimitEnable", json!(true)),
            ("trafficLimit", json!(2)),
            ("trafficLimitFrequency", json!(1)),
            ("unitPrice", json!(5)),
            ("currency", json!("EUR")),
            ("applyToAllPortals", json!(false)),
            ("portals", portals),
            ("description", json!(null)),
            ("notOnThePage", json!(1)),
        ])
        .await;
    let codes = caller.omada().codes();
    caller.omada().mark_used(&group_id, &codes[1]);
    caller.sandbox.clock().advance(Duration::from_secs(90));
    let mut detail = caller.detail(&group_id, "").await;
    let rows = detail["data"].take();
    for (row, code) in rows.as_array().expect("rows").iter().zip(&codes) {
        let used = *code == codes[1];
        assert_eq!(row["id"].as_str().map(str::len), Some(24));
        let expected = json!({
            "id": row["id"],
            "code": code,
            "status": i64::from(used),
            "trafficUsed": 0,
            "trafficUnused": 2_097_152,
            "trafficLimit": 2,
            "trafficLimitFrequency": 1,
            "upLimit": 512,
            "startTime": if used { NOON_MILLIS } else { 0 },
            "endTime": 9_223_372_036_854_775_807_i64,
            "timeUsedSec": if used { 90 } else { 0 },
            "timeLeftSec": if used { 3510 } else { 3600 },
            "timingByClientUsage": false,
        });
        assert_eq!(*row, expected);
    }
    let expected = json!({
        "id": group_id,
        "name": "Lobby",
        "createdTime": NOON_MILLIS,
        "creatorName": "Open API",
        "limitType": 2,
        "durationType": 0,
        "duration": 60,
        "timingType": 0,
        "rateLimit": {
            "mode": 0,
            "customRateLimit": {"downLimitEnable": false, "upLimitEnable": true, "upLimit": 512},
        },
        "trafficLimitEnable": true,
        "trafficLimit": 2,
        "trafficLimitFrequency": 1,
        "unitPrice": "5",
        "currency": "EUR",
        "portalNames": ["Portal 2"],
        "applyToAllPortals": false,
        "unusedCount": 2,
        "usedCount": 1,
        "inUseCount": 1,
        "expiredCount": 0,
        "totalCount": 3,
        "unusedAmount": "10",
        "usedAmount": "5",
        "totalAmount": "15",
        "statisticsCount": {
            "totalUnusedCount": 2,
            "totalInUseCount": 1,
            "totalExpiredCount": 0,
            "totalStatisticsCount": 3,
        },
        "totalRows": 3,
        "currentPage": 1,
        "currentSize": 1000,
        "data": null,
    });
    assert_eq!(detail, expected);
}

fn custom_rate_limit(down: bool) -> Value {
    json!({"downLimitEnable": down, "downLimit": 256, "upLimitEnable": !down, "upLimit": 512})
}

#[tokio::test]
async fn leaves_out_what_a_group_does_not_have() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[("currency", json!("EUR"))]).await;
    let detail = caller.detail(&group_id, "").await;
    let money = ["unitPrice", "currency", "unusedAmount", "usedAmount", "totalAmount"];
    let optional = ["limitNum", "schedule", "portalNames", "portals", "trafficLimit", "logout"];
    for name in money.iter().chain(&optional) {
        assert_eq!(detail.get(name), None, "{name}");
    }
    let row = &detail["data"][0];
    for name in ["trafficUnused", "trafficLimit", "trafficLimitFrequency", "downLimit", "upLimit"] {
        assert_eq!(row.get(name), None, "{name}");
    }
    let by_usage = caller.create(&[("timingType", json!(1))]).await;
    let row = &caller.detail(&by_usage, "").await["data"][0];
    assert_eq!(row["timingByClientUsage"], true);
    assert_eq!((row.get("timeUsedSec"), row.get("timeLeftSec")), (None, None));
    let fast_down = caller.create(&[("rateLimit.customRateLimit", custom_rate_limit(true))]).await;
    let row = &caller.detail(&fast_down, "").await["data"][0];
    assert_eq!((&row["downLimit"], row.get("upLimit")), (&json!(256), None));
}

#[tokio::test]
async fn codes_lag_behind_their_group() {
    let mut caller = Caller::start().await;
    let lag = Duration::from_secs(3);
    caller.sandbox.clock().set_unix_millis(NOON_MILLIS);
    caller.omada().set_code_lag(lag);
    caller.sign_in().await;
    let group_id = caller.create(&[("amount", json!(2)), ("unitPrice", json!(5))]).await;
    assert_eq!(caller.omada().codes().len(), 2);
    for (ready, advance) in
        [(false, Duration::ZERO), (false, lag - Duration::from_millis(1)), (true, Duration::from_millis(1))]
    {
        caller.sandbox.clock().advance(advance);
        let detail = caller.detail(&group_id, "").await;
        let expected = if ready { 2 } else { 0 };
        assert_eq!(column(&detail, "code").len(), expected);
        assert_eq!(detail["totalRows"], expected);
        assert_eq!(detail["totalAmount"], if ready { "10" } else { "0" });
        assert_eq!(detail["duration"], 60);
    }
}

#[tokio::test]
async fn vouchers_end_with_the_validity_of_their_group() {
    let mut caller = Caller::start().await;
    caller.sandbox.clock().set_unix_millis(NOON_MILLIS);
    caller.sign_in().await;
    let validity = [
        ("validityType", json!(1)),
        ("effectiveTime", json!(NOON_MILLIS)),
        ("expirationTime", json!(NOON_MILLIS + 1000)),
    ];
    let group_id = caller.create(&validity).await;
    for (status, advance) in [(0, 999), (2, 1)] {
        caller.sandbox.clock().advance(Duration::from_millis(advance));
        assert_eq!(caller.detail(&group_id, "").await["data"][0]["status"], status);
    }
}
