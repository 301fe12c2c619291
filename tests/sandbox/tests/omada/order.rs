use hotspot_vouchers_sandbox::Order;
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, column};

#[tokio::test]
async fn unsorted_lists_can_be_in_another_order() {
    let caller = Caller::start().await;
    let mut groups = Vec::new();
    for name in ["b", "a", "c"] {
        groups.push(caller.create(&[("name", json!(name)), ("amount", json!(8))]).await);
    }
    for code in caller.omada().codes().iter().take(2) {
        caller.omada().mark_used(&groups[0], code);
    }
    let records = format!(
        "/openapi/v1/{}/sites/{}/hotspot/authed-records?page=1&pageSize=9",
        caller.omada().omadac_id(),
        caller.omada().site_id()
    );
    let read = async || {
        let groups = column(caller.get("voucher-groups?page=1&pageSize=9").await.result(), "name");
        let options = column(caller.get("voucher-group-options?page=1&pageSize=9").await.result(), "name");
        let codes = column(&caller.detail(&groups_id(&caller), "").await, "code");
        let guests = column(caller.send(Method::GET, &records, None).await.result(), "name");
        (groups, options, codes, guests)
    };
    let (groups_before, options_before, codes_before, guests_before) = read().await;
    assert_eq!(groups_before, ["b", "a", "c"]);
    caller.omada().set_order(Order::Reversed);
    let reversed = |rows: &[Value]| rows.iter().rev().cloned().collect::<Vec<_>>();
    let (groups, options, codes, guests) = read().await;
    assert_eq!((groups, options), (reversed(&groups_before), reversed(&options_before)));
    assert_eq!((codes, guests), (reversed(&codes_before), reversed(&guests_before)));
    let sorted = caller.get("voucher-groups?page=1&pageSize=9&sorts.name=asc").await.result().clone();
    assert_eq!(column(&sorted, "name"), ["a", "b", "c"]);
    caller.omada().set_order(Order::Shuffled { seed: 3 });
    let shuffled = read().await.2;
    assert!(shuffled != codes_before && shuffled != reversed(&codes_before));
    assert_eq!(read().await.2, shuffled);
}

fn groups_id(caller: &Caller) -> String {
    caller.omada().group_ids()[0].clone()
}

#[tokio::test]
async fn a_voucher_can_be_expired_by_hand() {
    let caller = Caller::start().await;
    let group = caller.create(&[("amount", json!(2))]).await;
    let codes = caller.omada().codes();
    caller.omada().expire(&group, &codes[0]);
    assert_eq!(column(&caller.detail(&group, "").await, "status"), [2, 0]);
    assert!(caller.omada().try_expire(&codes[1]) && caller.omada().try_mark_used(&codes[1]));
    assert_eq!(column(&caller.detail(&group, "").await, "status"), [2, 2]);
    assert!(!caller.omada().try_expire("nothing") && !caller.omada().try_mark_used("nothing"));
}
