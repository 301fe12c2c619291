use std::time::Duration;

use serde_json::{Value, json};

use crate::caller::{Caller, NOON_MILLIS};

const NOON: i64 = NOON_MILLIS / 1000;

/// Two groups with prices and one without, made at noon. Of each, one voucher is used at noon and
/// one a day later. The first group is deleted, and so is an unused voucher of the second.
async fn sold() -> (Caller, Vec<String>) {
    let caller = Caller::at_noon().await;
    let priced = |amount: i64, price: i64| {
        vec![("amount", json!(amount)), ("unitPrice", json!(price)), ("currency", json!("EUR"))]
    };
    let kind = [("amount", json!(4)), ("duration", json!(10)), ("durationType", json!(1))];
    let mut ids = Vec::new();
    for edits in [priced(2, 5), priced(3, 7), kind.to_vec()] {
        ids.push(caller.create(&edits).await);
    }
    let codes = caller.omada().codes();
    let firsts = [0, 2, 5];
    let mark = |offset: usize| {
        for (id, first) in ids.iter().zip(firsts) {
            caller.omada().mark_used(id, &codes[first + offset]);
        }
    };
    mark(0);
    caller.sandbox.clock().advance(Duration::from_secs(86_400));
    mark(1);
    caller.omada().delete_group(&ids[0]);
    caller.omada().delete_voucher(&ids[1], &codes[4]);
    (caller, ids)
}

fn member(count: i64, amount: &str, duration: i64, currency: bool) -> Value {
    let mut member = json!({"count": count, "amount": amount, "duration": duration});
    if currency {
        member["currency"] = json!("EUR");
    }
    member
}

#[tokio::test]
async fn the_summary_remembers_what_was_deleted() {
    let (caller, ids) = sold().await;
    let mut expected = json!({
        "created": member(9, "31", 340, true),
        "current": member(6, "14", 160, true),
        "unused": member(2, "0", 20, false),
        "expired": member(2, "7", 70, true),
        "inuse": member(2, "7", 70, true),
        "supportVoucherTrafficStat": true,
    });
    let path = "vouchers/statistics/summary";
    assert_eq!(*caller.get(path).await.result(), expected);
    let of_group = json!({
        "created": member(4, "0", 40, false),
        "current": member(4, "0", 40, false),
        "unused": member(2, "0", 20, false),
        "expired": member(1, "0", 10, false),
        "inuse": member(1, "0", 10, false),
        "supportVoucherTrafficStat": true,
    });
    assert_eq!(*caller.get(&format!("{path}/voucher-groups/{}", ids[2])).await.result(), of_group);
    caller.omada().set_controller_version("5.15.24.19");
    for name in ["expired", "inuse", "supportVoucherTrafficStat"] {
        expected.as_object_mut().expect("members").remove(name);
    }
    assert_eq!(*caller.get(path).await.result(), expected);
}

#[tokio::test]
async fn the_history_remembers_what_was_deleted() {
    let (caller, ids) = sold().await;
    let period = format!("filters.timeStart={NOON}&filters.timeEnd={NOON}");
    let path = "vouchers/statistics/history";
    let all = caller.get(&format!("{path}?{period}")).await.result().clone();
    assert_eq!(all["summary"], member(9, "31", 340, true));
    let one = caller.get(&format!("{path}/voucher-groups/{}?{period}", ids[1])).await.result().clone();
    assert_eq!((&one["summary"], &one["usage"][0]["count"]), (&member(3, "21", 180, true), &json!(3)));
}

#[tokio::test]
async fn distributions_count_what_was_used_in_the_period() {
    let (caller, ids) = sold().await;
    let price = |price: &str, count: i64, amount: &str| {
        let mut row = json!({"unitPrice": price, "usedCount": count, "totalAmount": amount});
        if price != "0" {
            row["currency"] = json!("EUR");
        }
        row
    };
    let duration = |minutes: i64, kind: i64, count: i64| json!({"duration": minutes, "durationType": kind, "usedCount": count, "totalDuration": minutes * count});
    let table = [
        (0, NOON - 1, vec![], vec![]),
        (
            NOON,
            NOON,
            vec![price("0", 1, "0"), price("5", 1, "5"), price("7", 1, "7")],
            vec![duration(10, 1, 1), duration(60, 0, 2)],
        ),
        (
            NOON,
            NOON + 86_400,
            vec![price("0", 2, "0"), price("5", 2, "10"), price("7", 2, "14")],
            vec![duration(10, 1, 2), duration(60, 0, 4)],
        ),
    ];
    let path = "vouchers/statistics/history/distribution";
    for (start, end, prices, durations) in table {
        for (kind, rows) in [("unit-price", prices), ("duration", durations)] {
            let query = format!("filters.timeStart={start}&filters.timeEnd={end}");
            let grid = caller.get(&format!("{path}/{kind}?{query}")).await.result().clone();
            let size = rows.len();
            assert_eq!(grid, json!({"totalRows": size, "currentPage": 1, "currentSize": size, "data": rows}));
        }
    }
    let query = format!("filters.timeStart=0&filters.timeEnd={}", NOON + 86_400);
    for (page, rows) in [(1, vec![price("7", 2, "14")]), (2, vec![])] {
        let path = format!("{path}/unit-price/voucher-groups/{}?{query}&page={page}&pageSize=1", ids[1]);
        let grid = caller.get(&path).await.result().clone();
        assert_eq!(grid, json!({"totalRows": 1, "currentPage": page, "currentSize": 1, "data": rows}));
    }
    let path = format!("{path}/duration/voucher-groups/{}?{query}&page=1&pageSize=5", ids[2]);
    assert_eq!(caller.get(&path).await.result()["data"], json!([duration(10, 1, 2)]));
}

#[tokio::test]
async fn statistics_refuse_wrong_periods_and_groups() {
    let (caller, ids) = sold().await;
    let kinds = ["history", "history/distribution/unit-price", "history/distribution/duration"];
    for path in kinds.map(|kind| format!("vouchers/statistics/{kind}")) {
        let hotspot = caller.hotspot(&path);
        caller.get(&format!("{path}?filters.timeStart=1")).await.assert_bad_request(&hotspot);
        caller.get(&format!("{path}?filters.timeEnd=1")).await.assert_bad_request(&hotspot);
        let backwards = caller.get(&format!("{path}?filters.timeStart=2&filters.timeEnd=1")).await;
        backwards.assert_refused(-1001, "filters.timeEnd");
    }
    let query = "filters.timeStart=1&filters.timeEnd=1&page=1&pageSize=1";
    for path in kinds.iter().chain(&["summary"]) {
        for id in [&ids[0], "unknown"] {
            let answer = caller.get(&format!("vouchers/statistics/{path}/voucher-groups/{id}?{query}")).await;
            answer.assert_refused(-1001, "groupId");
        }
    }
}
