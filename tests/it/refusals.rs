//! What controllers answer instead of a result: every published code, and what no vendor documents.

use std::fmt::Write;

use hotspot_vouchers::error::ErrorClass;
use hotspot_vouchers::omada::ErrorCode;
use hotspot_vouchers::unexpected::Unexpected;
use hotspot_vouchers::{Error, unifi};
use hotspot_vouchers_sandbox::{Canned, Fault};
use serde_json::json;

use crate::answers::{read_group, read_voucher};
use crate::support::{World, group, vouchers};

#[tokio::test]
async fn every_published_omada_code_is_a_variant() {
    let world = World::start().await;
    for code in ErrorCode::DOCUMENTED {
        for status in [200, 400, 401] {
            for with_content_type in [true, false] {
                let body = json!({"errorCode": code.value(), "msg": "as the vendor says"});
                let answer = Canned::status(status).json(body);
                let answer = if with_content_type { answer } else { answer.without_content_type() };
                // A refused token is replaced once, so its refusal has to come twice.
                let is_of_rights = matches!(
                    code,
                    ErrorCode::OperationForbidden | ErrorCode::SiteForbidden | ErrorCode::AuthorizationCodeModeOnly
                );
                if code.class() == Some(ErrorClass::Auth) && !is_of_rights || status == 401 {
                    world.sandbox.omada().answer_next(answer.clone());
                }
                match read_group(&world, answer).await {
                    Err(Error::Api(refusal)) => {
                        assert_eq!((refusal.code, refusal.status), (*code, status));
                        assert!(!format!("{:?}", refusal.code).starts_with("Unknown"));
                        assert_eq!(refusal.message, "as the vendor says");
                    }
                    other => panic!("{code} with HTTP {status}: {other:?}"),
                }
            }
        }
    }
}

#[tokio::test]
async fn unpublished_codes_are_kept() {
    let world = World::start().await;
    for body in [
        json!({"errorCode": -99999, "msg": "something new"}),
        json!({"errorCode": -99999, "msg": "something new", "result": null}),
        json!({"errorCode": -99999, "msg": "something new", "result": "of another type"}),
        json!({"errorCode": "-99999", "msg": "something new", "result": {}}),
    ] {
        match read_group(&world, Canned::status(200).json(body)).await {
            Err(Error::Api(refusal)) => {
                assert!(matches!(refusal.code, ErrorCode::Unknown(-99999)));
                assert_eq!(refusal.message, "something new");
            }
            other => panic!("{other:?}"),
        }
    }
    let body = json!({"statusCode": 409, "statusName": "CONFLICT", "code": "api.new.code", "message": "something new"});
    match read_voucher(&world, Canned::status(409).json(body)).await {
        Err(Error::Api(refusal)) => {
            assert!(matches!(&refusal.code, Some(unifi::ErrorCode::Unknown(code)) if &**code == "api.new.code"));
            assert_eq!((refusal.status, refusal.message.as_str()), (409, "something new"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_voucher_in_place_of_a_refusal_is_not_shown() {
    let world = World::start().await;
    for (status, code) in [(500, json!("0412345678")), (409, json!(412345678)), (400, json!("04123-45678"))] {
        let body = json!({"code": code, "name": "Lobby", "id": "88f7af54-98f8-306a-a1c7-c9349722b1f6"});
        let refused = read_voucher(&world, Canned::status(status).json(body)).await.expect_err("no voucher");
        let shown = format!("{refused} {refused:?}");
        assert!(!shown.contains("412345678") && !shown.contains("45678"), "{shown}");
    }
}

#[tokio::test]
async fn every_known_unifi_code_is_a_variant() {
    let world = World::start().await;
    for code in unifi::ErrorCode::DOCUMENTED {
        for status in [400, 401, 404, 500] {
            for with_content_type in [true, false] {
                let body = json!({"statusCode": status, "code": code.value(), "message": "no", "requestId": "r-1"});
                let answer = Canned::status(status).json(body);
                let answer = if with_content_type { answer } else { answer.without_content_type() };
                match read_voucher(&world, answer).await {
                    Err(Error::Api(refusal)) => {
                        assert_eq!((refusal.code, refusal.status), (Some(code.clone()), status));
                        assert_eq!(refusal.request_id.as_deref(), Some("r-1"));
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    }
}

#[tokio::test]
async fn unifi_refusals_come_in_three_shapes() {
    let world = World::start().await;
    let mut messages = String::new();
    let shapes = [
        // Network 9: no code.
        (
            400,
            json!({"statusCode": 400, "statusName": "BAD_REQUEST", "message": "no", "timestamp": "2026-04-30T02:20:00.188Z"}),
        ),
        (401, json!({"error": {"code": 401, "message": "Unauthorized"}})),
        (408, json!({"code": "DeviceTimeout", "httpStatusCode": 408, "message": "no console", "traceId": "t-1"})),
        (429, json!({"code": 429, "httpStatusCode": 429, "message": "retry after 5.372786998s", "traceId": "t-2"})),
        (502, json!({"code": null, "message": "bad gateway"})),
        (503, json!({"code": "server_error", "message": null})),
    ];
    for (status, body) in shapes {
        let refused = read_voucher(&world, Canned::status(status).json(body)).await.expect_err("a refusal");
        assert!(matches!(refused, Error::Api(_)), "{refused:?}");
        writeln!(messages, "{}", world.shown(&refused)).expect("text");
        writeln!(messages, "    busy {}, auth {}", refused.is_busy(), refused.is_auth()).expect("text");
    }
    insta::assert_snapshot!("unifi_shapes", messages);
}

/// Answers that no vendor documents, with a code, a token and a secret in them.
fn undocumented() -> Vec<(&'static str, Canned)> {
    let html = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>K7M2QX9P</body></html>";
    let spring =
        json!({"timestamp": "2026-11-20T10:00:00Z", "status": 400, "error": "Bad Request", "path": "/openapi/v1/x"});
    let half =
        r#"{"errorCode":0,"msg":"","result":{"id":"66f0c0ffee66f0c0ffee66f0","data":[{"code":"ABCDEFGH","id":"1"#;
    vec![
        ("HTML", Canned::status(200).text("text/html", html)),
        ("HTML and 502", Canned::status(502).text("text/html", html)),
        ("an empty body", Canned::status(200).body("")),
        ("blanks", Canned::status(200).text("application/json", " \n")),
        ("half a document", Canned::status(200).text("application/json", half)),
        ("half a document without a type", Canned::status(200).body(half)),
        ("Spring's bare 400", Canned::status(400).json(spring)),
        ("no errorCode", Canned::status(200).json(json!({"msg": "", "result": {"id": "ABCDEFGH"}}))),
        ("an errorCode that is none", Canned::status(200).json(json!({"errorCode": true, "result": {}}))),
        ("an array", Canned::status(200).json(json!([{"code": "12345678"}]))),
        ("a text", Canned::status(200).json(json!("12345678"))),
        ("plain words", Canned::status(200).text("text/plain", "code 12345678 KEYWORDS AT-0123abc is fine")),
        ("bytes", Canned::status(200).body(vec![0xff, 0xfe, 0x00, 0x01])),
        ("an elsewhere", Canned::status(302).header("location", "http://127.0.0.1:1/")),
    ]
}

#[tokio::test]
async fn what_no_vendor_documents_is_unexpected() {
    let world = World::start().await;
    let mut messages = String::new();
    for (name, answer) in undocumented() {
        let omada = read_group(&world, answer.clone()).await.expect_err("no answer");
        let unifi = read_voucher(&world, answer).await.expect_err("no answer");
        for (vendor, unexpected, shown) in
            [("omada", unexpected(&omada), world.shown(&omada)), ("unifi", unexpected(&unifi), world.shown(&unifi))]
        {
            assert!(unexpected.body_start.chars().count() <= 161, "{name}");
            for secret in ["K7M2QX9P", "ABCDEFGH", "12345678", "66f0c0ffee", "AT-0123abc"] {
                // The requested address, which has ids, is shown on purpose.
                let mut unexpected = unexpected.clone();
                let url = unexpected.url.take().unwrap_or_default();
                let shown = shown.replace(url.rsplit('/').next().unwrap_or_default(), "ID");
                assert!(!format!("{unexpected:?} {shown}").contains(secret), "{name}: {shown}");
            }
            writeln!(messages, "{name}, {vendor}: {shown}").expect("text");
        }
    }
    insta::assert_snapshot!("unexpected_answers", messages);
}

#[track_caller]
fn unexpected<A: std::fmt::Debug>(error: &Error<A>) -> &Unexpected {
    match error {
        Error::Unexpected(unexpected) => unexpected,
        Error::Unclear(unclear) => unexpected(&unclear.cause),
        other => panic!("expected an unexpected answer, got {other:?}"),
    }
}

#[tokio::test]
async fn success_has_to_be_whole() {
    let world = World::start().await;
    let mut messages = String::new();
    for answer in [
        Canned::status(200).json(json!({"errorCode": 0, "msg": "Success."})),
        Canned::status(200).json(json!({"errorCode": 0, "msg": "Success.", "result": null})),
        Canned::status(500).json(json!({"errorCode": 0, "msg": "Success.", "result": {"id": "1"}})),
        Canned::status(200).json(json!({"errorCode": 0, "result": {"totalRows": "many"}})),
    ] {
        let error = read_group(&world, answer).await.expect_err("no answer");
        unexpected(&error);
        writeln!(messages, "{}", world.shown(&error)).expect("text");
    }
    for id in [json!(null), json!(""), json!("..")] {
        world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": 0, "result": {"id": id}})));
        let error = world.omada_site().create_voucher_group(&group("no id")).await.expect_err("no id");
        unexpected(&error);
    }
    // Neither the refresh nor the sign-in after it answers a token.
    for _ in 0..2 {
        world.sandbox.omada().answer_next_token(Canned::status(200).json(json!({"errorCode": 0, "result": {}})));
    }
    world.sandbox.omada().expire_tokens();
    let error = world.omada_site().create_voucher_group(&group("no token")).await.expect_err("no token");
    unexpected(&error);
    world.sandbox.unifi().answer_next(Canned::status(201).json(json!({"something": []})));
    unexpected(&world.unifi_site().create_vouchers(&vouchers("none")).await.expect_err("no vouchers"));
    insta::assert_snapshot!("incomplete_successes", messages);
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    let world = World::start().await;
    let body = vec![b' '; 33 * 1024 * 1024];
    let error = read_group(&world, Canned::status(200).body(body)).await.expect_err("too large an answer");
    insta::assert_snapshot!("too_large", world.shown(&error));
    // What is compressed is as large as what it inflates to.
    world.sandbox.omada().faults().on("GET *voucher-groups/{id}", Fault::GzipBomb { bytes: 64 << 20 }, 1);
    let bomb = read_group(&world, Canned::status(200).body(" ")).await.expect_err("too large an answer");
    assert!(world.shown(&bomb).contains("the body is larger than 33554432 bytes"), "{bomb}");
}
