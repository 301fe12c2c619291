//! What controllers answer: every published code, what no vendor documents, and what may be odd in an answer without harm.

use std::fmt::Write;

use hotspot_vouchers::omada::{
    ErrorCode, GroupId, LimitType, OmadacId, Timestamp, UnixMillis, VoucherGroupGrid, VoucherGroupQuery, VoucherStatus,
    Weekday,
};
use hotspot_vouchers::unexpected::Unexpected;
use hotspot_vouchers::unifi::{self, Voucher};
use hotspot_vouchers::validate::Violations;
use hotspot_vouchers::{Error, omada};
use hotspot_vouchers_sandbox::Canned;
use serde_json::{Value, json};

use crate::support::{World, group, vouchers};

/// What a group answers to, once the answer is scripted.
async fn read_group(world: &World, answer: Canned) -> Result<VoucherGroupGrid, omada::Error> {
    world.sandbox.omada().answer_next(answer);
    let query = VoucherGroupQuery::builder().page(1).page_size(10).build();
    world.omada_site().voucher_group(&GroupId::new("0123456789abcdef01234567")?, &query).await
}

async fn read_voucher(world: &World, answer: Canned) -> Result<Voucher, unifi::Error> {
    world.sandbox.unifi().answer_next(answer);
    world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await
}

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
                if matches!(code, ErrorCode::AccessTokenExpired | ErrorCode::AccessTokenInvalid) {
                    world.sandbox.omada().answer_next(answer.clone());
                }
                match read_group(&world, answer).await {
                    Err(Error::Api(refusal)) => {
                        assert_eq!(refusal.code, *code);
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
    world.sandbox.omada().answer_next_token(Canned::status(200).json(json!({"errorCode": 0, "result": {}})));
    world.sandbox.omada().expire_tokens();
    let error = world.omada_site().create_voucher_group(&group("no token")).await.expect_err("no token");
    unexpected(&error);
    world.sandbox.unifi().answer_next(Canned::status(201).json(json!({"something": []})));
    unexpected(&world.unifi_site().create_vouchers(&vouchers("none")).await.expect_err("no vouchers"));
    insta::assert_snapshot!("incomplete_successes", messages);
}

#[tokio::test]
async fn odd_omada_answers_are_read() {
    let world = World::start().await;
    let result = json!({
        "id": "1", "newField": {"deep": [1, 2]}, "limitType": 77, "durationType": null, "limitNum": null,
        "expirationTime": i64::MAX, "effectiveTime": null, "rateLimit": {"mode": null, "customRateLimit": null},
        "schedule": {"type": 9, "weeklyEnableDays": [1, 8, 77]}, "portalNames": null, "currency": "XYZ", "statisticsCount": null,
        "totalRows": 3, "voucherPattern": {"patternType": 3, "ssidList": null},
        "data": [
            {"id": "a", "code": "00012345", "status": 3, "startTime": 0, "endTime": i64::MAX, "extra": true},
            {"id": "b", "code": 12345, "status": null, "endTime": i64::MIN},
            {},
        ],
    });
    let answer = Canned::status(200).json(json!({"errorCode": 0, "msg": null, "result": result, "traceId": 1}));
    let read = read_group(&world, answer).await.expect("an odd answer");

    assert_eq!(read.limit_type, Some(LimitType::Unknown(77)));
    assert_eq!(read.expiration_time, Some(UnixMillis::NO_END));
    assert_eq!(read.expiration_time.and_then(UnixMillis::timestamp), None);
    assert_eq!(read.currency, Some(omada::Currency::from("XYZ")));
    let days = read.schedule.and_then(|schedule| schedule.weekly_enable_days);
    assert_eq!(days, Some(vec![Weekday::Monday, Weekday::Unknown(8), Weekday::Unknown(77)]));
    let rows = read.data.expect("rows");
    assert_eq!(rows.len(), 3);
    let codes: Vec<_> = rows.iter().map(|row| row.code.as_ref().map(ToString::to_string)).collect();
    assert_eq!(codes, [Some("00012345".to_owned()), Some("12345".to_owned()), None]);
    assert_eq!(rows[0].status, Some(VoucherStatus::Unknown(3)));
    assert_eq!(rows[0].start_time.and_then(UnixMillis::timestamp), Some(Timestamp::UNIX_EPOCH));
    // What is not known is sent back unchanged.
    assert_eq!(serde_json::to_value(&rows[0]).expect("JSON")["status"], json!(3));

    let nulls = read_group(&world, Canned::status(200).json(json!({"errorCode": 0, "result": {"data": null}}))).await;
    assert_eq!(nulls.expect("an answer of nulls").data, None);
}

/// A voucher as consoles send it, with some fields replaced.
fn voucher(replaced: &[(&str, Value)]) -> Value {
    let mut voucher = json!({
        "id": "0d1f3a52-5a5b-4f3c-8f5e-0123456789ab", "createdAt": "2026-09-20T19:40:57Z", "name": "hotel-guest",
        "code": "0300459449", "authorizedGuestCount": 0, "expired": false, "timeLimitMinutes": 1440,
    });
    for (field, value) in replaced {
        voucher[*field] = value.clone();
    }
    voucher
}

#[tokio::test]
async fn odd_unifi_answers_are_read() {
    let world = World::start().await;
    let read = async |replaced: &[(&str, Value)]| {
        let read = read_voucher(&world, Canned::status(200).json(voucher(replaced))).await;
        read.unwrap_or_else(|error| panic!("{replaced:?}: {error}"))
    };
    assert_eq!(read(&[]).await.code.as_str(), "0300459449");
    assert_eq!(read(&[("code", json!(4_861_409_510_u64))]).await.code.as_str(), "4861409510");
    // Legacy vouchers outlast what a new one may.
    assert_eq!(read(&[("timeLimitMinutes", json!(5_184_000))]).await.time_limit_minutes, 5_184_000);
    read(&[("brandNew", json!({"deep": []}))]).await;
    for optional in [
        "activatedAt",
        "expiresAt",
        "authorizedGuestLimit",
        "dataUsageLimitMBytes",
        "rxRateLimitKbps",
        "txRateLimitKbps",
    ] {
        read(&[(optional, Value::Null)]).await;
    }
    let digits = "123456789";
    for count in 0..=9 {
        let fraction = if count == 0 { String::new() } else { format!(".{}", &digits[..count]) };
        let moment = format!("2026-04-30T02:20:00{fraction}Z");
        let read = read(&[("activatedAt", json!(moment)), ("createdAt", json!(moment))]).await;
        assert_eq!((Some(read.created_at), read.created_at.to_string()), (read.activated_at, moment));
    }
}

#[tokio::test]
async fn unifi_vouchers_may_come_under_another_name() {
    let world = World::start().await;
    for body in [
        json!({"vouchers": [voucher(&[])]}),
        json!({"data": [voucher(&[])]}),
        json!({"vouchers": null, "data": [voucher(&[])]}),
    ] {
        world.sandbox.unifi().answer_next(Canned::status(201).json(body));
        let created = world.unifi_site().create_vouchers(&vouchers("either")).await.expect("vouchers");
        assert_eq!(created.len(), 1);
    }
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    let world = World::start().await;
    let body = vec![b' '; 33 * 1024 * 1024];
    let error = read_group(&world, Canned::status(200).body(body)).await.expect_err("too large an answer");
    insta::assert_snapshot!("too_large", world.shown(&error));
}

#[test]
fn clients_and_errors_travel_between_tasks() {
    fn travels<T: Send + Sync + 'static>() {}
    travels::<omada::Client>();
    travels::<omada::Site>();
    travels::<omada::Error>();
    travels::<unifi::Client>();
    travels::<unifi::Site>();
    travels::<unifi::Error>();
    travels::<Violations>();
    travels::<OmadacId>();
}
