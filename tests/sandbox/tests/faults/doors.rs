use std::time::Duration;

use hotspot_vouchers_sandbox::{Fault, Moment};

use crate::caller::{At, Caller, EVERYWHERE, outcome};

#[tokio::test]
async fn a_closed_door_refuses_and_keeps_its_port_and_its_vouchers() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        outcome(caller.create(at, "Before")).await.expect("an answer");
        let door = caller.door(at);
        door.close().await;
        assert_eq!(door.counters().connections_open, 0);
        for _ in 0..3 {
            assert!(outcome(caller.page(at, 0, 1)).await.expect_err("no connection").is_connect(), "{at:?}");
        }
        door.open().await;
        let (status, _) = outcome(caller.page(at, 0, 1)).await.expect("an answer");
        assert_eq!((status, caller.books(at).len()), (200, 1), "{at:?}");
    }
}

#[tokio::test]
async fn closing_and_opening_twice_is_as_good_as_once() {
    let caller = Caller::start().await;
    let door = caller.door(At::Unifi);
    door.close().await;
    door.close().await;
    door.open().await;
    door.open().await;
    assert!(outcome(caller.page(At::Unifi, 0, 1)).await.is_ok());
}

#[tokio::test]
async fn closing_resets_a_request_that_is_being_answered() {
    let caller = Caller::start().await;
    caller.faults(At::Omada).next(Fault::Delay(Moment::AfterCommit, Duration::from_secs(3600)));
    let request = tokio::spawn(outcome(caller.create(At::Omada, "Cut off")));
    while caller.books(At::Omada).is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    caller.door(At::Omada).close().await;
    let error = request.await.expect("the request ends").expect_err("no answer");
    assert!(!error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn hanging_up_ends_connections_after_their_answers() {
    let caller = Caller::start().await;
    let door = caller.door(At::Unifi);
    outcome(caller.page(At::Unifi, 0, 1)).await.expect("an answer");
    outcome(caller.page(At::Unifi, 0, 1)).await.expect("an answer");
    assert_eq!((door.counters().connections, door.counters().connections_open), (1, 1));
    caller.faults(At::Unifi).next(Fault::Delay(Moment::AfterCommit, Duration::from_millis(100)));
    let request = tokio::spawn(outcome(caller.create(At::Unifi, "Whole")));
    while door.counters().requests_open == 0 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    door.hang_up().await;
    assert_eq!(request.await.expect("the request ends").expect("an answer").0, 201);
    outcome(caller.page(At::Unifi, 0, 1)).await.expect("an answer");
    assert_eq!((door.counters().connections, door.counters().connections_open), (2, 1));
}

#[tokio::test]
async fn a_door_counts() {
    let caller = Caller::start().await;
    caller.faults(At::Omada).always("* *groups", Fault::Delay(Moment::BeforeCommit, Duration::from_millis(100)));
    let requests: Vec<_> = (0..4).map(|number| tokio::spawn(outcome(caller.page(At::Omada, number, 10)))).collect();
    for request in requests {
        request.await.expect("the request ends").expect("an answer");
    }
    let counters = caller.door(At::Omada).counters();
    assert_eq!((counters.requests, counters.requests_open, counters.most_requests_open), (5, 0, 4));
    assert_eq!(counters.requests_of("POST *token"), 1);
    assert_eq!(counters.requests_of("GET *voucher-groups"), 4);
    assert_eq!(counters.requests_of("* *"), 5);
    assert!(counters.operations.contains_key("GET /openapi/v1/{id}/sites/{id}/hotspot/voucher-groups"));
    assert_eq!(caller.door(At::Unifi).counters().requests, 0);
}
