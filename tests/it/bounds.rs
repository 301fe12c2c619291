//! Every bound of every request: the edge inside is accepted, by us and by the sandbox, and the edge outside is refused by
//! both.

use std::fmt::Write;

use hotspot_vouchers::omada::{CodeForm, CreateVoucherGroup, VoucherGroupQuery, Weekday};
use hotspot_vouchers::unifi::CreateVouchers;
use hotspot_vouchers::{Error, omada};

use crate::support::{World, custom, daily, group, schedule, vouchers, weekly};

/// A field, a request that has it, how to change it, and its bounds.
struct Bound<R> {
    path: &'static str,
    request: fn(&str) -> R,
    set: fn(&mut R, i64),
    min: Option<i64>,
    max: Option<i64>,
}

impl<R> Bound<R> {
    fn of(
        path: &'static str,
        request: fn(&str) -> R,
        set: fn(&mut R, i64),
        min: i64,
        max: impl Into<Option<i64>>,
    ) -> Self {
        Self { path, request, set, min: Some(min), max: max.into() }
    }

    /// The values at the edges, and whether each is inside.
    fn edges(&self) -> impl Iterator<Item = (i64, bool)> {
        let low = self.min.map(|min| [(min, true), (min - 1, false)]);
        let high = self.max.map(|max| [(max, true), (max + 1, false)]);
        low.into_iter().chain(high).flatten()
    }
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
        Bound::of("name", group, |g, v| g.name = text(v), 1, 32),
        Bound::of("amount", group, |g, v| g.amount = int(v), 1, 5000),
        Bound::of("codeLength", group, |g, v| g.code_length = int(v), 6, 10),
        Bound::of("codeForm", group, |g, v| g.code_form.truncate(usize::try_from(v).unwrap_or(0)), 1, None),
        Bound::of("limitNum", group, |g, v| g.limit_num = Some(int(v)), 1, 999),
        Bound::of("duration", group, |g, v| g.duration = v, 1, 14_400_000),
        Bound::of("trafficLimit", group, |g, v| g.traffic_limit = Some(v), 1, 10_485_760),
        Bound::of("unitPrice", group, |g, v| g.unit_price = Some(v), 1, 999_999_999),
        Bound::of("rateLimit.customRateLimit.downLimit", group, |g, v| custom(g).down_limit = Some(v), 0, 10_485_760),
        Bound::of("rateLimit.customRateLimit.upLimit", group, |g, v| custom(g).up_limit = Some(v), 0, 10_485_760),
        Bound::of("schedule.dailyStartHour", daily, |g, v| schedule(g).daily_start_hour = Some(int(v)), 0, 23),
        Bound::of("schedule.dailyStartMin", daily, |g, v| schedule(g).daily_start_min = Some(int(v)), 0, 59),
        Bound::of("schedule.dailyEndHour", daily, |g, v| schedule(g).daily_end_hour = Some(int(v)), 0, 23),
        Bound::of("schedule.dailyEndMin", daily, |g, v| schedule(g).daily_end_min = Some(int(v)), 0, 59),
        Bound::of("schedule.weeklyEnableDays", weekly, |g, v| schedule(g).weekly_enable_days = Some(days(v)), 1, 7),
    ]
}

/// So many days; after Sunday they begin again.
fn days(count: i64) -> Vec<Weekday> {
    (0..count).map(|day| Weekday::from(day % 7 + 1)).collect()
}

fn unifi_bounds() -> Vec<Bound<CreateVouchers>> {
    vec![
        Bound::of("count", vouchers, |r, v| r.count = Some(int(v)), 1, 1000),
        Bound::of("name", vouchers, |r, v| r.name = text(v), 1, None),
        Bound::of("authorizedGuestLimit", vouchers, |r, v| r.authorized_guest_limit = Some(v), 1, None),
        Bound::of("timeLimitMinutes", vouchers, |r, v| r.time_limit_minutes = v, 1, 1_000_000),
        Bound::of("dataUsageLimitMBytes", vouchers, |r, v| r.data_usage_limit_mbytes = Some(v), 1, 1_048_576),
        Bound::of("rxRateLimitKbps", vouchers, |r, v| r.rx_rate_limit_kbps = Some(v), 2, 100_000),
        Bound::of("txRateLimitKbps", vouchers, |r, v| r.tx_rate_limit_kbps = Some(v), 2, 100_000),
    ]
}

#[tokio::test]
async fn omada_refuses_what_we_refuse() {
    let world = World::start().await;
    let mut messages = String::new();
    for (index, bound) in omada_bounds().iter().enumerate() {
        for (value, inside) in bound.edges() {
            let mut request = (bound.request)(&format!("{index} {value}"));
            (bound.set)(&mut request, value);
            let (ours, theirs) = (request.validate(), world.create_unchecked(&request).await);
            match ours {
                Ok(()) => assert!(inside && theirs.is_ok(), "{} = {value}: {theirs:?}", bound.path),
                Err(violations) => {
                    assert!(!inside, "{} = {value}: {violations}", bound.path);
                    assert!(violations.iter().any(|violation| violation.path == bound.path), "{violations}");
                    assert!(
                        matches!(&theirs, Err(Error::Api(refusal)) if refusal.code == omada::ErrorCode::InvalidParameter),
                        "{} = {value}: {theirs:?}",
                        bound.path
                    );
                    writeln!(messages, "{violations}").expect("text");
                }
            }
        }
    }
    insta::assert_snapshot!("omada_bounds", messages);
}

#[tokio::test]
async fn unifi_refuses_what_we_refuse() {
    let world = World::start().await;
    let site = world.unifi_site();
    let mut messages = String::new();
    for bound in unifi_bounds() {
        for (value, inside) in bound.edges() {
            let mut request = (bound.request)("bounds");
            (bound.set)(&mut request, value);
            let (ours, theirs) =
                (request.validate(), world.unifi.generated().create_vouchers(&site.id(), &request).await);
            match ours {
                Ok(()) => assert!(inside && theirs.is_ok(), "{} = {value}: {theirs:?}", bound.path),
                Err(violations) => {
                    assert!(!inside, "{} = {value}: {violations}", bound.path);
                    assert!(
                        matches!(&theirs, Err(Error::Api(refusal)) if refusal.status == 400),
                        "{} = {value}: {theirs:?}",
                        bound.path
                    );
                    writeln!(messages, "{violations}").expect("text");
                }
            }
        }
    }
    insta::assert_snapshot!("unifi_bounds", messages);
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
    let changes: [fn(&mut CreateVoucherGroup); 11] = [
        |g| g.code_form = vec![2.into()],
        |g| g.limit_type = 3.into(),
        |g| g.duration_type = (-1).into(),
        |g| g.timing_type = 2.into(),
        |g| g.rate_limit.mode = 2.into(),
        |g| g.traffic_limit_frequency = Some(4.into()),
        |g| g.validity_type = Some(3.into()),
        |g| g.currency = Some("KES".into()),
        |g| g.currency = Some("eur".into()),
        |g| {
            *g = daily("schedule type");
            schedule(g).type_ = 2.into();
        },
        |g| {
            *g = weekly("weekday");
            schedule(g).weekly_enable_days = Some(vec![0.into(), 8.into()]);
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
