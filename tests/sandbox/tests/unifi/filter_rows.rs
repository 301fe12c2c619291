use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, id, request};

/// Four vouchers, one hour apart: `a` is plain, `b` has every limit, `c` is in use, `d` has expired.
async fn four_vouchers() -> (Caller, Vec<Value>) {
    let caller = Caller::start().await;
    let clock = caller.sandbox.clock();
    clock.set_unix_millis(1_767_268_800_000);
    let limits = ["authorizedGuestLimit", "dataUsageLimitMBytes", "rxRateLimitKbps", "txRateLimitKbps"];
    let limits = limits.map(|name| (name, json!(5)));
    let mut vouchers = Vec::new();
    for (name, edits) in [("a", &[][..]), ("b", &limits), ("c", &[]), ("d", &[])] {
        let edits: Vec<_> = edits.iter().cloned().chain([("name", json!(name))]).collect();
        vouchers.extend(caller.create(&request(&edits)).await);
        clock.advance(Duration::from_secs(3600));
    }
    caller.unifi().mark_used(id(&vouchers[2]));
    caller.unifi().mark_used(id(&vouchers[2]));
    caller.unifi().expire(id(&vouchers[3]));
    (caller, vouchers)
}

#[tokio::test]
async fn filters_by_what_is_shown() {
    let (caller, vouchers) = four_vouchers().await;
    let (first_id, second_id) = (id(&vouchers[0]), id(&vouchers[1]).to_uppercase());
    let code = vouchers[2]["code"].as_str().expect("a code");
    let table = [
        (format!("id.eq({first_id})"), "a"),
        (format!("id.ne({first_id})"), "bcd"),
        (format!("id.in({first_id}, {second_id})"), "ab"),
        (format!("id.notIn({first_id},{second_id})"), "cd"),
        (format!("code.eq('{code}')"), "c"),
        (format!("code.ne('{code}')"), "abd"),
        (format!("code.notIn('{code}', 'x')"), "abd"),
    ];
    let fixed = [
        ("name.like('.')", "abcd"),
        ("name.like('')", ""),
        ("name.like('A')", ""),
        ("name.eq('b')", "b"),
        ("name.in('d', 'a', 'x')", "ad"),
        ("createdAt.eq(2026-01-01T13:00:00Z)", "b"),
        ("createdAt.ne(2026-01-01T13:00:00Z)", "acd"),
        ("createdAt.gt(2026-01-01T13:00:00Z)", "cd"),
        ("createdAt.ge(2026-01-01T13:00:00Z)", "bcd"),
        ("createdAt.lt(2026-01-01T14:00:00+01:00)", "a"),
        ("createdAt.le(2026-01-01T13:00:00.5Z)", "ab"),
        ("createdAt.lt(2026-01-01)", ""),
        ("createdAt.lt(2026-01-02)", "abcd"),
        ("authorizedGuestLimit.isNull()", "acd"),
        ("authorizedGuestLimit.isNotNull()", "b"),
        ("dataUsageLimitMBytes.eq(5)", "b"),
        ("rxRateLimitKbps.ge(5)", "b"),
        ("txRateLimitKbps.gt(5)", ""),
        // An absent value is neither equal nor unequal.
        ("authorizedGuestLimit.eq(6)", ""),
        ("authorizedGuestLimit.ne(6)", "b"),
        ("not(authorizedGuestLimit.eq(5))", "acd"),
        ("authorizedGuestCount.eq(0)", "abd"),
        ("authorizedGuestCount.gt(1)", "c"),
        ("activatedAt.ge(2026-01-01)", "c"),
        ("activatedAt.ne(2026-01-01)", "c"),
        ("expiresAt.gt(2026-01-01T16:00:00Z)", "c"),
        ("expiresAt.le(2026-01-01T16:00:00Z)", "d"),
        ("expired.eq(true)", "d"),
        ("expired.ne(true)", "abc"),
        ("timeLimitMinutes.le(60)", "abcd"),
        ("timeLimitMinutes.lt(60)", ""),
        ("and(expired.eq(false), authorizedGuestCount.eq(0), name.ne('a'))", "b"),
        ("or(expired.eq(true), authorizedGuestCount.gt(0))", "cd"),
        ("not(or(expired.eq(true), and(name.like('*'), authorizedGuestCount.gt(0))))", "ab"),
    ];
    let fixed = fixed.map(|(filter, names)| (filter.to_owned(), names));
    for (filter, names) in table.into_iter().chain(fixed) {
        let answer = caller.filtered(Method::GET, &filter).await;
        assert_eq!(answer.body["totalCount"], names.len(), "{filter}: {answer:?}");
        let rows = answer.body["data"].as_array().expect("rows");
        let found: String = rows.iter().filter_map(|row| row["name"].as_str()).collect();
        assert_eq!(found, names, "{filter}");
    }
}

#[tokio::test]
async fn raw_and_encoded_filters_are_the_same() {
    let (caller, _) = four_vouchers().await;
    for filter in ["expired.eq(true)", "expired.eq%28true%29", "expired.eq(true)&filter=name.like('*')"] {
        let names = caller.column(&format!("{}?filter={filter}", caller.vouchers()), "name").await;
        assert_eq!(names, ["d"], "{filter}");
    }
}
