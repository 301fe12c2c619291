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

/// Large values that are not as documented: something before, something again and again, and something behind.
type Value = (&'static str, [&'static str; 3]);
const TEXT: Value = ("a long text with one escape", ["\"\\n", "x", "\""]);
const LIST: Value = ("a list of texts", ["[\"a\"", ",\"a\"", "]"]);
const OBJECT: Value = ("an object of small fields", ["{\"a\":1", ",\"a\":1", "}"]);
const NESTED: Value = ("nested lists", ["", "[", ""]);

/// A body with such a value in a place.
fn with(value: Value, place: &str, [left, right]: [&str; 2]) -> (String, String) {
    let (name, [before, again, behind]) = value;
    (format!("{name} as {place}"), body(&format!("{left}{before}"), again, &format!("{behind}{right}")))
}

const ID: &str = r#""id":"0d1f3a52-5a5b-4f3c-8f5e-0123456789ab""#;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Plays bodies to a call, and lists those that take too much.
fn check(cases: impl Iterator<Item = (String, u16, String)>, play: impl Fn(&Runtime, Canned)) {
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
    let rows = [r#"{"totalCount":1,"data":["#, "]}"];
    let name = format!(r#"{{"totalCount":1,"data":[{{{ID},"code":"1","name":"#);
    let odd = format!(r#"{{"totalCount":1,"data":[{{{ID},"code":"1","expired":"","name":"#);
    let message = [r#"{"statusName":"CONFLICT","message":"#, "}"];
    let code = [r#"{"statusName":"CONFLICT","code":"#, "}"];
    let pages = [
        with(TEXT, "a row", rows),
        with(LIST, "a row", rows),
        with(OBJECT, "a row", rows),
        with(NESTED, "a row", rows),
        with(TEXT, "a name", [&name, "}]}"]),
        with(TEXT, "a name of an odd row", [&odd, "}]}"]),
        with(LIST, "the list", [r#"{"totalCount":1,"data":"#, "}"]),
        with(OBJECT, "an unknown field", [r#"{"totalCount":0,"data":[],"new":"#, "}"]),
        ("empty rows".to_owned(), body(r#"{"totalCount":1,"data":["#, "{},", "1]}")),
        ("a long name of a field with escapes".to_owned(), body("{\"", "xxxxxx\\n", "\":1}")),
    ];
    let refusals = [
        with(TEXT, "a message", message),
        with(NESTED, "a message", message),
        with(LIST, "a code", code),
        with(NESTED, "a code", code),
        with(OBJECT, "an error", [r#"{"error":"#, "}"]),
    ];
    let pages = pages.into_iter().map(|(name, body)| (name, 200, body));
    let refusals = refusals.into_iter().map(|(name, body)| (name, 409, body));
    let site = world.unifi_site();
    check(pages.chain(refusals), |runtime, answer| {
        world.sandbox.unifi().answer_next(answer);
        runtime.block_on(async { drop(site.vouchers(None).take(1).collect::<Vec<_>>().await) });
    });
}

#[test]
fn a_body_of_omada_takes_three_times_its_size() {
    let world = runtime().block_on(World::start());
    let site = world.omada_site();
    runtime().block_on(site.voucher_summary()).expect("the sign-in, which is not scripted");
    let rows = [r#"{"errorCode":0,"result":{"data":["#, "]}}"];
    let bodies = [
        with(TEXT, "a row", rows),
        with(LIST, "a row", rows),
        with(OBJECT, "a row", rows),
        with(NESTED, "a row", rows),
        with(LIST, "a list in a group", [r#"{"errorCode":0,"result":{"portalNames":"#, "}}"]),
        with(LIST, "the days of a schedule", [r#"{"errorCode":0,"result":{"schedule":{"weeklyEnableDays":"#, "}}}"]),
        with(TEXT, "the code of a voucher", [r#"{"errorCode":0,"result":{"data":[{"code":"#, "}]}}"]),
        with(LIST, "an errorCode", [r#"{"errorCode":"#, "}"]),
        with(NESTED, "an errorCode", [r#"{"errorCode":"#, "}"]),
        with(TEXT, "a message", [r#"{"errorCode":-1001,"msg":"#, "}"]),
        with(OBJECT, "the result of a refusal", [r#"{"errorCode":-1001,"result":"#, "}"]),
        ("short rows".to_owned(), body(r#"{"errorCode":0,"result":{"data":["#, "{\"id\":\"a\"},", "{}]}}")),
    ];
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    let query = VoucherGroupQuery::full_pages().build();
    check(bodies.into_iter().map(|(name, body)| (name, 200, body)), |runtime, answer| {
        world.sandbox.omada().answer_next(answer);
        drop(runtime.block_on(site.voucher_group(&id, &query)));
    });
}
