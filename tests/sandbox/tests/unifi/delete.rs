use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, id, request};

const GENERAL: &str = "api.request.error";

#[tokio::test]
async fn deletes_one_once() {
    let caller = Caller::start().await;
    let created = caller.create(&request(&[("count", json!(2))])).await;
    let path = format!("{}/{}", caller.vouchers(), id(&created[0]));
    let answer = caller.send(Method::DELETE, &path, None).await;
    assert_eq!((answer.status, answer.body), (200, json!({"vouchersDeleted": 1})));
    let gone = format!("There is no voucher {}", id(&created[0]));
    caller.send(Method::DELETE, &path, None).await.assert_refused(404, GENERAL, &gone);
    caller.show(id(&created[0])).await.assert_refused(404, GENERAL, &gone);
    let path = format!("{}/x", caller.vouchers());
    let answer = caller.send(Method::DELETE, &path, None).await;
    answer.assert_refused(400, "api.request.argument-type-mismatch", "'x' is not a valid 'voucherId' value");
    assert_eq!(json!(caller.unifi().codes()), json!([created[1]["code"]]));
}

#[tokio::test]
async fn deletes_what_the_filter_matches() {
    let caller = Caller::start().await;
    let created = caller.create(&request(&[("count", json!(5))])).await;
    caller.unifi().mark_used(id(&created[0]));
    let answer = caller.send(Method::DELETE, &caller.vouchers(), None).await;
    answer.assert_refused(400, GENERAL, "Required query parameter 'filter' is missing");
    let (first, second) = (id(&created[1]), id(&created[2]));
    for (filter, deleted, left) in [
        ("expired.eq(true)".to_owned(), 0, 5),
        (format!("id.in({first},{second})"), 2, 3),
        (format!("id.in({first},{second})"), 0, 3),
        ("authorizedGuestCount.eq(0)".to_owned(), 2, 1),
        ("name.like('*')".to_owned(), 1, 0),
    ] {
        let answer = caller.filtered(Method::DELETE, &filter).await;
        assert_eq!((answer.status, answer.body), (200, json!({"vouchersDeleted": deleted})), "{filter}");
        assert_eq!(caller.unifi().codes().len(), left);
    }
}

#[tokio::test]
async fn a_page_limit_does_not_limit_a_deletion() {
    let caller = Caller::start().await;
    caller.create(&request(&[("count", json!(300))])).await;
    let path = format!("{}?limit=1&offset=1&filter=expired.eq(false)", caller.vouchers());
    let answer = caller.send(Method::DELETE, &path, None).await;
    assert_eq!(answer.body, json!({"vouchersDeleted": 300}));
}
