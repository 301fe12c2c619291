//! The pace at which the cloud is asked, as its own limit sees it.

use std::time::Duration;

use hotspot_vouchers::{Connection, omada, unifi};
use hotspot_vouchers_sandbox::{Fault, Sandbox};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::cancel::poll_and_drop;
use super::operations::call;
use super::stage::{Stage, virtual_time};
use crate::doors::proxy;

const TASKS: usize = 50;
const MINUTES: u32 = 10;
const MINUTE: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);
/// How long a call may take, as it is documented.
const DEADLINE: Duration = Duration::from_secs(90);
/// How many requests the cloud allows in a minute.
const ALLOWED: usize = 100;

async fn read(site: &unifi::Site) -> Result<(), unifi::Error> {
    site.voucher_page(&unifi::VoucherQuery::builder().limit(1).build()).await.map(|_| ())
}

/// When the calls of 50 tasks were answered in so many minutes. Each is tried once, so that a 429 would be one that failed, and
/// may wait for longer than the minute that all others can take before it.
async fn answers() -> Vec<Duration> {
    let stage = Stage::reached_by(Connection::new().attempts(1).deadline(MINUTE * 2)).await;
    let begin = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let site = stage.cloud_site.clone();
        tasks.spawn(async move {
            let mut answers = Vec::new();
            loop {
                read(&site).await.expect("the cloud is not asked too fast");
                match begin.elapsed() {
                    elapsed if elapsed < MINUTE * MINUTES => answers.push(elapsed),
                    _ => return answers,
                }
            }
        });
    }
    let mut answers: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    answers.sort();
    answers
}

#[test]
fn fifty_tasks_use_the_pace_of_the_cloud_up_and_do_not_exceed_it() {
    let answers = virtual_time().block_on(answers());
    let expected = 100 * MINUTES as usize;
    assert!(answers.len().abs_diff(expected) <= expected / 100, "{} answers", answers.len());
    for minute in 0..MINUTES {
        let of_minute = answers.iter().filter(|at| (MINUTE * minute..MINUTE * (minute + 1)).contains(*at));
        assert!((99..=101).contains(&of_minute.count()), "in minute {minute}: {answers:?}");
    }
}

#[test]
fn a_burst_of_429s_costs_no_call_its_answer() {
    virtual_time().block_on(async {
        for retry_after in [None, Some(Duration::from_secs(2)), Some(Duration::from_millis(500))] {
            let stage = Stage::set().await;
            let faults = stage.world.sandbox.unifi().faults();
            faults.on("GET *vouchers", Fault::TooManyRequests { retry_after }, 2 * TASKS);
            let mut tasks = JoinSet::new();
            for number in 0..2 * TASKS {
                let site = if number % 2 == 0 { stage.cloud_site.clone() } else { stage.world.unifi_site() };
                tasks.spawn(async move { read(&site).await });
            }
            for answer in tasks.join_all().await {
                answer.unwrap_or_else(|error| panic!("{error} after {retry_after:?}"));
            }
            assert_eq!(faults.strikes().len(), 2 * TASKS, "the burst came");
        }
    });
}

#[test]
fn the_cloud_of_omada_is_asked_ten_times_a_second() {
    virtual_time().block_on(async {
        let sandbox = Sandbox::builder().on_this_runtime().tls().start().await.expect("a free port");
        let controller = sandbox.omada();
        // The way to the cloud leads to the sandbox.
        let (proxy, _) = proxy(controller.url()).await;
        let connection = Connection::new().danger_trust_any_certificate();
        let client = omada::Client::builder(omada::Endpoint::Europe)
            .omadac_id(controller.omadac_id())
            .client_credentials(controller.client_id(), controller.client_secret())
            .connection(connection.adjust(move |builder| builder.proxy(proxy.clone())))
            .build()
            .expect("a client");
        let begin = Instant::now();
        let mut calls = JoinSet::new();
        for _ in 0..30 {
            let client = client.clone();
            calls.spawn(async move { client.site_page(&omada::SiteListQuery::full_pages().build()).await });
        }
        calls.join_all().await.into_iter().for_each(|answer| drop(answer.expect("the sites")));
        // With the call for a token, the last one is the first one of the fourth second.
        let seconds = begin.elapsed().as_secs_f64();
        assert!((3.0..3.1).contains(&seconds), "{seconds} s");
    });
}

#[test]
fn who_is_busy_is_left_alone_by_everybody_as_long_as_it_wants() {
    /// Shorter than the pause that an attempt would make by itself.
    const A_MOMENT: Duration = Duration::from_millis(10);
    virtual_time().block_on(async {
        // Who does not say how long is given a second.
        for (retry_after, wanted_millis) in [(Some(2000), 2000), (Some(1250), 1250), (Some(500), 500), (None, 1000)] {
            for (name, pattern) in [("omada portals", "GET *portals"), ("unifi info", "GET *info")] {
                let stage = Stage::set().await;
                let retry_after = retry_after.map(Duration::from_millis);
                let begin = Instant::now();
                for faults in stage.faults() {
                    faults.on(pattern, Fault::TooManyRequests { retry_after }, 1);
                }
                let ended = async |pause| {
                    sleep(pause).await;
                    call(name, &stage).await.expect("an answer");
                    begin.elapsed()
                };
                // The one that was told so, and one that comes when it has been.
                let (told, later) = tokio::join!(ended(Duration::ZERO), ended(A_MOMENT));
                let wanted = Duration::from_millis(wanted_millis);
                for waited in [told, later] {
                    let is_honoured = (wanted..wanted + A_MOMENT * 5).contains(&waited);
                    assert!(is_honoured, "{name} waited {waited:?} after {retry_after:?}");
                }
            }
        }
    });
}

/// One call through the connector in each of so many tasks.
fn calls(stage: &Stage, count: usize) -> JoinSet<(Duration, Result<(), unifi::Error>)> {
    let mut calls = JoinSet::new();
    for _ in 0..count {
        let (site, begin) = (stage.cloud_site.clone(), Instant::now());
        calls.spawn(async move {
            let answer = read(&site).await;
            (begin.elapsed(), answer)
        });
    }
    calls
}

/// That all are answered, and how long the last one took.
async fn answered(stage: &Stage, count: usize) -> Duration {
    let waits = calls(stage, count).join_all().await.into_iter();
    waits.map(|(waited, answer)| answer.map(|()| waited).expect("an answer")).max().unwrap_or_default()
}

/// So many calls that are dropped right after they began.
async fn cancelled(stage: &Stage, count: usize) {
    for _ in 0..count {
        assert!(!poll_and_drop(read(&stage.cloud_site), 1).await, "it is over before anything was sent");
    }
}

#[test]
fn calls_that_are_cancelled_do_not_hold_up_those_that_come_after_them() {
    const CANCELLED: usize = 1000;
    virtual_time().block_on(async {
        // Nobody is sure that the cloud heard nothing of those whose turn it was at once, so they may count for a minute.
        let stage = Stage::set().await;
        cancelled(&stage, CANCELLED).await;
        let waited = answered(&stage, 1).await;
        assert!(waited <= MINUTE + SECOND, "{waited:?}");

        // Those whose turn has not come count for nothing, however many they are.
        sleep(MINUTE).await;
        assert!(answered(&stage, ALLOWED - 1).await < SECOND);
        sleep(MINUTE - SECOND * 2).await;
        answered(&stage, 1).await;
        cancelled(&stage, CANCELLED).await;
        let waited = answered(&stage, 1).await;
        assert!(waited <= SECOND * 3, "{waited:?}");
    });
}

#[test]
fn a_pause_that_the_cloud_demands_is_made_up_for() {
    virtual_time().block_on(async {
        let stage = Stage::set().await;
        assert!(answered(&stage, ALLOWED / 2).await < SECOND);
        sleep(SECOND * 10).await;
        let faults = stage.world.sandbox.unifi().faults();
        faults.on("GET *vouchers", Fault::TooManyRequests { retry_after: Some(MINUTE) }, 1);
        // One half of what is allowed is sent now. After the pause all of it is, in which those are first who have waited.
        let outcomes = calls(&stage, 2 * ALLOWED).join_all().await;
        assert_eq!(faults.strikes().len(), 1);
        for (waited, outcome) in &outcomes {
            assert!(*waited <= DEADLINE + SECOND, "{outcome:?} after {waited:?}");
        }
        let answers = outcomes.iter().filter(|(_, outcome)| outcome.is_ok()).count();
        let possible = ALLOWED / 2 - 1 + ALLOWED;
        assert!(answers >= possible - 5, "{answers} of {possible} that were possible");

        // Whoever comes later finds the whole pace again.
        let begin = Instant::now();
        let waited = answered(&stage, ALLOWED).await;
        assert!(waited <= MINUTE + SECOND, "{waited:?}");
        sleep((MINUTE * 2).saturating_sub(begin.elapsed())).await;
        let waited = answered(&stage, ALLOWED).await;
        assert!(waited < SECOND, "{waited:?}");
    });
}
