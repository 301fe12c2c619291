//! Rows that cannot be read: they are told, and take no other row away.

use std::fmt::Write;

use futures_util::{Stream, StreamExt, pin_mut};
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::omada::{GroupId, VoucherGroupQuery};
use hotspot_vouchers::unifi::{IdempotencyKey, SiteOverview, Voucher};
use hotspot_vouchers::{Error, List};
use hotspot_vouchers_sandbox::Canned;
use serde_json::{Value, json};

use crate::support::{World, vouchers};

/// A voucher of UniFi as consoles send it, with a code of its number.
fn voucher(number: u128) -> Value {
    json!({
        "id": hotspot_vouchers::unifi::Uuid::from_u128(number), "createdAt": "2026-09-20T19:40:57Z", "name": "odd",
        "code": format!("77{number:08}"), "authorizedGuestCount": 0, "expired": false, "timeLimitMinutes": 1440,
    })
}

/// The same, with an id that is none.
fn odd_voucher(number: u128) -> Value {
    let mut voucher = voucher(number);
    voucher["id"] = json!(format!("perhaps {number}"));
    voucher
}

fn page(offset: usize, total: usize, rows: Vec<Value>) -> Canned {
    let body = json!({"offset": offset, "limit": 1000, "count": rows.len(), "totalCount": total, "data": rows});
    Canned::status(200).json(body)
}

#[tokio::test]
async fn the_codes_of_the_others_survive_a_create() {
    // As many have to come as were ordered, readable or not.
    let mut order = vouchers("odd");
    order.count = Some(4);
    for key in ["vouchers", "data"] {
        let world = World::start().await;
        let answer = json!({key: [voucher(1), odd_voucher(2), Value::Null, voucher(3)]});
        world.sandbox.unifi().answer_next(Canned::status(201).json(answer));
        let created = world.unifi_site().create_vouchers(&order).await.expect("vouchers");
        let codes: Vec<&str> = created.iter().map(|voucher| voucher.code.as_str()).collect();
        assert_eq!(codes, ["7700000001", "7700000003"]);

        let positions: Vec<usize> = created.unreadable().iter().map(|row| row.position()).collect();
        assert_eq!(positions, [1, 2]);
        let odd: Value = serde_json::from_str(created.unreadable()[0].json()).expect("JSON");
        assert_eq!(odd, odd_voucher(2), "its code is not lost either");
        let debugged = format!("{created:?} {:#?}", created.unreadable());
        assert!(!debugged.contains("770000000") && !debugged.contains("perhaps"), "{debugged}");
        let sent_back = serde_json::to_value(&created).expect("JSON");
        assert_eq!(sent_back[1], odd_voucher(2), "what is not known is written unchanged, in its place");
        assert_eq!(sent_back[3]["code"], json!("7700000003"));
    }
}

/// What a stream gives: rows by their codes, and notices.
async fn told<T, A: Refusal>(
    rows: impl Stream<Item = Result<T, Error<A>>>,
    code: impl Fn(&T) -> Option<String>,
) -> String {
    let mut told = String::new();
    pin_mut!(rows);
    while let Some(row) = rows.next().await {
        match row {
            Ok(row) => writeln!(told, "{}", code(&row).unwrap_or_default()),
            Err(error) => {
                assert!(!format!("{error} {error:?}").contains("perhaps"));
                writeln!(told, "{error} (goes on: {})", error.is_notice())
            }
        }
        .expect("text");
    }
    told
}

#[tokio::test]
async fn a_list_of_unifi_goes_on_behind_them() {
    let world = World::start().await;
    let site = world.unifi_site();
    let code = |voucher: &Voucher| Some(voucher.code.to_string());
    // The second page begins with the last row of the first, which cannot be read and is told once.
    world.sandbox.unifi().answer_next(page(0, 5, vec![voucher(1), voucher(2), odd_voucher(3)]));
    world.sandbox.unifi().answer_next(page(2, 5, vec![odd_voucher(3), voucher(4), voucher(5)]));
    world.sandbox.unifi().clear_received();
    let overlapping = told(site.vouchers(None), code).await;
    let offsets: Vec<_> = world.sandbox.unifi().received().into_iter().map(|request| request.query).collect();
    assert_eq!(offsets.len(), 2);
    assert!(offsets[1].contains(&("offset".to_owned(), "2".to_owned())), "odd rows count: {offsets:?}");

    world.sandbox.unifi().answer_next(page(0, 2, vec![json!(7), json!([])]));
    let nothing_else = told(site.vouchers(None), code).await;
    insta::assert_snapshot!("odd_rows_of_unifi", format!("{overlapping}--\n{nothing_else}"));
}

#[tokio::test]
async fn a_list_of_omada_goes_on_behind_them() {
    let world = World::start().await;
    let site = world.omada_site();
    let odd = json!("perhaps");
    // The second page has the rows of the first as well, so that it shows whether rows were added or removed.
    for rows in [json!([odd, odd]), json!([odd, odd, {"code": "00000003"}])] {
        let body = json!({"errorCode": 0, "result": {"totalRows": 3, "data": rows}});
        world.sandbox.omada().answer_next(Canned::status(200).json(body));
    }
    let group_id = GroupId::new("0123456789abcdef01234567").expect("an id");
    let query = VoucherGroupQuery::builder().page(1).page_size(2).build();
    let rows = site.vouchers_of_group(&group_id, query);
    insta::assert_snapshot!(
        "odd_rows_of_omada",
        told(rows, |voucher| voucher.code.as_ref().map(ToString::to_string)).await
    );

    let body = json!({"errorCode": 0, "result": [{"id": "a", "hotspotTypes": 7}, 7, {"id": "b"}]});
    world.sandbox.omada().answer_next(Canned::status(200).json(body));
    let portals: List<_> = site.portals().await.expect("portals");
    assert_eq!((portals.len(), portals.unreadable().len()), (2, 1));
}

#[tokio::test]
async fn what_cannot_be_read_is_not_taken_for_absent() {
    let world = World::start().await;
    let site = world.unifi_site();
    world.sandbox.unifi().answer_next(page(0, 1, vec![odd_voucher(4)]));
    let found = site.voucher_by_code("7700000004").await.expect_err("nobody knows what it is");
    assert!(matches!(found, Error::Unreadable(_)), "{found}");
    world.sandbox.unifi().answer_next(page(0, 1, vec![json!({"name": "Default"})]));
    let found = world.unifi.find_site("Default").await.expect_err("nobody knows what it is");
    assert!(matches!(found, Error::Unreadable(_)), "{found}");
}

#[tokio::test]
async fn vouchers_that_were_created_and_cannot_be_read_are_not_sold_again() {
    let world = World::start().await;
    let site = world.unifi_site();
    let mut messages = String::new();
    for rows in [vec![odd_voucher(4)], vec![json!({"code": "7700000005"}), json!(7)]] {
        let answer = || Canned::status(201).json(json!({"vouchers": rows}));
        world.sandbox.unifi().answer_next(answer());
        let created = site.create_vouchers(&vouchers("odd")).await;
        world.sandbox.unifi().answer_next(page(0, 0, Vec::new()));
        world.sandbox.unifi().answer_next(answer());
        let key = IdempotencyKey::new("1042").expect("a key");
        for created in [created, site.create_vouchers_once(&vouchers("odd"), &key).await] {
            let error = created.expect_err("nothing to hand out");
            assert!(error.is_unclear() && !error.is_notice() && !error.is_retryable());
            writeln!(messages, "{}", world.shown(&error)).expect("text");
            let Error::Unreadable(unreadable) = error else { panic!("{error:?}") };
            assert_eq!((unreadable.is_created, unreadable.rows.len()), (true, rows.len()));
            assert!(unreadable.rows[0].json().contains("77000000"));
        }
    }
    insta::assert_snapshot!("unreadable_creates", messages);
}

#[tokio::test]
async fn a_code_is_found_beside_them() {
    let world = World::start().await;
    let site = world.omada_site();
    site.voucher_summary().await.expect("the sign-in, which is not scripted");
    let script = |rows: [Value; 2]| {
        let body = json!({"errorCode": 0, "result": {"totalRows": 2, "data": rows}});
        world.sandbox.omada().answer_next(Canned::status(200).json(body));
    };
    let good = json!({"id": "b", "code": "77000005", "status": 0});
    for (code, is_found) in [("77000005", true), ("77000006", false)] {
        script([json!(7), json!({"id": "a"})]);
        script([json!(["77000006"]), good.clone()]);
        match site.find_voucher(code).await {
            Ok(found) => assert_eq!(found.is_some(), is_found, "{code}"),
            Err(error) => assert!(matches!(error, Error::Unreadable(_)) && !is_found, "{code}: {error}"),
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_not_purged() {
    let world = World::start().await;
    let site = world.unifi_site();
    let stale = site.create_vouchers(&vouchers("stale")).await.expect("vouchers");
    let mut rows: Vec<Value> = stale.iter().map(|voucher| serde_json::to_value(voucher).expect("JSON")).collect();
    rows[1]["id"] = json!("perhaps");
    world.sandbox.unifi().answer_next(page(0, 3, rows));
    let plan = site.plan_purge(Voucher::NAME.eq("stale")).await.expect("a plan");
    assert_eq!((plan.vouchers().len(), plan.unreadable().len()), (2, 1));
    assert!(!world.debugged(&plan).contains("perhaps"));
    assert_eq!(plan.run().await.expect("a purge"), 2);
    assert_eq!(site.voucher(stale[1].id).await.expect("it stayed").code, stale[1].code);
}

#[tokio::test]
async fn answers_that_are_no_list_are_refused() {
    let world = World::start().await;
    world.sandbox.unifi().answer_next(Canned::status(201).json(json!({"vouchers": {"0": voucher(1)}})));
    let refused = world.unifi_site().create_vouchers(&vouchers("odd")).await.expect_err("no list");
    let Error::Unclear(unclear) = refused else { panic!("the vouchers may exist: {refused}") };
    assert!(matches!(unclear.cause, Error::Unexpected(_)), "{}", unclear.cause);
    let body = json!({"errorCode": 0, "result": {"profileId": "1"}});
    world.sandbox.omada().answer_next(Canned::status(200).json(body));
    let refused = world.omada_site().rate_limit_profiles().await.expect_err("no list");
    assert!(matches!(refused, Error::Unexpected(_)), "{refused}");
}

/// All lists of objects are read so: the surface of the build says which those are.
#[test]
fn every_list_of_objects_is_read_row_by_row() {
    for (vendor, surface) in [
        ("omada", include_str!(concat!(env!("OUT_DIR"), "/omada.surface"))),
        ("unifi", include_str!(concat!(env!("OUT_DIR"), "/unifi.surface"))),
    ] {
        let objects: Vec<&str> = surface.lines().filter_map(|line| line.strip_prefix("answer ")).collect();
        let lists = surface.lines().filter(|line| line.contains("List<"));
        assert!(lists.count() >= 4, "{vendor}");
        for line in surface.lines() {
            for object in &objects {
                assert!(!line.contains(&format!("Vec<{object}>")), "{vendor}: {line}");
            }
        }
    }
}

#[test]
fn a_field_that_comes_twice_takes_no_row_away() {
    let id = r#""id": "0d1f3a52-5a5b-4f3c-8f5e-0123456789ab", "internalReference": "x""#;
    let json = format!(r#"[{{{id}, "name": "a", "name": "b"}}, {{{id}, "id": "c", "name": "c"}}]"#);
    let list: List<SiteOverview> = serde_json::from_str(&json).expect("a list");
    assert_eq!((list[0].name.as_deref(), list.len(), list.unreadable().len()), (Some("b"), 1, 1));
    let written = serde_json::to_string(&list).expect("JSON");
    assert_eq!(serde_json::from_str::<List<SiteOverview>>(&written).expect("the same list"), list);
}
