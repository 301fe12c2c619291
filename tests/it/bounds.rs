//! Every bound of every request: the edge inside is accepted, and the edge outside is refused. `agreement` asks the sandbox.

use std::collections::BTreeMap;
use std::fmt::Write;

use hotspot_vouchers::omada::{CodeForm, CreateVoucherGroup, VoucherGroupQuery, Weekday};
use hotspot_vouchers::unifi::CreateVouchers;
use hotspot_vouchers::validate::{Validate, validate};
use schemars::JsonSchema;
use serde_json::Value;

use crate::support::{World, custom, daily, group, schedule, vouchers, weekly};

/// A bounded field, a request that has it, and how to change it. The bounds are the spec's.
struct Bound<R> {
    path: &'static str,
    request: fn(&str) -> R,
    set: fn(&mut R, i64),
}

const fn bound<R>(path: &'static str, request: fn(&str) -> R, set: fn(&mut R, i64)) -> Bound<R> {
    Bound { path, request, set }
}

/// The smallest and the largest value of every bounded field of a schema, by its path on the wire.
type Bounds = BTreeMap<String, [Option<i64>; 2]>;

fn bounds(schema: &Value, path: &str, found: &mut Bounds) {
    for keys in [["minimum", "maximum"], ["minLength", "maxLength"], ["minItems", "maxItems"]] {
        let bounds = keys.map(|key| schema.get(key).and_then(Value::as_i64));
        if bounds != [None, None] {
            found.insert(path.to_owned(), bounds);
        }
    }
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        self::bounds(property, &path, found);
    }
}

/// The bounds of a request. Each of them has to be in the table of what is tested.
fn spec_bounds<R: JsonSchema>(tested: &[Bound<R>]) -> Bounds {
    let schema = serde_json::to_value(schemars::schema_for!(R)).expect("a schema is JSON");
    let mut found = Bounds::new();
    bounds(&schema, "", &mut found);
    let tested: Vec<&str> = tested.iter().map(|bound| bound.path).collect();
    let untested: Vec<&String> = found.keys().filter(|path| !tested.contains(&path.as_str())).collect();
    assert!(untested.is_empty() && found.len() == tested.len(), "without a test: {untested:?}");
    found
}

/// A request at an edge of a bound.
pub struct Edge<R> {
    pub path: &'static str,
    pub value: i64,
    pub is_inside: bool,
    pub request: R,
}

/// Both sides of every edge of every bound.
fn edges<R: JsonSchema>(tested: &[Bound<R>]) -> Vec<Edge<R>> {
    let spec = spec_bounds(tested);
    let mut edges = Vec::new();
    for (index, bound) in tested.iter().enumerate() {
        let [min, max] = spec[bound.path];
        let low = min.map(|min| [(min, true), (min - 1, false)]);
        let high = max.map(|max| [(max, true), (max + 1, false)]);
        for (value, is_inside) in low.into_iter().chain(high).flatten() {
            // Names of groups are unique.
            let mut request = (bound.request)(&format!("{index} {value}"));
            (bound.set)(&mut request, value);
            edges.push(Edge { path: bound.path, value, is_inside, request });
        }
    }
    edges
}

pub fn omada_edges() -> Vec<Edge<CreateVoucherGroup>> {
    edges(&omada_bounds())
}

pub fn unifi_edges() -> Vec<Edge<CreateVouchers>> {
    edges(&unifi_bounds())
}

/// What is said of each edge outside.
fn messages<R: Validate>(edges: &[Edge<R>]) -> String {
    let mut messages = String::new();
    for Edge { path, value, is_inside, request } in edges {
        match validate(request) {
            Ok(()) => assert!(is_inside, "{path} = {value}"),
            Err(violations) => {
                assert!(!is_inside, "{path} = {value}: {violations}");
                assert!(violations.iter().any(|violation| violation.path == *path), "{violations}");
                writeln!(messages, "{violations}").expect("text");
            }
        }
    }
    messages
}

fn int(value: i64) -> i32 {
    i32::try_from(value).expect("a value of the table")
}

fn text(length: i64) -> String {
    // Two bytes a character, because characters are what counts.
    "é".repeat(usize::try_from(length).expect("a length of the table"))
}

fn omada_bounds() -> Vec<Bound<CreateVoucherGroup>> {
    vec![
        bound("name", group, |g, v| g.name = text(v)),
        bound("amount", group, |g, v| g.amount = int(v)),
        bound("codeLength", group, |g, v| g.code_length = int(v)),
        bound("codeForm", group, |g, v| g.code_form.truncate(usize::try_from(v).unwrap_or(0))),
        bound("limitNum", group, |g, v| g.limit_num = Some(int(v))),
        bound("duration", group, |g, v| g.duration = v),
        bound("trafficLimit", group, |g, v| g.traffic_limit = Some(v)),
        bound("unitPrice", group, |g, v| g.unit_price = Some(v)),
        bound("rateLimit.customRateLimit.downLimit", group, |g, v| custom(g).down_limit = Some(v)),
        bound("rateLimit.customRateLimit.upLimit", group, |g, v| custom(g).up_limit = Some(v)),
        bound("schedule.dailyStartHour", daily, |g, v| schedule(g).daily_start_hour = Some(int(v))),
        bound("schedule.dailyStartMin", daily, |g, v| schedule(g).daily_start_min = Some(int(v))),
        bound("schedule.dailyEndHour", daily, |g, v| schedule(g).daily_end_hour = Some(int(v))),
        bound("schedule.dailyEndMin", daily, |g, v| schedule(g).daily_end_min = Some(int(v))),
        bound("schedule.weeklyEnableDays", weekly, |g, v| schedule(g).weekly_enable_days = Some(days(v))),
    ]
}

/// So many days; after Sunday they begin again.
fn days(count: i64) -> Vec<Weekday> {
    (0..count).map(|day| Weekday::from(day % 7 + 1)).collect()
}

fn unifi_bounds() -> Vec<Bound<CreateVouchers>> {
    vec![
        bound("count", vouchers, |r, v| r.count = Some(int(v))),
        bound("name", vouchers, |r, v| r.name = text(v)),
        bound("authorizedGuestLimit", vouchers, |r, v| r.authorized_guest_limit = Some(v)),
        bound("timeLimitMinutes", vouchers, |r, v| r.time_limit_minutes = v),
        bound("dataUsageLimitMBytes", vouchers, |r, v| r.data_usage_limit_mbytes = Some(v)),
        bound("rxRateLimitKbps", vouchers, |r, v| r.rx_rate_limit_kbps = Some(v)),
        bound("txRateLimitKbps", vouchers, |r, v| r.tx_rate_limit_kbps = Some(v)),
    ]
}

#[test]
fn every_bound_is_checked() {
    insta::assert_snapshot!("omada_bounds", messages(&omada_edges()));
    insta::assert_snapshot!("unifi_bounds", messages(&unifi_edges()));
}

#[tokio::test]
async fn a_page_has_bounds_too() {
    let world = World::start().await;
    let site = world.omada_site();
    let id = site.create_voucher_group(&group("page")).await.expect("a group");
    for (page, page_size, inside) in [(1, 1, true), (1, 1000, true), (0, 1, false), (1, 0, false), (1, 1001, false)] {
        let query = VoucherGroupQuery::builder().page(page).page_size(page_size).build();
        let theirs = world
            .omada
            .generated()
            .read_voucher_group(world.omada.omadac_id(), site.id(), &id, None, page, page_size, None, None)
            .await;
        assert_eq!((query.validate().is_ok(), theirs.is_ok()), (inside, inside), "page {page} of {page_size}");
    }
}

#[tokio::test]
async fn lists_hold_nothing_twice() {
    let world = World::start().await;
    let mut codes = group("code form twice");
    codes.code_form = vec![CodeForm::Number, CodeForm::Letter, CodeForm::Number, CodeForm::Number];
    let mut days = weekly("day twice");
    schedule(&mut days).weekly_enable_days = Some(vec![Weekday::Monday, Weekday::Monday]);
    let mut messages = String::new();
    for request in [codes, days] {
        writeln!(messages, "{}", request.validate().expect_err("a repeated item")).expect("text");
        assert!(world.create_unchecked(&request).await.is_err_and(|error| error.is_invalid()));
    }
    insta::assert_snapshot!("repeated", messages);
}

#[tokio::test]
async fn codes_are_the_documented_ones() {
    let world = World::start().await;
    let mut messages = String::new();
    // No vendor documents so many.
    let changes: [fn(&mut CreateVoucherGroup); 11] = [
        |g| g.code_form = vec![99.into()],
        |g| g.limit_type = 99.into(),
        |g| g.duration_type = 99.into(),
        |g| g.timing_type = 99.into(),
        |g| g.rate_limit.mode = 99.into(),
        |g| g.traffic_limit_frequency = Some(99.into()),
        |g| g.validity_type = Some(99.into()),
        |g| g.currency = Some("KES".into()),
        |g| g.currency = Some("eur".into()),
        |g| {
            *g = daily("schedule type");
            schedule(g).type_ = 99.into();
        },
        |g| {
            *g = weekly("weekday");
            schedule(g).weekly_enable_days = Some(vec![0.into(), 99.into()]);
        },
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut request = group(&format!("codes {index}"));
        change(&mut request);
        let violations = request.validate().expect_err("an undocumented code");
        writeln!(messages, "{violations}").expect("text");
        assert!(world.create_unchecked(&request).await.is_err_and(|error| error.is_invalid()), "{violations}");
    }
    insta::assert_snapshot!("undocumented_codes", messages);
}
