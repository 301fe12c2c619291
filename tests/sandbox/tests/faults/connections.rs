use std::time::Duration;

use hotspot_vouchers_sandbox::{Canned, Fault, Moment};

use crate::caller::{Caller, EVERYWHERE, outcome};

/// The innermost cause.
fn cause(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), cause)
}

#[tokio::test]
async fn a_reset_is_a_reset_of_the_connection() {
    for at in EVERYWHERE {
        for (moment, issued) in [(Moment::BeforeCommit, 0), (Moment::AfterCommit, 1)] {
            let caller = Caller::start().await;
            caller.faults(at).next(Fault::Reset(moment));
            let error = outcome(caller.create(at, "Reset")).await.expect_err("no answer");
            assert!(!error.is_connect(), "{at:?} {moment:?}: {error:?}");
            assert!(cause(&error).contains("reset by peer"), "{at:?} {moment:?}: {error:?}");
            assert_eq!(caller.books(at).len(), issued, "{at:?} {moment:?}");
            assert!(outcome(caller.page(at, 0, 10)).await.is_ok(), "{at:?} {moment:?}");
        }
    }
}

#[tokio::test]
async fn a_refusing_port_has_no_listener_for_a_while() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.faults(at).next(Fault::Refuse(Duration::from_millis(200)));
        assert!(!outcome(caller.create(at, "First")).await.expect_err("a reset").is_connect());
        let error = outcome(caller.create(at, "Second")).await.expect_err("no connection");
        assert!(error.is_connect() && cause(&error).contains("refused"), "{at:?}: {error:?}");
        let begun = std::time::Instant::now();
        while outcome(caller.create(at, "Third")).await.is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "{at:?} stays shut");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let names: Vec<String> = caller.books(at).into_iter().map(|issued| issued.name).collect();
        assert_eq!(names, ["Third"], "{at:?}");
        // What never came in is nowhere on record.
        assert_eq!(caller.faults(at).strikes().len(), 1);
    }
}

#[tokio::test]
async fn faults_strike_scripted_answers_too() {
    let caller = Caller::start().await;
    let unifi = caller.sandbox.unifi();
    unifi.answer_next(Canned::status(200).text("application/json", "{\"half\": true}"));
    unifi.faults().next(Fault::HalveBody);
    let answer = outcome(caller.page(crate::caller::At::Unifi, 0, 1)).await.expect("an answer");
    assert_eq!(answer, (200, "{\"half\"".to_owned()));
}
