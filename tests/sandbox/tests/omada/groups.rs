use std::time::Duration;

use serde_json::{Value, json};

use crate::caller::{Caller, NOON_MILLIS, UNREADABLE_PAGES, WRONG_PAGES, column};

#[tokio::test]
async fn a_row_has_counts_and_the_total_amount() {
    let caller = Caller::at_noon().await;
    let edits = [("name", json!("Lobby")), ("amount", json!(3)), ("unitPrice", json!(5)), ("currency", json!("EUR"))];
    let group_id = caller.create(&edits).await;
    caller.omada().mark_used(&group_id, &caller.omada().codes()[0]);
    let list = caller.get("voucher-groups?page=1&pageSize=10").await.result().clone();
    let expected = json!({
        "totalRows": 1,
        "currentPage": 1,
        "currentSize": 10,
        "data": [{
            "id": group_id,
            "name": "Lobby",
            "createdTime": NOON_MILLIS,
            "creatorName": "Open API",
            "limitType": 2,
            "durationType": 0,
            "duration": 60,
            "timingType": 0,
            "rateLimit": {"mode": 0, "customRateLimit": {"downLimitEnable": false, "upLimitEnable": false}},
            "trafficLimitEnable": false,
            "unitPrice": "5",
            "currency": "EUR",
            "applyToAllPortals": true,
            "unusedCount": 2,
            "usedCount": 1,
            "inUseCount": 1,
            "expiredCount": 0,
            "totalCount": 3,
            "totalAmount": "15",
        }],
    });
    assert_eq!(list, expected);
    caller.create(&[]).await;
    let list = caller.get("voucher-groups?page=2&pageSize=1").await.result().clone();
    assert_eq!((&list["totalRows"], list["data"][0].get("totalAmount")), (&json!(2), None));
}

#[tokio::test]
async fn searches_sorts_filters_and_pages() {
    let caller = Caller::at_noon().await;
    for name in ["Bar", "Attic", "Cellar bar"] {
        caller.create(&[("name", json!(name))]).await;
        caller.sandbox.clock().advance(Duration::from_millis(1));
    }
    let time = |offset: i64| NOON_MILLIS + offset;
    let table = [
        ("page=1&pageSize=1000".to_owned(), 3, vec!["Bar", "Attic", "Cellar bar"]),
        ("page=1&pageSize=2".to_owned(), 3, vec!["Bar", "Attic"]),
        ("page=2&pageSize=2".to_owned(), 3, vec!["Cellar bar"]),
        ("page=3&pageSize=2".to_owned(), 3, vec![]),
        ("page=1&pageSize=9&sorts.name=asc".to_owned(), 3, vec!["Attic", "Bar", "Cellar bar"]),
        ("page=1&pageSize=9&sorts.name=desc".to_owned(), 3, vec!["Cellar bar", "Bar", "Attic"]),
        ("page=1&pageSize=9&sorts.createTime=desc".to_owned(), 3, vec!["Cellar bar", "Attic", "Bar"]),
        ("page=1&pageSize=9&sorts.createTime=asc&sorts.name=asc".to_owned(), 3, vec!["Bar", "Attic", "Cellar bar"]),
        ("page=1&pageSize=9&sorts.name=asc&sorts.createTime=x".to_owned(), 3, vec!["Attic", "Bar", "Cellar bar"]),
        ("page=1&pageSize=9&searchKey=bar".to_owned(), 1, vec!["Cellar bar"]),
        ("page=1&pageSize=9&searchKey=".to_owned(), 3, vec!["Bar", "Attic", "Cellar bar"]),
        (format!("page=1&pageSize=9&filters.timeStart={}", time(1)), 2, vec!["Attic", "Cellar bar"]),
        (format!("page=1&pageSize=9&filters.timeEnd={}", time(1)), 2, vec!["Bar", "Attic"]),
        (format!("page=1&pageSize=9&filters.timeStart={0}&filters.timeEnd={0}", time(1)), 1, vec!["Attic"]),
        // Seconds, as the statistics take them, are long ago in milliseconds.
        (format!("page=1&pageSize=9&filters.timeEnd={}", time(1) / 1000), 0, vec![]),
    ];
    for (query, rows, names) in table {
        let list = caller.get(&format!("voucher-groups?{query}")).await.result().clone();
        assert_eq!(
            (column(&list, "name"), &list["totalRows"]),
            (names.into_iter().map(Value::from).collect(), &json!(rows))
        );
    }
}

#[tokio::test]
async fn paged_calls_refuse_a_wrong_page() {
    let caller = Caller::at_noon().await;
    let group_id = caller.create(&[]).await;
    let distribution = "vouchers/statistics/history/distribution";
    let period = "filters.timeStart=0&filters.timeEnd=1&";
    let calls = [
        ("voucher-groups".to_owned(), ""),
        ("voucher-group-options".to_owned(), ""),
        ("authed-records".to_owned(), ""),
        (format!("{distribution}/unit-price/voucher-groups/{group_id}"), period),
        (format!("{distribution}/duration/voucher-groups/{group_id}"), period),
    ];
    for (path, others) in calls {
        for query in UNREADABLE_PAGES {
            caller.get(&format!("{path}?{others}{query}")).await.assert_bad_request(&caller.hotspot(&path));
        }
        for (query, name) in WRONG_PAGES {
            caller.get(&format!("{path}?{others}{query}")).await.assert_refused(-1001, name);
        }
    }
    for (query, name) in [("sorts.name=up", "sorts.name"), ("sorts.createTime=", "sorts.createTime")] {
        caller.get(&format!("voucher-groups?page=1&pageSize=1&{query}")).await.assert_refused(-1001, name);
    }
    let unreadable = caller.get("voucher-groups?page=1&pageSize=1&filters.timeStart=today").await;
    unreadable.assert_bad_request(&caller.hotspot("voucher-groups"));
}

#[tokio::test]
async fn options_are_ids_and_names() {
    let caller = Caller::start().await;
    let ids = [caller.create(&[("name", json!("A"))]).await, caller.create(&[("name", json!("B"))]).await];
    assert_eq!(caller.omada().group_ids(), ids);
    let options = caller.get("voucher-group-options?page=2&pageSize=1").await.result().clone();
    let expected =
        json!({"totalRows": 2, "currentPage": 2, "currentSize": 1, "data": [{"groupId": ids[1], "name": "B"}]});
    assert_eq!(options, expected);
}

#[tokio::test]
async fn a_list_may_change_between_two_pages() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[("amount", json!(4))]).await;
    let other_id = caller.create(&[]).await;
    let codes = caller.omada().codes();
    let page = format!("voucher-groups/{group_id}?page=2&pageSize=2");
    caller.omada().delete_voucher(&group_id, &codes[0]);
    let detail = caller.get(&page).await.result().clone();
    assert_eq!((column(&detail, "code"), &detail["totalRows"]), (vec![json!(codes[3])], &json!(3)));
    caller.omada().delete_group(&group_id);
    caller.get(&page).await.assert_refused(-1001, "groupId");
    assert_eq!(caller.omada().group_ids(), [other_id]);
}
