//! A ratio of two times as what criterion measures.

use std::time::{Duration, Instant};

use criterion::measurement::{Measurement, ValueFormatter};
use criterion::{BenchmarkGroup, Throughput};

/// How much longer one side takes than the other.
///
/// Criterion measures one thing after the other, so that whatever changes meanwhile on the machine strikes one of them alone. So
/// both sides are one thing to it: it chooses how often they are tried and makes the statistics, and each of its samples is the
/// ratio of the two medians, of calls that took turns.
#[derive(Debug, Clone, Copy)]
pub struct Ratio;

impl Measurement for Ratio {
    type Intermediate = ();
    type Value = f64;

    fn start(&self) {}

    /// Only `iter_custom` is used, which brings its own values.
    fn end(&self, (): ()) -> f64 {
        f64::NAN
    }

    fn add(&self, one: &f64, other: &f64) -> f64 {
        one + other
    }

    fn zero(&self) -> f64 {
        0.0
    }

    fn to_f64(&self, value: &f64) -> f64 {
        *value
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        &Times
    }
}

struct Times;

impl ValueFormatter for Times {
    fn scale_values(&self, _: f64, _: &mut [f64]) -> &'static str {
        "times"
    }

    fn scale_throughputs(&self, _: f64, _: &Throughput, _: &mut [f64]) -> &'static str {
        "times"
    }

    fn scale_for_machines(&self, _: &mut [f64]) -> &'static str {
        "times"
    }
}

/// Compares two sides, of which each runs once and says how long that took.
pub fn compare(
    group: &mut BenchmarkGroup<'_, Ratio>,
    name: &str,
    mut one: impl FnMut() -> Duration,
    mut other: impl FnMut() -> Duration,
) {
    // Each goes first as often as the other, also where a sample is one pair.
    let mut turn = 0_u64;
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|pairs| {
            let (mut ones, mut others) = (Vec::new(), Vec::new());
            for _ in 0..pairs {
                turn += 1;
                if turn.is_multiple_of(2) {
                    ones.push(one());
                    others.push(other());
                } else {
                    others.push(other());
                    ones.push(one());
                }
            }
            // Criterion divides by the number of pairs.
            median(ones).div_duration_f64(median(others)) * pairs as f64
        });
    });
}

/// How long something takes.
pub fn time(run: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    run();
    begin.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    let middle = times.len() / 2;
    if times.len().is_multiple_of(2) { (times[middle - 1] + times[middle]) / 2 } else { times[middle] }
}
