//! Filters of UniFi: every function that the vendor allows on every property, and what the sandbox's own parser makes of it.

use std::fmt::Write;

use hotspot_vouchers::unifi::{Filter, Pattern, SiteOverview, Timestamp, Uuid, Voucher, VoucherQuery};
use hotspot_vouchers::{Error, VoucherCode};
use hotspot_vouchers_sandbox::check_filter;
use proptest::prelude::*;

use crate::support::World;

fn moment() -> Timestamp {
    "2026-11-20T12:39:11Z".parse().expect("a moment")
}

/// Each property with each of its functions.
fn allowed() -> Vec<Filter<Voucher>> {
    let (id, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let code = VoucherCode::from("0123456789");
    let mut filters = vec![
        Voucher::ID.eq(id),
        Voucher::ID.ne(id),
        Voucher::ID.is_in([id, other]).expect("ids"),
        Voucher::ID.not_in([id]).expect("ids"),
        Voucher::NAME.eq("it's"),
        Voucher::NAME.ne(String::from("a")),
        Voucher::NAME.is_in(["a", "b, c", "'"]).expect("names"),
        Voucher::NAME.not_in(["a)"]).expect("names"),
        Voucher::NAME.like(Pattern::starts_with("Lobby 1.2*")),
        Voucher::NAME.like(Pattern::ends_with("'s \\")),
        Voucher::NAME.like(Pattern::contains("x")),
        Voucher::NAME.like(Pattern::raw("gu.st*")),
        Voucher::CODE.eq(&code),
        Voucher::CODE.ne(code),
        Voucher::CODE.is_in(["0123456789"]).expect("codes"),
        Voucher::CODE.not_in(["0123456789", "1"]).expect("codes"),
        Voucher::EXPIRED.eq(true),
        Voucher::EXPIRED.ne(false),
    ];
    for property in [Voucher::CREATED_AT, Voucher::ACTIVATED_AT, Voucher::EXPIRES_AT] {
        let now = moment();
        filters.extend([
            property.eq(now),
            property.ne(now),
            property.gt(now),
            property.ge(now),
            property.lt(now),
            property.le(now),
        ]);
    }
    for property in [Voucher::AUTHORIZED_GUEST_COUNT, Voucher::TIME_LIMIT_MINUTES] {
        filters.extend([
            property.eq(0),
            property.ne(1),
            property.gt(2),
            property.ge(3),
            property.lt(4),
            property.le(u64::MAX / 2),
        ]);
    }
    for property in [
        Voucher::AUTHORIZED_GUEST_LIMIT,
        Voucher::DATA_USAGE_LIMIT_MBYTES,
        Voucher::RX_RATE_LIMIT_KBPS,
        Voucher::TX_RATE_LIMIT_KBPS,
    ] {
        filters.extend([property.is_null(), property.is_not_null()]);
        filters.extend([
            property.eq(0),
            property.ne(1),
            property.gt(2),
            property.ge(3),
            property.lt(4),
            property.le(5),
        ]);
    }
    filters
}

#[test]
fn the_texts_are_the_vendors() {
    let mut texts = String::new();
    for filter in allowed() {
        assert_eq!(check_filter(&filter.to_string()), Ok(()), "{filter}");
        writeln!(texts, "{filter}").expect("text");
    }
    let [a, b, c] = [1, 2, 3].map(|number| Voucher::TIME_LIMIT_MINUTES.eq(number));
    let combined = [
        a.clone().and(b.clone()),
        a.clone().and(b.clone()).and(c.clone()),
        a.clone().and(b.clone().and(c.clone())),
        a.clone().or(b.clone()).or(c.clone()),
        a.clone().or(b.clone()).and(c.clone()),
        !a.clone(),
        !!a.clone().and(!b.clone()),
    ];
    for filter in combined {
        assert_eq!(check_filter(&filter.to_string()), Ok(()), "{filter}");
        writeln!(texts, "{filter}").expect("text");
    }
    let site = SiteOverview::NAME
        .eq("Default")
        .or(SiteOverview::INTERNAL_REFERENCE.ne("x"))
        .or(SiteOverview::ID.eq(Uuid::nil()));
    writeln!(texts, "{site}").expect("text");
    insta::assert_snapshot!("filters", texts);
}

#[test]
fn nothing_in_particular_is_no_filter() {
    let none: [Uuid; 0] = [];
    assert_eq!(
        Voucher::ID.is_in(none).map_err(|error| error.to_string()),
        Err("`id.in` has no values: give at least one".to_owned())
    );
    assert!(Voucher::ID.not_in(none).is_err());
    for text in ["", " ", "\n"] {
        assert!(Filter::<Voucher>::raw(text).is_err());
    }
    assert_eq!(
        Filter::<Voucher>::raw("expired.eq(true)").map(|filter| filter.to_string()),
        Ok("expired.eq(true)".to_owned())
    );
}

#[test]
fn a_filter_may_hold_a_code_and_shows_none() {
    let filter = Voucher::CODE.eq("0123456789");
    assert_eq!(
        (format!("{filter:?}"), filter.to_string()),
        ("Filter(..)".to_owned(), "code.eq('0123456789')".to_owned())
    );
}

/// A filter this deep, by turns of all that makes one deeper.
fn deep(depth: usize) -> Filter<Voucher> {
    (0..depth).fold(Voucher::EXPIRED.eq(true), |filter, level| match level % 5 {
        0 => filter.and(Voucher::EXPIRED.eq(false)),
        1 => Voucher::EXPIRED.eq(false).or(filter),
        2 => Voucher::EXPIRED.eq(false).and(filter),
        3 => filter.or(Voucher::EXPIRED.eq(false)),
        _ => !filter,
    })
}

#[test]
fn a_filter_can_be_as_deep_as_it_likes() {
    let nots = |depth| (0..depth).fold(Voucher::EXPIRED.eq(true), |filter, _| !filter);
    // A thread with little stack.
    let test = move || {
        for filter in [nots(30_000), nots(300_000), deep(300_000)] {
            let other = filter.clone();
            assert!(filter == other && filter != nots(3));
            let (text, debugged) = (filter.to_string(), format!("{filter:?} {filter:#?}"));
            assert!(text.ends_with(')') && debugged == "Filter(..) Filter(..)");
            assert_eq!(text.matches('(').count(), text.matches(')').count());
            drop(VoucherQuery::builder().filter(&filter).build());
        }
        assert_eq!(nots(3).to_string(), "not(not(not(expired.eq(true))))");
        assert_eq!(
            deep(6).to_string(),
            "and(not(or(and(expired.eq(false), or(expired.eq(false), and(expired.eq(true), expired.eq(false)))), expired.eq(false))), expired.eq(false))"
        );
        let values: Vec<u128> = (0..100_000).collect();
        let listed = Voucher::ID.is_in(values.into_iter().map(Uuid::from_u128)).expect("values");
        assert_eq!((!listed).to_string().matches(", ").count(), 99_999);
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(test).expect("a thread").join().expect("no overflow");
}

#[tokio::test]
async fn a_filter_that_no_address_can_hold_is_refused_before_anything_is_sent() {
    let world = World::start().await;
    let filter = (0..30_000).fold(Voucher::EXPIRED.eq(true), |filter, _| !filter);
    let refused = world.unifi_site().count_vouchers(filter).await.expect_err("a filter that is too long");
    assert!(refused.is_invalid() && !refused.is_unclear() && !refused.is_retryable());
    insta::assert_snapshot!(refused, @"`request` cannot be used: its address is longer than 65534 bytes; shorten the filter or the search");
    assert!(world.sandbox.unifi().received().is_empty());
}

fn filters() -> impl Strategy<Value = Filter<Voucher>> {
    let leaf = prop_oneof![
        "\\PC{0,8}".prop_map(|text| Voucher::NAME.eq(text)),
        "\\PC{0,8}".prop_map(|text| Voucher::NAME.like(Pattern::contains(&text))),
        proptest::collection::vec("\\PC{0,4}", 1..4).prop_map(|texts| Voucher::CODE.is_in(texts).expect("texts")),
        (0..u64::MAX / 2).prop_map(|number| Voucher::TX_RATE_LIMIT_KBPS.ge(number)),
        any::<u128>().prop_map(|id| Voucher::ID.ne(Uuid::from_u128(id))),
        proptest::sample::select(allowed()),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| one.and(other)),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| one.or(other)),
            inner.prop_map(|one| !one),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn whatever_is_built_can_be_read(filter in filters()) {
        prop_assert_eq!(check_filter(&filter.to_string()), Ok(()));
    }
}

#[tokio::test]
async fn a_bad_raw_filter_is_refused_with_its_place() {
    let world = World::start().await;
    let filter = Filter::raw("activatedAt.isNull()").expect("a text");
    let refused = world.unifi_site().count_vouchers(filter).await.expect_err("a function that is not allowed");
    assert!(
        matches!(&refused, Error::Api(refusal) if refusal.code == Some(hotspot_vouchers::unifi::ErrorCode::InvalidFilter))
    );
    assert!(refused.is_invalid());
    assert!(world.shown(&refused).contains("1:13"), "{refused}");
}
