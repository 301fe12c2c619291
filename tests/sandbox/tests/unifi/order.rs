use std::collections::BTreeSet;

use hotspot_vouchers_sandbox::{Order, Sandbox};
use serde_json::{Value, json};

use crate::caller::{Caller, request};

async fn codes(caller: &Caller, query: &str) -> Vec<Value> {
    caller.column(&format!("{}{query}", caller.vouchers()), "code").await
}

#[tokio::test]
async fn lists_can_be_in_another_order() {
    let caller = Caller::start().await;
    caller.create(&request(&[("count", json!(9))])).await;
    let created = codes(&caller, "").await;
    assert_eq!(created, caller.unifi().codes());
    caller.unifi().set_order(Order::Reversed);
    let reversed: Vec<Value> = created.iter().rev().cloned().collect();
    assert_eq!(codes(&caller, "").await, reversed);
    caller.unifi().set_order(Order::Shuffled { seed: 1 });
    let shuffled = codes(&caller, "").await;
    assert!(shuffled != created && shuffled != reversed);
    let pages = [
        codes(&caller, "?limit=4").await,
        codes(&caller, "?limit=4&offset=4").await,
        codes(&caller, "?offset=8").await,
    ];
    assert_eq!(pages.concat(), shuffled);
    caller.unifi().set_order(Order::Shuffled { seed: 2 });
    let other = codes(&caller, "").await;
    assert_ne!(other, shuffled);
    let sorted = |codes: &[Value]| codes.iter().map(Value::to_string).collect::<BTreeSet<_>>();
    assert_eq!(sorted(&other), sorted(&created));
}

#[tokio::test]
async fn the_order_is_that_of_every_list_and_can_be_chosen_before() {
    let sandbox = Sandbox::builder().order(Order::Reversed).start().await.expect("a sandbox");
    let unifi = sandbox.unifi();
    let (site, first) = (unifi.add_site("beach", "Beach"), unifi.add_guest("aa:bb:cc:dd:ee:01"));
    let second = unifi.add_guest("aa:bb:cc:dd:ee:02");
    let api = format!("{}/proxy/network/integration/v1/sites", unifi.url());
    for (url, ids) in [
        (api.clone(), [&site, unifi.site_id()]),
        (format!("{api}/{}/clients", unifi.site_id()), [second.as_str(), first.as_str()]),
    ] {
        let request = reqwest::Client::new().get(url).header("X-API-Key", unifi.api_key());
        let page: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        let shown: Vec<&Value> = page["data"].as_array().expect("rows").iter().map(|row| &row["id"]).collect();
        assert_eq!(shown, ids);
    }
}
