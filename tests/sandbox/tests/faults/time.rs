use std::time::Duration;

use hotspot_vouchers_sandbox::{Fault, Moment, Sandbox};
use tokio::time::Instant;

use crate::caller::{At, Caller, EVERYWHERE, client, outcome};

async fn caller() -> Caller {
    Caller::with(Sandbox::builder().on_this_runtime(), client()).await
}

#[tokio::test(start_paused = true)]
async fn hours_pass_at_once_where_the_sandbox_shares_the_clock() {
    let begun = std::time::Instant::now();
    let caller = caller().await;
    let hour = Duration::from_secs(3600);
    for at in EVERYWHERE {
        for moment in [Moment::BeforeCommit, Moment::AfterCommit] {
            let (virtual_begin, clock_begin) = (Instant::now(), caller.sandbox.clock().now_unix_millis());
            caller.faults(at).next(Fault::Delay(moment, hour));
            outcome(caller.create(at, &format!("{moment:?}"))).await.expect("an answer");
            assert_eq!(virtual_begin.elapsed().as_secs(), 3600, "{at:?} {moment:?}");
            let passed = caller.sandbox.clock().now_unix_millis() - clock_begin;
            assert!((3_600_000..3_601_000).contains(&passed), "{at:?} {moment:?}: {passed}");
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn whatever_is_shorter_comes_first() {
    let caller = caller().await;
    for at in EVERYWHERE {
        let delay = Fault::Delay(Moment::BeforeCommit, Duration::from_secs(20));
        caller.faults(at).on("POST *", delay, 2);
        let patient = caller.create(at, "Patient").timeout(Duration::from_secs(21));
        assert!(outcome(patient).await.is_ok(), "{at:?}");
        let hasty = caller.create(at, "Hasty").timeout(Duration::from_secs(19));
        assert!(outcome(hasty).await.expect_err("nobody waits that long").is_timeout(), "{at:?}");
        assert_eq!(caller.books(at).len() % 2, 1, "{at:?}");
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(caller.books(at).last().map(|issued| issued.name.clone()).as_deref(), Some("Hasty"), "{at:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_port_is_shut_for_exactly_as_long_as_was_said() {
    let caller = caller().await;
    for at in EVERYWHERE {
        caller.faults(at).next(Fault::Refuse(Duration::from_secs(3600)));
        assert!(!outcome(caller.create(at, "Reset")).await.expect_err("a reset").is_connect(), "{at:?}");
        for _ in 0..2 {
            let error = outcome(caller.create(at, "Refused")).await.expect_err("no connection");
            assert!(error.is_connect(), "{at:?}: {error:?}");
            tokio::time::sleep(Duration::from_secs(1799)).await;
        }
        tokio::time::sleep(Duration::from_secs(3)).await;
        outcome(caller.create(at, "Answered")).await.expect("an answer");
        assert_eq!(caller.books(at).last().map(|issued| issued.name.clone()).as_deref(), Some("Answered"), "{at:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_limit_of_the_connector_ends_with_its_minute() {
    let caller = caller().await;
    let mut passed = 0;
    for _ in 0..110 {
        passed += usize::from(outcome(caller.page(At::Cloud, 0, 1)).await.expect("an answer").0 == 200);
    }
    assert_eq!(passed, 100);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(outcome(caller.page(At::Cloud, 0, 1)).await.expect("an answer").0, 200);
}

#[tokio::test]
async fn dropping_it_ends_what_it_began_on_this_runtime() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let caller = caller().await;
    caller.faults(At::Omada).next(Fault::Delay(Moment::BeforeCommit, Duration::from_secs(3600)));
    let request = caller.create(At::Omada, "Never").timeout(Duration::from_millis(20));
    assert!(outcome(request).await.is_err());
    drop(caller);
    while tasks() > before {
        tokio::task::yield_now().await;
    }
}
