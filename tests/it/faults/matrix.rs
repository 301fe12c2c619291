//! Every fault at every operation: no voucher is created twice, none is lost, nothing hangs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use hotspot_vouchers_sandbox::Fault;
use tokio::time::{Instant, sleep, timeout};

use super::gallery::{faults, list_faults};
use super::operations::{Kind, NAME, OPERATIONS, call, targets};
use super::stage::Stage;

/// Longer than any call may take, by the documented deadline.
const DEADLINE: Duration = Duration::from_secs(61);
/// Long enough for everything that is late.
const LATE: Duration = Duration::from_secs(2 * 60 * 60);

/// What the caller is told: `done`, `not done` or `unclear`; every word holds against the books.
async fn outcome(name: &str, kind: Kind, pattern: &str, fault: Fault, times: usize) -> &'static str {
    let stage = Stage::set().await;
    let before = stage.existing();
    let sandbox = &stage.world.sandbox;
    for faults in [sandbox.omada().faults(), sandbox.unifi().faults()] {
        faults.on(pattern, fault.clone(), times);
    }
    let begin = Instant::now();
    let told = timeout(DEADLINE, call(name, &stage)).await;
    let told = told.unwrap_or_else(|_| panic!("{name} hangs under {fault:?}, {:?}", begin.elapsed()));
    for faults in [sandbox.omada().faults(), sandbox.unifi().faults()] {
        faults.clear();
    }
    sleep(LATE).await;

    let issued: Vec<_> = stage.books().into_iter().filter(|issued| issued.name.starts_with(NAME)).collect();
    let after = stage.existing();
    let lost: Vec<_> = before.iter().filter(|id| !after.contains(id)).collect();
    let shown = format!("{name} under {fault:?} was told {told:?}");
    match kind {
        Kind::Create => {
            assert!(issued.len() <= 1, "created twice: {shown}");
            assert!(lost.is_empty(), "{shown}");
            let ids = issued.first().map(|issued| match &issued.group {
                Some(group) => vec![group.id.clone()],
                None => issued.vouchers.iter().map(|voucher| voucher.id.clone()).collect(),
            });
            match &told {
                Ok(told) => assert_eq!(Some(told), ids.as_ref(), "{shown}"),
                Err(failure) => {
                    assert!(failure.is_unclear || ids.is_none(), "it was created: {shown}");
                    stage.world.assert_no_secret(&failure.shown);
                    look_again(name, &stage, ids).await;
                }
            }
        }
        Kind::Read => assert!(lost.is_empty() && issued.is_empty(), "{shown}"),
        Kind::Delete => {
            let targets = targets(name, &stage);
            assert!(lost.iter().all(|id| targets.contains(id)), "{shown}");
            match &told {
                Ok(_) => assert_eq!(lost.len(), targets.len(), "not gone: {shown}"),
                Err(failure) => assert!(failure.is_unclear || lost.is_empty(), "it is gone: {shown}"),
            }
        }
    }
    assert_eq!(sandbox.elsewhere().received().len(), 0, "a redirect was followed: {shown}");
    match told {
        Ok(_) => "done",
        Err(failure) if failure.is_unclear => "unclear",
        Err(_) => "not done",
    }
}

/// Once the controller is well again, what was unclear is found, or created after all, once.
async fn look_again(name: &str, stage: &Stage, ids: Option<Vec<String>>) {
    if name.starts_with("omada") {
        let found = stage.world.omada_site().voucher_group_named(NAME).await.expect("the groups");
        assert_eq!(found.and_then(|group| group.id).map(|id| vec![id]), ids);
    } else if name.contains("once") {
        let found = call(name, stage).await.expect("the vouchers");
        assert!(ids.is_none_or(|ids| ids == found), "{name}");
        let issued = stage.books().into_iter().filter(|issued| issued.name.starts_with(NAME));
        assert_eq!(issued.count(), 1, "{name}");
    }
}

/// The outcomes of a fault, alike ones together.
async fn matrix(vendor: &str, times: usize) -> String {
    let mut table = String::new();
    for (title, fault) in faults().into_iter().chain(list_faults()) {
        let mut outcomes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, kind, pattern) in OPERATIONS.iter().filter(|(name, ..)| name.starts_with(vendor)) {
            outcomes.entry(outcome(name, *kind, pattern, fault.clone(), times).await).or_default().push(name);
        }
        writeln!(table, "{title}").expect("text");
        for (outcome, names) in outcomes {
            writeln!(table, "    {outcome}: {}", names.join(", ")).expect("text");
        }
    }
    table
}

#[tokio::test(start_paused = true)]
async fn a_fault_of_omada_that_passes() {
    insta::assert_snapshot!("omada_faults_that_pass", matrix("omada", 1).await);
}

#[tokio::test(start_paused = true)]
async fn a_fault_of_omada_that_stays() {
    insta::assert_snapshot!("omada_faults_that_stay", matrix("omada", usize::MAX).await);
}

#[tokio::test(start_paused = true)]
async fn a_fault_of_unifi_that_passes() {
    insta::assert_snapshot!("unifi_faults_that_pass", matrix("unifi", 1).await);
}

#[tokio::test(start_paused = true)]
async fn a_fault_of_unifi_that_stays() {
    insta::assert_snapshot!("unifi_faults_that_stay", matrix("unifi", usize::MAX).await);
}
