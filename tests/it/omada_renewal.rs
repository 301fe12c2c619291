//! Tokens that are renewed: when they say that they expire, when they are refused, and with a store that fails.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{Client, Error as OmadaError, SiteListQuery, Token, TokenStore, TokenStoreFuture};
use hotspot_vouchers_sandbox::Canned;
use serde_json::{Value, json};

use crate::support::{World, group};

async fn call(client: &Client) -> Result<(), OmadaError> {
    client.site_page(&SiteListQuery::full_pages().build()).await.map(|_| ())
}

fn refusal(status: u16, code: i64) -> Canned {
    Canned::status(status).json(json!({"errorCode": code, "msg": "refused"}))
}

fn token_calls(world: &World) -> usize {
    let received = world.sandbox.omada().received();
    received.iter().filter(|call| call.path.ends_with("/authorize/token")).count()
}

#[tokio::test]
async fn a_lifetime_is_read_in_every_form() {
    let lifetimes = [
        (json!("7200"), Some(7200)),
        (json!(" 7200 "), Some(7200)),
        (json!(7200.5), Some(7200)),
        (json!("7200.5"), Some(7200)),
        (json!(7.2e3), Some(7200)),
        (json!("7.2e3"), Some(7200)),
        (json!(-1), None),
        (json!(0), None),
        (json!(0.5), None),
        (Value::Null, None),
        (json!("soon"), None),
        (json!(""), None),
        (json!(true), None),
        (json!([7200]), None),
        (json!({"seconds": [1, 2]}), None),
        (json!(u64::MAX), None),
        (json!(i64::MAX), None),
        (json!(1e300), None),
        (json!("1e999"), None),
        (json!("-Infinity"), None),
        (json!("NaN"), None),
    ];
    for (expires_in, expected) in lifetimes {
        let world = World::start().await;
        let (issued, before) = (world.omada.token().await.expect("a token"), jiff::Timestamp::now());
        let client = world.omada_builder().build().expect("a client");
        let result =
            json!({"accessToken": issued.access_token.expose(), "tokenType": "bearer", "expiresIn": expires_in});
        let answer = Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": result}));
        world.sandbox.omada().clear_received();
        world.sandbox.omada().answer_next_token(answer);
        for _ in 0..5 {
            call(&client).await.unwrap_or_else(|error| panic!("{expires_in}: {error}"));
        }
        assert_eq!(token_calls(&world), 1, "{expires_in}");
        let left = client.token().await.expect("a token").expires_at.map(|end| (end - before).get_seconds());
        let is_expected =
            left.zip(expected).map_or(left == expected, |(left, expected)| (0..=30).contains(&(left - expected)));
        assert!(is_expected, "{expires_in}: {left:?} instead of {expected:?}");
    }
}

#[tokio::test]
async fn every_error_of_a_token_renews_once_and_is_then_told() {
    for code in [-44112, -44113, -44116, -1200, -44114, -44109, -44108, -44106] {
        for status in [200, 401, 403] {
            let world = World::start().await;
            let (omada, site) = (world.sandbox.omada(), world.omada_site());
            call(&world.omada).await.expect("the sites");
            omada.answer_next(refusal(status, code));
            site.create_voucher_group(&group("once")).await.unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!((token_calls(&world), omada.group_ids().len()), (2, 1), "{code} with {status}");

            omada.clear_received();
            omada.answer_next(refusal(status, code));
            omada.answer_next(refusal(status, code));
            let error = site.create_voucher_group(&group("never")).await.expect_err("a refusal");
            assert!(error.is_auth() && !error.is_unclear(), "{error}");
            assert_eq!((token_calls(&world), omada.received().len()), (1, 3), "{code} with {status}");
        }
    }
}

#[tokio::test]
async fn what_no_other_token_may_do_renews_nothing() {
    for (status, code) in [(200, -1005), (200, -1505), (200, -44118), (200, -33000), (429, -44112), (500, -44113)] {
        let world = World::start().await;
        call(&world.omada).await.expect("the sites");
        world.sandbox.omada().clear_received();
        world.sandbox.omada().answer_next(refusal(status, code));
        call(&world.omada).await.expect_err("a refusal");
        assert_eq!((token_calls(&world), world.sandbox.omada().received().len()), (0, 1), "{code} with {status}");
    }
}

/// A store with one token, which can be made to fail.
#[derive(Clone, Default)]
struct Shelf {
    token: Arc<Mutex<Option<Token>>>,
    /// How often it panics: when it is asked, or when its answer is waited for.
    panics: Arc<AtomicUsize>,
    is_late: bool,
}

impl Shelf {
    fn holding(token: Token) -> Self {
        Self { token: Arc::new(Mutex::new(Some(token))), ..Self::default() }
    }

    fn panic(&self) {
        let left = self.panics.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        assert!(left.is_err(), "the shelf is broken");
    }
}

impl TokenStore for Shelf {
    fn load(&self) -> TokenStoreFuture<'_, Option<Token>> {
        if !self.is_late {
            self.panic();
        }
        Box::pin(async {
            tokio::task::yield_now().await;
            self.panic();
            Ok(self.token.lock().expect("no panic while it is held").clone())
        })
    }

    fn save<'a>(&'a self, token: &'a Token) -> TokenStoreFuture<'a, ()> {
        if !self.is_late {
            self.panic();
        }
        Box::pin(async {
            tokio::task::yield_now().await;
            self.panic();
            *self.token.lock().expect("no panic while it is held") = Some(token.clone());
            Ok(())
        })
    }
}

#[tokio::test]
async fn no_call_fails_because_its_own_token_and_the_one_in_the_store_are_dead() {
    let dead = |name: &str| Token::builder().access_token(name).refresh_token("also dead").build();
    for own in [None, Some(dead("AT-own"))] {
        let world = World::start().await;
        let shelf = Shelf::holding(dead("AT-stored"));
        let mut builder = world.omada_builder().token_store(shelf.clone());
        if let Some(own) = own {
            builder = builder.token(own);
        }
        let client = builder.build().expect("a client");
        call(&client).await.expect("a fresh sign-in within the call");
        let held = client.token().await.expect("a token");
        assert_eq!(shelf.token.lock().expect("no panic").clone(), Some(held));
        assert_eq!(world.sandbox.omada().tokens_issued(), 1);

        // Both die while the client runs.
        world.sandbox.omada().revoke_tokens();
        *shelf.token.lock().expect("no panic") = Some(dead("AT-of-another"));
        for outcome in join_all((0..10).map(|_| call(&client))).await {
            outcome.expect("a fresh sign-in within the call");
        }
        assert_eq!(world.sandbox.omada().tokens_issued(), 2);
    }
}

#[tokio::test]
async fn a_store_that_panics_fails_the_call_that_asked_it_and_no_other() {
    for is_late in [false, true] {
        let world = World::start().await;
        let shelf = Shelf { is_late, ..Shelf::default() };
        let client = world.omada_builder().token_store(shelf.clone()).build().expect("a client");
        shelf.panics.store(1, Ordering::SeqCst);
        let outcomes = join_all((0..8).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client).await })
        }));
        let outcomes: Vec<_> = outcomes.await.into_iter().map(|outcome| outcome.expect("no panic")).collect();
        let failed: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
        assert!(matches!(&failed[..], [Error::TokenStore(_)]), "{failed:?}");
        let source = std::error::Error::source(failed[0]).expect("what happened");
        assert_eq!(source.to_string(), "it panicked: the shelf is broken");
        assert_eq!(world.sandbox.omada().tokens_issued(), 1);

        // The next token cannot be saved, and is used all the same.
        world.sandbox.omada().expire_tokens();
        *shelf.token.lock().expect("no panic") = None;
        shelf.panics.store(usize::MAX, Ordering::SeqCst);
        let broken = world.omada_builder().token_store(shelf.clone()).build().expect("a client");
        for outcome in join_all((0..8).map(|_| call(&broken))).await {
            assert!(matches!(outcome, Err(Error::TokenStore(_))), "{outcome:?}");
        }
        shelf.panics.store(0, Ordering::SeqCst);
        call(&broken).await.expect("the sites");
    }
}
