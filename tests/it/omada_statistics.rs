//! Statistics of a site and of its groups.

use futures_util::TryStreamExt;
use hotspot_vouchers::omada::{Error, GroupId, Site, Timestamp, UnixMillis, VoucherUsage};
use jiff::ToSpan;

use crate::support::{World, group, with_validity};

/// Two groups with one used voucher each, and a moment at which that was so.
async fn used(world: &World) -> (Site, GroupId, Timestamp) {
    let site = world.omada_site();
    let noon: Timestamp = "2026-03-04T12:00:00.999Z".parse().expect("a moment");
    world.sandbox.clock().set_unix_millis(noon.as_millisecond());
    let priced = site.create_voucher_group(&group("priced")).await.expect("a group");
    let free = with_validity("free", hotspot_vouchers::omada::Validity::AnyTime);
    let free = site.create_voucher_group(&free).await.expect("a group");
    let codes = world.sandbox.omada().codes();
    world.sandbox.omada().mark_used(priced.as_str(), &codes[0]);
    world.sandbox.omada().mark_used(free.as_str(), &codes[3]);
    (site, priced, noon)
}

#[tokio::test]
async fn summaries_count_from_the_beginning() {
    let world = World::start().await;
    let (site, priced, _) = used(&world).await;
    let of_site = site.voucher_summary().await.expect("a summary");
    let of_group = site.voucher_summary_of_group(&priced).await.expect("a summary");
    for (summary, created, unused) in [(of_site, 4, 2), (of_group, 3, 2)] {
        assert_eq!(summary.created.as_ref().and_then(|part| part.count), Some(created));
        assert_eq!(summary.unused.as_ref().and_then(|part| part.count), Some(unused));
    }
    let nobody = GroupId::new("ffffffffffffffffffffffff").expect("an id");
    assert!(site.voucher_summary_of_group(&nobody).await.is_err());
}

#[tokio::test]
async fn histories_tell_their_buckets() {
    let world = World::start().await;
    let (site, priced, noon) = used(&world).await;
    let period = noon - 1.hour()..noon + 1.hour();
    let of_site = site.voucher_history(period.clone()).await.expect("a history");
    let of_group = site.voucher_history_of_group(&priced, period).await.expect("a history");
    for (history, count) in [(of_site, 4), (of_group, 3)] {
        assert_eq!(history.summary.and_then(|summary| summary.count), Some(count));
        let usage = history.usage.expect("buckets");
        let bucket = usage[0].period().expect("a period");
        assert_eq!(bucket.end.duration_since(bucket.start).as_hours(), 24);
        assert_eq!(bucket.end.to_string(), "2026-03-05T00:00:00Z");
        assert!(bucket.contains(&noon));
    }
}

#[tokio::test]
async fn distributions_count_by_price_and_by_duration() {
    let world = World::start().await;
    let (site, priced, noon) = used(&world).await;
    let period = noon - 1.hour()..noon + 1.hour();
    let prices = site.voucher_distribution_by_price(period.clone()).await.expect("prices");
    let durations = site.voucher_distribution_by_duration(period.clone()).await.expect("durations");
    insta::assert_debug_snapshot!("omada_distributions_of_a_site", (prices.data, durations.data));

    let prices = site.voucher_distribution_by_price_of_group(&priced, period.clone()).expect("a period");
    let durations = site.voucher_distribution_by_duration_of_group(&priced, period).expect("a period");
    let prices: Vec<_> = prices.try_collect().await.expect("prices");
    let durations: Vec<_> = durations.try_collect().await.expect("durations");
    insta::assert_debug_snapshot!("omada_distributions_of_a_group", (prices, durations));
    let received = world.sandbox.omada().received();
    let mut query = received.last().expect("a request").query.clone();
    query.sort();
    insta::assert_debug_snapshot!("omada_distribution_query", query);
}

#[tokio::test]
async fn reversed_periods_are_refused() {
    let world = World::start().await;
    let site = world.omada_site();
    let noon: Timestamp = "2026-03-04T12:00:00Z".parse().expect("a moment");
    let id = GroupId::new("ffffffffffffffffffffffff").expect("an id");
    let period = || noon..noon - 1.second();
    let refusals: [Option<Error>; 6] = [
        site.voucher_history(period()).await.err(),
        site.voucher_history_of_group(&id, period()).await.err(),
        site.voucher_distribution_by_price(period()).await.err(),
        site.voucher_distribution_by_duration(period()).await.err(),
        site.voucher_distribution_by_price_of_group(&id, period()).err(),
        site.voucher_distribution_by_duration_of_group(&id, period()).err(),
    ];
    let told = "`filters.timeStart` is 2026-03-04T12:00:00Z, after `filters.timeEnd`, which is 2026-03-04T11:59:59Z";
    for refused in refusals {
        let text = world.shown(&refused.expect("a period that ends before it starts"));
        assert_eq!(text, told);
    }
    assert_eq!(world.sandbox.omada().received().len(), 0);
}

#[test]
fn buckets_without_a_length_have_no_period() {
    let usage = |fields| serde_json::from_value::<VoucherUsage>(fields).expect("a bucket");
    let day = usage(serde_json::json!({"time": 1_772_668_800_000_i64, "timeInterval": 24}));
    assert_eq!(day.period().map(|period| period.start.to_string()).as_deref(), Some("2026-03-04T00:00:00Z"));
    for nothing in [
        serde_json::json!({}),
        serde_json::json!({"time": 1_772_668_800_000_i64}),
        serde_json::json!({"timeInterval": 24}),
        serde_json::json!({"time": 1_772_668_800_000_i64, "timeInterval": 0}),
        serde_json::json!({"time": 1_772_668_800_000_i64, "timeInterval": -24}),
        serde_json::json!({"time": i64::MAX, "timeInterval": 24}),
        serde_json::json!({"time": Timestamp::MIN.as_millisecond(), "timeInterval": i32::MAX}),
    ] {
        assert_eq!(usage(nothing).period(), None);
    }
    assert!(UnixMillis(i64::MAX).is_no_end());
}
