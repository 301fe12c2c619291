//! Omada groups that are created by their name: which one is taken for the new one, and what is known of a clock.

use std::sync::{Arc, Mutex};

use hotspot_vouchers::Connection;
use hotspot_vouchers::omada::{Error, ErrorCode, GroupId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::server::{Asked, Reply, controller, result, sent};
use crate::support::group;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A group like the one that is ordered, created so many seconds from now.
fn row(id: u32, seconds: i64) -> Value {
    let created = Timestamp::now() + SignedDuration::from_secs(seconds);
    json!({
        "id": format!("{id:024}"), "name": "Lobby", "createdTime": created.as_millisecond(),
        "totalCount": 3, "unusedCount": 3, "usedCount": 0, "inUseCount": 0, "limitType": 0, "limitNum": 2, "durationType": 1,
        "duration": 60,
    })
}

fn taken() -> Reply {
    Reply::json(200, &json!({"errorCode": -42059, "msg": "This voucher group name already exists."}))
}

fn list(rows: &[Value]) -> Reply {
    result(&json!({"totalRows": rows.len(), "currentPage": 1, "currentSize": 1000, "data": rows}))
}

/// Answers creates and lists in turn; of each the last one again and again.
fn script(mut creates: Vec<Reply>, mut lists: Vec<Reply>) -> super::server::Answer {
    let next = |replies: &mut Vec<Reply>| if replies.len() > 1 { replies.remove(0) } else { replies[0].clone() };
    Box::new(move |asked: &Asked| next(if asked.method == "POST" { &mut creates } else { &mut lists }))
}

#[tokio::test]
async fn a_strange_group_is_not_taken_for_the_new_one() {
    let failed = || Reply::Http(502, Some(0), String::new());
    // When the group was created, how far the dates of the create and of the look are away, and whether it is the new one.
    let cases = [
        (0, Some(0), Some(0), true),
        (-1, Some(0), Some(0), true),
        (-HOUR, Some(0), Some(0), false),
        (-HOUR, Some(-DAY), Some(-DAY), false),
        (-DAY, Some(-DAY), Some(-DAY), true),
        (HOUR, Some(0), Some(0), false),
        (DAY, Some(DAY), Some(DAY), true),
        // The clock jumps within the call.
        (0, Some(-4 * HOUR), Some(0), false),
        (0, Some(4 * HOUR), Some(0), false),
        (-HOUR, Some(0), Some(-HOUR), false),
        (HOUR, Some(0), Some(HOUR), false),
        // A response that was 20 seconds on its way is no jump.
        (0, Some(-20), Some(0), true),
        // Without a date nothing is known.
        (0, None, None, false),
        (0, None, Some(0), true),
    ];
    for (created, first, second, is_new) in cases {
        let shown = format!("created {created}, dates {first:?} and {second:?}");
        let lists = vec![list(&[row(7, created)]).with_date(second)];
        let answer = script(vec![failed().with_date(first), taken().with_date(second)], lists);
        let (site, _) = controller(answer, Connection::new()).await;
        // The sign-in, whose response has the right date, is not part of the call.
        site.client().token().await.expect("a token");
        match (site.create_voucher_group(&group("Lobby")).await, is_new) {
            (Ok(id), true) => assert_eq!(id.as_str(), format!("{:024}", 7), "{shown}"),
            (Err(Error::Unclear(unclear)), false) => assert_eq!(unclear.candidates, [format!("{:024}", 7)], "{shown}"),
            (other, _) => panic!("{other:?}: {shown}"),
        }
    }
}

#[tokio::test]
async fn a_name_that_is_taken_by_the_call_itself_is_settled() {
    let busy = || Reply::json(429, &json!({"errorCode": -1, "msg": "Too many requests."}));
    let expired = || Reply::json(200, &json!({"errorCode": -44112, "msg": "The access token has expired."}));
    let blocked = || Reply::Http(401, Some(0), "<title>Blocked</title>".to_owned());
    for first in [busy(), expired(), blocked(), Reply::Http(503, Some(0), String::new()), Reply::Nothing] {
        let answer = script(vec![first.clone(), taken()], vec![list(&[row(7, 0)])]);
        let (site, _) = controller(answer, Connection::new()).await;
        let id = site.create_voucher_group(&group("Lobby")).await.expect("the group of the first attempt");
        assert_eq!(id.as_str(), format!("{:024}", 7));
        // A group that was there before is another one's, and may be the same.
        let answer = script(vec![first, taken()], vec![list(&[row(7, -HOUR)])]);
        let (site, _) = controller(answer, Connection::new()).await;
        let outcome = site.create_voucher_group(&group("Lobby")).await;
        assert!(matches!(&outcome, Err(Error::Unclear(_))), "{outcome:?}");
    }
    // At the first attempt it is another group, whose codes are not ours to sell.
    let (site, asked) = controller(script(vec![taken()], vec![list(&[row(7, 0)])]), Connection::new()).await;
    match site.create_voucher_group(&group("Lobby")).await {
        Err(Error::Api(refusal)) => assert_eq!(refusal.code, ErrorCode::GroupNameTaken),
        other => panic!("{other:?}"),
    }
    assert_eq!(sent(&asked, "GET"), 0);
}

#[tokio::test]
async fn an_id_that_was_returned_before_is_not_returned_again() {
    let (created, groups): (_, Arc<Mutex<Vec<Value>>>) =
        (|id: u32| result(&json!({"id": format!("{id:024}")})), Arc::default());
    let rows = groups.clone();
    let mut creates = vec![created(1), created(1), created(1)].into_iter();
    let answer = Box::new(move |asked: &Asked| match asked.method.as_str() {
        "POST" => {
            let mut rows = rows.lock().expect("no panic");
            let number = u32::try_from(rows.len() + 1).expect("a few");
            if rows.iter().any(|row| row["name"] == asked.body["name"]) {
                return taken();
            }
            let mut made = row(number, 0);
            made["name"] = asked.body["name"].clone();
            rows.push(made);
            creates.next().expect("three creates")
        }
        _ => list(&rows.lock().expect("no panic")),
    });
    let (site, asked) = controller(answer, Connection::new()).await;
    for number in 1..=3 {
        let id = site.create_voucher_group(&group(&format!("sale {number}"))).await.expect("a group");
        assert_eq!(id, GroupId::new(format!("{number:024}")).expect("an id"), "{:?}", asked.lock());
    }
    assert_eq!(groups.lock().expect("no panic").len(), 3);
}
