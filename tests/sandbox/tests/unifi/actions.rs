use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller};

const GENERAL: &str = "api.request.error";

async fn act(caller: &Caller, client_id: &str, body: &Value) -> Answer {
    let path = format!("/v1/sites/{}/clients/{client_id}/actions", caller.unifi().site_id());
    caller.send(Method::POST, &path, Some(body.to_string())).await
}

async fn access(caller: &Caller, client_id: &str) -> Value {
    let path = format!("/v1/sites/{}/clients/{client_id}", caller.unifi().site_id());
    caller.get(&path).await.body["access"].clone()
}

fn authorize(edits: &[(&str, Value)]) -> Value {
    let mut body = json!({"action": "AUTHORIZE_GUEST_ACCESS"});
    for (name, value) in edits {
        body[*name] = value.clone();
    }
    body
}

#[tokio::test]
async fn access_is_granted_replaced_and_revoked() {
    let caller = Caller::start().await;
    let clock = caller.sandbox.clock();
    clock.set_unix_millis(1_767_268_800_000);
    let guest = caller.unifi().add_guest("aa:bb:cc:dd:ee:ff");
    let limits = ["dataUsageLimitMBytes", "rxRateLimitKbps", "txRateLimitKbps"].map(|name| (name, json!(7)));
    let first = act(&caller, &guest, &authorize(&limits)).await;
    let usage = |seconds| json!({"durationSec": seconds, "rxBytes": 0, "txBytes": 0, "bytes": 0});
    let mut granted = json!({
        "authorizedAt": "2026-01-01T12:00:00Z",
        "authorizationMethod": "API",
        "expiresAt": "2026-01-01T20:00:00Z",
        "dataUsageLimitMBytes": 7,
        "rxRateLimitKbps": 7,
        "txRateLimitKbps": 7,
        "usage": usage(0),
    });
    assert_eq!(
        (first.status, first.body),
        (200, json!({"action": "AUTHORIZE_GUEST_ACCESS", "grantedAuthorization": granted}))
    );
    assert_eq!(access(&caller, &guest).await, json!({"type": "GUEST", "authorized": true, "authorization": granted}));

    clock.advance(Duration::from_secs(60));
    let second = act(&caller, &guest, &authorize(&[("timeLimitMinutes", json!(1))])).await;
    granted["usage"] = usage(60);
    assert_eq!(second.body["revokedAuthorization"], granted);
    let granted = json!({
        "authorizedAt": "2026-01-01T12:01:00Z",
        "authorizationMethod": "API",
        "expiresAt": "2026-01-01T12:02:00Z",
        "usage": usage(0),
    });
    assert_eq!(second.body["grantedAuthorization"], granted);

    let unauthorize = json!({"action": "UNAUTHORIZE_GUEST_ACCESS"});
    let third = act(&caller, &guest, &unauthorize).await;
    assert_eq!((third.status, &third.body["revokedAuthorization"]), (200, &granted));
    assert_eq!(access(&caller, &guest).await, json!({"type": "GUEST", "authorized": false}));
    assert_eq!(act(&caller, &guest, &unauthorize).await.body, unauthorize);
}

#[tokio::test]
async fn access_ends_with_its_time() {
    let caller = Caller::start().await;
    let clock = caller.sandbox.clock();
    clock.set_unix_millis(1_767_268_800_000);
    let guest = caller.unifi().add_guest("aa:bb:cc:dd:ee:ff");
    act(&caller, &guest, &authorize(&[("timeLimitMinutes", json!(1))])).await;
    clock.advance(Duration::from_secs(59));
    assert_eq!(access(&caller, &guest).await["authorized"], true);
    clock.advance(Duration::from_secs(1));
    assert_eq!(access(&caller, &guest).await, json!({"type": "GUEST", "authorized": false}));
    let again = act(&caller, &guest, &authorize(&[])).await;
    assert_eq!(again.body.get("revokedAuthorization"), None);
}

#[tokio::test]
async fn ranges_hold_at_both_edges() {
    let caller = Caller::start().await;
    let guest = caller.unifi().add_guest("aa:bb:cc:dd:ee:ff");
    for (name, min, max) in [
        ("timeLimitMinutes", 1, 1_000_000),
        ("dataUsageLimitMBytes", 1, 1_048_576),
        ("rxRateLimitKbps", 2, 100_000),
        ("txRateLimitKbps", 2, 100_000),
    ] {
        for value in [json!(min), json!(max), Value::Null] {
            assert_eq!(act(&caller, &guest, &authorize(&[(name, value)])).await.status, 200);
        }
        for (value, demand) in [
            (json!(min - 1), format!("must be greater than or equal to {min}")),
            (json!(max + 1), format!("must be less than or equal to {max}")),
            (json!("5"), "must be of type integer".to_owned()),
        ] {
            let answer = act(&caller, &guest, &authorize(&[(name, value)])).await;
            answer.assert_refused(400, GENERAL, &format!("{name} {demand}"));
        }
    }
}

#[tokio::test]
async fn refuses_what_it_cannot_do() {
    let caller = Caller::start().await;
    let guest = caller.unifi().add_guest("aa:bb:cc:dd:ee:01");
    let wired = caller.unifi().add_wired_client("aa:bb:cc:dd:ee:02");
    let unknown = "00000000-0000-4000-8000-000000000000";
    let valid = "(valid values: 'AUTHORIZE_GUEST_ACCESS', 'UNAUTHORIZE_GUEST_ACCESS')";
    let invalid = |action: &str| format!("Invalid $.action value '{action}' {valid}");
    let type_id = "api.request.unknown-type-id";
    let property = "api.request.unknown-property";
    let minutes = json!({"action": "UNAUTHORIZE_GUEST_ACCESS", "timeLimitMinutes": 5});
    for (client, body, status, code, message) in [
        (guest.as_str(), json!({"action": "UNAUTHORIZE"}), 400, type_id, invalid("UNAUTHORIZE")),
        (&guest, json!({}), 400, type_id, invalid("")),
        (&guest, json!([]), 400, GENERAL, "The request body is not a JSON object".to_owned()),
        (&guest, minutes, 400, property, "Unknown request body property '$.timeLimitMinutes'".to_owned()),
        (&wired, authorize(&[]), 400, GENERAL, format!("Client {wired} is not a guest")),
        (unknown, authorize(&[]), 404, GENERAL, format!("There is no client {unknown}")),
    ] {
        act(&caller, client, &body).await.assert_refused(status, code, &message);
    }
}
