use std::collections::BTreeMap;
use std::time::Duration;

use hotspot_vouchers_sandbox::{Fault, Moment};

use crate::caller::{At, Caller, EVERYWHERE, outcome};

/// The documented table: whether a request that is struck by the fault of this name is carried out.
pub fn documented() -> BTreeMap<String, bool> {
    let rows = include_str!("../../FAULTS.md").lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    let names = |cell: &str| cell.split_whitespace().map(|name| name.trim_matches('`').to_owned()).collect::<Vec<_>>();
    let rows = cells.map(|cells| match cells.as_slice() {
        [_, faults, _, "yes", _] => (names(faults), true),
        [_, faults, _, "no", _] => (names(faults), false),
        _ => panic!("a row of three cells, the last one yes or no: {cells:?}"),
    });
    rows.flat_map(|(names, is_carried_out)| names.into_iter().map(move |name| (name, is_carried_out))).collect()
}

/// What strikes a create at this door.
fn strikes_creates(fault: &Fault, has_tokens: bool) -> bool {
    match fault {
        Fault::WrongCertificate | Fault::WrongTotal(_) | Fault::RepeatPage => false,
        Fault::EndlessPages | Fault::Bottomless(_) | Fault::CapPage { .. } => false,
        // A create has no query, is the first one here, and its name is short, in small letters and without blanks.
        Fault::DropQuery | Fault::StaleAnswer | Fault::ChangeName(_) => false,
        // The response to a create of Omada has no vouchers.
        Fault::WrongRows(_) => !has_tokens,
        Fault::ExpireToken | Fault::RevokeToken => has_tokens,
        // There is no number in the answer of an Omada create but the code beside its result.
        Fault::HugeNumbers => !has_tokens,
        _ => true,
    }
}

#[tokio::test]
async fn every_fault_leaves_what_it_says_at_every_door() {
    let documented = documented();
    let names: Vec<&str> = Fault::gallery().into_iter().map(|(name, _)| name).collect();
    assert!(documented.keys().all(|name| names.contains(&name.as_str())), "{documented:?}");
    for at in EVERYWHERE {
        for (name, fault) in Fault::gallery() {
            let is_carried_out = *documented.get(name).unwrap_or_else(|| panic!("{name} is not in the table"));
            let caller = Caller::start().await;
            caller.faults(at).next(fault.clone());
            // Whatever the client makes of it: it is the books that count.
            let _ = outcome(caller.create(at, name)).await;
            let books = caller.books(at);
            let strikes = caller.faults(at).strikes();
            if !strikes_creates(&fault, at == At::Omada) {
                assert_eq!((books.len(), strikes.len()), (1, 0), "{at:?} {name}");
                continue;
            }
            assert_eq!(books.len(), usize::from(is_carried_out), "{at:?} {name}");
            assert_eq!(strikes.len(), 1, "{at:?} {name}");
            assert_eq!(strikes[0].fault, fault);
            assert!(strikes[0].operation.starts_with("POST ") && strikes[0].operation.contains("{id}"));
            assert!(books.iter().all(|issued| issued.request == Some(strikes[0].request)), "{at:?} {name}");
            let carried_out = caller.carried_out(at).into_iter().filter(|it| it.number == strikes[0].request);
            assert_eq!(carried_out.count(), usize::from(is_carried_out), "{at:?} {name}");
        }
    }
}

#[tokio::test]
async fn a_delayed_create_is_carried_out_though_its_caller_has_left() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.faults(at).next(Fault::Delay(Moment::BeforeCommit, Duration::from_millis(150)));
        let request = caller.create(at, "Late").timeout(Duration::from_millis(50));
        assert!(request.send().await.expect_err("nobody waits that long").is_timeout());
        assert!(caller.books(at).is_empty(), "{at:?}");
        while caller.door(at).counters().requests_open > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(caller.books(at)[0].name, "Late", "{at:?}");
    }
}

#[tokio::test]
async fn what_is_refused_or_only_read_is_not_carried_out() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        let before = caller.carried_out(at).len();
        caller.create(at, "Lobby").send().await.expect("an answer");
        caller.page(at, 0, 10).send().await.expect("an answer");
        caller.create(at, "").send().await.expect("a refusal");
        let carried_out = caller.carried_out(at);
        assert_eq!(carried_out.len(), before + 1, "{at:?}");
        assert_eq!(carried_out[before].operation().split(' ').next(), Some("POST"), "{at:?}");
    }
}
