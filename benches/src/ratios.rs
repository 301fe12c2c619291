//! Every ratio of times: our call to that of an opponent.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkGroup, Criterion, SamplingMode};
use hotspot_vouchers_bench::by_hand::ByHand;
use hotspot_vouchers_bench::case::{Side, play};
use hotspot_vouchers_bench::ours::{Ours, group, vouchers};
use hotspot_vouchers_bench::ratio::{Ratio, compare, time};
use hotspot_vouchers_bench::server::Server;
use tokio::runtime::Runtime;

/// The vouchers of the console.
const VOUCHERS: usize = 100_000;

fn main() {
    let mut criterion = Criterion::default().with_measurement(Ratio).configure_from_args();
    calls(&mut criterion);
    checks(&mut criterion);
    criterion.final_summary();
}

fn server(latency: Duration) -> Server {
    Server::start(Path::new(env!("CARGO_BIN_EXE_server")), VOUCHERS, latency).expect("a server")
}

/// One thread makes the calls of both sides, so that no scheduler is measured.
fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

fn flat<'a>(criterion: &'a mut Criterion<Ratio>, name: &str) -> BenchmarkGroup<'a, Ratio> {
    let mut group = criterion.benchmark_group(name);
    // Every sample has as many pairs, so that each is worth as much.
    group.sampling_mode(SamplingMode::Flat);
    group
}

/// Single calls over loopback.
fn calls(criterion: &mut Criterion<Ratio>) {
    let (server, runtime) = (server(Duration::ZERO), runtime());
    against(criterion, &runtime, &Ours::new(server.url()), &ByHand::new(server.url()));
}

fn against<O: Side>(criterion: &mut Criterion<Ratio>, runtime: &Runtime, ours: &Ours, opponent: &O) {
    let mut group = flat(criterion, O::NAME);
    for case in O::CASES.iter().copied() {
        let our_call = || time(|| runtime.block_on(play(ours, case)));
        let other_call = || time(|| runtime.block_on(play(opponent, case)));
        compare(&mut group, case.name(), our_call, other_call);
    }
    group.finish();
}

/// How many checks are timed at once, because one takes less than the clock can tell.
const CHECKS: usize = 1000;

/// Checking a request that is right, beside writing it.
fn checks(criterion: &mut Criterion<Ratio>) {
    let (omada, unifi) = (group(), vouchers());
    assert!(omada.validate().is_ok() && unifi.validate().is_ok());
    let mut group = flat(criterion, "serialising");
    let repeated = |run: &dyn Fn()| time(|| (0..CHECKS).for_each(|_| run()));
    compare(
        &mut group,
        "omada-check",
        || repeated(&|| drop(black_box(black_box(&omada).validate()))),
        || repeated(&|| drop(black_box(serde_json::to_vec(black_box(&omada))))),
    );
    compare(
        &mut group,
        "unifi-check",
        || repeated(&|| drop(black_box(black_box(&unifi).validate()))),
        || repeated(&|| drop(black_box(serde_json::to_vec(black_box(&unifi))))),
    );
    group.finish();
}
