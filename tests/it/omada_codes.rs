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

/// A controller that counts the vouchers of a group, and returns these codes of them, one list for each reading.
async fn counting(
    total: i64,
    mut readings: Vec<Vec<Option<&'static str>>>,
    repeats_pages: bool,
) -> hotspot_vouchers::omada::Site {
    use crate::creates::server::{Asked, controller, result};
    let answer = Box::new(move |asked: &Asked| {
        let is_count = asked.path.contains("pageSize=1&") || asked.path.ends_with("pageSize=1");
        let is_behind = !asked.path.contains("page=1&");
        let codes = match readings.len() {
            _ if is_count || is_behind && !repeats_pages => Vec::new(),
            0 | 1 => readings.first().cloned().unwrap_or_default(),
            _ => readings.remove(0),
        };
        let rows: Vec<_> =
            codes.iter().enumerate().map(|(id, code)| json!({"id": id.to_string(), "code": code})).collect();
        result(&json!({"totalRows": total, "currentPage": 0, "currentSize": 0, "data": rows}))
    });
    controller(answer, crate::support::once()).await.0
}

#[tokio::test]
async fn codes_that_are_counted_and_not_returned_are_waited_for() {
    let id = hotspot_vouchers::omada::GroupId::new("g0").expect("an id");
    // It has none at first, then a part, then rows without a code, then all.
    let readings = vec![vec![], vec![Some("a")], vec![Some("a"), None], vec![Some("a"), Some("b")]];
    let site = counting(2, readings, false).await;
    assert_eq!(site.codes_of_group(&id, 2, PATIENCE).await.expect("codes").len(), 2);

    let ends = [
        (1, vec![], (1, 0)),
        (3, vec![Some("a"), Some("a"), None], (3, 1)),
        (50, vec![Some("a"); 50], (50, 1)),
        (-1, vec![], (0, 0)),
        (i64::MAX, vec![], (i64::MAX, i64::MAX)),
    ];
    let mut told = String::new();
    for ((total, codes, (counted, found)), repeats_pages) in
        ends.into_iter().flat_map(|end| [(end.clone(), false), (end, true)])
    {
        let site = counting(total, vec![codes], repeats_pages).await;
        let amount = i32::try_from(total.clamp(1, 50)).expect("a few");
        let late = site.codes_of_group(&id, amount, Duration::from_millis(700)).await.expect_err("no codes");
        let Error::Incomplete(incomplete) = &late else { panic!("{late:?}") };
        assert_eq!((incomplete.counted, incomplete.found), (counted, found), "{total}");
        assert!(!late.is_unclear());
        told += &format!("{late}\n");
    }
    insta::assert_snapshot!("codes_not_returned", told);
}

#[tokio::test]
async fn a_deadline_that_passes_while_codes_are_read_says_how_many_were() {
    use crate::creates::server::{Asked, Reply, controller, result};
    let id = hotspot_vouchers::omada::GroupId::new("g0").expect("an id");
    let answer = Box::new(move |asked: &Asked| {
        let rows: Vec<_> = (0..1000).map(|code| json!({"id": code.to_string(), "code": code.to_string()})).collect();
        match asked.path.contains("pageSize=1000") {
            false => result(&json!({"totalRows": 1500, "data": [rows[0]]})),
            true if asked.path.contains("page=1&") => result(&json!({"totalRows": 1500, "data": rows})),
            true => Reply::Late(Duration::from_secs(20), Box::new(Reply::Nothing)),
        }
    });
    let (site, _) = controller(answer, crate::support::once()).await;
    let late = site.codes_of_group(&id, 1500, Duration::from_millis(700)).await.expect_err("half of the codes");
    insta::assert_snapshot!(late, @"vouchers that the controller counts in the group g0: 1500, codes that could be read in time: 1000; the others may come yet, so read the codes again");
}

#[tokio::test]
async fn codes_of_another_group_are_not_handed_out() {
    use crate::creates::server::{Asked, controller, result};
    let id = hotspot_vouchers::omada::GroupId::new("6671a1f6a1c1a84d1c1d0c7f").expect("an id");
    let mut told = Vec::new();
    // The count, or what is read then, belongs to another request. In capital letters an id is the same, and one that is missing
    // says nothing.
    for (count, read) in [
        (json!("other"), json!(id.as_str())),
        (json!(id.as_str()), json!("other")),
        (json!(null), json!(id.as_str().to_uppercase())),
    ] {
        let answer = Box::new(move |asked: &Asked| {
            let is_count = asked.path.contains("pageSize=1&") || asked.path.ends_with("pageSize=1");
            let group = if is_count { &count } else { &read };
            result(&json!({"id": group, "totalRows": 1, "data": [{"id": "1", "code": "12345678"}]}))
        });
        let (site, _) = controller(answer, crate::support::once()).await;
        told.push(match site.codes_of_group(&id, 1, PATIENCE).await {
            Ok(codes) => format!("{} code", codes.len()),
            Err(error) => error.to_string(),
        });
    }
    insta::assert_snapshot!(told.join("\n"), @"
    unexpected answer to `readVoucherGroup` with HTTP status 200 and no content type: the body does not match the request: it is another group; check what stands between here and the controller
    unexpected answer to `readVoucherGroup` with HTTP status 200 and no content type: the body does not match the request: it is another group; check what stands between here and the controller
    1 code
    ");
}
