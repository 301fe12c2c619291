//! Every fault at every operation: no voucher is created twice, none is lost, nothing hangs.

use std::collections::BTreeSet;
use std::fmt::Write;

use hotspot_vouchers::Connection;
use hotspot_vouchers_sandbox::Fault;

use super::gallery::{LARGEST_ANSWER_BYTES, faults, list_faults};
use super::operations::{Kind, OPERATIONS, Operation, described};
use super::outcome::outcome;
use super::stage::{Stage, thread, virtual_time};
use super::untrusted;

/// What the callers of operations were told.
type Outcomes = Vec<(&'static Operation, &'static str)>;
/// That for each fault, by its title.
type Matrix = Vec<(String, Outcomes)>;

/// Every fault at every operation of a vendor.
async fn matrix(vendor: &str, times: usize) -> Matrix {
    let faults: Vec<_> = faults().into_iter().chain(list_faults()).collect();
    let mut matrix: Matrix = faults.iter().map(|(title, _)| (title.clone(), Outcomes::new())).collect();
    for operation in OPERATIONS.iter().filter(|(name, ..)| name.starts_with(vendor)) {
        let (name, kind, _) = *operation;
        let mut stage = None;
        for ((title, fault), (_, outcomes)) in faults.iter().zip(&mut matrix) {
            if is_of_creates(fault) && kind != Kind::Create {
                continue;
            }
            let used = match stage.take() {
                // Reads leave everything as it was.
                Some(used) if kind == Kind::Read => used,
                _ => Stage::reached_by(Connection::new().largest_answer_bytes(LARGEST_ANSWER_BYTES)).await,
            };
            let outcome = outcome(operation, &used, fault, times).await;
            if let Some(strikes) = strikes(fault, operation) {
                assert_eq!(outcome.is_some(), strikes, "whether {name} is struck by: {title}");
            }
            outcomes.extend(outcome.map(|word| (operation, word)));
            stage = Some(used);
        }
    }
    for (title, outcomes) in &matrix {
        // UniFi's keys do not end, and the response to a create of Omada has no vouchers.
        let is_of_other_vendor = match vendor {
            "unifi" => title.starts_with("token"),
            _ => title.contains("voucher"),
        };
        assert!(!outcomes.is_empty() || is_of_other_vendor, "nothing is struck by: {title}");
    }
    matrix
}

/// Whether a fault says something of creates alone. Elsewhere a controller that says that it is too busy is believed, and the response
/// to another request of the same operation cannot be told from the right one.
fn is_of_creates(fault: &Fault) -> bool {
    matches!(fault, Fault::ServerError { status: 429, .. } | Fault::StaleAnswer)
}

/// Whether a fault finds something to strike in a call, unless that depends on what is there.
fn strikes(fault: &Fault, operation: &Operation) -> Option<bool> {
    let described = described(operation);
    match fault {
        // Whether they find anything to change depends on what is requested, and on what there is.
        Fault::RepeatPage | Fault::HugeNumbers | Fault::DropQuery | Fault::StaleAnswer => None,
        Fault::ChangeName(_) | Fault::CommitPart | Fault::WrongRows(_) => None,
        Fault::ExpireToken | Fault::RevokeToken => Some(described.has_token),
        Fault::WrongTotal(_) | Fault::CapPage { .. } => Some(described.is_list),
        // Who counts asks for no row, and where a code is looked for, most groups have none.
        Fault::EndlessPages | Fault::Bottomless(_)
            if operation.0.contains(" count_") || operation.0.ends_with(" find_voucher") =>
        {
            None
        }
        Fault::EndlessPages | Fault::Bottomless(_) => Some(described.is_list),
        _ => Some(true),
    }
}

/// Each part on a thread of its own, in a virtual time of its own.
fn in_parallel(parts: &[(&'static str, usize)]) -> Vec<Matrix> {
    let threads: Vec<_> = parts.iter().map(|&(vendor, times)| thread(move || matrix(vendor, times))).collect();
    threads.into_iter().map(|thread| thread.join().expect("no call panics")).collect()
}

#[test]
fn every_fault_at_every_operation() {
    let parts = in_parallel(&[("omada", 1), ("omada", usize::MAX), ("unifi", 1), ("unifi", usize::MAX)]);
    let merged = |omada: &Matrix, unifi: &Matrix| -> Matrix {
        let both = omada.iter().zip(unifi);
        both.map(|((title, omada), (_, unifi))| (title.clone(), [omada.clone(), unifi.clone()].concat())).collect()
    };
    let (mut once, mut always) = (merged(&parts[0], &parts[2]), merged(&parts[1], &parts[3]));
    let untrusted = ("untrusted certificate".to_owned(), virtual_time().block_on(untrusted::outcomes()));
    for rows in [&mut once, &mut always] {
        rows.insert(0, untrusted.clone());
    }
    let table = table(&once, &always);
    let told = include_str!("../../../src/connection/faults.md").replace('\r', "");
    assert!(told.contains(&table), "src/connection/faults.md should have this table:\n{table}");
}

/// A title, and the operations that are meant.
type Column = (&'static str, fn(&Operation) -> bool);

/// What stands in the columns of the table: the creates of vouchers by themselves, and of all else what is alike together.
const COLUMNS: [Column; 8] = [
    ("`create_voucher_group`", |(name, ..)| *name == "omada create_voucher_group"),
    ("`create_vouchers_once`", |(name, ..)| name.contains("create_vouchers_once")),
    ("`create_vouchers`", |(name, ..)| *name == "unifi create_vouchers"),
    ("reads", |(_, kind, _)| *kind == Kind::Read),
    ("deletes, Omada", |(name, kind, _)| *kind == Kind::Delete && name.starts_with("omada")),
    ("deletes, UniFi", |(name, kind, _)| *kind == Kind::Delete && name.starts_with("unifi")),
    ("changes, repeatable", |operation| operation.1 == Kind::Change && described(operation).is_safe_to_repeat),
    ("other changes", |operation| operation.1 == Kind::Change && !described(operation).is_safe_to_repeat),
];

/// The table of the docs: what is told of a fault that strikes once and, behind an arrow, of one that stays.
fn table(once: &Matrix, always: &Matrix) -> String {
    let mut table = format!("| fault | {} |\n", COLUMNS.map(|(title, ..)| title).join(" | "));
    writeln!(table, "|---|{}", "---|".repeat(COLUMNS.len())).expect("text");
    for ((title, once), (_, always)) in once.iter().zip(always) {
        let cells = COLUMNS.map(|(_, has)| {
            let words = |outcomes: &Outcomes| {
                let words: BTreeSet<_> = outcomes.iter().filter(|(it, _)| has(it)).map(|(_, word)| *word).collect();
                words.into_iter().collect::<Vec<_>>().join(" or ")
            };
            match (words(once), words(always)) {
                (once, _) if once.is_empty() => "-".to_owned(),
                (once, always) if once == always => once,
                (once, always) => format!("{once} → {always}"),
            }
        });
        writeln!(table, "| {title} | {} |", cells.join(" | ")).expect("text");
    }
    table
}
