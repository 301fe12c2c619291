//! What reading a body takes: at most three times its size, whatever is in it.

use std::fmt::Write;

use allocation_counter::measure;
use futures_util::StreamExt;
use hotspot_vouchers::omada::{GroupId, VoucherGroupQuery};
use hotspot_vouchers_sandbox::Canned;
use tokio::runtime::{Builder, Runtime};

use crate::support::World;

/// How large the bodies are. Smaller ones may take 16 MiB for rows and items, whatever their size is.
const SIZE: usize = 17 << 20;

/// A body of about that size: something before, something again and again, and something behind.
fn body(before: &str, again: &str, behind: &str) -> String {
    let mut body = String::with_capacity(SIZE);
    body.push_str(before);
    while body.len() + again.len() + behind.len() <= SIZE {
        body.push_str(again);
    }
    body.push_str(behind);
    body
}

/// Values that are not as documented, and some that are, where a value may be.
fn values() -> Vec<(&'static str, String, String, String)> {
    let value = |name, before: &str, again: &str, behind: &str| {
        (name, before.to_owned(), again.to_owned(), behind.to_owned())
    };
    vec![
        value("a long text with one escape", "\"\\n", "x", "\""),
        value("a list of texts", "[\"a\"", ",\"a\"", "]"),
        value("an object of small fields", "{\"a\":1", ",\"a\":1", "}"),
        value("nested lists", "", "[", ""),
    ]
}

const ID: &str = r#""id":"0d1f3a52-5a5b-4f3c-8f5e-0123456789ab""#;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Plays bodies to a call, and lists those that take too much.
fn check(cases: Vec<(String, u16, String)>, play: impl Fn(&Runtime, Canned)) {
    let runtime = runtime();
    // What the first call sets up belongs to no body.
    play(&runtime, Canned::status(200).body("{}"));
    let mut much = String::new();
    for (name, status, body) in cases {
        let size = body.len();
        let answer = Canned::status(status).body(body);
        let took = measure(|| play(&runtime, answer.clone())).bytes_max;
        // The copy is the sandbox's, which sends it.
        let took = usize::try_from(took).expect("a size").saturating_sub(size);
        if took > 3 * size {
            writeln!(much, "{name}: {:.2} times the body", took as f64 / size as f64).expect("text");
        }
    }
    assert_eq!(much, "");
}

#[test]
fn a_body_of_unifi_takes_three_times_its_size() {
    let world = runtime().block_on(World::start());
    let mut cases = Vec::new();
    for (name, before, again, behind) in values() {
        let mut add = |place: &str, status, left: &str, right: &str| {
            let body = body(&format!("{left}{before}"), &again, &format!("{behind}{right}"));
            cases.push((format!("{name} as {place}"), status, body));
        };
        add("a row", 200, r#"{"totalCount":1,"data":["#, "]}");
        add("a name", 200, &format!(r#"{{"totalCount":1,"data":[{{{ID},"code":"1","name":"#), "}]}");
        add("an odd name", 200, &format!(r#"{{"totalCount":1,"data":[{{{ID},"code":"1","expired":"","name":"#), "}]}");
        add("a code", 200, &format!(r#"{{"totalCount":1,"data":[{{{ID},"code":"#), "}]}");
        add("an unknown field", 200, r#"{"totalCount":0,"data":[],"new":"#, "}");
        add("a list", 200, r#"{"totalCount":1,"data":"#, "}");
        add("a message", 409, r#"{"statusName":"CONFLICT","message":"#, "}");
        add("a code of a refusal", 409, r#"{"statusName":"CONFLICT","code":"#, "}");
        add("a front's error", 409, r#"{"error":"#, "}");
    }
    for (name, again) in [("empty rows", "{},"), ("numbers", "1,"), ("short rows", "{\"id\":1,\"code\":2},")] {
        cases.push((name.to_owned(), 200, body(r#"{"totalCount":1,"data":["#, again, "1]}")));
    }
    cases.push(("a long name of a field".to_owned(), 200, body("{\"", "x", "\":1}")));
    cases.push(("a long name with escapes".to_owned(), 200, body("{\"", "xxxxxx\\n", "\":1}")));
    let site = world.unifi_site();
    check(cases, |runtime, answer| {
        world.sandbox.unifi().answer_next(answer);
        runtime.block_on(async { drop(site.vouchers(None).take(1).collect::<Vec<_>>().await) });
    });
}

#[test]
fn a_body_of_omada_takes_three_times_its_size() {
    let world = runtime().block_on(World::start());
    let site = world.omada_site();
    runtime().block_on(site.voucher_summary()).expect("the sign-in, which is not scripted");
    let mut cases = Vec::new();
    for (name, before, again, behind) in values() {
        let mut add = |place: &str, left: &str, right: &str| {
            let body = body(&format!("{left}{before}"), &again, &format!("{behind}{right}"));
            cases.push((format!("{name} as {place}"), 200, body));
        };
        add("a row", r#"{"errorCode":0,"result":{"data":["#, "]}}");
        add("a list in a group", r#"{"errorCode":0,"result":{"portalNames":"#, "}}");
        add("the days of a schedule", r#"{"errorCode":0,"result":{"schedule":{"weeklyEnableDays":"#, "}}}");
        add("the code of a voucher", r#"{"errorCode":0,"result":{"data":[{"code":"#, "}]}}");
        add("a result", r#"{"errorCode":0,"result":"#, "}");
        add("an errorCode", r#"{"errorCode":"#, "}");
        add("a message", r#"{"errorCode":-1001,"msg":"#, "}");
        add("the result of a refusal", r#"{"errorCode":-1001,"result":"#, "}");
    }
    for (name, again) in [("empty rows", "{},"), ("numbers", "1,"), ("short rows", "{\"id\":\"a\"},")] {
        cases.push((name.to_owned(), 200, body(r#"{"errorCode":0,"result":{"data":["#, again, "{}]}}")));
    }
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    let query = VoucherGroupQuery::full_pages().build();
    check(cases, |runtime, answer| {
        world.sandbox.omada().answer_next(answer);
        drop(runtime.block_on(site.voucher_group(&id, &query)));
    });
}
