//! What every comparison of times stands on.

use criterion::{BenchmarkGroup, Criterion, SamplingMode};
use tokio::runtime::{Builder, Runtime};

use crate::case::{Side, play};
use crate::ours::Ours;
use crate::ratio::{Ratio, compare, time};

/// Criterion as it measures here, with the settings of the command line.
pub fn criterion() -> Criterion<Ratio> {
    Criterion::default().with_measurement(Ratio).configure_from_args()
}

/// One thread makes the calls of both sides, so that no scheduler is measured.
pub fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Comparisons of which each sample has as many pairs, so that each is worth as much.
pub fn group<'a>(criterion: &'a mut Criterion<Ratio>, name: &str) -> BenchmarkGroup<'a, Ratio> {
    let mut group = criterion.benchmark_group(name);
    group.sampling_mode(SamplingMode::Flat);
    group
}

/// Compares our calls with those that an opponent can make.
pub fn against<O: Side + Sync>(criterion: &mut Criterion<Ratio>, runtime: &Runtime, ours: &Ours, opponent: &O) {
    let mut group = group(criterion, O::NAME);
    for case in O::CASES.iter().copied() {
        let our_call = || time(|| runtime.block_on(play(ours, case)));
        let other_call = || time(|| runtime.block_on(play(opponent, case)));
        compare(&mut group, case.name(), our_call, other_call);
    }
    group.finish();
}
