//! The rules across fields: for each, a request that keeps to it and requests that break it, judged by us and by the sandbox.

use std::fmt::Write;

use hotspot_vouchers::omada::{
    CreateVoucherGroup, LimitType, Portals, RateLimitMode, RateLimits, Timestamp, UnixMillis, Validity, ValidityType,
};
use jiff::ToSpan;

use crate::support::{World, custom, daily, group, schedule, weekly, with_validity};

const MOMENT: Option<UnixMillis> = Some(UnixMillis(1_800_000_000_000));

fn period(name: &str) -> CreateVoucherGroup {
    let effective = Timestamp::now();
    with_validity(name, Validity::Between { effective, expiration: effective + 240.hours() })
}

fn changed(mut request: CreateVoucherGroup, change: impl Fn(&mut CreateVoucherGroup)) -> CreateVoucherGroup {
    change(&mut request);
    request
}

#[tokio::test]
async fn requests_that_keep_to_the_rules() {
    let world = World::start().await;
    let (portal, profile) =
        (world.sandbox.omada().portal_ids()[0].clone(), world.sandbox.omada().rate_limit_profile_id());
    let profiled = CreateVoucherGroup::builder()
        .name("a profile")
        .amount(1)
        .code_length(10)
        .code_form([hotspot_vouchers::omada::CodeForm::Letter])
        .limit(hotspot_vouchers::omada::Limit::OnlineUsers(999))
        .duration(hotspot_vouchers::omada::Duration::PerClient { minutes: 1 })
        .timing(hotspot_vouchers::omada::TimingType::Time)
        .rate_limit(RateLimits::Profile(profile.to_owned()))
        .traffic_limit(hotspot_vouchers::omada::TrafficLimit::None)
        .portals(Portals::Only(vec![portal]))
        .build();
    let requests = [
        group("everything"),
        profiled,
        period("a period"),
        daily("every day"),
        weekly("the weekend"),
        with_validity("any time", Validity::AnyTime),
        changed(group("unlimited"), |g| (g.limit_type, g.limit_num) = (LimitType::Unlimited, None)),
        changed(group("no validity"), |g| g.validity_type = None),
        changed(group("no portals named"), |g| g.portals = Some(vec![])),
    ];
    for request in requests {
        assert_eq!(request.validate(), Ok(()), "{}", request.name);
        let answer = world.omada_site().create_voucher_group(&request).await;
        assert!(answer.is_ok(), "{}: {answer:?}", request.name);
    }
}

#[tokio::test]
async fn requests_that_break_a_rule() {
    let world = World::start().await;
    let requests = [
        changed(group("1"), |g| g.limit_num = None),
        changed(group("2"), |g| (g.limit_type, g.limit_num) = (LimitType::OnlineUsers, None)),
        changed(group("3"), |g| g.effective_time = MOMENT),
        changed(group("4"), |g| g.expiration_time = MOMENT),
        changed(group("5"), |g| g.schedule = daily("").schedule),
        changed(period("6"), |g| g.effective_time = None),
        changed(period("7"), |g| g.expiration_time = None),
        changed(period("8"), |g| g.schedule = weekly("").schedule),
        changed(daily("9"), |g| g.schedule = None),
        changed(daily("10"), |g| g.effective_time = MOMENT),
        changed(weekly("11"), |g| g.expiration_time = MOMENT),
        changed(daily("12"), |g| schedule(g).daily_start_hour = None),
        changed(daily("13"), |g| schedule(g).daily_start_min = None),
        changed(daily("14"), |g| schedule(g).daily_end_hour = None),
        changed(daily("15"), |g| schedule(g).daily_end_min = None),
        changed(weekly("16"), |g| schedule(g).weekly_enable_days = None),
        changed(group("17"), |g| g.rate_limit.custom_rate_limit = None),
        changed(group("18"), |g| g.rate_limit.rate_limit_profile_id = Some("p".to_owned())),
        changed(group("19"), |g| g.rate_limit.mode = RateLimitMode::Profile),
        changed(group("20"), |g| g.apply_to_all_portals = false),
        changed(group("21"), |g| (g.apply_to_all_portals, g.portals) = (false, Some(vec![]))),
        changed(group("22"), |g| g.validity_type = Some(ValidityType::Schedule)),
    ];
    let mut messages = String::new();
    for request in requests {
        let violations = request.validate().expect_err("a broken rule");
        writeln!(messages, "{violations}").expect("text");
        let theirs = world.create_unchecked(&request).await.expect_err("a broken rule");
        assert!(theirs.is_invalid(), "{violations}: {theirs:?}");
    }
    insta::assert_snapshot!("broken_rules", messages);
}

#[tokio::test]
async fn twelve_broken_rules_are_twelve_violations() {
    let world = World::start().await;
    let request = changed(daily(""), |g| {
        g.amount = 0;
        g.code_length = 99;
        g.code_form.clear();
        g.limit_type = 7.into();
        g.duration = 14_400_001;
        g.unit_price = Some(0);
        g.traffic_limit = Some(-1);
        g.effective_time = MOMENT;
        g.rate_limit.rate_limit_profile_id = Some("p".to_owned());
        schedule(g).daily_start_hour = Some(24);
        schedule(g).daily_end_min = None;
    });
    let violations = request.validate().expect_err("twelve broken rules");
    assert_eq!(violations.len(), 12, "{violations}");
    let list: Vec<String> = violations.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("twelve_violations", list.join("\n"));

    // Nothing is sent, not even the sign-in.
    let refused = world.omada_site().create_voucher_group(&request).await.expect_err("twelve broken rules");
    assert!(refused.is_invalid());
    assert_eq!(world.sandbox.omada().received().len(), 0);
}

#[tokio::test]
async fn a_refused_request_can_be_mended_and_sent() {
    let world = World::start().await;
    let mut request = changed(group("mended"), |g| custom(g).down_limit = Some(99_999_999));
    let violations = request.validate().expect_err("a limit that is too high");
    assert_eq!(violations.to_string(), "`rateLimit.customRateLimit.downLimit` is 99999999, outside 0..=10485760");
    custom(&mut request).down_limit = Some(10_000);
    world.omada_site().create_voucher_group(&request).await.expect("a request that is right now");
}
