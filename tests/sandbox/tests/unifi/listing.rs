use serde_json::{Value, json};

use crate::caller::{Caller, id, request};

#[tokio::test]
async fn pages_are_cut_and_say_so() {
    let caller = Caller::start().await;
    for count in [1000, 500] {
        caller.create(&request(&[("count", json!(count))])).await;
    }
    let codes = caller.unifi().codes();
    let table = [
        ("", 0, 100, 100),
        ("?limit=1000", 0, 1000, 1000),
        ("?limit=1001", 0, 1000, 1000),
        ("?limit=2147483647&offset=1000", 1000, 1000, 500),
        ("?limit=0", 0, 0, 0),
        ("?limit=7&offset=1495", 1495, 7, 5),
        ("?offset=1500", 1500, 100, 0),
        ("?offset=2147483647", 2_147_483_647, 100, 0),
        ("?limit=1&limit=2", 0, 1, 1),
        ("?limit=2&filter=expired.eq(false)&unknown=1", 0, 2, 2),
    ];
    for (query, offset, limit, count) in table {
        let answer = caller.get(&format!("{}{query}", caller.vouchers())).await;
        assert_eq!(answer.status, 200, "{query}: {answer:?}");
        let data = answer.body["data"].clone();
        let page = json!({"offset": offset, "limit": limit, "count": count, "totalCount": 1500, "data": data});
        assert_eq!(answer.body, page);
        let read: Vec<&Value> = data.as_array().expect("rows").iter().map(|row| &row["code"]).collect();
        let expected: Vec<&String> = codes.iter().skip(offset).take(count).collect();
        assert_eq!(read, expected, "{query}");
    }
}

#[tokio::test]
async fn refuses_what_is_no_number_and_what_is_negative() {
    let caller = Caller::start().await;
    let clients = format!("/v1/sites/{}/clients", caller.unifi().site_id());
    for path in [&caller.vouchers(), "/v1/sites", &clients] {
        for name in ["offset", "limit"] {
            for value in ["", "ten", "1.5", "2147483648", "99999999999999999999"] {
                let answer = caller.get(&format!("{path}?{name}={value}")).await;
                let message = format!("'{value}' is not a valid '{name}' value");
                answer.assert_refused(400, "api.request.argument-type-mismatch", &message);
            }
            let answer = caller.get(&format!("{path}?{name}=-1")).await;
            answer.assert_refused(400, "api.request.error", &format!("{name} must be greater than or equal to 0"));
        }
    }
}

#[tokio::test]
async fn rows_are_shown_as_by_themselves() {
    let caller = Caller::start().await;
    let created = caller.create(&request(&[("count", json!(3))])).await;
    let answer = caller.get(&caller.vouchers()).await;
    assert_eq!(answer.body["data"], json!(created));
}

#[tokio::test]
async fn rows_shift_between_two_pages() {
    let caller = Caller::start().await;
    let created = caller.create(&request(&[("count", json!(4))])).await;
    let ids: Vec<&str> = created.iter().map(id).collect();
    let gone = ids[0].to_owned();
    let unifi = caller.unifi();
    unifi.before_next_list(|_| {});
    unifi.before_next_list(move |unifi| unifi.delete_voucher(&gone));
    let page = |offset| format!("{}?limit=2&offset={offset}", caller.vouchers());
    assert_eq!(caller.column(&page(0), "id").await, ids[..2]);
    // The third voucher has moved to the first page, and whoever counts on misses it.
    assert_eq!(caller.column(&page(2), "id").await, ids[3..]);
    assert_eq!(caller.get(&page(0)).await.body["totalCount"], 3);
}

#[tokio::test]
async fn vouchers_of_older_consoles_break_the_ranges() {
    let caller = Caller::start().await;
    let fields = json!({"code": "01234", "timeLimitMinutes": 5_184_000});
    let legacy = caller.unifi().add_voucher(fields.as_object().expect("an object"));
    let plain = caller.unifi().add_voucher(&serde_json::Map::new());
    let shown = caller.show(&legacy).await.body;
    assert_eq!(
        [&shown["code"], &shown["name"], &shown["timeLimitMinutes"]],
        [&json!("01234"), &json!("Lobby"), &json!(5_184_000)]
    );
    assert_eq!(caller.show(&plain).await.body["timeLimitMinutes"], 60);
    assert_eq!(caller.unifi().codes()[0], "01234");
    assert_eq!(caller.unifi().codes()[1].len(), 10);
}
