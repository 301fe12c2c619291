//! Every way to sign in, and how rarely it is done.

use std::time::Duration;

use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{Client, CreateRateLimitProfile, ErrorCode, SiteListQuery};
use hotspot_vouchers_sandbox::{Canned, Sandbox};
use serde_json::json;

use crate::support::{World, group, once};

const TASKS: usize = 1000;

/// The grants that were asked for so far.
fn grants(world: &World) -> Vec<String> {
    let received = world.sandbox.omada().received();
    let queries = received.into_iter().flat_map(|call| call.query);
    queries.filter(|(name, _)| name == "grant_type").map(|(_, grant)| grant).collect()
}

/// One call of each of so many tasks at once.
async fn calls(client: &Client, tasks: usize) -> Vec<Result<(), hotspot_vouchers::omada::Error>> {
    let calls = (0..tasks).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.site_page(&SiteListQuery::full_pages().build()).await.map(|_| ()) })
    });
    let mut outcomes = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        outcomes.push(call.await.expect("no panic"));
    }
    outcomes
}

#[tokio::test]
async fn a_thousand_tasks_sign_in_once() {
    let world = World::start().await;
    let outcomes = calls(&world.omada, TASKS).await;
    assert!(outcomes.iter().all(Result::is_ok), "{:?}", outcomes.iter().find(|outcome| outcome.is_err()));
    assert_eq!(grants(&world), ["client_credentials"]);
    assert_eq!(world.sandbox.omada().received().len(), TASKS + 1);
}

#[tokio::test]
async fn a_token_that_dies_under_load_is_renewed_once() {
    let world = World::start().await;
    calls(&world.omada, 1).await;
    for expected in 2..5 {
        world.sandbox.omada().expire_tokens();
        assert!(calls(&world.omada, 100).await.iter().all(Result::is_ok));
        assert_eq!(world.sandbox.omada().tokens_issued(), expected);
    }
    assert_eq!(grants(&world), ["client_credentials", "refresh_token", "refresh_token", "refresh_token"]);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires_once_for_all() {
    let world = World::start().await;
    world.sandbox.omada().set_access_token_lifetime(Duration::from_secs(7200));
    calls(&world.omada, 1).await;
    // The clock of the client alone: the sandbox would still take the token.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(7200 - 70)).await;
    tokio::time::resume();
    calls(&world.omada, 10).await;
    assert_eq!(world.sandbox.omada().tokens_issued(), 1, "70 s before its end");
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(15)).await;
    tokio::time::resume();
    assert!(calls(&world.omada, 100).await.iter().all(Result::is_ok));
    assert_eq!(grants(&world), ["client_credentials", "refresh_token"], "55 s before its end");
}

#[tokio::test]
async fn a_refresh_token_goes_as_the_guide_shows() {
    let world = World::start().await;
    calls(&world.omada, 1).await;
    world.sandbox.omada().expire_tokens();
    world.sandbox.omada().clear_received();
    calls(&world.omada, 1).await;
    let received = world.sandbox.omada().received();
    let refresh = &received[1];
    assert_eq!((refresh.method.as_str(), refresh.path.as_str()), ("POST", "/openapi/authorize/token"));
    let mut names: Vec<&str> = refresh.query.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["client_id", "client_secret", "grant_type", "refresh_token"]);
    assert!(refresh.raw_body.is_empty() && refresh.header("authorization").is_none());
}

#[tokio::test]
async fn a_dead_refresh_token_falls_back_to_a_fresh_sign_in() {
    let world = World::start().await;
    calls(&world.omada, 1).await;
    world.sandbox.omada().expire_tokens();
    world.sandbox.omada().expire_refresh_tokens();
    assert!(calls(&world.omada, 50).await.iter().all(Result::is_ok));
    assert_eq!(grants(&world), ["client_credentials", "refresh_token", "client_credentials"]);

    // A controller that does not understand the refresh at all.
    world.sandbox.omada().expire_tokens();
    world.sandbox.omada().answer_next_token(Canned::status(400).json(json!({"status": 400, "error": "Bad Request"})));
    assert!(calls(&world.omada, 1).await[0].is_ok());
    // A controller that is busy is not asked again at once.
    world.sandbox.omada().expire_tokens();
    let busy = Canned::status(200).json(json!({"errorCode": -7132, "msg": "busy"}));
    world.sandbox.omada().answer_next_token(busy);
    let issued = world.sandbox.omada().tokens_issued();
    assert!(calls(&world.omada, 1).await[0].as_ref().is_err_and(Error::is_retryable));
    assert_eq!(world.sandbox.omada().tokens_issued(), issued);
    assert!(calls(&world.omada, 1).await[0].is_ok());
}

#[tokio::test]
async fn a_user_signs_in_in_three_steps() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let client = world.omada_builder().user(omada.username(), omada.password()).build().expect("a client");
    let outcomes = calls(&client, 20).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let steps: Vec<String> = omada.received().into_iter().take(3).map(|call| call.path).collect();
    assert_eq!(steps, ["/openapi/authorize/login", "/openapi/authorize/code", "/openapi/authorize/token"]);
    assert_eq!(grants(&world), ["authorization_code"]);

    omada.expire_tokens();
    assert!(calls(&client, 1).await[0].is_ok());
    omada.expire_tokens();
    omada.expire_refresh_tokens();
    assert!(calls(&client, 1).await[0].is_ok());
    assert_eq!(grants(&world), ["authorization_code", "refresh_token", "refresh_token", "authorization_code"]);
    world.debugged(&client);
}

#[tokio::test]
async fn wrong_credentials_are_sent_once() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let secret = world.omada_builder().client_credentials(omada.client_id(), "hunter2").build().expect("a client");
    let password = world.omada_builder().user(omada.username(), "hunter2").build().expect("a client");
    for (client, code) in [(secret, ErrorCode::ClientCredentialsInvalid), (password, ErrorCode::AuthorizationFailed)] {
        omada.clear_received();
        for error in calls(&client, 100).await.into_iter().chain(calls(&client, 1).await) {
            let error = error.expect_err("wrong credentials");
            assert!(matches!(&error, Error::Api(refusal) if refusal.code == code), "{error}");
            assert!(error.is_auth() && !error.is_retryable());
            assert!(!format!("{error} {error:?} {client:?}").contains("hunter2"));
        }
        assert_eq!(omada.received().len(), 1);
    }
}

/// In virtual time all of them wait before the answer is there.
#[tokio::test(start_paused = true)]
async fn a_sign_in_that_fails_fails_for_all_that_wait() {
    let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
    let world = World::on(sandbox, once().danger_trust_any_certificate());
    let garbage = Canned::status(200).json(json!({"errorCode": 0, "msg": ""}));
    world.sandbox.omada().answer_next_token(garbage);
    let outcomes = calls(&world.omada, 100).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(Error::Unexpected(_)))));
    assert_eq!(world.sandbox.omada().received().len(), 1);
    // Whoever comes later tries again.
    assert!(calls(&world.omada, 1).await[0].is_ok());
}

#[tokio::test]
async fn what_no_header_can_hold_is_the_fault_of_the_controller() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let log_in = |csrf_token: &str, session_id: &str| json!({"csrfToken": csrf_token, "sessionId": session_id});
    for broken in ["", " ", "hunter2\n", "hunter2\u{1}"] {
        let token = json!({"accessToken": broken, "tokenType": "bearer", "expiresIn": 7200, "refreshToken": "r"});
        omada.answer_next_token(Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": token})));
        let mut errors = vec![("requestToken", calls(&world.omada, 1).await.remove(0))];
        for result in [log_in(broken, "s"), log_in("c", broken)] {
            let user = world.omada_builder().user(omada.username(), omada.password()).build().expect("a client");
            omada.answer_next(Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": result})));
            errors.push(("logIn", calls(&user, 1).await.remove(0)));
        }
        for (operation, outcome) in errors {
            let error = outcome.expect_err("nothing to sign with");
            assert!(!error.is_invalid() && !error.is_unclear(), "{error}");
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
            let Error::Unexpected(unexpected) = error else { panic!("{error:?}") };
            assert_eq!((unexpected.operation, unexpected.is_sign_in), (operation, true));
        }
    }
    assert!(calls(&world.omada, 1).await[0].is_ok(), "the next sign-in");
}

#[tokio::test]
async fn a_call_is_sent_once_more_for_its_token_and_not_more_often() {
    let refusals = [
        Canned::status(200).json(json!({"errorCode": -44112, "msg": "expired"})),
        Canned::status(200).json(json!({"errorCode": -44113, "msg": "invalid"})),
        Canned::status(401).json(json!({"errorCode": -44116, "msg": "unauthorized"})),
    ];
    for refusal in refusals {
        let world = World::start().await;
        let site = world.omada_site();
        world.sandbox.omada().answer_next(refusal.clone());
        site.create_voucher_group(&group("once")).await.expect("a group");
        assert_eq!(world.sandbox.omada().group_ids().len(), 1);
        assert_eq!(grants(&world), ["client_credentials", "refresh_token"]);

        world.sandbox.omada().answer_next(refusal.clone());
        world.sandbox.omada().answer_next(refusal);
        world.sandbox.omada().clear_received();
        let refused = site.create_voucher_group(&group("never")).await.expect_err("a refusal");
        assert!(refused.is_auth(), "{refused}");
        let received = world.sandbox.omada().received().len();
        assert_eq!(received, 3, "two calls, and one for a token between them");
    }
}

#[tokio::test]
async fn after_a_401_of_something_else_only_what_is_safe_to_repeat_is_sent_again() {
    let world = World::start().await;
    let (omada, site) = (world.sandbox.omada(), world.omada_site());
    let page = Canned::status(401).body("<title>Sign in</title>");
    assert!(calls(&world.omada, 1).await[0].is_ok());
    omada.clear_received();
    omada.answer_next(page.clone());
    assert!(calls(&world.omada, 1).await[0].is_ok(), "a read, with a new token");
    assert_eq!(omada.received().len(), 3);

    omada.clear_received();
    omada.answer_next(page.clone());
    let refused = site.create_voucher_group(&group("once")).await.expect_err("a page");
    assert!(refused.is_auth() && refused.is_unclear(), "{refused}");
    let posts =
        || omada.received().into_iter().filter(|call| call.path.ends_with("/voucher-groups") && call.method == "POST");
    assert_eq!(posts().count(), 1);
    // The next call has a new token.
    omada.clear_received();
    site.create_voucher_group(&group("once")).await.expect("a group");
    assert_eq!(posts().count(), 1);

    omada.clear_received();
    omada.answer_next(page);
    let profile = CreateRateLimitProfile::builder().name("Guests").rate_limit_kbps(Some(1), None).build();
    let refused = site.create_rate_limit_profile(&profile).await.expect_err("a page");
    assert!(refused.is_auth() && refused.is_unclear(), "{refused}");
    assert_eq!(omada.received().len(), 1);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_the_sign_in_to_the_next() {
    let world = World::start().await;
    let query = SiteListQuery::full_pages().build();
    for polls in 0..4 {
        // Given up after so many turns, wherever the sign-in is then.
        let call = world.omada.site_page(&query);
        let turns = async {
            for _ in 0..polls {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! { biased; _ = turns => {} _ = call => {} }
        assert!(calls(&world.omada, 3).await.iter().all(Result::is_ok));
        world.sandbox.omada().expire_tokens();
    }
}
