use hotspot_vouchers_sandbox::Canned;
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::Caller;

#[tokio::test]
async fn scripted_answers_come_in_order_and_spare_the_token_call() {
    let mut caller = Caller::start().await;
    let omada = caller.omada();
    let no_type = Canned::status(200).json(json!({"errorCode": -1})).without_content_type();
    omada.answer_next(no_type);
    omada.answer_next(Canned::status(503).text("text/html", "<h1>").header("Retry-After", "5"));
    omada.answer_next(Canned::status(500).body([0xff, 0x00]));
    caller.sign_in().await;
    let first = caller.get("x").await;
    assert_eq!((first.status, first.code()), (200, -1));
    assert!(!first.headers.contains_key("content-type"));
    let second = caller.get("x").await;
    assert_eq!((second.status, second.body), (503, Value::Null));
    assert_eq!(
        (&second.headers["content-type"], &second.headers["retry-after"]),
        (&"text/html".parse().unwrap(), &"5".parse().unwrap(),)
    );
    let third = caller.get("x").await;
    assert_eq!(third.status, 500);
    assert!(!third.headers.contains_key("content-type"));
    caller.get("x").await.assert_refused(-1600, "");
}

#[tokio::test]
async fn the_token_call_has_a_script_of_its_own() {
    let caller = Caller::start().await;
    caller.omada().answer_next_token(Canned::status(429));
    caller.get("x").await.assert_refused(-1600, "");
    let path = "/openapi/authorize/token?grant_type=client_credentials";
    let credentials = caller.credentials().to_string();
    assert_eq!(caller.send(Method::POST, path, Some(credentials.clone())).await.status, 429);
    assert_eq!(caller.omada().tokens_issued(), 1);
    caller.send(Method::POST, path, Some(credentials)).await.result();
}

#[tokio::test]
async fn requests_are_recorded_scripted_or_not() {
    let caller = Caller::start().await;
    let omada = caller.omada();
    assert_eq!(omada.received().len(), 1);
    omada.clear_received();
    omada.answer_next(Canned::status(500));
    caller.get("x?searchKey=a%20b&searchKey=%C3%A4").await;
    caller.create(&[("name", json!("Recorded"))]).await;
    let received = omada.received();
    assert_eq!(received.len(), 2);
    assert_eq!((received[0].method.as_str(), &received[0].path), ("GET", &caller.hotspot("x")));
    let query = ["a b", "ä"].map(|value| ("searchKey".to_owned(), value.to_owned()));
    assert_eq!(received[0].query, query);
    assert_eq!((&received[0].body, received[0].raw_body.len()), (&None, 0));
    assert_eq!(received[1].header("AUTHORIZATION"), caller.authorization.as_deref());
    assert_eq!(received[1].header("x-none"), None);
    let body = received[1].body.as_ref().expect("a body");
    assert_eq!(body["name"], "Recorded");
    assert_eq!(serde_json::from_slice::<Value>(&received[1].raw_body).ok().as_ref(), Some(body));
}

#[tokio::test]
async fn debug_output_shows_no_secrets() {
    let caller = Caller::start().await;
    let omada = caller.omada();
    caller.create(&[("name", json!("Secret"))]).await;
    caller.get(&format!("x?key={}", omada.codes()[0])).await;
    let canned = Canned::status(200).header("X-Key", "Secret").body("Secret");
    let shown = format!("{:?} {:?} {canned:?}", omada.received(), caller.sandbox);
    let mut secrets = omada.tokens();
    secrets.extend(omada.codes());
    secrets.extend([omada.client_secret(), omada.password()].map(str::to_owned));
    secrets.push("Secret".to_owned());
    for secret in secrets {
        assert!(!shown.contains(&secret), "{secret} in {shown}");
    }
}
