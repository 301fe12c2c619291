//! Many tills at once, while every fault strikes by lot: the books equal what the tills were told.
//!
//! "Every fault at 5 %" is read as: each fault by itself strikes a request with that probability, whatever the others do. A
//! request is struck by one fault at most, so that 20 of them would leave none unstruck, and there are more than twice as many.
//! So they are dealt out to rounds, each with its own controllers, its own seed, and a mixed share of the faults, which strikes
//! about two of three requests. The last round is under TLS, as a wrong certificate can be shown nowhere else.
//!
//! Four faults are in no round, and the matrix has them at each operation. A controller that refuses connections for an hour
//! would strike within the first seconds, and tills do not wait, so that all operations of the round would come within that hour
//! and none would be carried out. The response to an earlier request of the same operation may tell of a delete what was true of
//! another one, which nobody can see. A controller that says of a delete which it carries out that it is too busy for it is
//! believed. And names that are cut no longer show whose a voucher is.
//!
//! `CHAOS_SEED` sets the seed, and `CHAOS_OPERATIONS` how many operations all rounds have together. By default they are 4,000, so
//! that the tests stay quick; `cargo xtask ci --full` runs 20,000. A seed replays: the same tills are told the same in the same
//! order, as long as the machine delivers in time what is sent over loopback.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use hotspot_vouchers::{Connection, Trust};
use hotspot_vouchers_sandbox::{Fault, NameChange, Sandbox};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::audit::audit;
use super::gallery::{LARGEST_ANSWER_BYTES, faults, list_faults};
use super::outcome::LATE;
use super::stage::{Stage, virtual_time};
use super::till::{Deed, Till, Told, Word};

const ROUNDS: usize = 6;
const TILLS: usize = 64;
const PROBABILITY: f64 = 0.05;
/// An outage that calls live to see the end of.
const LONGEST_OUTAGE: Duration = Duration::from_secs(60);
const OPERATIONS: usize = 4 * 1000;
const SEED: u64 = 2026;

/// Whether a fault strikes in a round.
fn is_dealt(fault: &Fault) -> bool {
    match fault {
        Fault::Refuse(span) => *span <= LONGEST_OUTAGE,
        Fault::ServerError { status: 429, .. } | Fault::StaleAnswer | Fault::ChangeName(NameChange::Cut(_)) => false,
        _ => true,
    }
}

/// What strikes in a round.
fn share(round: usize) -> Vec<Fault> {
    let all = faults().into_iter().chain(list_faults()).map(|(_, fault)| fault);
    let all = all.filter(is_dealt);
    let certificate = (round == ROUNDS - 1).then_some(Fault::WrongCertificate);
    all.skip(round).step_by(ROUNDS).chain(certificate).collect()
}

/// Controllers with something on them, under TLS in the last round.
async fn stage(round: usize) -> Stage {
    let connection = Connection::new().largest_answer_bytes(LARGEST_ANSWER_BYTES);
    if round < ROUNDS - 1 {
        return Stage::reached_by(connection).await;
    }
    let sandbox = Sandbox::builder().on_this_runtime().tls().start().await.expect("a free port");
    let authority = Trust::authority(sandbox.tls().expect("TLS").authority_pem());
    Stage::on(sandbox, connection.trust(authority)).await
}

/// So many operations of all tills, and what they were told, till by till.
async fn round(number: usize, seed: u64, operations: usize) -> Vec<Told> {
    fastrand::seed(seed);
    let stage = stage(number).await;
    let (omada, unifi) = (stage.world.sandbox.omada(), stage.world.sandbox.unifi());
    omada.faults().chance(seed, PROBABILITY, share(number));
    unifi.faults().chance(seed, PROBABILITY, share(number));
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
    /// A machine that is busy with other tests delivers some of what was sent too late, which makes another run of it.
    const RUNS: usize = 10;
    let run = |number, seed| {
        let told = virtual_time().block_on(round(number, seed, 2 * TILLS));
        let line = |told: Told| {
            let named = match told.deed {
                Deed::Create { name, .. } => name,
                _ => String::new(),
            };
            format!("{} {named}: {:?}", told.operation, told.word)
        };
        told.into_iter().map(line).collect::<Vec<_>>()
    };
    for number in 0..ROUNDS {
        let mut seen: Vec<Vec<String>> = Vec::new();
        while seen.len() < RUNS {
            let next = run(number, 7);
            if seen.contains(&next) {
                break;
            }
            seen.push(next);
        }
        assert!(seen.len() < RUNS, "no two runs of round {number} are the same");
        println!("round {number}: the same after {} runs", seen.len() + 1);
        assert!(!seen.contains(&run(number, 8)), "round {number} is the same whatever the seed is");
    }
}

#[test]
fn every_fault_has_its_round() {
    let shares = (0..ROUNDS).map(share).collect::<Vec<_>>();
    for (name, fault) in faults().into_iter().chain(list_faults()) {
        let rounds = shares.iter().filter(|share| share.contains(&fault)).count();
        assert_eq!(rounds, usize::from(is_dealt(&fault)), "{name}");
    }
    for share in shares {
        assert!(share.len() as f64 * PROBABILITY <= 0.75, "{} faults leave little unstruck", share.len());
    }
}
