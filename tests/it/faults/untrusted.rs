//! Controllers that show a certificate of nobody, at every operation.

use std::time::Duration;

use hotspot_vouchers::{Connection, Fingerprint, Trust};
use hotspot_vouchers_sandbox::{Certificate, Sandbox};
use tokio::time::Instant;

use super::operations::{OPERATIONS, Operation, call};
use super::outcome::word;
use super::stage::Stage;

/// Shorter than the pause before another attempt.
const AT_ONCE: Duration = Duration::from_millis(100);

/// What is told of each operation. It fails at once and with the fingerprint, nothing is sent, and nothing has changed.
pub async fn outcomes() -> Vec<(&'static Operation, &'static str)> {
    let sandbox = Sandbox::builder().on_this_runtime().tls().start().await.expect("a free port");
    let authority = Trust::authority(sandbox.tls().expect("TLS").authority_pem());
    let stage = Stage::on(sandbox, Connection::new().trust(authority)).await;
    show(&stage, Certificate::OtherAuthority).await;
    let presented = Fingerprint::new(stage.world.sandbox.tls().expect("TLS").sha256()).to_string();
    let state = || (requests(&stage), stage.books(), stage.carried_out().count());
    let before = state();
    let mut outcomes = Vec::new();
    for operation in OPERATIONS {
        let (name, kind, _) = *operation;
        let begin = Instant::now();
        let told = call(name, &stage).await;
        assert!(begin.elapsed() < AT_ONCE, "{name} failed after {:?}", begin.elapsed());
        assert_eq!(state(), before, "{name}");
        let failure = told.as_ref().expect_err("a certificate of nobody");
        assert!(failure.shown.contains(&presented), "{name}: {}", failure.shown);
        stage.assert_no_secret(&failure.shown);
        outcomes.push((operation, word(kind, &told)));
    }
    show(&stage, Certificate::Valid).await;
    for name in ["omada portals", "unifi info", "unifi consoles"] {
        call(name, &stage).await.expect("the right certificate again");
    }
    outcomes
}

async fn show(stage: &Stage, certificate: Certificate) {
    stage.world.sandbox.tls().expect("TLS").show(certificate);
    for door in stage.doors() {
        door.hang_up().await;
    }
}

/// How many requests have come through all doors.
fn requests(stage: &Stage) -> usize {
    stage.doors().iter().map(|door| door.counters().requests).sum()
}
