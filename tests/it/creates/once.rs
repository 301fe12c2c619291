//! Omada groups that are created with a key.

use std::time::Duration;

use futures_util::future::join_all;
use hotspot_vouchers::omada::{CreateVoucherGroup, Error};
use hotspot_vouchers::{Connection, IdempotencyKey, blocking};
use hotspot_vouchers_sandbox::{Canned, Fault, Moment, Sandbox};
use serde_json::json;

use super::server::{Asked, Reply, controller, result, sent};
use crate::support::{World, group, once};

const CREATE: &str = "POST *voucher-groups";
const PATIENCE: Duration = Duration::from_secs(30);

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text).expect("a key")
}

async fn world() -> World {
    let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
    World::on(sandbox, Connection::new().danger_trust_any_certificate())
}

#[tokio::test]
async fn a_key_returns_the_same_codes() {
    let world = World::start().await;
    let (omada, site) = (world.sandbox.omada(), world.omada_site());
    site.voucher_summary().await.expect("the sign-in");
    omada.clear_received();
    let sold = site.create_voucher_group_once(&group("Till 1"), &key("1042"), PATIENCE).await.expect("a group");
    assert_eq!((sold.codes.len(), omada.received().len()), (3, 4), "a look, a create, a count and a page");
    let again = site.create_voucher_group_once(&group("Till 1"), &key("1042"), PATIENCE).await.expect("the group");
    assert_eq!((&sold, omada.received().len()), (&again, 7));
    // Another process, and another till with the same receipt.
    let other = world.omada_builder().build().expect("a client").site(omada.site_id()).expect("an id");
    assert_eq!(other.create_voucher_group_once(&group("Till 2"), &key("1042"), PATIENCE).await.expect("it"), sold);
    for text in ["1043", "k", "K"] {
        let other = site.create_voucher_group_once(&group("Till 1"), &key(text), PATIENCE).await.expect("a group");
        assert!(other.id != sold.id && other.codes.iter().all(|code| !sold.codes.contains(code)), "{text}");
    }
    assert_eq!(omada.books().len(), 4);
    world.debugged(&sold);
}

#[tokio::test(start_paused = true)]
async fn whatever_happens_to_the_create_there_is_one_group() {
    let page = |status: u16| Canned::status(status).text("text/html", "<title>Blocked</title>");
    let faults = [
        Fault::Reset(Moment::BeforeCommit),
        Fault::Reset(Moment::AfterCommit),
        Fault::CutBody,
        Fault::Answer(Moment::AfterCommit, Canned::status(200).json(json!({"errorCode": 0, "result": {}}))),
        Fault::Answer(Moment::AfterCommit, page(502)),
        Fault::Answer(Moment::AfterCommit, page(429)),
        Fault::Answer(Moment::AfterCommit, page(401)),
        Fault::Answer(Moment::AfterCommit, Canned::status(200).json(json!({"errorCode": -44112, "msg": "Expired."}))),
        Fault::Answer(Moment::AfterCommit, Canned::status(200).json(json!({"errorCode": -33004, "msg": "Busy."}))),
        Fault::Answer(Moment::AfterCommit, Canned::status(200).json(json!({"errorCode": -1, "msg": "Failed."}))),
        Fault::Answer(Moment::AfterCommit, Canned::status(200).json(json!({"errorCode": -42059, "msg": "Taken."}))),
    ];
    for fault in faults {
        let world = world().await;
        let (omada, site) = (world.sandbox.omada(), world.omada_site());
        omada.set_code_lag(Duration::from_secs(5));
        // The sandbox's clock stands still in the test's own time.
        omada.faults().on(CREATE, fault.clone(), 1);
        let sale = group("Till 1");
        let receipt = key("1042");
        let killed = site.create_voucher_group_once(&sale, &receipt, Duration::from_secs(3)).await;
        match &killed {
            Err(Error::Incomplete(incomplete)) => assert!(incomplete.is_created, "{incomplete:?}"),
            other => panic!("the codes lag: {other:?} after {fault:?}"),
        }
        assert!(killed.expect_err("incomplete").is_unclear());
        omada.set_code_lag(Duration::ZERO);
        let sold = site.create_voucher_group_once(&sale, &receipt, PATIENCE).await;
        let sold = sold.unwrap_or_else(|error| panic!("{error} after {fault:?}"));
        let books = omada.books();
        let codes: Vec<&str> = books[0].vouchers.iter().map(|voucher| voucher.code.as_str()).collect();
        assert_eq!((books.len(), sold.codes.iter().map(|code| code.as_str()).collect()), (1, codes), "{fault:?}");
    }
}

#[tokio::test]
async fn calls_with_one_key_at_the_same_time_create_one_group() {
    let world = World::start().await;
    let (site, sale, receipt) = (world.omada_site(), group("Till 1"), key("1042"));
    let calls = (0..8).map(|_| site.create_voucher_group_once(&sale, &receipt, PATIENCE));
    let sold: Vec<_> = join_all(calls).await.into_iter().map(|sold| sold.expect("a group")).collect();
    assert!(sold.iter().all(|other| *other == sold[0]));
    assert_eq!(world.sandbox.omada().books().len(), 1);
}

#[tokio::test]
async fn a_key_is_for_one_order_and_leaves_room_for_a_label() {
    let world = World::start().await;
    let (omada, site, receipt) = (world.sandbox.omada(), world.omada_site(), key("1042"));
    let sold = site.create_voucher_group_once(&group("Till 1"), &receipt, PATIENCE).await.expect("a group");
    let changes: [fn(&mut CreateVoucherGroup); 3] =
        [|group| group.duration += 1, |group| group.limit_num = Some(7), |group| group.amount = 2];
    for change in changes {
        let mut other = group("Till 1");
        change(&mut other);
        let refused = site.create_voucher_group_once(&other, &receipt, PATIENCE).await.expect_err("another order");
        assert!(refused.is_invalid() && !refused.is_unclear(), "{refused}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(world.shown(&refused).replace(sold.id.as_str(), "GROUP_ID"), @"`idempotencyKey` cannot be used: the group GROUP_ID was created with this key, and has other settings");
        }
    }
    omada.clear_received();
    let long =
        site.create_voucher_group_once(&group(&"x".repeat(20)), &key("2"), PATIENCE).await.expect_err("too long");
    insta::assert_snapshot!(world.shown(&long), @"`name` has 33 characters, outside 1..=32");
    assert!(omada.received().is_empty());
    site.create_voucher_group_once(&group(&"x".repeat(19)), &key("2"), PATIENCE).await.expect("a group");
    assert_eq!(omada.books().len(), 2);
}

/// A controller with one group, whose name it changes.
async fn renaming(
    rename: fn(&str) -> String,
) -> (hotspot_vouchers::omada::Site, std::sync::Arc<std::sync::Mutex<Vec<String>>>) {
    let mut made: Option<String> = None;
    let answer = Box::new(move |asked: &Asked| {
        let id = "0123456789abcdef01234567";
        if asked.method == "POST" {
            if made.is_some() {
                return Reply::json(200, &json!({"errorCode": -42059, "msg": "Taken."}));
            }
            made = Some(rename(asked.body["name"].as_str().expect("a name")));
            return result(&json!({"id": id}));
        }
        let voucher = json!({"id": "a", "code": "12345678"});
        if asked.path.contains(id) {
            return result(&json!({"id": id, "name": made, "totalRows": 1, "data": [voucher]}));
        }
        let search = asked.path.split("searchKey=").nth(1).unwrap_or_default();
        let found = made.as_ref().filter(|name| name.contains(search));
        let rows: Vec<_> = found.map(|name| json!({"id": id, "name": name})).into_iter().collect();
        result(&json!({"totalRows": rows.len(), "data": rows}))
    });
    controller(answer, once()).await
}

#[tokio::test]
async fn a_controller_that_changes_names_sells_once() {
    let mut sale = group("Till Caf\u{e9}");
    sale.amount = 1;
    let changes: [fn(&str) -> String; 4] = [
        str::to_uppercase,
        str::to_lowercase,
        |name| name.chars().take(12).collect(),
        |name| name.replace('\u{e9}', "e\u{301}"),
    ];
    for rename in changes {
        let (site, _) = renaming(rename).await;
        let sold = site.create_voucher_group_once(&sale, &key("1042"), PATIENCE).await.expect("a group");
        let again = site.create_voucher_group_once(&sale, &key("1042"), PATIENCE).await.expect("the same group");
        assert_eq!(sold, again);
    }
    let (site, asked) = renaming(|name| name.chars().take(11).collect()).await;
    for _ in 0..2 {
        match site.create_voucher_group_once(&sale, &key("1042"), PATIENCE).await {
            Err(Error::Unclear(unclear)) => assert!(unclear.candidates.len() <= 1, "{unclear:?}"),
            other => panic!("the marker is gone: {other:?}"),
        }
    }
    assert_eq!(sent(&asked, "POST"), 3, "one sign-in and two creates, of which the second was refused");
}

#[test]
fn it_works_without_async() {
    let sandbox = Sandbox::builder().start_without_async().expect("a sandbox on a thread of its own");
    let omada = sandbox.omada();
    let client = blocking::omada::Client::builder(omada.url()).omadac_id(omada.omadac_id());
    let client = client.client_credentials(omada.client_id(), omada.client_secret()).build().expect("a client");
    let site = client.site(omada.site_id()).expect("an id");
    let sold = site.create_voucher_group_once(&group("Till 1"), &key("1042"), PATIENCE).expect("a group");
    assert_eq!(site.create_voucher_group_once(&group("Till 1"), &key("1042"), PATIENCE).expect("the group"), sold);
    assert_eq!(omada.books().len(), 1);
}
