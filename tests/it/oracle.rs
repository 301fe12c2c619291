//! The JSON Schema of a request is an oracle: whatever the request, our verdict is that of a JSON Schema validator.

use hotspot_vouchers::omada::{
    CodeForm, CreateVoucherGroup, Currency, CustomRateLimit, DurationType, LimitType, RateLimit, RateLimitMode,
    ScheduleType, TimingType, TrafficLimitFrequency, UnixMillis, ValidityType, VoucherGroupQuery, VoucherSchedule,
    VoucherStatus, Weekday,
};
use hotspot_vouchers::unifi::CreateVouchers;
use hotspot_vouchers::validate::Validate;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use schemars::JsonSchema;
use serde::Serialize;

const CASES: u32 = 10_000;

/// Compares the verdicts on so many requests, and makes sure that both verdicts come up.
fn agree<R: JsonSchema + Serialize + Validate + std::fmt::Debug>(requests: impl Strategy<Value = R>) {
    let schema = serde_json::to_value(schemars::schema_for!(R)).expect("a schema is JSON");
    let oracle = jsonschema::validator_for(&schema).expect("the schema is one");
    let verdicts = std::cell::Cell::new([0, 0]);
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&requests, |request| {
        let json = serde_json::to_value(&request).expect("a request is JSON");
        let (ours, theirs) = (hotspot_vouchers::validate::validate(&request), oracle.is_valid(&json));
        prop_assert_eq!(ours.is_ok(), theirs, "{:?} of {}", ours, json);
        let mut counts = verdicts.get();
        counts[usize::from(theirs)] += 1;
        verdicts.set(counts);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let [wrong, right] = verdicts.get();
    assert!(wrong > CASES / 100 && right > CASES / 100, "{wrong} wrong and {right} right requests prove too little");
}

/// A number near the bounds, mostly inside.
fn near(min: i64, max: i64) -> impl Strategy<Value = i64> {
    prop_oneof![20 => min..=max, 1 => Just(min), 1 => Just(max), 1 => (min - 2)..min, 1 => (max + 1)..(max + 3)]
}

fn near32(min: i32, max: i32) -> impl Strategy<Value = i32> {
    near(min.into(), max.into()).prop_map(|value| i32::try_from(value).unwrap_or(i32::MAX))
}

/// A code, mostly documented.
fn code<T: From<i64> + std::fmt::Debug>(min: i64, max: i64) -> impl Strategy<Value = T> {
    prop_oneof![30 => min..=max, 1 => Just(max + 1), 1 => Just(min - 1)].prop_map(T::from)
}

/// A field that is mostly there.
fn likely<T: std::fmt::Debug + Clone>(strategy: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::weighted(0.9, strategy)
}

fn currency() -> impl Strategy<Value = Currency> {
    prop_oneof![10 => proptest::sample::select(Currency::DOCUMENTED), 1 => "[A-Z]{3}".prop_map(|text| Currency::from(&*text))]
}

fn custom() -> impl Strategy<Value = CustomRateLimit> {
    let limits = (any::<bool>(), of(near(0, 10_485_760)), any::<bool>(), of(near(0, 10_485_760)));
    limits.prop_map(|(down, down_limit, up, up_limit)| {
        CustomRateLimit::builder()
            .down_limit_enable(down)
            .maybe_down_limit(down_limit)
            .up_limit_enable(up)
            .maybe_up_limit(up_limit)
            .build()
    })
}

fn rate_limit() -> impl Strategy<Value = RateLimit> {
    let arbitrary = (code::<RateLimitMode>(0, 1), of(".{0,3}"), of(custom())).prop_map(|(mode, profile, custom)| {
        RateLimit::builder().mode(mode).maybe_rate_limit_profile_id(profile).maybe_custom_rate_limit(custom).build()
    });
    let right =
        custom().prop_map(|custom| RateLimit::builder().mode(RateLimitMode::Custom).custom_rate_limit(custom).build());
    prop_oneof![1 => arbitrary, 3 => right]
}

fn schedule() -> impl Strategy<Value = VoucherSchedule> {
    let hours = (likely(near32(0, 23)), likely(near32(0, 59)), likely(near32(0, 23)), likely(near32(0, 59)));
    (code::<ScheduleType>(0, 1), hours, likely(vec(code::<Weekday>(1, 7), 0..9))).prop_map(
        |(kind, (start_hour, start_min, end_hour, end_min), days)| {
            VoucherSchedule::builder()
                .type_(kind)
                .maybe_daily_start_hour(start_hour)
                .maybe_daily_start_min(start_min)
                .maybe_daily_end_hour(end_hour)
                .maybe_daily_end_min(end_min)
                .maybe_weekly_enable_days(days)
                .build()
        },
    )
}

/// Fields that belong together, mostly as the rules want them.
type Times = (Option<ValidityType>, Option<UnixMillis>, Option<UnixMillis>, Option<VoucherSchedule>);

fn times() -> impl Strategy<Value = Times> {
    let moment = || any::<i64>().prop_map(UnixMillis);
    prop_oneof![
        3 => Just((None, None, None, None)),
        3 => Just((Some(ValidityType::AnyTime), None, None, None)),
        3 => (moment(), moment()).prop_map(|(from, until)| (Some(ValidityType::Period), Some(from), Some(until), None)),
        2 => schedule().prop_map(|schedule| (Some(ValidityType::Schedule), None, None, Some(schedule))),
        2 => (of(code(0, 2)), of(moment()), of(moment()), of(schedule())),
    ]
}

fn groups() -> impl Strategy<Value = CreateVoucherGroup> {
    let form = prop_oneof![8 => Just(vec![CodeForm::Letter]), 1 => vec(code::<CodeForm>(0, 1), 0..3)];
    let size = ("\\PC{1,32}|.{0,40}", near32(1, 5000), near32(6, 10), form);
    let limit = (code::<LimitType>(0, 2), likely(near32(1, 999)));
    let duration = (code::<DurationType>(0, 1), near(1, 14_400_000), code::<TimingType>(0, 1));
    let traffic = (any::<bool>(), of(near(1, 10_485_760)), of(code::<TrafficLimitFrequency>(0, 3)));
    let price = (of(near(1, 999_999_999)), of(currency()));
    let portals = (proptest::bool::weighted(0.7), likely(vec(".{0,3}", 0..3)));
    let words = (of(any::<bool>()), of(".{0,3}"), of(".{0,3}"));
    (size, limit, duration, rate_limit(), traffic, price, portals, times(), words).prop_map(
        |(size, limit, duration, rate_limit, traffic, price, portals, times, words)| {
            let mut group = crate::support::group("any");
            (group.name, group.amount, group.code_length, group.code_form) = size;
            (group.limit_type, group.limit_num) = limit;
            (group.duration_type, group.duration, group.timing_type) = duration;
            group.rate_limit = rate_limit;
            (group.traffic_limit_enable, group.traffic_limit, group.traffic_limit_frequency) = traffic;
            (group.unit_price, group.currency) = price;
            (group.apply_to_all_portals, group.portals) = portals;
            (group.validity_type, group.effective_time, group.expiration_time, group.schedule) = times;
            (group.logout, group.description, group.print_comments) = words;
            group
        },
    )
}

#[test]
fn omada_voucher_groups() {
    agree(groups());
}

#[test]
fn omada_voucher_group_queries() {
    let query =
        (near32(1, i32::MAX - 2), near32(1, 1000), of(code::<VoucherStatus>(0, 2)), of("[a-z]{3,4}"), of(".{0,9}"));
    agree(query.prop_map(|(page, page_size, status, order, key)| {
        VoucherGroupQuery::builder()
            .page(page)
            .page_size(page_size)
            .maybe_filters_status(status)
            .maybe_sorts_code(order.as_deref().map(|order| if order < "n" { "desc".into() } else { order.into() }))
            .maybe_search_key(key)
            .build()
    }));
}

#[test]
fn unifi_vouchers() {
    let limits = (of(near(1, 1_048_576)), of(near(2, 100_000)), of(near(2, 100_000)));
    let requests = (of(near32(1, 1000)), ".{0,4}", of(near(1, i64::MAX - 3)), near(1, 1_000_000), limits);
    agree(requests.prop_map(|(count, name, guests, minutes, (megabytes, down, up))| {
        CreateVouchers::builder()
            .maybe_count(count)
            .name(name)
            .maybe_authorized_guest_limit(guests)
            .time_limit_minutes(minutes)
            .maybe_data_usage_limit_mbytes(megabytes)
            .maybe_rx_rate_limit_kbps(down)
            .maybe_tx_rate_limit_kbps(up)
            .build()
    }));
}
