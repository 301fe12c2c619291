use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, request, with_filter};

#[tokio::test]
async fn lists_the_default_site_and_those_that_were_added() {
    let caller = Caller::start().await;
    let default = json!({"id": caller.unifi().site_id(), "internalReference": "default", "name": "Default"});
    let page = json!({"offset": 0, "limit": 25, "count": 1, "totalCount": 1, "data": [default]});
    assert_eq!(caller.get("/v1/sites").await.body, page);
    let id = caller.unifi().add_site("k3x9", "Annex");
    let annex = json!({"id": id, "internalReference": "k3x9", "name": "Annex"});
    assert_eq!(caller.get("/v1/sites").await.body["data"], json!([default, annex]));
    assert_eq!(caller.get("/v1/sites?limit=1000&offset=1").await.body["limit"], 200);
    for (filter, expected) in [
        ("internalReference.eq('default')".to_owned(), json!(["Default"])),
        ("or(internalReference.eq('Annex'),name.eq('Annex'))".to_owned(), json!(["Annex"])),
        (format!("id.notIn({id})"), json!(["Default"])),
        ("name.in('Default', 'Annex')".to_owned(), json!(["Default", "Annex"])),
    ] {
        assert_eq!(json!(caller.column(&with_filter("/v1/sites", &filter), "name").await), expected, "{filter}");
    }
}

#[tokio::test]
async fn vouchers_belong_to_their_site() {
    let caller = Caller::start().await;
    let annex = format!("/v1/sites/{}/hotspot/vouchers", caller.unifi().add_site("k3x9", "Annex"));
    caller.create(&request(&[("name", json!("Lobby"))])).await;
    let answer = caller.send(Method::POST, &annex, Some(request(&[("name", json!("Bar"))]).to_string())).await;
    let voucher_id = answer.body["vouchers"][0]["id"].as_str().expect("an id");
    assert_eq!(caller.column(&caller.vouchers(), "name").await, ["Lobby"]);
    assert_eq!(caller.column(&annex, "name").await, ["Bar"]);
    assert_eq!(caller.unifi().codes().len(), 1);
    assert_eq!(caller.show(voucher_id).await.status, 404);
    caller.unifi().mark_used(voucher_id);
    assert_eq!(caller.column(&annex, "authorizedGuestCount").await, [1]);
    let answer = caller.send(Method::DELETE, &with_filter(&annex, "name.like('*')"), None).await;
    assert_eq!(answer.body, json!({"vouchersDeleted": 1}));
    assert_eq!(caller.unifi().codes().len(), 1);
}
