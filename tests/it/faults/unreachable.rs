//! Creates at a controller that is not there yet: its port has no listener when they begin, so that no connection is made.

use std::time::Duration;

use hotspot_vouchers::Connection;
use hotspot_vouchers_sandbox::{Door, IssuedVoucher};
use tokio::time::{Instant, sleep, timeout};

use super::operations::{NAME, call};
use super::outcome::{DEADLINE, LATE, Told};
use super::stage::{Stage, virtual_time};

/// Every create, by whether its client has called before, so that it knows that there is a controller.
const CREATES: [(&str, bool); 5] = [
    ("omada create_voucher_group", true),
    ("omada create_voucher_group", false),
    ("unifi create_vouchers", true),
    ("unifi create_vouchers_once", true),
    ("unifi create_vouchers_once, cloud", true),
];

/// How long a controller takes to start. The last ones are longer than the pauses between four attempts, and still leave time
/// for an answer before the deadline.
const STARTS_SECONDS: [u64; 4] = [0, 2, 20, 75];

/// Longer than the pause before another attempt, and the attempt.
const AT_ONCE: Duration = Duration::from_secs(12);

async fn stage(is_known: bool) -> Stage {
    let mut stage = Stage::set().await;
    if is_known {
        for name in ["omada voucher_summary", "unifi info", "unifi consoles"] {
            call(name, &stage).await.unwrap_or_else(|failure| panic!("{name}: {}", failure.shown));
        }
    } else {
        let connection = Connection::new().danger_trust_any_certificate();
        stage.world.omada = stage.world.omada_builder().connection(connection).build().expect("a client");
    }
    stage
}

fn door<'s>(name: &str, stage: &'s Stage) -> &'s Door {
    match name {
        _ if name.starts_with("omada") => stage.world.sandbox.omada().door(),
        _ if name.ends_with("cloud") => stage.world.sandbox.unifi().cloud_door(),
        _ => stage.world.sandbox.unifi().door(),
    }
}

/// A create that begins while nobody listens, what it is told, and how long after the controller was there, or after it began
/// where the controller does not come back.
async fn begun_without_a_listener(name: &str, stage: &Stage, start: Option<Duration>) -> (Told, Duration) {
    let door = door(name, stage);
    door.close().await;
    let (begin, requests) = (Instant::now(), door.counters().requests);
    let create = async {
        let told = timeout(DEADLINE, call(name, stage)).await;
        (told.unwrap_or_else(|_| panic!("{name} hangs without a listener")), begin.elapsed())
    };
    let opened = async {
        let Some(pause) = start else { return };
        // By then the first attempt has failed.
        sleep(pause + Duration::from_millis(1)).await;
        assert_eq!(door.counters().requests, requests, "nothing comes through a port without a listener");
        door.open().await;
    };
    let ((told, ended), ()) = tokio::join!(create, opened);
    (told, ended.saturating_sub(start.unwrap_or_default()))
}

/// The creates in the books, each by the ids of its vouchers, or of its group.
fn issued(stage: &Stage) -> Vec<Vec<String>> {
    let issued = stage.books().into_iter().filter(|issued| issued.name.contains(NAME));
    let ids = |vouchers: Vec<IssuedVoucher>| vouchers.into_iter().map(|it| it.id).collect();
    issued.map(|issued| issued.group.map_or_else(|| ids(issued.vouchers), |group| vec![group.id])).collect()
}

#[test]
fn a_create_waits_for_its_controller_and_is_made_once() {
    virtual_time().block_on(async {
        for (name, is_known) in CREATES {
            for start in STARTS_SECONDS.map(Duration::from_secs) {
                // Whoever has never been reached may not be there at all.
                if !is_known && !start.is_zero() {
                    continue;
                }
                let stage = stage(is_known).await;
                let (told, waited) = begun_without_a_listener(name, &stage, Some(start)).await;
                let shown = format!("{name} at a controller that starts after {start:?}, known: {is_known}");
                let created = told.unwrap_or_else(|failure| panic!("{}\nof {shown}", failure.shown));
                assert!(waited < AT_ONCE, "answered {waited:?} later: {shown}");
                sleep(LATE).await;
                assert_eq!(issued(&stage), [created.rows], "{shown}");
            }
        }
    });
}

#[test]
fn a_create_at_a_controller_that_does_not_come_back_is_not_done() {
    virtual_time().block_on(async {
        for (name, is_known) in CREATES {
            let stage = stage(is_known).await;
            let (told, _) = begun_without_a_listener(name, &stage, None).await;
            let failure = told.expect_err(name);
            assert!(!failure.is_unclear, "nothing was ever sent by {name}: {}", failure.shown);
            stage.assert_no_secret(&failure.shown);
            door(name, &stage).open().await;
            sleep(LATE).await;
            assert!(issued(&stage).is_empty(), "{name} goes on behind the error");
        }
    });
}
