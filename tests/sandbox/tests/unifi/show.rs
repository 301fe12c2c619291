use std::time::Duration;

use serde_json::json;

use crate::caller::{Caller, request};

#[tokio::test]
async fn shows_a_voucher_without_an_envelope() {
    let caller = Caller::start().await;
    let created = caller.create(&request(&[("count", json!(2))])).await;
    for voucher in &created {
        let id = voucher["id"].as_str().expect("an id");
        for id in [id.to_owned(), id.to_uppercase()] {
            let answer = caller.show(&id).await;
            assert_eq!((answer.status, &answer.body), (200, voucher));
        }
    }
}

#[tokio::test]
async fn the_first_guest_starts_the_time() {
    let caller = Caller::start().await;
    let clock = caller.sandbox.clock();
    clock.set_unix_millis(1_767_268_800_000);
    let created = caller.create(&request(&[])).await;
    let id = created[0]["id"].as_str().expect("an id");
    clock.advance(Duration::from_secs(1));
    caller.unifi().mark_used(id);
    clock.advance(Duration::from_secs(60 * 60 - 1));
    caller.unifi().mark_used(id);
    for expired in [false, true] {
        let voucher = caller.show(id).await.body;
        assert_eq!(voucher["authorizedGuestCount"], 2);
        assert_eq!(voucher["activatedAt"], "2026-01-01T12:00:01Z");
        assert_eq!(voucher["expiresAt"], "2026-01-01T13:00:01Z");
        assert_eq!(voucher["expired"], expired);
        clock.advance(Duration::from_secs(1));
    }
}
