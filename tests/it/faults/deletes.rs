//! Deletes whose answer was lost, and what the attempts after that say of them.

use std::time::Duration;

use hotspot_vouchers::unifi::Voucher;
use hotspot_vouchers_sandbox::{Canned, Fault, Format, Moment};
use serde_json::json;
use tokio::time::timeout;

use super::operations::{Kind, OPERATIONS, Operation, call, described};
use super::outcome::DEADLINE;
use super::stage::{Stage, virtual_time};
use crate::support::vouchers;

/// A proxy that says 502, whatever became of the request behind it.
fn bad_gateway(moment: Moment) -> Fault {
    Fault::ServerError { status: 502, format: Format::Html, moment }
}

/// What controllers say that do not have what was asked for: neither its address, nor the whole controller.
fn elsewhere(vendor: &str) -> Vec<Canned> {
    let omada = |code: i32| Canned::status(200).json(json!({"errorCode": code, "msg": "Unsupported request path."}));
    let unifi = json!({
        "statusCode": 404, "statusName": "NOT_FOUND", "code": "api.request.error",
        "message": "No endpoint DELETE /integration/v1/sites/88f7af54-98f8-306a-a1c7-c9349722b1f6/hotspot/vouchers",
    });
    match vendor {
        "omada" => vec![omada(-1600), omada(-7131)],
        _ => vec![Canned::status(404).json(unifi)],
    }
}

#[test]
fn a_controller_that_does_not_know_the_operation_has_deleted_nothing() {
    virtual_time().block_on(async {
        for operation in OPERATIONS.iter().filter(|(_, kind, _)| *kind == Kind::Delete) {
            let (name, pattern) = (operation.0, described(operation).pattern());
            let (vendor, _) = name.split_once(' ').expect("a vendor");
            for answer in elsewhere(vendor) {
                for unclear in [None, Some(bad_gateway(Moment::BeforeCommit))] {
                    let shown = format!("{name} of which the controller says {answer:?}, after {unclear:?}");
                    told_of_nothing(operation, &pattern, unclear, answer.clone(), &shown).await;
                }
            }
        }
    });
}

/// Neither that it was deleted nor that it was not there may be told, for it is.
async fn told_of_nothing(&(name, ..): &Operation, pattern: &str, unclear: Option<Fault>, answer: Canned, shown: &str) {
    let stage = Stage::set().await;
    let existing = stage.existing();
    for faults in stage.faults() {
        unclear.iter().for_each(|fault| faults.on(pattern, fault.clone(), 1));
        faults.always(pattern, Fault::Answer(Moment::BeforeCommit, answer.clone()));
    }
    let told = timeout(DEADLINE, call(name, &stage)).await.expect("no call outlives its deadline");
    assert_eq!(stage.existing(), existing, "{shown}");
    let failure = told.expect_err(shown);
    assert!(unclear.is_none() || failure.is_unclear, "an attempt may have taken effect: {shown}");
}

#[test]
fn a_refusal_that_names_what_is_gone_says_that_the_lost_attempt_took_effect() {
    virtual_time().block_on(async {
        let stage = Stage::set().await;
        let (site, id) = (stage.world.unifi_site(), stage.unifi_vouchers[0]);
        let faults = stage.world.sandbox.unifi().faults();
        faults.on("DELETE *", bad_gateway(Moment::AfterCommit), 1);
        assert!(site.delete_voucher(id).await.expect("it is gone"), "it was there");
        assert!(!stage.existing().contains(&id.to_string()));
        assert!(!site.delete_voucher(id).await.expect("it is gone"), "and no longer is");
    });
}

#[test]
fn what_a_lost_attempt_deleted_is_not_left_out_of_the_count() {
    virtual_time().block_on(async {
        for moment in [Moment::BeforeCommit, Moment::AfterCommit] {
            let stage = Stage::set().await;
            let site = stage.world.unifi_site();
            let mut request = vouchers("stale");
            request.count = Some(10);
            site.create_vouchers(&request).await.expect("vouchers");
            let before = stage.existing().len();
            stage.world.sandbox.unifi().faults().on("DELETE *", bad_gateway(moment), 1);
            let told = site.delete_vouchers(&Voucher::NAME.eq("stale")).await;
            let gone = before - stage.existing().len();
            assert_eq!(gone, 10);
            // Who cannot know how many they were may say so.
            match told {
                Ok(count) => assert!(count.is_none_or(|count| count == 10), "{count:?} {moment:?}"),
                Err(error) => assert!(error.is_unclear(), "{error} {moment:?}"),
            }
        }
    });
}

#[test]
fn a_count_that_nobody_can_add_up_does_no_harm() {
    const MANY: i32 = 100;
    virtual_time().block_on(async {
        let stage = Stage::set().await;
        let site = stage.world.unifi_site();
        let mut request = vouchers("stale");
        request.count = Some(MANY);
        site.create_vouchers(&request).await.expect("vouchers");
        let plan = site.plan_purge(Voucher::NAME.eq("stale")).await.expect("a plan");
        let faults = stage.world.sandbox.unifi().faults();
        for count in [i64::MAX, 1] {
            let answer = Canned::status(200).json(json!({"vouchersDeleted": count}));
            faults.on("DELETE *", Fault::Answer(Moment::AfterCommit, answer), 1);
        }
        let told = timeout(Duration::from_secs(600), plan.run()).await.expect("a purge ends");
        assert!(faults.strikes().len() >= 2, "it takes more than one call");
        assert_eq!(site.count_vouchers(Voucher::NAME.eq("stale")).await.expect("a count"), 0);
        // They are as many as were listed, or more than can be told, and never fewer.
        assert!(told.as_ref().map_or(true, |count| *count >= i64::from(MANY)), "{told:?}");
    });
}
