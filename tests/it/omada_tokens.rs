//! Tokens that are handed in and out, and stores that several clients share.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{Client, SiteListQuery, Timestamp, Token, TokenStore, TokenStoreFuture};
use jiff::ToSpan;

use crate::support::World;

/// A store that several clients share, and that can fail.
#[derive(Clone, Default)]
struct Shelf {
    token: Arc<Mutex<Option<Token>>>,
    fails_to_load: Arc<AtomicBool>,
    fails_to_save: Arc<AtomicBool>,
}

impl Shelf {
    fn token(&self) -> Option<Token> {
        self.token.lock().expect("no panic while it is held").clone()
    }
}

impl TokenStore for Shelf {
    fn load(&self) -> TokenStoreFuture<'_, Option<Token>> {
        Box::pin(async {
            match self.fails_to_load.load(Ordering::Relaxed) {
                true => Err("the shelf is locked".into()),
                false => Ok(self.token()),
            }
        })
    }

    fn save<'a>(&'a self, token: &'a Token) -> TokenStoreFuture<'a, ()> {
        Box::pin(async {
            if self.fails_to_save.load(Ordering::Relaxed) {
                return Err(format!("no room for {}", token.access_token.expose()).into());
            }
            *self.token.lock().expect("no panic while it is held") = Some(token.clone());
            Ok(())
        })
    }
}

async fn call(client: &Client) -> Result<(), hotspot_vouchers::omada::Error> {
    client.site_page(&SiteListQuery::full_pages().build()).await.map(|_| ())
}

#[tokio::test]
async fn a_token_goes_from_client_to_client() {
    let world = World::start().await;
    let token = world.omada.token().await.expect("a token");
    world.debugged(&token);
    let left = token.expires_at.expect("an end") - Timestamp::now();
    assert!((7100..=7200).contains(&left.get_seconds()), "{left}");

    // As text, which is how it would get to another process.
    let text = serde_json::to_string(&token).expect("JSON");
    let builder = world.omada_builder().token(serde_json::from_str(&text).expect("the token"));
    world.assert_no_secret(&format!("{builder:?}"));
    let other = builder.build().expect("a client");
    call(&other).await.expect("the sites");
    assert_eq!((world.sandbox.omada().tokens_issued(), other.token().await.expect("a token")), (1, token.clone()));

    // It is renewed as if it were the client's own: once with its refresh token, which is then dead for the first client.
    world.sandbox.omada().expire_tokens();
    call(&other).await.expect("the sites");
    assert_ne!(other.token().await.expect("a token"), token);
    call(&world.omada).await.expect("the sites");
    assert_eq!(world.sandbox.omada().tokens_issued(), 3);
}

#[tokio::test]
async fn a_token_that_is_handed_in_late_is_renewed_first() {
    let world = World::start().await;
    let token = world.omada.token().await.expect("a token");
    let late = Token::builder()
        .access_token(token.access_token.clone())
        .maybe_refresh_token(token.refresh_token.clone())
        .expires_at(Timestamp::now() - 1.second())
        .build();
    world.sandbox.omada().clear_received();
    call(&world.omada_builder().token(late).build().expect("a client")).await.expect("the sites");
    let paths: Vec<String> = world.sandbox.omada().received().into_iter().map(|call| call.path).collect();
    assert_eq!((paths.len(), paths[0].as_str()), (2, "/openapi/authorize/token"), "{paths:?}");

    // Without an end it is used until it is refused, and without a refresh token it is replaced by a fresh one.
    let bare = Token::builder().access_token("AT-of-another-time").build();
    call(&world.omada_builder().token(bare).build().expect("a client")).await.expect("the sites");
    let broken = Token::builder().access_token("hunter2\n").build();
    let error = world.omada_builder().token(broken).build().expect_err("a token that is no header");
    insta::assert_snapshot!(world.shown(&error), @"`access_token` cannot be used: it contains a line break as character 8; copy it again without that");
}

#[tokio::test]
async fn two_clients_share_a_store() {
    let world = World::start().await;
    let shelf = Shelf::default();
    let client = || world.omada_builder().token_store(shelf.clone()).build().expect("a client");
    let (one, other) = (client(), client());
    let issued = || world.sandbox.omada().tokens_issued();
    call(&one).await.expect("the sites");
    call(&other).await.expect("the sites");
    assert_eq!(issued(), 1);

    // The first to renew renews for both.
    world.sandbox.omada().expire_tokens();
    call(&other).await.expect("the sites");
    call(&one).await.expect("the sites");
    assert_eq!(issued(), 2);

    // Whoever finds its refresh token dead looks into the store before it signs in.
    world.sandbox.omada().expire_tokens();
    let (first, second) = tokio::join!(call(&one), call(&other));
    assert!(first.is_ok() && second.is_ok());
    assert!(issued() <= 4, "at worst each signs in for itself");
    let kept = shelf.token().expect("a token");
    call(&client()).await.expect("the sites");
    assert_eq!(shelf.token(), Some(kept), "a restart needs no token call");
}

#[tokio::test]
async fn a_token_that_cannot_be_used_is_replaced() {
    for broken in ["", " ", "hunter2\n", "hunter2\0"] {
        let world = World::start().await;
        let shelf = Shelf::default();
        *shelf.token.lock().expect("no panic") = Some(Token::builder().access_token(broken).refresh_token("").build());
        let client = world.omada_builder().token_store(shelf.clone()).build().expect("a client");
        call(&client).await.expect("a fresh sign-in");
        assert_eq!(shelf.token(), Some(client.token().await.expect("a token")));
        assert_eq!(world.sandbox.omada().tokens_issued(), 1);

        // It may also become so, while another one is held that has died.
        *shelf.token.lock().expect("no panic") = Some(Token::builder().access_token(broken).build());
        world.sandbox.omada().expire_tokens();
        call(&client).await.expect("a renewal");
        assert_eq!(world.sandbox.omada().tokens_issued(), 2);
    }
}

#[tokio::test]
async fn a_store_that_fails_fails_the_call() {
    let world = World::start().await;
    let shelf = Shelf::default();
    let client = world.omada_builder().token_store(shelf.clone()).build().expect("a client");
    shelf.fails_to_load.store(true, Ordering::Relaxed);
    let error = call(&client).await.expect_err("a store that fails");
    assert!(matches!(error, Error::TokenStore(_)) && !error.is_auth() && error.is_retryable());
    insta::assert_snapshot!(world.shown(&error), @"the token store did not load the token, and nothing else was sent; mend the store, then try again");
    let source = std::error::Error::source(&error).expect("what the store says");
    assert_eq!(source.to_string(), "the shelf is locked");
    assert!(world.sandbox.omada().received().is_empty());

    // What could not be saved is used all the same from the next call on.
    shelf.fails_to_load.store(false, Ordering::Relaxed);
    shelf.fails_to_save.store(true, Ordering::Relaxed);
    let error = call(&client).await.expect_err("a store that fails");
    world.assert_no_secret(&format!("{error} {error:?}"));
    insta::assert_snapshot!(error, @"the token store did not save the token, and nothing else was sent; mend the store, then try again");
    call(&client).await.expect("the sites");
    assert_eq!(world.sandbox.omada().tokens_issued(), 1);
}
