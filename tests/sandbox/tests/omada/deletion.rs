use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, NOON_MILLIS, column, column_of};

/// Three groups a second apart. Each has an unused voucher, one in use and an expired one, in the
/// order of their codes.
async fn three_groups() -> (Caller, Vec<String>, Vec<String>) {
    let caller = Caller::at_noon().await;
    for name in ["Attic", "Bar", "Cellar bar"] {
        caller.create(&[("name", json!(name)), ("amount", json!(3)), ("duration", json!(60))]).await;
        caller.sandbox.clock().advance(Duration::from_secs(1));
    }
    let (ids, codes) = (caller.omada().group_ids(), caller.omada().codes());
    let mark = |place: usize| {
        for (id, codes) in ids.iter().zip(codes.chunks(3)) {
            caller.omada().mark_used(id, &codes[place]);
        }
    };
    mark(2);
    caller.sandbox.clock().advance(Duration::from_secs(3600));
    mark(1);
    (caller, ids, codes)
}

fn places(codes: &[String], left: &[String]) -> Vec<usize> {
    (0..codes.len()).filter(|place| left.contains(&codes[*place])).collect()
}

/// Which groups a selection means, by their place.
fn selections(ids: &[String], codes: &[String]) -> Vec<(Value, Vec<usize>)> {
    vec![
        (json!({"type": 0}), vec![0, 1, 2]),
        (json!({"type": 0, "groupIds": null}), vec![0, 1, 2]),
        (json!({"type": 1, "groupIds": []}), vec![]),
        (json!({"type": 1, "groupIds": [ids[2], ids[0], "unknown"]}), vec![0, 2]),
        (json!({"type": 2, "groupIds": [ids[1]]}), vec![0, 2]),
        (json!({"type": 2, "groupIds": []}), vec![0, 1, 2]),
        (json!({"type": 0, "searchKey": "bar"}), vec![2]),
        (json!({"type": 0, "searchKey": codes[4]}), vec![1]),
        (json!({"type": 2, "groupIds": [ids[2]], "searchKey": "bar"}), vec![]),
        (json!({"type": 0, "timeStart": NOON_MILLIS + 1000}), vec![1, 2]),
        (json!({"type": 0, "timeStart": NOON_MILLIS + 1001}), vec![2]),
    ]
}

#[tokio::test]
async fn a_deleted_group_is_gone_with_its_vouchers() {
    let (caller, ids, codes) = three_groups().await;
    caller.delete(&format!("voucher-groups/{}", ids[1])).await.assert_done();
    assert_eq!(caller.omada().group_ids(), [ids[0].clone(), ids[2].clone()]);
    assert_eq!(places(&codes, &caller.omada().codes()), [0, 1, 2, 6, 7, 8]);
    caller.delete(&format!("voucher-groups/{}", ids[1])).await.assert_refused(-1001, "groupId");
    // The name is free again, and so is the room.
    caller.omada().set_voucher_limit(7);
    caller.create(&[("name", json!("Bar"))]).await;
}

#[tokio::test]
async fn a_selection_of_groups_is_deleted() {
    let count = selections(&vec![String::new(); 3], &vec![String::new(); 9]).len();
    for row in 0..count {
        let (caller, ids, codes) = three_groups().await;
        let (selection, chosen) = selections(&ids, &codes).swap_remove(row);
        caller.send_json(Method::POST, "voucher-groups/batch/delete", &selection).await.assert_done();
        let left: Vec<String> = (0..3).filter(|it| !chosen.contains(it)).map(|it| ids[it].clone()).collect();
        assert_eq!(caller.omada().group_ids(), left, "{selection}");
    }
}

#[tokio::test]
async fn clearing_takes_the_expired_and_keeps_the_group() {
    let (caller, ids, codes) = three_groups().await;
    caller.delete(&format!("voucher-groups/{}/clear-invalid", ids[1])).await.assert_done();
    assert_eq!(places(&codes, &caller.omada().codes()), [0, 1, 2, 3, 4, 6, 7, 8]);
    caller.delete("voucher-groups/unknown/clear-invalid").await.assert_refused(-1001, "groupId");
    let all_but_first = json!({"type": 2, "groupIds": [ids[0]]});
    caller.send_json(Method::POST, "voucher-groups/batch/clear-invalid", &all_but_first).await.assert_done();
    assert_eq!(places(&codes, &caller.omada().codes()), [0, 1, 2, 3, 4, 6, 7]);
    caller.sandbox.clock().advance(Duration::from_secs(3600));
    caller.send_json(Method::POST, "voucher-groups/batch/clear-invalid", &json!({"type": 0})).await.assert_done();
    assert_eq!(places(&codes, &caller.omada().codes()), [0, 3, 6]);
    assert_eq!(caller.omada().group_ids(), ids);
}

#[tokio::test]
async fn unused_vouchers_are_printed() {
    let (caller, ids, codes) = three_groups().await;
    let one = caller.get(&format!("voucher-groups/{}/print-unused", ids[1])).await;
    assert_eq!(column_of(one.result(), "code"), [json!(codes[3])]);
    caller.get("voucher-groups/unknown/print-unused").await.assert_refused(-1001, "groupId");
    for (selection, chosen) in selections(&ids, &codes) {
        let answer = caller.send_json(Method::POST, "voucher-groups/batch/print-unused", &selection).await;
        let expected: Vec<Value> = chosen.into_iter().map(|it| json!(codes[it * 3])).collect();
        assert_eq!(column_of(answer.result(), "code"), expected, "{selection}");
    }
}

#[tokio::test]
async fn a_voucher_is_deleted_by_its_id() {
    let (caller, ids, codes) = three_groups().await;
    let rows = column(&caller.detail(&ids[1], "").await, "id");
    let path = format!("vouchers/{}", rows[1].as_str().expect("an id"));
    caller.delete(&path).await.assert_done();
    assert_eq!(places(&codes, &caller.omada().codes()), [0, 1, 2, 3, 5, 6, 7, 8]);
    caller.delete(&path).await.assert_refused(-1001, "id");
    caller.get(&path).await.assert_refused(-1001, "id");
}

#[tokio::test]
async fn a_selection_of_vouchers_is_printed_or_deleted() {
    let table = |ids: &[Value], codes: &[String]| {
        vec![
            (json!({"type": 0}), vec![3, 4, 5]),
            (json!({"type": 0, "status": 0}), vec![3]),
            (json!({"type": 0, "status": 1}), vec![4]),
            (json!({"type": 0, "status": 2}), vec![5]),
            (json!({"type": 1, "ids": [ids[2], ids[0], "unknown"]}), vec![3, 5]),
            (json!({"type": 1, "ids": [ids[2]], "status": 0}), vec![]),
            (json!({"type": 1, "ids": []}), vec![]),
            (json!({"type": 2, "ids": [ids[0]]}), vec![4, 5]),
            (json!({"type": 0, "searchKey": codes[4]}), vec![4]),
            (json!({"type": 2, "ids": [], "searchKey": "none"}), vec![]),
        ]
    };
    let rows = table(&[json!(0), json!(0), json!(0)], &vec![String::new(); 9]).len();
    for row in 0..rows {
        let (caller, group_ids, codes) = three_groups().await;
        let ids = column(&caller.detail(&group_ids[1], "").await, "id");
        let (mut selection, chosen) = table(&ids, &codes).swap_remove(row);
        selection["groupId"] = json!(group_ids[1]);
        let printed = caller.send_json(Method::POST, "vouchers/batch/print", &selection).await;
        let expected: Vec<Value> = chosen.iter().map(|place| json!(codes[*place])).collect();
        assert_eq!(column_of(printed.result(), "code"), expected, "{selection}");
        caller.send_json(Method::POST, "vouchers/batch/delete", &selection).await.assert_done();
        let left: Vec<usize> = (0..9).filter(|place| !chosen.contains(place)).collect();
        assert_eq!(places(&codes, &caller.omada().codes()), left, "{selection}");
    }
}

#[tokio::test]
async fn refuses_a_wrong_selection() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[]).await;
    let groups = ["delete", "clear-invalid", "print-unused"].map(|call| format!("voucher-groups/batch/{call}"));
    let vouchers = ["delete", "print"].map(|call| format!("vouchers/batch/{call}"));
    let wrong_groups = [
        (json!({}), "type"),
        (json!({"type": 3}), "type"),
        (json!({"type": "0"}), "type"),
        (json!({"type": 1}), "groupIds"),
        (json!({"type": 2}), "groupIds"),
        (json!({"type": 0, "groupIds": []}), "groupIds"),
        (json!({"type": 1, "groupIds": [1]}), "groupIds[0]"),
        (json!({"type": 0, "searchKey": 1}), "searchKey"),
        (json!({"type": 0, "timeStart": "1"}), "timeStart"),
    ];
    let wrong_vouchers = [
        (json!({"groupId": group_id}), "type"),
        (json!({"type": 0}), "groupId"),
        (json!({"type": 0, "groupId": "unknown"}), "groupId"),
        (json!({"type": 0, "groupId": group_id, "ids": []}), "ids"),
        (json!({"type": 1, "groupId": group_id}), "ids"),
        (json!({"type": 2, "groupId": group_id}), "ids"),
        (json!({"type": 0, "groupId": group_id, "status": 3}), "status"),
    ];
    for (paths, wrong) in [(&groups[..], &wrong_groups[..]), (&vouchers[..], &wrong_vouchers[..])] {
        for path in paths {
            for (selection, name) in wrong {
                caller.send_json(Method::POST, path, selection).await.assert_refused(-1001, name);
            }
            caller.send(Method::POST, &caller.hotspot(path), None).await.assert_bad_request(&caller.hotspot(path));
        }
    }
    assert_eq!(caller.omada().codes().len(), 1);
}
