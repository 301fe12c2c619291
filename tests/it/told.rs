//! What is planted in responses is in no error and no trace, and what is shown is escaped and short.

use std::error::Error as StdError;

use hotspot_vouchers::omada::{GroupId, VoucherGroupQuery};
use hotspot_vouchers::unifi;
use hotspot_vouchers_sandbox::Canned;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::Builder;

use crate::log::Log;
use crate::support::World;

/// Codes of both vendors, keys and passwords, none of which is made of words.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{5}",
        "[0-9]{8}",
        "[0-9]{10}",
        "[bcdfghjkmnpqrstvwxz]{6,10}",
        "[BCDFGHJKLMNPQRSTVWXZ2-9]{6,10}",
        "[BCDFGHJbcdfghj2-9]{7,10}",
        "[A-Za-z0-9_-]{32}",
    ]
}

/// The ways in which a secret is written.
fn encoded(secret: &str, way: usize) -> String {
    let each = |write: fn(char) -> String| secret.chars().map(write).collect::<String>();
    match way % 12 {
        0 => secret.to_owned(),
        1 => each(|c| format!("%{:02X}", u32::from(c))),
        2 => each(|c| format!("%25{:02x}", u32::from(c))),
        3 => each(|c| format!("\\u{:04x}", u32::from(c))),
        4 => each(|c| format!("&#{};", u32::from(c))),
        5 => each(|c| format!("&#x{:x};", u32::from(c))),
        6 => each(|c| format!("\\\\u{:04X}", u32::from(c))),
        7 => each(|c| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c).to_string()),
        8 => secret.to_lowercase(),
        9 => secret.to_uppercase(),
        10 => format!("{}-{}", &secret[..secret.len() / 2], &secret[secret.len() / 2..]),
        _ => each(|c| format!("{c}\u{200b}")),
    }
}

/// What stands around it.
fn joined(secret: &str, way: usize) -> String {
    match way % 10 {
        0 => format!("no voucher has the code '{secret}'."),
        1 => format!("voucher-{secret}"),
        2 => format!("voucher_{secret}"),
        3 => format!("{secret}_used"),
        4 => format!("filter code.eq%28%27{secret}%27%29 is invalid"),
        5 => format!("\u{1b}[31m{secret}\r\nGET /v1/x?code={secret}"),
        6 => format!("{{\"code\":\"{secret}\"}}"),
        7 => format!("[{secret}]"),
        8 => format!("{}{secret}", "not found ".repeat(15)),
        _ => format!("the code is{secret}"),
    }
}

fn body(text: &str, shape: usize) -> Canned {
    let page = format!("<html><head><title>{text}</title></head></html>");
    match shape % 12 {
        0 => Canned::status(200).json(json!({"errorCode": -1001, "msg": text, "message": text, "code": "api.x"})),
        1 => Canned::status(409).json(json!({"statusCode": 409, "message": text, "code": text, "requestId": text})),
        2 => Canned::status(401).json(json!({"error": {"code": 401, "message": text}})),
        3 => Canned::status(400).json(json!({text: text, "message": text})),
        4 => Canned::status(500).text("text/html", page),
        5 => Canned::status(500).text("text/plain", text),
        6 => Canned::status(200).text("application/json", format!("\u{feff}{}", json!({"error": text, "x": [text]}))),
        7 => Canned::status(200).text("application/json", format!(")]}}',\n{}", json!({"x": text, "msg": text}))),
        8 => Canned::status(409).json(json!({"meta": {"rc": "error", "msg": format!("api.err.{text}")}})),
        9 => Canned::status(500).json(json!({"errorCode": text, "msg": [text], "traceId": text, "code": text})),
        10 => Canned::status(409).json(json!({"httpStatusCode": 409, "message": text, "traceId": text})),
        _ => Canned::status(404).json(Value::from(text)),
    }
}

/// Everything that can be printed of an error.
fn shown(error: &(dyn StdError + 'static)) -> String {
    let mut shown = String::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        assert!(error.to_string().len() < 1500, "{error}");
        shown += &format!("{error} {error:?} {error:#?} ");
        cause = error.source();
    }
    shown
}

/// The letters and digits alone, because what is between them does not hide a secret.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn nothing_that_is_planted_is_told() {
    let (log, _kept) = Log::begin();
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let world = runtime.block_on(World::start());
    let (omada, unifi) = (world.omada_site(), world.unifi_site());
    runtime.block_on(omada.voucher_summary()).expect("the sign-in, which is not scripted");
    let group = GroupId::new("0123456789abcdef01234567").expect("an id");
    let cases = (secret(), 0..12_usize, 0..10_usize, 0..12_usize, any::<bool>());
    let mut runner = TestRunner::new(Config { cases: 400, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&cases, |(secret, way, joint, shape, is_sought)| {
        let answer = body(&joined(&encoded(&secret, way), joint), shape);
        // After a 401 the call is sent once more.
        (0..2).for_each(|_| world.sandbox.omada().answer_next(answer.clone()));
        world.sandbox.unifi().answer_next(answer);
        let key = if is_sought { secret.as_str() } else { "lobby" };
        let query = VoucherGroupQuery::builder().page(1).page_size(10).search_key(key).build();
        let mut told = String::new();
        runtime.block_on(async {
            if let Err(error) = omada.voucher_group(&group, &query).await {
                told += &shown(&error);
            }
            // What was scripted and not taken is taken here.
            drop(omada.voucher_group(&group, &query).await);
            if is_sought && let Err(error) = unifi.voucher_by_code(&secret).await {
                told += &shown(&error);
            }
            if let Err(error) = unifi.voucher(unifi::Uuid::from_u128(1)).await {
                told += &shown(&error);
            }
        });
        let wild =
            told.chars().find(|c| c.is_control() && *c != '\n' || "\u{2028}\u{2029}\u{202e}\u{200b}".contains(*c));
        prop_assert_eq!(wild, None, "{}", told);
        told += &log.take();
        prop_assert!(!letters(&told).contains(&letters(&secret)), "{secret} is in {told}");
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test]
async fn the_full_texts_are_there_for_those_who_ask() {
    let world = World::start().await;
    let text = "no voucher has the code 'kjhgfdsa' not found\u{1b}[31m";
    let body = json!({"statusCode": 409, "statusName": "CONFLICT", "message": text});
    world.sandbox.unifi().answer_next(Canned::status(409).json(body));
    match world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await {
        Err(hotspot_vouchers::Error::Api(refusal)) => {
            assert_eq!(refusal.message, "no voucher has the code '…' not found\\u{1b}[31m");
            assert_eq!(refusal.danger_unredacted_message(), text);
            assert!(!format!("{refusal:?}").contains("kjhgfdsa"));
        }
        other => panic!("{other:?}"),
    }
    world.sandbox.unifi().answer_next(Canned::status(409).text("text/plain", text));
    match world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await {
        Err(hotspot_vouchers::Error::Unexpected(unexpected)) => {
            assert_eq!(unexpected.danger_unredacted_body(), text);
            assert!(!format!("{unexpected:?}").contains("kjhgfdsa"));
        }
        other => panic!("{other:?}"),
    }
}
