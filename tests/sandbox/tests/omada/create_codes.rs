use std::collections::HashSet;

use serde_json::{Value, json};

use crate::caller::{Caller, group};

const CURRENCIES: &str = "AUD BIF BRL CAD CHF CLP CNY CZK DJF DKK EUR GBP GNF HKD HUF ILS INR JPY \
    KMF KRW MGA MXN MYR NOK NZD PHP PLN PYG RUB RWF SEK SGD THB TWD UGX USD VND VUV XAF XOF XPF";

type Allowed = fn(char) -> bool;

#[tokio::test]
async fn portals_must_be_named_and_exist() {
    let caller = Caller::start().await;
    let ids = caller.omada().portal_ids();
    let table = [
        (false, json!(null), -42036),
        (false, json!([]), -42036),
        (false, json!(["f".repeat(24)]), -42062),
        (false, json!([ids[0], "unknown"]), -42062),
        (false, json!([ids[1]]), 0),
        (false, json!(ids), 0),
        (true, json!([]), 0),
        (true, json!(["unknown"]), 0),
    ];
    for (all, portals, code) in table {
        let edits = [("applyToAllPortals", json!(all)), ("portals", portals)];
        assert_eq!(caller.post(&group(&edits)).await.code(), code, "{edits:?}");
    }
}

#[tokio::test]
async fn only_listed_currencies_are_sold_in() {
    for currency in CURRENCIES.split_whitespace() {
        Caller::start().await.create(&[("currency", json!(currency))]).await;
    }
    assert_eq!(CURRENCIES.split_whitespace().count(), 41);
    let caller = Caller::start().await;
    for currency in ["KES", "eur", "", "EURO"] {
        let answer = caller.post(&group(&[("currency", json!(currency))])).await;
        answer.assert_refused(-42060, "");
    }
    caller.create(&[("currency", json!("USD"))]).await;
    for currency in CURRENCIES.split_whitespace().filter(|currency| *currency != "USD") {
        let answer = caller.post(&group(&[("currency", json!(currency))])).await;
        answer.assert_refused(-42061, "");
    }
    caller.create(&[("currency", json!("USD"))]).await;
    caller.create(&[]).await;
}

#[tokio::test]
async fn validity_ends_within_1000_days() {
    let caller = Caller::start().await;
    let clock = caller.sandbox.clock();
    clock.set_unix_millis(clock.now_unix_millis());
    let limit = clock.now_unix_millis() + 1000 * 86_400_000;
    for (end, code) in [(limit, 0), (limit + 1, -42063), (i64::MAX, -42063), (1, 0)] {
        let edits = [("validityType", json!(1)), ("effectiveTime", json!(0)), ("expirationTime", json!(end))];
        assert_eq!(caller.post(&group(&edits)).await.code(), code, "{end}");
    }
}

#[tokio::test]
async fn the_rate_limit_profile_must_exist() {
    let caller = Caller::start().await;
    let known = caller.omada().rate_limit_profile_id();
    for (id, code) in [(known, 0), ("unknown", -33732), ("", -33732)] {
        let edits = [("rateLimit", json!({"mode": 1, "rateLimitProfileId": id}))];
        assert_eq!(caller.post(&group(&edits)).await.code(), code, "{id}");
    }
}

#[tokio::test]
async fn a_name_is_used_once() {
    let caller = Caller::start().await;
    caller.create(&[("name", json!("Lobby"))]).await;
    let again = caller.post(&group(&[("name", json!("Lobby"))])).await;
    again.assert_refused(-42059, "");
    caller.create(&[("name", json!("lobby"))]).await;
    assert_eq!(caller.omada().codes().len(), 2);
}

#[tokio::test]
async fn the_site_is_full_at_its_limit() {
    let caller = Caller::start().await;
    caller.omada().set_voucher_limit(5);
    caller.create(&[("amount", json!(3))]).await;
    let refused = caller.post(&group(&[("amount", json!(3))])).await;
    refused.assert_refused(-42010, "");
    caller.create(&[("amount", json!(2))]).await;
    caller.post(&group(&[])).await.assert_refused(-42010, "");
    caller.omada().set_voucher_limit(6);
    caller.create(&[]).await;
}

#[tokio::test]
async fn codes_have_the_form_that_was_asked_for() {
    let caller = Caller::start().await;
    let is_upper = |letter: char| letter.is_ascii_uppercase();
    let is_either = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let table: [(Value, Allowed); 3] =
        [(json!([0]), |letter| letter.is_ascii_digit()), (json!([1]), is_upper), (json!([1, 0]), is_either)];
    for (form, allowed) in table {
        for length in [6, 10] {
            let edits = [("codeForm", form.clone()), ("codeLength", json!(length)), ("amount", json!(500))];
            let group_id = caller.create(&edits).await;
            let detail = caller.detail(&group_id, "").await;
            let rows = detail["data"].as_array().expect("rows");
            let codes: Vec<&str> = rows.iter().filter_map(|row| row["code"].as_str()).collect();
            assert_eq!(codes.len(), 500);
            assert!(codes.iter().all(|code| code.len() == length && code.chars().all(allowed)));
            assert_eq!(codes[0].starts_with('0'), form != json!([1]));
        }
    }
    let codes = caller.omada().codes();
    assert_eq!((codes.len(), codes.iter().collect::<HashSet<_>>().len()), (3000, 3000));
}
