//! Many tills at once, while every fault strikes by lot: the books equal what the tills were told.
//!
//! A fault has a probability of 5 %, of which 20 fit into one. There are twice as many, so they are dealt out to rounds: each
//! has its own controllers, its own seed, and a mixed share of the faults. `CHAOS_SEED` sets the seed, and `CHAOS_OPERATIONS`
//! how many operations all rounds have together. By default they are 4,000, so that the tests stay quick; `cargo xtask ci` runs
//! 20,000.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use hotspot_vouchers::Connection;
use hotspot_vouchers_sandbox::Fault;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::audit::audit;
use super::gallery::{LARGEST_ANSWER_BYTES, faults, list_faults};
use super::outcome::LATE;
use super::stage::{Stage, virtual_time, virtual_time_after};
use super::till::{Deed, Till, Told, Word};

const ROUNDS: usize = 4;
const TILLS: usize = 64;
const PROBABILITY: f64 = 0.05;
const OPERATIONS: usize = 4 * 1000;
const SEED: u64 = 2026;

/// What strikes in a round. What lasts an hour would end all calls of the round, and is left to the matrix.
fn share(round: usize) -> Vec<Fault> {
    let all = faults().into_iter().chain(list_faults()).filter(|(_, fault)| match fault {
        Fault::Refuse(pause) | Fault::TooManyRequests { retry_after: Some(pause) } => *pause < Duration::from_secs(60),
        _ => true,
    });
    all.map(|(_, fault)| fault).skip(round).step_by(ROUNDS).collect()
}

/// So many operations of all tills, and what they were told, till by till.
async fn round(round: usize, seed: u64, operations: usize) -> Vec<Told> {
    fastrand::seed(seed);
    let stage = Stage::reached_by(Connection::new().largest_answer_bytes(LARGEST_ANSWER_BYTES)).await;
    let (omada, unifi) = (stage.world.sandbox.omada(), stage.world.sandbox.unifi());
    omada.faults().chance(seed, PROBABILITY, share(round));
    unifi.faults().chance(seed, PROBABILITY, share(round));
    let mut tills = JoinSet::new();
    for number in 0..TILLS {
        let mut till = Till::new(number, seed, &stage);
        tills.spawn(async move {
            for _ in 0..operations / TILLS + usize::from(number < operations % TILLS) {
                till.work().await;
            }
            (number, till.told)
        });
    }
    let mut told = tills.join_all().await;
    told.sort_by_key(|(number, _)| *number);
    let told: Vec<Told> = told.into_iter().flat_map(|(_, told)| told).collect();
    omada.faults().clear();
    unifi.faults().clear();
    sleep(LATE).await;
    audit(&stage, &told).await;
    assert_eq!(stage.world.sandbox.elsewhere().received().len(), 0, "a redirect was followed");
    for told in &told {
        stage.assert_no_secret(&told.shown);
    }
    told
}

/// All rounds, two at a time.
fn chaos(seed: u64, operations: usize) -> Vec<Told> {
    let run = |number: usize| virtual_time().block_on(round(number, seed + number as u64, operations / ROUNDS));
    std::thread::scope(|threads| {
        let halves =
            [0, 1].map(|half| threads.spawn(move || (half..ROUNDS).step_by(2).flat_map(run).collect::<Vec<_>>()));
        halves.into_iter().flat_map(|half| half.join().expect("no till panics")).collect()
    })
}

/// How often each operation had each outcome.
fn summary(told: &[Told]) -> BTreeMap<&'static str, BTreeMap<Word, usize>> {
    let mut summary = BTreeMap::<_, BTreeMap<_, _>>::new();
    for told in told {
        *summary.entry(told.operation).or_default().entry(told.word).or_default() += 1;
    }
    summary
}

/// A number from the environment.
fn setting(name: &str, default: u64) -> u64 {
    env::var(name)
        .map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is {text}, which is no number")))
}

#[test]
fn under_all_faults_by_lot_the_books_equal_what_was_told() {
    let seed = setting("CHAOS_SEED", SEED);
    let operations = usize::try_from(setting("CHAOS_OPERATIONS", OPERATIONS as u64)).expect("a number of operations");
    println!("CHAOS_SEED={seed} CHAOS_OPERATIONS={operations}");
    let told = chaos(seed, operations);
    let summary = summary(&told);
    for (operation, words) in &summary {
        println!("{operation}: {words:?}");
    }
    assert_eq!(told.len(), operations / ROUNDS * ROUNDS);
    // Where nothing ever succeeds, or nothing ever fails, nothing is shown.
    for word in [Word::Done, Word::NotDone, Word::Unclear] {
        for kind in ["create", "delete"] {
            let met = summary.iter().any(|(operation, words)| operation.contains(kind) && words.contains_key(&word));
            assert!(met, "no {kind} was told {word:?}");
        }
    }
}

#[test]
fn a_seed_replays() {
    let run = |seed| {
        let told = virtual_time_after(Duration::from_micros(300)).block_on(round(1, seed, 2 * TILLS));
        let line = |told: Told| {
            let named = match told.deed {
                Deed::Create { name, .. } => name,
                _ => String::new(),
            };
            format!("{} {named}: {:?}", told.operation, told.word)
        };
        told.into_iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}
