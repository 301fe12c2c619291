//! Many tasks that wait for a token, while the token call itself fails.

use std::time::Duration;

use hotspot_vouchers::{Connection, omada};
use hotspot_vouchers_sandbox::{Fault, Format, Moment, Sandbox};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::gallery::faults;
use super::matrix::DEADLINE;
use super::stage::virtual_time;
use crate::support::World;

/// A client that has no token yet.
async fn cold() -> World {
    let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
    World::on(sandbox, Connection::new().danger_trust_any_certificate())
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
            let world = cold().await;
            calls(&world, 1).await.pop().expect("an outcome").expect("an answer");
            world.sandbox.omada().expire_tokens();
            world.sandbox.omada().faults().on("POST *token", fault.clone(), 1);
            for outcome in calls(&world, 200).await {
                outcome.unwrap_or_else(|error| panic!("{error} under {fault:?}"));
            }
            assert_eq!(world.sandbox.omada().tokens_issued(), 2, "{fault:?}");
            assert_eq!(token_calls(&world), 2 + repeats, "{fault:?}");
        }
    });
}

#[test]
fn every_fault_of_the_token_call_is_met_by_one_task_for_all() {
    const TASKS: usize = 50;
    virtual_time().block_on(async {
        for (name, fault) in faults() {
            for times in [1, usize::MAX] {
                let world = cold().await;
                world.sandbox.omada().faults().on("POST *token", fault.clone(), times);
                let outcomes = calls(&world, TASKS).await;
                let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
                let shown = format!("{name}, {times} times: {failed} of {TASKS} failed, {outcomes:?}");
                assert!(failed == 0 || failed == TASKS, "{shown}");
                // Who is busy is asked until the deadline, and everybody else four times at the most.
                assert!(token_calls(&world) < TASKS, "{} token calls under {shown}", token_calls(&world));
                let printed: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
                printed.iter().for_each(|error| drop(world.shown(*error)));
                world.sandbox.omada().faults().clear();
                tokio::time::sleep(super::matrix::LATE).await;
                calls(&world, 1)
                    .await
                    .pop()
                    .expect("an outcome")
                    .unwrap_or_else(|error| panic!("{error} after {shown}"));
            }
        }
    });
}
