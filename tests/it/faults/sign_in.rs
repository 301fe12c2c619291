//! Many tasks that wait for a token, while signing in itself fails.

use std::time::Duration;

use futures_util::FutureExt;
use hotspot_vouchers::omada::{Token, TokenStore, TokenStoreFuture};
use hotspot_vouchers::{Connection, Error, omada};
use hotspot_vouchers_sandbox::{Fault, Format, Moment, Sandbox};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::gallery::{LARGEST_ANSWER_BYTES, faults};
use super::outcome::{DEADLINE, LATE};
use super::stage::{thread, virtual_time};
use crate::support::{World, group};

/// A client that has no token yet.
async fn cold() -> World {
    let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
    World::on(sandbox, connection())
}

/// The same of a user.
async fn cold_user() -> World {
    let mut world = cold().await;
    let (username, password) = (world.sandbox.omada().username(), world.sandbox.omada().password());
    let user = world.omada_builder().user(username, password).connection(connection()).build();
    world.omada = user.expect("a client");
    world
}

/// A client that has a token of its own, which is dead.
async fn expired() -> World {
    let world = cold().await;
    calls(&world, 1).await.pop().expect("an outcome").expect("an answer");
    world.sandbox.omada().expire_tokens();
    world
}

fn connection() -> Connection {
    Connection::new().danger_trust_any_certificate().largest_answer_bytes(LARGEST_ANSWER_BYTES)
}

/// One call of each of so many tasks at once.
async fn calls(world: &World, tasks: usize) -> Vec<Result<(), omada::Error>> {
    let mut calls = JoinSet::new();
    for _ in 0..tasks {
        let client = world.omada.clone();
        let call = async move { client.site_page(&omada::SiteListQuery::full_pages().build()).await.map(|_| ()) };
        calls.spawn(async { timeout(DEADLINE, call).await.expect("no call outlives its deadline") });
    }
    calls.join_all().await
}

/// How often a token was asked for.
fn token_calls(world: &World) -> usize {
    world.sandbox.omada().door().counters().requests_of("POST *token")
}

/// What passes by itself, and how many token calls it costs beside the one that succeeds.
fn passing() -> [(Fault, usize); 4] {
    let retry_after = Some(Duration::from_secs(2));
    [
        (Fault::Reset(Moment::BeforeCommit), 1),
        (Fault::TooManyRequests { retry_after }, 1),
        (Fault::ServerError { status: 503, format: Format::Html, moment: Moment::BeforeCommit }, 1),
        (Fault::Delay(Moment::BeforeCommit, Duration::from_secs(10)), 0),
    ]
}

#[test]
fn a_thousand_tasks_sign_in_once_whatever_becomes_of_the_first_token_call() {
    virtual_time().block_on(async {
        for (fault, repeats) in passing() {
            let world = cold().await;
            world.sandbox.omada().faults().on("POST *token", fault.clone(), 1);
            for outcome in calls(&world, 1000).await {
                outcome.unwrap_or_else(|error| panic!("{error} under {fault:?}"));
            }
            assert_eq!(world.sandbox.omada().tokens_issued(), 1, "{fault:?}");
            assert_eq!(token_calls(&world), 1 + repeats, "{fault:?}");
        }
    });
}

#[test]
fn a_token_that_dies_under_load_is_renewed_once_whatever_becomes_of_the_first_renewal() {
    virtual_time().block_on(async {
        for (fault, repeats) in passing() {
            let world = expired().await;
            world.sandbox.omada().faults().on("POST *token", fault.clone(), 1);
            for outcome in calls(&world, 200).await {
                outcome.unwrap_or_else(|error| panic!("{error} under {fault:?}"));
            }
            assert_eq!(world.sandbox.omada().tokens_issued(), 2, "{fault:?}");
            assert_eq!(token_calls(&world), 2 + repeats, "{fault:?}");
        }
    });
}

/// The world in which a step of signing in is struck.
async fn world_of(step: &str) -> World {
    match step {
        "requestToken" => cold().await,
        "refreshToken" => {
            let world = expired().await;
            // Everybody knows by then that it is dead, and waits for the next one.
            sleep(LATE).await;
            world
        }
        _ => cold_user().await,
    }
}

/// Every step of signing in, by what the spec calls it, and its requests.
pub const STEPS: [(&str, &str); 5] = [
    ("requestToken", "POST *token"),
    ("refreshToken", "POST *token"),
    ("logIn", "POST *login"),
    ("createAuthorizationCode", "POST *code"),
    ("redeemAuthorizationCode", "POST *token"),
];

/// Every fault of a step is met by one task for all.
async fn strike(step: &str, pattern: &str) {
    const TASKS: usize = 50;
    for (name, fault) in faults() {
        for times in [1, usize::MAX] {
            let world = world_of(step).await;
            let omada = world.sandbox.omada();
            let requests = || omada.door().counters().requests_of(pattern);
            let before = requests();
            omada.faults().on(pattern, fault.clone(), times);
            let outcomes = calls(&world, TASKS).await;
            let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
            let shown = format!("{step} under {name}, {times} times: {failed} of {TASKS} failed, {outcomes:?}");
            assert!(failed == 0 || failed == TASKS, "{shown}");
            let may_miss = matches!(fault, Fault::ExpireToken | Fault::RevokeToken | Fault::HugeNumbers)
                || matches!(fault, Fault::StaleAnswer | Fault::ChangeName(_) | Fault::CommitPart | Fault::WrongRows(_));
            assert!(may_miss || !omada.faults().strikes().is_empty(), "{shown}");
            // Who is busy is asked until the deadline, and everybody else four times at the most.
            assert!(requests() - before < TASKS, "{} requests under {shown}", requests() - before);
            let printed: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
            printed.iter().for_each(|error| drop(world.shown(*error)));
            omada.faults().clear();
            sleep(LATE).await;
            let next = calls(&world, 1).await.pop().expect("an outcome");
            // Nothing else tells a user's wrong password, which is sent once.
            let is_final = step == "logIn" && fault == Fault::Unauthorized;
            assert_eq!(next.is_err(), is_final, "{next:?} after {shown}");
        }
    }
}

#[test]
fn every_fault_of_a_sign_in_is_met_by_one_task_for_all() {
    let threads = STEPS.map(|(step, pattern)| thread(move || strike(step, pattern)));
    for thread in threads {
        thread.join().expect("no call panics");
    }
}

#[test]
fn who_comes_after_a_sign_in_that_failed_tries_again() {
    virtual_time().block_on(async {
        let world = cold().await;
        let faults = world.sandbox.omada().faults();
        faults.on("POST *token", Fault::HugeBody { bytes: 2 * LARGEST_ANSWER_BYTES as u64 }, 1);
        // Somebody begins to wait, and no longer looks when the outcome is there.
        let (client, query) = (world.omada.clone(), omada::SiteListQuery::full_pages().build());
        let mut waiting = std::pin::pin!(client.site_page(&query));
        assert!(waiting.as_mut().now_or_never().is_none());
        calls(&world, 1).await.pop().expect("an outcome").expect_err("an answer that is too long");
        assert_eq!(token_calls(&world), 1, "one sign-in for both");
        calls(&world, 1).await.pop().expect("an outcome").expect("a sign-in of its own");
        assert_eq!(token_calls(&world), 2);
    });
}

/// A store that never answers one of its questions.
struct Silent {
    loads: bool,
}

impl TokenStore for Silent {
    fn load(&self) -> TokenStoreFuture<'_, Option<Token>> {
        match self.loads {
            true => Box::pin(std::future::ready(Ok(None))),
            false => Box::pin(std::future::pending()),
        }
    }

    fn save<'a>(&'a self, _: &'a Token) -> TokenStoreFuture<'a, ()> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_store_that_never_answers_is_waited_for_until_the_deadline() {
    virtual_time().block_on(async {
        for loads in [false, true] {
            let world = cold().await;
            let client = world.omada_builder().connection(connection()).token_store(Silent { loads });
            let client = client.build().expect("a client");
            let (begin, query) = (Instant::now(), omada::SiteListQuery::full_pages().build());
            let (token, sites) =
                tokio::join!(timeout(DEADLINE, client.token()), timeout(DEADLINE, client.site_page(&query)),);
            let token = token.expect("no call outlives its deadline").map(|_| ());
            let sites = sites.expect("no call outlives its deadline").map(|_| ());
            for outcome in [token, sites] {
                let error = outcome.expect_err("a store that never answers");
                assert!(matches!(error, Error::TokenStore(_) | Error::Transport(_)), "{error:?}");
                assert!(!error.is_unclear(), "nothing was sent: {error:?}");
                world.shown(&error);
            }
            assert!(begin.elapsed() <= DEADLINE, "{:?}", begin.elapsed());
        }
    });
}

#[test]
fn who_has_little_time_left_ends_no_sign_in_of_others() {
    virtual_time().block_on(async {
        let world = expired().await;
        let (omada, site) = (world.sandbox.omada(), world.omada_site());
        // Another one renews the token first, so that the create begins at once.
        calls(&world, 1).await.pop().expect("an outcome").expect("an answer");
        let (late, tokens) = (Fault::Delay(Moment::BeforeCommit, Duration::from_secs(40)), token_calls(&world));
        // Of its 90 seconds, the create takes 30, and looking for it another 30 and a pause of 20. Then the token is refused.
        omada.faults().on("POST *voucher-groups", late.clone(), 1);
        omada.faults().on("GET *voucher-groups", late, 1);
        let retry_after = Some(Duration::from_secs(20));
        omada.faults().on("GET *voucher-groups", Fault::TooManyRequests { retry_after }, 1);
        omada.faults().on("GET *voucher-groups", Fault::ExpireToken, 1);
        omada.faults().on("POST *token", Fault::Delay(Moment::AfterCommit, Duration::from_secs(15)), 1);
        let request = group("short of time");
        let others = async {
            sleep(Duration::from_secs(85)).await;
            assert_eq!(token_calls(&world), tokens + 1, "the create has begun to sign in");
            calls(&world, 20).await
        };
        let (created, others) = tokio::join!(timeout(DEADLINE, site.create_voucher_group(&request)), others);
        assert_eq!(omada.faults().strikes().len(), 5);
        for outcome in others {
            outcome.unwrap_or_else(|error| panic!("{error}: another call had no time left"));
        }
        let created = created.expect("no call outlives its deadline");
        assert!(created.as_ref().is_ok_and(|_| omada.books().len() == 1) || created.is_err_and(|it| it.is_unclear()));
    });
}
