use hotspot_vouchers_sandbox::{Canned, Fault, Lie, Moment, Strike};

use crate::caller::{At, Caller, EVERYWHERE, outcome};

fn answer(status: u16) -> Fault {
    Fault::Answer(Moment::BeforeCommit, Canned::status(status))
}

async fn status(caller: &Caller, at: At) -> u16 {
    outcome(caller.page(at, 0, 1)).await.expect("an answer").0
}

#[tokio::test]
async fn the_script_comes_first_then_the_rules_then_chance() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        let faults = caller.faults(at);
        faults.chance(1, 1.0, [answer(503)]);
        faults.on("get *", answer(501), 1);
        faults.on("* *", answer(502), 1);
        faults.next(answer(499));
        faults.next(answer(500));
        for expected in [499, 500, 501, 502, 503, 503] {
            assert_eq!(status(&caller, at).await, expected, "{at:?}");
        }
        faults.clear();
        assert_eq!(status(&caller, at).await, 200, "{at:?}");
        let struck: Vec<Fault> = faults.strikes().into_iter().map(|strike| strike.fault).collect();
        assert_eq!(struck, [499, 500, 501, 502, 503, 503].map(answer), "{at:?}");
    }
}

#[tokio::test]
async fn rules_tell_operations_apart() {
    let caller = Caller::start().await;
    let faults = caller.faults(At::Unifi);
    faults.always("POST *", answer(501));
    faults.always("* /v1/connector/*", answer(502));
    assert_eq!(status(&caller, At::Unifi).await, 200);
    assert_eq!(status(&caller, At::Cloud).await, 502);
    for at in [At::Unifi, At::Cloud] {
        assert_eq!(outcome(caller.create(at, "Never")).await.expect("an answer").0, 501);
    }
    let requests = caller.sandbox.unifi().received();
    let operations: Vec<String> = requests.iter().map(|request| request.operation()).collect();
    let console = "/v1/connector/consoles/{id}";
    let vouchers = "/proxy/network/integration/v1/sites/{id}/hotspot/vouchers";
    assert_eq!(
        operations,
        [
            format!("GET {vouchers}"),
            format!("GET {console}{vouchers}"),
            format!("POST {vouchers}"),
            format!("POST {console}{vouchers}"),
        ]
    );
    let numbers: Vec<u64> = faults.strikes().iter().map(|strike| strike.request).collect();
    assert_eq!(numbers, [2, 3, 4]);
}

#[tokio::test]
async fn a_fault_waits_for_a_request_that_it_can_strike() {
    let caller = Caller::start().await;
    let faults = caller.faults(At::Omada);
    faults.next(Fault::WrongTotal(Lie::TooMany));
    outcome(caller.create(At::Omada, "No list")).await.expect("an answer");
    assert!(faults.strikes().is_empty());
    let (_, body) = outcome(caller.page(At::Omada, 0, 1)).await.expect("an answer");
    assert!(body.contains("\"totalRows\":1001"), "{body}");
}

/// What strikes three hundred creates, each sent twice, at this door: the name and the fault, by name.
async fn struck(seed: u64, at: At, evens_first: bool) -> Vec<(String, Fault)> {
    let caller = Caller::start().await;
    caller.sandbox.unifi().set_cloud_limit(usize::MAX);
    let faults = [answer(500), answer(502), Fault::Reset(Moment::AfterCommit), Fault::NoContentType];
    caller.faults(at).chance(seed, 0.05, faults);
    let mut numbers: Vec<usize> = (0..300).collect();
    numbers.sort_by_key(|number| evens_first && number % 2 == 1);
    for number in numbers.iter().chain(&numbers) {
        // What the client makes of it is not the question.
        let _ = outcome(caller.create(at, &format!("Lobby {number}"))).await;
    }
    let received = if at == At::Omada { caller.sandbox.omada().received() } else { caller.sandbox.unifi().received() };
    let name = |strike: &Strike| {
        let request = received.iter().find(|request| request.number == strike.request).expect("it was received");
        request.body.as_ref().expect("a body")["name"].as_str().expect("a name").to_owned()
    };
    let strikes = caller.faults(at).strikes();
    let mut struck: Vec<(String, Fault)> = strikes.iter().map(|strike| (name(strike), strike.fault.clone())).collect();
    // The sort is stable: of two equal requests the first lot stays before the second one.
    struck.sort_by(|(one, _), (other, _)| one.cmp(other));
    struck
}

#[tokio::test]
async fn a_seed_replays_in_another_sandbox_and_another_order() {
    for at in EVERYWHERE {
        let once = struck(7, at, false).await;
        assert!((60..=180).contains(&once.len()), "{at:?}: {} of 600 at 4 x 5 %", once.len());
        assert_eq!(struck(7, at, true).await, once, "{at:?}");
        assert_ne!(struck(8, at, false).await, once, "{at:?}");
    }
}
