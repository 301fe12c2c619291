//! Creates of which nobody knows at first whether they took effect, beside what was there before.

use std::time::Duration;

use hotspot_vouchers::omada::ErrorCode;
use hotspot_vouchers::unifi::IdempotencyKey;
use hotspot_vouchers::{Connection, Error};
use hotspot_vouchers_sandbox::{Canned, Fault, Moment, Sandbox};
use serde_json::json;
use tokio::time::Instant;

use crate::support::{World, group, vouchers};

const CREATE: &str = "POST *voucher-groups";

async fn world() -> World {
    let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
    World::on(sandbox, Connection::new().danger_trust_any_certificate())
}

#[tokio::test(start_paused = true)]
async fn a_group_that_was_there_before_is_not_taken_for_the_new_one() {
    let world = world().await;
    let (omada, site) = (world.sandbox.omada(), world.omada_site());
    let older = site.create_voucher_group(&group("Lobby")).await.expect("a group");
    tokio::time::sleep(Duration::from_secs(60)).await;

    // Another group has the name, so the controller has the last word.
    omada.faults().on(CREATE, Fault::Reset(Moment::BeforeCommit), 1);
    let mut wanted = group("Lobby");
    wanted.duration += 1;
    match site.create_voucher_group(&wanted).await {
        Err(Error::Api(refusal)) => assert_eq!(refusal.code, ErrorCode::GroupNameTaken),
        other => panic!("{other:?}"),
    }

    // A group that is alike may be the same one only by the time at which it was created.
    omada.faults().on(CREATE, Fault::Reset(Moment::BeforeCommit), 1);
    match site.create_voucher_group(&group("Lobby")).await {
        Err(Error::Unclear(unclear)) => assert_eq!(unclear.candidates, [older.to_string()]),
        other => panic!("the codes of the older group may be sold: {other:?}"),
    }
    assert_eq!(omada.books().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_years_away_does_not_matter() {
    let world = world().await;
    let (omada, site) = (world.sandbox.omada(), world.omada_site());
    for unix_millis in [0, 4_102_444_800_000] {
        world.sandbox.clock().set_unix_millis(unix_millis);
        let name = format!("Lobby at {unix_millis}");
        omada.faults().on(CREATE, Fault::Reset(Moment::AfterCommit), 1);
        let id = site.create_voucher_group(&group(&name)).await.expect("the group that was created");
        let found = site.voucher_group_named(&name).await.expect("the groups").expect("the group");
        assert_eq!(found.id.as_deref(), Some(id.as_str()));
    }
    assert_eq!(omada.books().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_a_repeat_is_refused_for_says_nothing_of_the_first_attempt() {
    let world = world().await;
    let (omada, site) = (world.sandbox.omada(), world.omada_site());
    // The first attempt is carried out late, long after the second one was refused.
    omada.faults().on(CREATE, Fault::Delay(Moment::BeforeCommit, Duration::from_secs(50)), 1);
    omada.faults().on(CREATE, Fault::TooManyRequests { retry_after: Some(Duration::from_secs(3600)) }, 1);
    let outcome = site.create_voucher_group(&group("late")).await;
    assert!(matches!(&outcome, Err(Error::Unclear(_))), "{outcome:?}");
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert!(site.voucher_group_named("late").await.expect("the groups").is_some(), "it came after all");
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_fails_leaves_a_create_undone() {
    let world = world().await;
    let (omada, site) = (world.sandbox.omada(), world.omada_site());
    for fault in [Fault::Reset(Moment::AfterCommit), Fault::CutBody, Fault::HalveBody] {
        omada.expire_tokens();
        omada.faults().always("POST *token", fault);
        let failed = site.create_voucher_group(&group("nobody")).await.expect_err("no sign-in");
        assert!(!failed.is_unclear(), "{failed:?}");
        omada.faults().clear();
    }
    assert!(omada.books().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_sale_that_is_not_found_is_looked_for_until_the_deadline() {
    let world = world().await;
    let unifi = world.sandbox.unifi();
    unifi.faults().always("POST *vouchers", Fault::Reset(Moment::BeforeCommit));
    let (begin, key) = (Instant::now(), IdempotencyKey::new("1042").expect("a key"));
    let outcome = world.unifi_site().create_vouchers_once(&vouchers("nowhere"), &key).await;
    assert!(matches!(&outcome, Err(Error::Unclear(_))), "{outcome:?}");
    // The pauses between the looks grow to some seconds, so that the controller is not asked more than it has to be.
    let looks = unifi.received().iter().filter(|request| request.method == "GET").count();
    let waited = begin.elapsed();
    assert!(looks < 20 && (80..90).contains(&waited.as_secs()), "{looks} looks in {waited:?}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_vouchers_sells_nothing() {
    for moment in [Moment::BeforeCommit, Moment::AfterCommit] {
        for body in [json!({"vouchers": []}), json!({"vouchers": null}), json!({"data": []}), json!([]), json!({})] {
            let world = world().await;
            let (unifi, site) = (world.sandbox.unifi(), world.unifi_site());
            let answer = || Fault::Answer(moment, Canned::status(201).json(body.clone()));
            let shown = format!("{body} {moment:?}");

            unifi.faults().on("POST *vouchers", answer(), 1);
            let plain = site.create_vouchers(&vouchers("plain")).await;
            assert!(plain.as_ref().is_err_and(Error::is_unclear), "{plain:?} from {shown}");

            unifi.faults().on("POST *vouchers", answer(), 1);
            let key = IdempotencyKey::new("1042").expect("a key");
            let once = site.create_vouchers_once(&vouchers("keyed"), &key).await;
            match moment {
                Moment::BeforeCommit => assert!(once.as_ref().is_err_and(Error::is_unclear), "{once:?} from {shown}"),
                Moment::AfterCommit => assert_eq!(once.map(|sold| sold.len()).ok(), Some(3), "they are found: {shown}"),
            }
            assert_eq!(unifi.books().len(), if moment == Moment::AfterCommit { 2 } else { 0 }, "{shown}");
        }
    }
}

/// What the clock showed before a call says nothing of it, even if no time has passed since.
#[test]
fn a_clock_that_is_set_between_two_calls_does_not_matter() {
    super::stage::virtual_time().block_on(async {
        let stage = super::stage::Stage::set().await;
        stage.world.sandbox.omada().faults().on(CREATE, Fault::Reset(Moment::AfterCommit), 1);
        stage.world.omada_site().create_voucher_group(&group("Lobby")).await.expect("the group that was created");
    });
}
