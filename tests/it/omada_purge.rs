//! Deleting vouchers of Omada in two steps.

use std::collections::HashSet;
use std::time::Duration;

use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{ErrorCode, GroupId, Purge, Selection, Site, VoucherStatus};
use hotspot_vouchers_sandbox::Canned;
use serde_json::{Value, json};

use crate::support::{World, group};

async fn create(site: &Site, name: &str, amount: i32) -> GroupId {
    let mut request = group(name);
    request.amount = amount;
    site.create_voucher_group(&request).await.expect("a group")
}

fn codes(purge: &Purge) -> HashSet<String> {
    purge.vouchers().filter_map(|voucher| voucher.code.as_ref()).map(ToString::to_string).collect()
}

/// What was asked to be deleted: the bodies of the batches.
fn batches(world: &World) -> Vec<Value> {
    let received = world.sandbox.omada().received().into_iter();
    received.filter(|request| request.path.ends_with("/batch/delete")).filter_map(|request| request.body).collect()
}

#[tokio::test]
async fn what_was_listed_goes_and_nothing_else() {
    let world = World::start().await;
    let (site, omada) = (world.omada_site(), world.sandbox.omada());
    let (lobby, bar) = (create(&site, "lobby", 3).await, create(&site, "bar", 2).await);
    let issued = omada.codes();
    omada.mark_used(lobby.as_str(), &issued[0]);

    let plan = site.plan_purge(Selection::All, VoucherStatus::Unused).await.expect("a plan");
    assert_eq!(codes(&plan), issued[1..].iter().cloned().collect());
    let groups: Vec<_> = plan.groups().iter().map(|group| (group.name.as_deref(), group.vouchers.len())).collect();
    assert_eq!(groups, [(Some("lobby"), 2), (Some("bar"), 2)]);
    assert_eq!(omada.codes().len(), 5, "a plan deletes nothing");
    world.debugged(&plan);

    // Since then one was used, one was deleted, and others came, in a group that was listed and in one that was not.
    omada.mark_used(lobby.as_str(), &issued[1]);
    omada.delete_voucher(bar.as_str(), &issued[3]);
    create(&site, "terrace", 2).await;
    omada.clear_received();
    assert_eq!(plan.run().await.expect("a purge"), 2);
    assert_eq!(omada.codes().iter().take(2).collect::<Vec<_>>(), [&issued[0], &issued[1]]);
    assert_eq!(omada.codes().len(), 4);
    let bodies = batches(&world);
    assert_eq!(bodies.len(), 2);
    for body in bodies {
        assert_eq!((&body["type"], &body["status"]), (&json!(1), &json!(0)), "by ids, and only while unused");
        assert_eq!(body["ids"].as_array().map(Vec::len), Some(1));
    }
    assert_eq!(plan.run().await.expect("the same purge again"), 0);
}

#[tokio::test]
async fn groups_are_selected() {
    let world = World::start().await;
    let (site, omada) = (world.omada_site(), world.sandbox.omada());
    let (lobby, bar) = (create(&site, "lobby", 3).await, create(&site, "bar", 2).await);
    for (selection, expected) in [
        (Selection::All, 5),
        (Selection::Only(vec![bar.clone()]), 2),
        (Selection::Except(vec![bar]), 3),
        (Selection::Only(vec![GroupId::new("ffffffffffffffffffffffff").expect("an id")]), 0),
    ] {
        let plan = site.plan_purge(selection, VoucherStatus::Unused).await.expect("a plan");
        assert_eq!(plan.vouchers().count(), expected);
    }
    omada.clear_received();
    let nothing = [
        (Selection::Only(vec![]), VoucherStatus::Unused),
        (Selection::Except(vec![]), VoucherStatus::Unused),
        (Selection::Only(vec![lobby]), VoucherStatus::from(7)),
    ];
    for (selection, status) in nothing {
        assert!(site.plan_purge(selection, status).await.expect_err("nothing in particular").is_invalid());
    }
    assert_eq!(omada.received().len(), 0);
}

#[tokio::test]
async fn expired_vouchers_go() {
    let world = World::start().await;
    let (site, omada) = (world.omada_site(), world.sandbox.omada());
    let lobby = create(&site, "lobby", 1002).await;
    let issued = omada.codes();
    issued[..1001].iter().for_each(|code| omada.mark_used(lobby.as_str(), code));
    assert_eq!(site.plan_purge(Selection::All, VoucherStatus::Expired).await.expect("a plan").vouchers().count(), 0);

    world.sandbox.clock().advance(Duration::from_secs(3601));
    let plan = site.plan_purge(Selection::All, VoucherStatus::Expired).await.expect("a plan");
    omada.clear_received();
    assert_eq!(plan.run().await.expect("a purge"), 1001);
    assert_eq!(omada.codes(), issued[1001..]);
    assert_eq!(batches(&world).len(), 2, "no more at once than a page can list");
}

#[tokio::test]
async fn a_group_that_is_gone_is_no_obstacle() {
    let world = World::start().await;
    let (site, omada) = (world.omada_site(), world.sandbox.omada());
    let lobby = create(&site, "lobby", 3).await;
    create(&site, "bar", 2).await;
    let plan = site.plan_purge(Selection::All, VoucherStatus::Unused).await.expect("a plan");
    omada.delete_group(lobby.as_str());
    assert_eq!(plan.run().await.expect("a purge"), 2);
}

#[tokio::test]
async fn a_controller_that_does_not_filter_loses_nothing() {
    let world = World::start().await;
    let (site, omada) = (world.omada_site(), world.sandbox.omada());
    let ok = |result: Value| Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": result}));
    let voucher = |id: &str, status: Value| json!({"id": id, "code": "12345678", "status": status});
    // The first answer is for the sign-in.
    site.voucher_summary().await.expect("signed in");
    omada.answer_next(ok(json!({"totalRows": 2, "data": [{"id": "aa", "name": "lobby"}, 7]})));
    omada.answer_next(ok(json!({"totalRows": 5, "data": [
        voucher("1", json!(0)), voucher("2", json!(1)), voucher("3", json!(2)), voucher("4", json!("perhaps")), "5",
    ]})));
    let plan = site.plan_purge(Selection::All, VoucherStatus::Unused).await.expect("a plan");
    let ids: Vec<_> = plan.vouchers().filter_map(|voucher| voucher.id.as_deref()).collect();
    assert_eq!(ids, ["1"]);
    assert_eq!(plan.unreadable().len(), 2, "a group and a voucher");

    omada.set_site_busy(true);
    let refused = plan.run().await.expect_err("the site is busy");
    assert!(matches!(&refused, Error::Api(told) if told.code == ErrorCode::SiteBusy), "{refused}");
    assert_eq!(batches(&world), Vec::<Value>::new());
}
