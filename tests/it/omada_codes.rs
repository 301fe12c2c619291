//! Waiting for the codes of a group.

use std::collections::HashSet;
use std::time::Duration;

use hotspot_vouchers::Error;
use hotspot_vouchers_sandbox::Canned;
use serde_json::json;

use crate::support::{World, group};

const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn the_largest_group_comes_whole() {
    let world = World::start().await;
    let site = world.omada_site();
    let mut request = group("large");
    request.amount = 5000;
    let id = site.create_voucher_group(&request).await.expect("a group");
    world.sandbox.omada().clear_received();
    let codes = site.codes_of_group(&id, 5000, PATIENCE).await.expect("codes");
    let texts: HashSet<String> = codes.iter().map(ToString::to_string).collect();
    assert_eq!((codes.len(), texts), (5000, world.sandbox.omada().codes().into_iter().collect()));
    let received = world.sandbox.omada().received();
    let full = received.iter().filter(|call| call.query.contains(&("pageSize".to_owned(), "1000".to_owned())));
    assert_eq!((received.len(), full.count()), (7, 1), "one look, one full page, and five that overlap");
}

#[tokio::test]
async fn codes_that_come_late_are_waited_for() {
    let world = World::start().await;
    world.sandbox.omada().set_code_lag(Duration::from_secs(5));
    let site = world.omada_site();
    let id = site.create_voucher_group(&group("late")).await.expect("a group");
    let waiting = tokio::spawn({
        let (site, id) = (site.clone(), id.clone());
        async move { site.codes_of_group(&id, 3, PATIENCE).await }
    });
    while world.sandbox.omada().received().len() < 4 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.sandbox.clock().advance(Duration::from_secs(6));
    assert_eq!(waiting.await.expect("no panic").expect("codes").len(), 3);
}

#[tokio::test]
async fn the_deadline_is_kept() {
    let world = World::start().await;
    world.sandbox.omada().set_code_lag(Duration::from_secs(5));
    let site = world.omada_site();
    let id = site.create_voucher_group(&group("never")).await.expect("a group");
    let late = site.codes_of_group(&id, 3, Duration::from_millis(600)).await.expect_err("no codes");
    assert!(matches!(&late, Error::Incomplete(told) if told.group_id == id.as_str() && told.found == 0));
    insta::assert_snapshot!(world.shown(&late).replace(id.as_str(), "GROUP_ID"), @"the group GROUP_ID has 0 codes instead of 3; they may come yet, so look again");

    // With the id from the error it goes on, and more than expected is told at once.
    world.sandbox.omada().set_code_lag(Duration::ZERO);
    assert_eq!(site.codes_of_group(&id, 3, PATIENCE).await.expect("codes").len(), 3);
    let more = site.codes_of_group(&id, 2, PATIENCE).await.expect_err("more than expected");
    assert!(matches!(&more, Error::Incomplete(told) if (told.expected, told.found) == (2, 3)));
    // A refusal ends the waiting.
    world.sandbox.omada().set_site_busy(true);
    assert!(site.codes_of_group(&id, 3, PATIENCE).await.expect_err("a busy site").is_busy());
}

#[tokio::test]
async fn a_code_that_comes_twice_is_one_code() {
    let world = World::start().await;
    let site = world.omada_site();
    let id = site.create_voucher_group(&group("twice")).await.expect("a group");
    let page = |total: i64, codes: &[&str]| {
        let rows: Vec<_> = codes.iter().map(|code| json!({"id": code, "code": code})).collect();
        let result = json!({"totalRows": total, "data": rows});
        world
            .sandbox
            .omada()
            .answer_next(Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": result})));
    };
    // The deadline leaves no time to look again.
    page(3, &["1"]);
    page(3, &["1", "2", "2"]);
    let twice = site.codes_of_group(&id, 3, Duration::from_millis(200)).await.expect_err("two codes");
    assert!(matches!(&twice, Error::Incomplete(told) if (told.expected, told.found) == (3, 2)), "{twice:?}");
    // With time it looks again, where the sandbox has three.
    page(3, &["1"]);
    page(3, &["1", "2", "2"]);
    assert_eq!(site.codes_of_group(&id, 3, PATIENCE).await.expect("codes").len(), 3);
    // An answer that does not say how many there are is not waited on.
    world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": {}})));
    let mute = site.codes_of_group(&id, 3, PATIENCE).await.expect_err("no number");
    assert!(matches!(mute, Error::Unexpected(_)), "{mute:?}");
}
