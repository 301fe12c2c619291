use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use hotspot_vouchers_sandbox::{Fault, Sandbox};

use crate::caller::{At, Caller, EVERYWHERE, client, outcome};
use crate::commit::documented;

/// What leaves every other request as it is: a token that ends would end for all of them, and 64 MiB take a while.
fn gallery() -> Vec<(&'static str, Fault)> {
    let left_out = ["expire-token", "revoke-token", "huge-body", "gzip-bomb"];
    Fault::gallery().into_iter().filter(|(name, _)| !left_out.contains(name)).collect()
}

async fn storm(at: At, tls: bool) {
    let builder = if tls { Sandbox::builder().tls() } else { Sandbox::builder() };
    let caller = Arc::new(Caller::with(builder, client().tls_danger_accept_invalid_certs(true)).await);
    caller.sandbox.unifi().set_cloud_limit(usize::MAX);
    caller.faults(at).chance(11, 0.0125, gallery().into_iter().map(|(_, fault)| fault));
    let tasks: Vec<_> = (0..16)
        .map(|task| {
            let caller = Arc::clone(&caller);
            tokio::spawn(async move {
                for number in 0..40 {
                    let request = caller.create(at, &format!("Lobby {task} {number}"));
                    let request = request.timeout(Duration::from_secs(30));
                    // What is to be compared is on the other side. A port that refuses to connect has had no request.
                    let is_refused = |error: reqwest::Error| error.is_connect();
                    while outcome(request.try_clone().expect("a body of text")).await.is_err_and(is_refused) {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no task panics");
    }
    while caller.door(at).counters().requests_open > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    let documented = documented();
    let strikes = caller.faults(at).strikes();
    let name = |fault: &Fault| gallery().into_iter().find(|(_, known)| known == fault).expect("a known fault").0;
    let stopped: BTreeSet<u64> =
        strikes.iter().filter(|strike| !documented[name(&strike.fault)]).map(|strike| strike.request).collect();
    let received = if at == At::Omada { caller.sandbox.omada().received() } else { caller.sandbox.unifi().received() };
    let numbers = received.iter().map(|request| request.number);
    let expected: Vec<u64> = numbers.filter(|number| !stopped.contains(number)).collect();
    let books = caller.books(at);
    let issued: Vec<u64> = books.iter().filter_map(|issued| issued.request).collect();
    assert_eq!(issued.iter().copied().collect::<BTreeSet<_>>(), expected.into_iter().collect(), "{at:?} tls {tls}");
    assert_eq!((issued.len(), books.len()), (issued.iter().collect::<BTreeSet<_>>().len(), issued.len()));
    let struck_by: BTreeSet<&str> = strikes.iter().map(|strike| name(&strike.fault)).collect();
    assert!(strikes.len() > 100 && struck_by.len() > 30, "{} strikes by {struck_by:?}", strikes.len());
}

#[tokio::test]
async fn under_all_faults_at_once_the_books_hold_what_was_carried_out() {
    for at in EVERYWHERE {
        storm(at, false).await;
    }
}

#[tokio::test]
async fn and_so_they_do_under_tls() {
    for at in EVERYWHERE {
        storm(at, true).await;
    }
}
