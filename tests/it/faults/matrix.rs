//! Every fault at every operation: no voucher is created twice, none is lost, nothing hangs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Duration;

use hotspot_vouchers_sandbox::Fault;
use tokio::time::{Instant, sleep, timeout};

use super::gallery::{faults, list_faults};
use super::operations::{Kind, NAME, OPERATIONS, call, targets};
use super::stage::{Stage, virtual_time};
use crate::log::Log;

/// Longer than any call may take, by the documented deadline.
pub const DEADLINE: Duration = Duration::from_secs(91);
/// Long enough for everything that is late.
pub const LATE: Duration = Duration::from_secs(2 * 60 * 60);

/// What the caller is told: `done`, `not done` or `unclear`, and of reads `done` or `failed`. Every word holds against the books.
/// Nothing where the fault found nothing to strike.
async fn outcome(name: &str, kind: Kind, pattern: &str, fault: Fault, times: usize, log: &Log) -> Option<&'static str> {
    let stage = Stage::set().await;
    let before = stage.existing();
    let sandbox = &stage.world.sandbox;
    for faults in [sandbox.omada().faults(), sandbox.unifi().faults()] {
        faults.on(pattern, fault.clone(), times);
    }
    let begin = Instant::now();
    let told = timeout(DEADLINE, call(name, &stage)).await;
    let told = told.unwrap_or_else(|_| panic!("{name} hangs under {fault:?}, {:?}", begin.elapsed()));
    let mut strikes = 0;
    for faults in [sandbox.omada().faults(), sandbox.unifi().faults()] {
        strikes += faults.strikes().len();
        faults.clear();
    }
    sleep(LATE).await;
    let printed = told.as_ref().err().map_or("", |failure| failure.shown.as_str());
    stage.assert_no_secret(&format!("{printed}\n{}", log.take()));

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
    let word = match (kind, told) {
        (_, Ok(_)) => "done",
        (Kind::Read, Err(_)) => "failed",
        (_, Err(failure)) if failure.is_unclear => "unclear",
        (_, Err(_)) => "not done",
    };
    (strikes > 0).then_some(word)
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

/// A fault, and the calls that had each outcome under it.
type Row = (String, BTreeMap<&'static str, Vec<&'static str>>);
type Matrix = Vec<Row>;

/// Every fault at every operation of a vendor.
async fn matrix(vendor: &str, times: usize) -> Matrix {
    let mut matrix = Matrix::new();
    let (log, _kept) = Log::begin();
    for (title, fault) in faults().into_iter().chain(list_faults()) {
        let mut outcomes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, kind, pattern) in OPERATIONS.iter().filter(|(name, ..)| name.starts_with(vendor)) {
            if let Some(outcome) = outcome(name, *kind, pattern, fault.clone(), times, &log).await {
                outcomes.entry(outcome).or_default().push(name);
            }
        }
        matrix.push((title, outcomes));
    }
    matrix
}

/// Each part on a thread of its own, in a virtual time of its own.
fn in_parallel(parts: &[(&'static str, usize)]) -> Vec<Matrix> {
    let threads =
        parts.iter().map(|&(vendor, times)| std::thread::spawn(move || virtual_time().block_on(matrix(vendor, times))));
    let threads: Vec<_> = threads.collect();
    threads.into_iter().map(|thread| thread.join().expect("no call panics")).collect()
}

#[test]
fn every_fault_at_every_operation() {
    let parts = in_parallel(&[("omada", 1), ("omada", usize::MAX), ("unifi", 1), ("unifi", usize::MAX)]);
    let once: Vec<_> = parts[0].iter().zip(&parts[2]).map(|(omada, unifi)| merged(omada, unifi)).collect();
    let always: Vec<_> = parts[1].iter().zip(&parts[3]).map(|(omada, unifi)| merged(omada, unifi)).collect();
    let table = table(&once, &always);
    let told = include_str!("../../../src/connection/faults.md").replace('\r', "");
    assert!(told.contains(&table), "src/connection/faults.md should have this table:\n{table}");
}

/// What stands in the columns of the table: the creates by themselves, and all reads and all deletes together.
const COLUMNS: [(&str, &str, Kind); 6] = [
    ("`create_voucher_group`", "omada create", Kind::Create),
    ("`create_vouchers_once`", "unifi create_vouchers_once", Kind::Create),
    ("`create_vouchers`", "unifi create_vouchers", Kind::Create),
    ("reads", "", Kind::Read),
    ("deletes, Omada", "omada", Kind::Delete),
    ("deletes, UniFi", "unifi", Kind::Delete),
];

/// The words for each column.
fn merged(omada: &Row, unifi: &Row) -> (String, Vec<BTreeSet<&'static str>>) {
    let told: Vec<(&str, &str)> = [omada, unifi]
        .iter()
        .flat_map(|(_, outcomes)| outcomes.iter().flat_map(|(word, names)| names.iter().map(|name| (*name, *word))))
        .collect();
    let kind = |name: &str| OPERATIONS.iter().find(|(known, ..)| *known == name).map(|(_, kind, _)| *kind);
    let words = COLUMNS.iter().map(|(_, prefix, column)| {
        let meant = told.iter().filter(|(name, _)| kind(name) == Some(*column) && name.starts_with(prefix));
        // One name is the beginning of another.
        let meant = meant.filter(|(name, _)| *prefix != "unifi create_vouchers" || name == prefix);
        meant.map(|(_, word)| *word).collect()
    });
    (omada.0.clone(), words.collect())
}

/// The table of the docs: what is told of a fault that strikes once and, behind an arrow, of one that stays.
fn table(once: &[(String, Vec<BTreeSet<&'static str>>)], always: &[(String, Vec<BTreeSet<&'static str>>)]) -> String {
    let mut table = format!("| fault | {} |\n", COLUMNS.map(|(title, ..)| title).join(" | "));
    writeln!(table, "|---|{}", "---|".repeat(COLUMNS.len())).expect("text");
    for ((title, once), (_, always)) in once.iter().zip(always) {
        let cells = once.iter().zip(always).map(|(once, always)| {
            let words = |words: &BTreeSet<&str>| words.iter().copied().collect::<Vec<_>>().join(" or ");
            match (once == always, once.is_empty()) {
                (_, true) => "-".to_owned(),
                (true, _) => words(once),
                (false, _) => format!("{} → {}", words(once), words(always)),
            }
        });
        writeln!(table, "| {title} | {} |", cells.collect::<Vec<_>>().join(" | ")).expect("text");
    }
    table
}
