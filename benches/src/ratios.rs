//! The ratios of times, but for those to `unifly-api`.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::Criterion;
use hotspot_vouchers_bench::answers::{Answers, PAGE};
use hotspot_vouchers_bench::by_hand::ByHand;
use hotspot_vouchers_bench::case::{Case, Side, play};
use hotspot_vouchers_bench::from_slice::FromSlice;
use hotspot_vouchers_bench::ours::{Ours, group as omada_request, vouchers as unifi_request};
use hotspot_vouchers_bench::ratio::{Ratio, compare, time};
use hotspot_vouchers_bench::raw::Raw;
use hotspot_vouchers_bench::server::Server;
use hotspot_vouchers_bench::stage::{against, criterion, group, one_thread};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

fn main() {
    let mut criterion = criterion();
    single_calls(&mut criterion);
    checks(&mut criterion);
    concurrent_calls(&mut criterion);
    streams(&mut criterion);
    criterion.final_summary();
}

fn server(vouchers: usize, latency: Duration) -> Server {
    Server::start(Path::new(env!("CARGO_BIN_EXE_server")), vouchers, latency).expect("a server")
}

fn single_calls(criterion: &mut Criterion<Ratio>) {
    let (server, runtime) = (server(PAGE, Duration::ZERO), one_thread());
    let ours = Ours::new(server.url());
    against(criterion, &runtime, &ours, &ByHand::new(server.url()));
    against(criterion, &runtime, &ours, &Raw::new(server.url()));
    against(criterion, &runtime, &ours, &FromSlice::new(&Answers::new(PAGE)));
}

/// How many checks are timed at once, because one takes less than the clock can tell.
const CHECKS: usize = 1000;

/// Checking a request that is right, beside writing it.
fn checks(criterion: &mut Criterion<Ratio>) {
    let (omada, unifi) = (omada_request(), unifi_request());
    assert!(omada.validate().is_ok() && unifi.validate().is_ok());
    let mut group = group(criterion, "check");
    compare(
        &mut group,
        "omada",
        || repeated(|| black_box(&omada).validate().is_ok()),
        || repeated(|| serde_json::to_vec(black_box(&omada))),
    );
    compare(
        &mut group,
        "unifi",
        || repeated(|| black_box(&unifi).validate().is_ok()),
        || repeated(|| serde_json::to_vec(black_box(&unifi))),
    );
    group.finish();
}

fn repeated<T>(run: impl Fn() -> T) -> Duration {
    time(|| (0..CHECKS).for_each(|_| drop(black_box(run()))))
}

/// How many calls are made at the same time.
const CALLERS: usize = 1000;

/// Many calls on one client at the same time, on all processors, so that whatever they share is fought for.
fn concurrent_calls(criterion: &mut Criterion<Ratio>) {
    let server = server(PAGE, Duration::ZERO);
    let runtime = Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let (ours, by_hand) = (Arc::new(Ours::new(server.url())), Arc::new(ByHand::new(server.url())));
    let mut group = group(criterion, "concurrent");
    compare(
        &mut group,
        "unifi-read",
        || time(|| runtime.block_on(at_once(&ours))),
        || time(|| runtime.block_on(at_once(&by_hand))),
    );
    group.finish();
}

async fn at_once<S: Side + Send + Sync + 'static>(side: &Arc<S>) {
    let mut calls = JoinSet::new();
    for _ in 0..CALLERS {
        let side = Arc::clone(side);
        calls.spawn(async move { play(&*side, Case::UnifiRead).await });
    }
    assert_eq!(calls.join_all().await.len(), CALLERS);
}

/// The vouchers that are read in a stream.
const VOUCHERS: usize = 100_000;

/// Reading a long list, beside asking for page after page: at once, and from 20 ms away.
fn streams(criterion: &mut Criterion<Ratio>) {
    let runtime = one_thread();
    let mut group = group(criterion, "stream");
    // Each sample is one pair, which takes seconds; so few are as many as criterion takes.
    group.sample_size(10).warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_secs(1));
    for (name, latency) in [("near", Duration::ZERO), ("far", Duration::from_millis(20))] {
        let server = server(VOUCHERS, latency);
        let (ours, by_hand) = (Ours::new(server.url()), ByHand::new(server.url()));
        compare(
            &mut group,
            name,
            || time(|| runtime.block_on(async { assert_eq!(ours.read_all().await, VOUCHERS) })),
            || time(|| runtime.block_on(async { assert_eq!(by_hand.read_all().await, VOUCHERS) })),
        );
    }
    group.finish();
}
