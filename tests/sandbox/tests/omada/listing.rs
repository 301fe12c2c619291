use std::time::Duration;

use serde_json::json;

use crate::caller::{Caller, NOON_MILLIS, column};

#[tokio::test]
async fn pages_end_where_the_rows_do() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[("amount", json!(2500))]).await;
    let codes = caller.omada().codes();
    let mut read = Vec::new();
    for (page, rows) in [(1, 1000), (2, 1000), (3, 500), (4, 0), (i32::MAX, 0)] {
        let path = format!("voucher-groups/{group_id}?page={page}&pageSize=1000");
        let detail = caller.get(&path).await.result().clone();
        assert_eq!(column(&detail, "code").len(), rows);
        assert_eq!(detail["totalRows"], 2500);
        assert_eq!((&detail["currentPage"], &detail["currentSize"]), (&json!(page), &json!(1000)));
        read.extend(column(&detail, "code"));
    }
    assert_eq!(read, codes);
}

#[tokio::test]
async fn searches_sorts_and_filters() {
    let mut caller = Caller::start().await;
    caller.sandbox.clock().set_unix_millis(NOON_MILLIS);
    caller.sign_in().await;
    let edits = [("amount", json!(4)), ("unitPrice", json!(5)), ("durationType", json!(1))];
    let group_id = caller.create(&edits).await;
    let codes = caller.omada().codes();
    caller.omada().mark_used(&group_id, &codes[0]);
    caller.sandbox.clock().advance(Duration::from_secs(3600));
    caller.omada().mark_used(&group_id, &codes[1]);
    // A second guest does not start a voucher again.
    caller.omada().mark_used(&group_id, &codes[0]);
    let mut ascending = codes.clone();
    ascending.sort();
    let descending: Vec<String> = ascending.iter().rev().cloned().collect();
    let part = &codes[2][1..];
    let table = [
        (String::new(), codes.clone()),
        ("&sorts.code=asc".to_owned(), ascending.clone()),
        ("&sorts.code=desc".to_owned(), descending),
        ("&sorts.code=asc&sorts.code=desc".to_owned(), ascending),
        ("&filters.status=0".to_owned(), codes[2..].to_vec()),
        ("&filters.status=1".to_owned(), codes[1..2].to_vec()),
        ("&filters.status=2".to_owned(), codes[..1].to_vec()),
        (format!("&searchKey={part}"), codes[2..3].to_vec()),
        (format!("&searchKey={part}&filters.status=1"), vec![]),
        ("&searchKey=".to_owned(), codes.clone()),
        ("&searchKey=none".to_owned(), vec![]),
    ];
    for (query, expected) in table {
        let detail = caller.detail(&group_id, &query).await;
        assert_eq!(column(&detail, "code"), expected, "{query}");
        assert_eq!(detail["totalRows"], expected.len());
        let statistics = json!({
            "totalUnusedCount": 2,
            "totalInUseCount": 1,
            "totalExpiredCount": 1,
            "totalStatisticsCount": 4,
        });
        assert_eq!(detail["statisticsCount"], statistics);
        let amounts = ["unusedAmount", "usedAmount", "totalAmount"].map(|name| &detail[name]);
        assert_eq!(amounts, ["10", "10", "20"]);
    }
    let found = caller.detail(&group_id, &format!("&searchKey={part}")).await;
    let counters = ["unusedCount", "usedCount", "inUseCount", "expiredCount", "totalCount"].map(|it| &found[it]);
    assert_eq!(counters, [1, 0, 0, 0, 1]);
}

#[tokio::test]
async fn refuses_a_wrong_listing() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[]).await;
    let path = caller.hotspot(&format!("voucher-groups/{group_id}"));
    for query in [
        "",
        "page=1",
        "pageSize=1",
        "page=&pageSize=1",
        "page=one&pageSize=1",
        "page=1&pageSize=1.5",
        "page=1&pageSize=2147483648",
    ] {
        let answer = caller.get(&format!("voucher-groups/{group_id}?{query}")).await;
        answer.assert_bad_request(&path);
    }
    for (query, name) in [
        ("page=0&pageSize=1", "page"),
        ("page=-1&pageSize=1", "page"),
        ("page=1&pageSize=0", "pageSize"),
        ("page=1&pageSize=1001", "pageSize"),
        ("page=1&pageSize=1&sorts.code=up", "sorts.code"),
        ("page=1&pageSize=1&sorts.code=", "sorts.code"),
        ("page=1&pageSize=1&filters.status=3", "filters.status"),
        ("page=1&pageSize=1&filters.status=-1", "filters.status"),
        ("page=1&pageSize=1&filters.status=used", "filters.status"),
    ] {
        let answer = caller.get(&format!("voucher-groups/{group_id}?{query}")).await;
        answer.assert_refused(-1001, name);
    }
    for unknown in ["x", &"f".repeat(24)] {
        let answer = caller.get(&format!("voucher-groups/{unknown}?page=1&pageSize=1")).await;
        answer.assert_refused(-1001, "groupId");
    }
}
