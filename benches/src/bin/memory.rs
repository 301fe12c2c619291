//! Counts allocations, by an allocator that counts. It prints JSON, as `cargo xtask bench` reads it.

use std::time::Duration;

use allocation_counter::{AllocationInfo, measure};
use hotspot_vouchers_bench::case::{Case, play};
use hotspot_vouchers_bench::ours::{Ours, group, vouchers};
use hotspot_vouchers_bench::server::Server;
use hotspot_vouchers_bench::stage::one_thread;
use serde_json::json;

const SHORT: usize = 20_000;
const LONG: usize = 100_000;
const BYTES_PER_MEGABYTE: f64 = 1_000_000.0;

fn main() {
    let (omada, unifi) = (group(), vouchers());
    let checks = [
        measure(|| drop(std::hint::black_box(omada.validate()))).count_total,
        measure(|| drop(std::hint::black_box(unifi.validate()))).count_total,
    ];
    let (short, long) = (Stream::read(SHORT), Stream::read(LONG));
    let pages = long.peak / long.page;
    let told = json!({
        "allocations/omada": [checks[0]],
        "allocations/unifi": [checks[1]],
        "memory/short": [short.peak / BYTES_PER_MEGABYTE],
        "memory/long": [long.peak / BYTES_PER_MEGABYTE],
        "memory/length": [long.peak / short.peak],
        "memory/page": [long.page / BYTES_PER_MEGABYTE],
        "memory/ahead": [long.ahead],
        "memory/beyond": [pages - long.ahead as f64],
    });
    println!("{told}");
}

/// What reading a list takes.
struct Stream {
    /// The most bytes at one time.
    peak: f64,
    /// The same for one page alone.
    page: f64,
    /// How many pages were asked for at the same time, at most.
    ahead: usize,
}

impl Stream {
    fn read(count: usize) -> Self {
        let runtime = one_thread();
        // From so far away, everything that may be fetched ahead is.
        let server = Server::beside(count, Duration::from_millis(20)).expect("a server");
        let ours = Ours::new(server.url());
        // What the first call sets up belongs to no page.
        runtime.block_on(play(&ours, Case::UnifiPage));
        let page = measure(|| runtime.block_on(play(&ours, Case::UnifiPage)));
        let stream = measure(|| runtime.block_on(async { assert_eq!(ours.read_all().await, count) }));
        let ahead = runtime.block_on(server.most_waiting());
        let bytes = |info: AllocationInfo| info.bytes_max as f64;
        Self { peak: bytes(stream), page: bytes(page), ahead }
    }
}
