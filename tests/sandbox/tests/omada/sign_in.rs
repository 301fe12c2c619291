use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller};

const TOKEN: &str = "/openapi/authorize/token";

async fn refresh(caller: &Caller, client_secret: &str, refresh_token: &str) -> Answer {
    let client_id = caller.omada().client_id();
    let query = format!("client_id={client_id}&client_secret={client_secret}&refresh_token={refresh_token}");
    caller.send(Method::POST, &format!("{TOKEN}?{query}&grant_type=refresh_token"), None).await
}

async fn login(caller: &Caller, user: &Value) -> Answer {
    let (client_id, omadac_id) = (caller.omada().client_id(), caller.omada().omadac_id());
    let path = format!("/openapi/authorize/login?client_id={client_id}&omadac_id={omadac_id}");
    caller.send(Method::POST, &path, Some(user.to_string())).await
}

async fn code(caller: &Caller, kind: &str, csrf_token: &str, session_id: &str) -> Answer {
    let (client_id, omadac_id) = (caller.omada().client_id(), caller.omada().omadac_id());
    let query = format!("client_id={client_id}&omadac_id={omadac_id}&response_type={kind}");
    let cookie = format!("other=1; TPOMADA_SESSIONID={session_id}");
    let headers = [("Csrf-Token", csrf_token), ("Cookie", cookie.as_str())];
    caller.send_with(Method::POST, &format!("/openapi/authorize/code?{query}"), &headers, Vec::new()).await
}

async fn redeem(caller: &Caller, code: &str, application: &Value) -> Answer {
    let path = format!("{TOKEN}?grant_type=authorization_code&code={code}");
    caller.send(Method::POST, &path, Some(application.to_string())).await
}

fn application(caller: &Caller) -> Value {
    json!({"client_id": caller.omada().client_id(), "client_secret": caller.omada().client_secret()})
}

fn user(caller: &Caller) -> Value {
    json!({"username": caller.omada().username(), "password": caller.omada().password()})
}

/// A fresh code, by way of a fresh session.
async fn fresh_code(caller: &Caller) -> String {
    let session = login(caller, &user(caller)).await.result().clone();
    let text = |name: &str| session[name].as_str().expect("text").to_owned();
    let answer = code(caller, "code", &text("csrfToken"), &text("sessionId")).await;
    answer.result().as_str().expect("a code").to_owned()
}

#[tokio::test]
async fn a_refresh_token_is_good_for_one_new_pair() {
    let mut caller = Caller::start().await;
    let secret = caller.omada().client_secret().to_owned();
    let first = caller.omada().tokens().remove(1);
    refresh(&caller, "wrong", &first).await.assert_refused(-44106, "");
    let pair = refresh(&caller, &secret, &first).await.result().clone();
    assert_eq!((&pair["tokenType"], &pair["expiresIn"]), (&json!("bearer"), &json!(7200)));
    refresh(&caller, &secret, &first).await.assert_refused(-44114, "");
    refresh(&caller, &secret, "RT-unknown").await.assert_refused(-44114, "");
    assert_eq!(caller.omada().tokens_issued(), 2);
    let tokens = caller.omada().tokens();
    assert_eq!((&pair["accessToken"], &pair["refreshToken"]), (&json!(tokens[2]), &json!(tokens[3])));
    // The old access token lives on beside the new one.
    caller.create(&[]).await;
    caller.authorization = Some(format!("AccessToken={}", tokens[2]));
    caller.create(&[]).await;
    refresh(&caller, &secret, &tokens[3]).await.result();
}

#[tokio::test]
async fn a_refresh_does_not_look_at_the_body() {
    let caller = Caller::start().await;
    let token = caller.omada().tokens().remove(1);
    let path = format!("{TOKEN}?grant_type=refresh_token&refresh_token={token}");
    let body = application(&caller).to_string();
    caller.send(Method::POST, &path, Some(body)).await.assert_refused(-44106, "");
    refresh(&caller, caller.omada().client_secret(), &token).await.result();
}

#[tokio::test]
async fn refresh_tokens_last_two_weeks() {
    let caller = Caller::at_noon().await;
    let secret = caller.omada().client_secret();
    let token = caller.omada().tokens().remove(3);
    caller.sandbox.clock().advance(Duration::from_secs(14 * 86_400) - Duration::from_millis(1));
    caller.get("voucher-groups?page=1&pageSize=1").await.assert_refused(-44112, "");
    let next = refresh(&caller, secret, &token).await.result()["refreshToken"].clone();
    caller.sandbox.clock().advance(Duration::from_secs(14 * 86_400));
    refresh(&caller, secret, next.as_str().expect("a token")).await.assert_refused(-44114, "");
    let caller = Caller::start().await;
    caller.omada().expire_refresh_tokens();
    let token = caller.omada().tokens().remove(1);
    refresh(&caller, caller.omada().client_secret(), &token).await.assert_refused(-44114, "");
    caller.create(&[]).await;
}

#[tokio::test]
async fn a_user_signs_in_for_the_application() {
    let mut caller = Caller::start().await;
    let code = fresh_code(&caller).await;
    assert!(code.starts_with("OC-"));
    let pair = redeem(&caller, &code, &application(&caller)).await.result().clone();
    redeem(&caller, &code, &application(&caller)).await.assert_refused(-44110, "");
    caller.authorization = Some(format!("AccessToken={}", pair["accessToken"].as_str().expect("a token")));
    caller.create(&[]).await;
}

#[tokio::test]
async fn a_code_lasts_two_minutes() {
    for (wait, expected) in [(119_999, 0), (120_000, -44110)] {
        let caller = Caller::at_noon().await;
        let code = fresh_code(&caller).await;
        caller.sandbox.clock().advance(Duration::from_millis(wait));
        assert_eq!(redeem(&caller, &code, &application(&caller)).await.code(), expected);
    }
}

#[tokio::test]
async fn every_step_refuses_what_is_wrong() {
    let caller = Caller::start().await;
    let (client_id, omadac_id) = (caller.omada().client_id(), caller.omada().omadac_id());
    for step in ["login", "code"] {
        let path = format!("/openapi/authorize/{step}");
        let body = Some(user(&caller).to_string());
        for (query, code) in [
            (format!("client_id={client_id}&omadacId={omadac_id}"), -7131),
            (format!("client_id=wrong&omadac_id={omadac_id}"), -44106),
        ] {
            let answer = caller.send(Method::POST, &format!("{path}?{query}"), body.clone()).await;
            answer.assert_refused(code, "");
        }
        assert_eq!(caller.send(Method::GET, &path, None).await.status, 405);
    }
    for (name, value, code, parameter) in [
        ("username", json!("wrong"), -44116, ""),
        ("password", json!("wrong"), -44116, ""),
        ("username", json!(null), -1001, "username"),
        ("password", json!(1), -1001, "password"),
    ] {
        let mut user = user(&caller);
        user[name] = value;
        login(&caller, &user).await.assert_refused(code, parameter);
    }
    let session = login(&caller, &user(&caller)).await.result().clone();
    let text = |name: &str| session[name].as_str().expect("text");
    let (csrf_token, session_id) = (text("csrfToken"), text("sessionId"));
    code(&caller, "token", csrf_token, session_id).await.assert_refused(-44107, "");
    code(&caller, "code", "wrong", session_id).await.assert_refused(-44108, "");
    code(&caller, "code", csrf_token, "wrong").await.assert_refused(-44109, "");
    let good = fresh_code(&caller).await;
    redeem(&caller, "OC-unknown", &application(&caller)).await.assert_refused(-44110, "");
    let wrong = json!({"client_id": client_id, "client_secret": "wrong"});
    redeem(&caller, &good, &wrong).await.assert_refused(-44106, "");
    redeem(&caller, &good, &json!({"client_id": client_id})).await.assert_refused(-1001, "client_secret");
    redeem(&caller, &good, &application(&caller)).await.result();
}
