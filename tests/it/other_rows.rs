//! Responses to reads of one row by its id that hold another row.

use hotspot_vouchers::Error;
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers_sandbox::Canned;
use serde_json::{Value, json};

use crate::support::{World, group, vouchers};

fn reason<T: std::fmt::Debug, A: Refusal>(outcome: Result<T, Error<A>>) -> String {
    let error = outcome.expect_err("another row");
    assert!(matches!(error, Error::Unexpected(_)), "{error}");
    error.to_string()
}

#[tokio::test]
async fn a_row_with_another_id_is_not_taken_for_the_one_that_was_asked_for() {
    let world = World::start().await;
    let (omada, unifi) = (world.sandbox.omada(), world.sandbox.unifi());
    let (site, console) = (world.omada_site(), world.unifi_site());
    let [first, second] = [group("first"), group("second")];
    let first = site.create_voucher_group(&first).await.expect("a group");
    site.create_voucher_group(&second).await.expect("a group");
    let books = omada.books();
    let result = |result: Value| Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": result}));
    let other = books[1].group.as_ref().expect("a group").id.clone();
    let codes: Vec<_> = books[1].vouchers.iter().map(|it| json!({"id": it.id, "code": it.code, "status": 0})).collect();
    let page =
        json!({"id": other, "name": "second", "totalRows": 3, "currentPage": 1, "currentSize": 3, "data": codes});

    // The count is right, and then come the codes of somebody else.
    let query = hotspot_vouchers::omada::VoucherGroupQuery::full_pages().build();
    omada.answer_next(result(page.clone()));
    let told = reason(site.voucher_group(&first, &query).await);
    omada.answer_next(result(page));
    let waited = site.codes_of_group(&first, 3, std::time::Duration::from_secs(5)).await;
    assert_eq!(reason(waited), told);
    let id = hotspot_vouchers::omada::VoucherId::new(&books[0].vouchers[0].id).expect("an id");
    let row = json!({"id": books[1].vouchers[0].id, "code": books[1].vouchers[0].code});
    omada.answer_next(result(row));
    let single = reason(site.voucher(&id).await);

    let created = console.create_vouchers(&vouchers("Lobby")).await.expect("vouchers");
    let guest = unifi.add_guest("02:00:00:00:00:01").parse().expect("an id");
    let row = |id: &str| json!({"id": id, "code": "0123456789", "name": "Lobby", "type": "WIRELESS"});
    unifi.answer_next(Canned::status(200).json(row(&created[1].id.to_string())));
    let voucher = reason(console.voucher(created[0].id).await);
    unifi.answer_next(Canned::status(200).json(row(&created[1].id.to_string())));
    let client = reason(console.client(guest).await);
    insta::assert_snapshot!([told, single, voucher, client].join("\n"));

    // An id in capital letters is the same id, and one that is missing says nothing.
    for id in [Value::Null, json!(id.as_str().to_uppercase())] {
        omada.answer_next(result(json!({"id": id, "code": "12345678"})));
        site.voucher(&hotspot_vouchers::omada::VoucherId::new(&books[0].vouchers[0].id).expect("an id"))
            .await
            .expect("a voucher");
    }
}
