//! Sign-ins that are refused: temporary refusals are not final, and a client can sign in again after any other.

use std::time::Duration;

use hotspot_vouchers::omada::{Client, Error as OmadaError, SiteListQuery};
use hotspot_vouchers::{Connection, Error};
use hotspot_vouchers_sandbox::Canned;
use serde_json::json;

use crate::support::{World, once};

async fn call(client: &Client) -> Result<(), OmadaError> {
    client.site_page(&SiteListQuery::full_pages().build()).await.map(|_| ())
}

fn refusal(status: u16, code: i64) -> Canned {
    Canned::status(status).json(json!({"errorCode": code, "msg": "refused"}))
}

#[tokio::test]
async fn a_refusal_that_may_pass_is_not_final() {
    let refusals = [
        (429, -44106),
        (503, -44106),
        (500, -44106),
        (408, -44106),
        (200, -99999),
        (400, -99999),
        (200, -1),
        (200, -1005),
        (200, -44111),
        (200, -44116),
        (401, -44116),
    ];
    for (status, code) in refusals {
        let world = World::start().await;
        world.sandbox.omada().answer_next_token(refusal(status, code));
        call(&world.omada).await.expect_err("a refusal");
        // A 429 holds up the next call for a second.
        call(&world.omada).await.unwrap_or_else(|error| panic!("after {status} with {code}: {error}"));
    }
}

#[tokio::test]
async fn a_log_in_that_is_refused_with_an_unknown_code_is_not_final() {
    for (status, code) in [(200, -99999), (200, -30109), (429, -44116), (503, -44116), (200, -1200)] {
        let world = World::start().await;
        let omada = world.sandbox.omada();
        let user = world.omada_builder().user(omada.username(), omada.password()).build().expect("a client");
        omada.answer_next(refusal(status, code));
        call(&user).await.expect_err("a refusal");
        call(&user).await.unwrap_or_else(|error| panic!("after {status} with {code}: {error}"));
    }
}

#[tokio::test]
async fn a_log_in_that_is_refused_again_and_again_rests() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let user = world.omada_builder().user(omada.username(), omada.password()).build().expect("a client");
    for _ in 0..3 {
        omada.answer_next(refusal(200, -30109));
        call(&user).await.expect_err("a refusal");
    }
    omada.clear_received();
    for _ in 0..10 {
        let error = call(&user).await.expect_err("the same refusal");
        assert!(matches!(&error, Error::Api(refusal) if refusal.is_sign_in), "{error}");
    }
    assert!(omada.received().is_empty(), "the controller would lock the user out");
    let minute = Duration::from_secs(61);
    tokio::time::pause();
    tokio::time::advance(minute).await;
    tokio::time::resume();
    omada.answer_next(refusal(200, -30109));
    call(&user).await.expect_err("a refusal");
    tokio::time::pause();
    tokio::time::advance(minute).await;
    tokio::time::resume();
    omada.clear_received();
    call(&user).await.expect_err("it rests for two minutes now");
    assert!(omada.received().is_empty());
    user.sign_in_again().await.expect("a sign-in that is asked for");
    call(&user).await.expect("the sites");
}

#[tokio::test]
async fn a_client_whose_credentials_were_refused_can_be_told_to_try_again() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    omada.answer_next_token(refusal(200, -44106));
    call(&world.omada).await.expect_err("a refusal");
    omada.clear_received();
    call(&world.omada).await.expect_err("the same refusal");
    assert!(omada.received().is_empty());

    omada.answer_next_token(refusal(200, -44106));
    let error = world.omada.sign_in_again().await.expect_err("still refused");
    assert!(error.is_auth());
    call(&world.omada).await.expect_err("final again");
    assert_eq!(omada.received().len(), 1);
    world.omada.clone().sign_in_again().await.expect("a sign-in");
    call(&world.omada).await.expect("the sites");

    // It also replaces a token that works.
    let token = world.omada.token().await.expect("a token");
    world.omada.sign_in_again().await.expect("a sign-in");
    assert_ne!(world.omada.token().await.expect("a token"), token);
}

#[test]
fn without_async_a_client_can_be_told_to_try_again() {
    let sandbox = hotspot_vouchers_sandbox::Sandbox::builder().start_without_async().expect("a sandbox");
    let omada = sandbox.omada();
    let client = hotspot_vouchers::blocking::omada::Client::builder(omada.url())
        .omadac_id(omada.omadac_id())
        .client_credentials(omada.client_id(), omada.client_secret())
        .connection(once())
        .build()
        .expect("a client");
    omada.answer_next_token(refusal(200, -44106));
    client.token().expect_err("a refusal");
    client.token().expect_err("the same refusal");
    client.sign_in_again().expect("a sign-in");
    client.token().expect("a token");
}

#[tokio::test]
async fn a_sign_in_that_is_held_off_says_so() {
    let world = World::connected(Connection::new().attempts(1).deadline(Duration::from_millis(300))).await;
    let busy = refusal(429, -7132).header("Retry-After", "60");
    world.sandbox.omada().answer_next_token(busy);
    let error = call(&world.omada).await.expect_err("it is busy");
    assert!(error.is_busy() && error.is_retryable(), "{error}");
    world.sandbox.omada().clear_received();
    for _ in 0..2 {
        let error = call(&world.omada).await.expect_err("it is held off");
        assert!(error.is_busy() && error.is_retryable() && !error.is_unclear(), "{error:?}");
        let expected = "it is rate limited, and the deadline passed before it could be sent, and nothing else was sent; try again later";
        assert!(world.shown(&error).ends_with(expected), "{error}");
    }
    let Err(error) = world.omada.token().await else { panic!("it is held off") };
    assert!(error.is_busy(), "{error}");
    assert!(world.sandbox.omada().received().is_empty());
}
