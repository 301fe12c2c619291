//! Whose refusal it is. A 4xx in the vendor's own shape means that nothing happened; any other 4xx leaves open what happened.

use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::omada::{GroupId, Timestamp, VoucherGroupQuery};
use hotspot_vouchers::{Connection, Error, omada, unifi};
use hotspot_vouchers_sandbox::{Canned, Received};
use serde_json::{Value, json};

use crate::support::{World, group, vouchers};

const PAGE: &str = "<!DOCTYPE html><html><head><title>Request Rejected</title></head><body></body></html>";

/// What proxies, firewalls and frameworks respond with.
fn foreign(status: u16) -> Vec<Canned> {
    let json = |body: Value| Canned::status(status).json(body);
    // With 401 it is how the front of a console refuses a key.
    let front = json(json!({"error": {"code": if status == 401 { 403 } else { status }, "message": "Forbidden"}}));
    vec![
        front,
        json(json!({"statusCode": status, "message": "Access denied due to missing subscription key"})),
        json(json!({"error": {"message": "Access denied"}})),
        json(json!({"code": "api.gateway.denied"})),
        json(json!({"httpStatusCode": status, "message": "blocked"})),
        json(json!({"statusName": "DENIED", "message": "blocked"})),
        Canned::status(status).text("text/html", PAGE),
        Canned::status(status).body(""),
        Canned::status(status).text("text/plain", "Forbidden"),
        json(json!({"message": "Forbidden"})),
        json(json!({"error": "unauthorized"})),
        json(json!({"error": {"code": "WAF-17", "message": "blocked"}})),
        json(json!({"code": 1020, "message": "blocked"})),
        json(json!({"statusCode": status, "error": "Forbidden", "message": "blocked"})),
        json(json!({"timestamp": "2026-11-20T10:00:00Z", "status": status, "error": "Conflict", "path": "/x"})),
        json(json!([])),
        json(json!("no")),
        json(json!(null)),
    ]
}

/// The clients retry as they do by default.
async fn world() -> World {
    let world = World::connected(Connection::new()).await;
    world.omada_site().voucher_summary().await.expect("the sign-in, which is not scripted");
    world.sandbox.omada().clear_received();
    world
}

fn count(received: Vec<Received>, method: &str) -> usize {
    received.into_iter().filter(|request| request.method == method).count()
}

async fn omada_read(world: &World) -> omada::Error {
    let query = VoucherGroupQuery::builder().page(1).page_size(10).build();
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    world.omada_site().voucher_group(&id, &query).await.expect_err("no group")
}

async fn unifi_read(world: &World) -> unifi::Error {
    world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await.expect_err("no voucher")
}

/// The failure of the request itself, whether or not the call looked for its effect.
fn cause<A: Refusal>(error: &Error<A>) -> &Error<A> {
    match error {
        Error::Unclear(unclear) => &unclear.cause,
        error => error,
    }
}

#[tokio::test]
async fn a_foreign_refusal_leaves_a_change_unclear_and_a_read_not() {
    let world = world().await;
    for status in [400, 403, 404, 405, 409, 413, 422, 451, 499] {
        for answer in foreign(status) {
            world.sandbox.unifi().answer_next(answer.clone());
            let read = unifi_read(&world).await;
            assert!(matches!(read, Error::Unexpected(_)) && !read.is_unclear(), "{read}");
            assert!(!read.is_not_found(), "{read}");
            world.sandbox.unifi().answer_next(answer.clone());
            let created = world.unifi_site().create_vouchers(&vouchers("waf")).await.expect_err("no vouchers");
            assert!(created.is_unclear(), "{status}: {created}");
            assert_eq!(created.is_auth(), status == 403, "{created}");
            assert!(cause(&created).is_unclear() && !cause(&created).is_retryable(), "{created}");

            world.sandbox.omada().answer_next(answer.clone());
            let read = omada_read(&world).await;
            assert!(matches!(read, Error::Unexpected(_)) && !read.is_unclear(), "{read}");
            world.sandbox.omada().answer_next(answer);
            let now = Timestamp::now();
            let records = omada::DeleteFilterInfo::builder().period(now..now).build();
            let deleted = world.omada_site().delete_authed_records(&records).await.expect_err("no records");
            assert!(deleted.is_unclear() && !deleted.is_not_found(), "{status}: {deleted}");
        }
    }
    assert_eq!(count(world.sandbox.unifi().received(), "POST"), 9 * 18, "no create is sent twice");
}

#[tokio::test]
async fn a_refusal_of_the_vendor_is_final_at_once() {
    let world = world().await;
    for status in [400, 404, 405, 408, 409, 415, 422, 425, 451] {
        for code in [json!(-1), json!("-1"), json!(-1001), json!(-99_999)] {
            let refused = Canned::status(status).json(json!({"errorCode": code, "msg": "not so"}));
            world.sandbox.omada().answer_next(refused.clone());
            assert!(!omada_read(&world).await.is_unclear());
            world.sandbox.omada().answer_next(refused);
            let created = world.omada_site().create_voucher_group(&group("final")).await.expect_err("no group");
            assert!(matches!(created, Error::Api(_)) && !created.is_unclear(), "{created}");
        }
    }
    assert_eq!(count(world.sandbox.omada().received(), "GET"), 9 * 4);
    assert_eq!(count(world.sandbox.omada().received(), "POST"), 9 * 4);

    for status in [400, 403, 404, 405, 409, 415, 422, 451] {
        let bodies = [
            json!({"statusCode": status, "statusName": "X", "code": "api.x", "message": "not so", "requestId": "r"}),
            json!({"statusCode": status, "statusName": "X", "message": "not so"}),
            json!({"code": "not_found", "httpStatusCode": status, "message": "not so", "traceId": "t"}),
            json!({"meta": {"rc": "error", "msg": "api.err.Invalid"}, "data": []}),
        ];
        for body in bodies {
            let refused = Canned::status(status).json(body);
            world.sandbox.unifi().answer_next(refused.clone());
            assert!(matches!(unifi_read(&world).await, Error::Api(_)));
            world.sandbox.unifi().answer_next(refused);
            let created = world.unifi_site().create_vouchers(&vouchers("final")).await.expect_err("no vouchers");
            assert!(matches!(created, Error::Api(_)) && !created.is_unclear(), "{created}");
        }
    }
    assert_eq!(count(world.sandbox.unifi().received(), "GET"), 8 * 4);
    assert_eq!(count(world.sandbox.unifi().received(), "POST"), 8 * 4);
}

#[tokio::test]
async fn credentials_are_refused_in_any_shape() {
    let world = World::start().await;
    world.omada_site().voucher_summary().await.expect("the sign-in, which is not scripted");
    for status in [401, 403] {
        let own = [
            json!({"error": {"code": status, "message": "Unauthorized"}}),
            json!({"meta": {"rc": "error", "msg": "api.err.LoginRequired"}}),
            json!({"errorCode": -1, "msg": "no"}),
        ];
        for answer in own.map(|body| Canned::status(status).json(body)).into_iter().chain(foreign(status)) {
            world.sandbox.unifi().answer_next(answer.clone());
            let refused = unifi_read(&world).await;
            assert!(refused.is_auth() && !refused.is_not_found() && !refused.is_unclear(), "{refused}");
            assert!(refused.to_string().contains("check the API key"), "{refused}");
            world.sandbox.unifi().answer_next(answer.clone());
            let created = world.unifi_site().create_vouchers(&vouchers("auth")).await.expect_err("no vouchers");
            assert!(created.is_auth() && created.to_string().contains("check the API key"), "{created}");
            // After a 401 the call is sent once more with a new token.
            (0..if status == 401 { 2 } else { 1 }).for_each(|_| world.sandbox.omada().answer_next(answer.clone()));
            let refused = omada_read(&world).await;
            assert!(refused.is_auth() && refused.to_string().contains("check the credentials"), "{refused}");
        }
    }
}

#[tokio::test]
async fn a_missing_api_is_not_a_missing_voucher() {
    let world = World::start().await;
    world.omada_site().voucher_summary().await.expect("the sign-in, which is not scripted");
    let none = json!({"statusCode": 404, "statusName": "NOT_FOUND", "message": "No endpoint GET /integration/v1/x."});
    let own = [none, json!({"error": {"code": 404, "message": "Not Found"}})];
    for answer in foreign(404).into_iter().chain(own.map(|body| Canned::status(404).json(body))) {
        world.sandbox.unifi().answer_next(answer.clone());
        let missing = unifi_read(&world).await;
        assert!(!missing.is_not_found() && missing.to_string().contains("check the address"), "{missing}");
        world.sandbox.omada().answer_next(answer);
        let missing = omada_read(&world).await;
        assert!(!missing.is_not_found() && missing.to_string().contains("check the address"), "{missing}");
    }
    for body in [
        json!({"statusCode": 404, "statusName": "NOT_FOUND", "message": "There is no voucher."}),
        json!({"statusCode": 404, "code": "api.request.error", "message": "There is no voucher."}),
        json!({"code": "not_found", "httpStatusCode": 404, "message": "no host", "traceId": "t"}),
    ] {
        world.sandbox.unifi().answer_next(Canned::status(404).json(body));
        assert!(unifi_read(&world).await.is_not_found());
    }
    world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": -1600, "msg": "Unsupported"})));
    assert!(!omada_read(&world).await.is_not_found());
    world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": -33000, "msg": "No site"})));
    assert!(omada_read(&world).await.is_not_found());
}

#[tokio::test]
async fn too_many_requests_are_busy_in_any_shape() {
    let world = World::start().await;
    world.omada_site().voucher_summary().await.expect("the sign-in, which is not scripted");
    for answer in foreign(429) {
        let answer = answer.header("retry-after", "0");
        world.sandbox.unifi().answer_next(answer.clone());
        let refused = world.unifi_site().create_vouchers(&vouchers("busy")).await.expect_err("busy");
        // The page of a firewall may have taken the place of the response to a create that took effect.
        assert!(refused.is_busy() && !refused.is_retryable() && refused.is_unclear(), "{refused}");
        world.sandbox.omada().answer_next(answer);
        let refused = omada_read(&world).await;
        assert!(refused.is_busy() && refused.is_retryable() && !refused.is_unclear(), "{refused}");
    }
}
