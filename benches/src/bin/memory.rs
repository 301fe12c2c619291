//! Counts allocations, by an allocator that counts. It prints JSON, as `cargo xtask bench` reads it.

use std::time::Duration;

use allocation_counter::measure;
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
    let (short, long) = (Lists::read(SHORT), Lists::read(LONG));
    let both = || long.peaks.iter().zip(&short.peaks);
    let told = json!({
        "allocations/omada": [checks[0]],
        "allocations/unifi": [checks[1]],
        "memory/short": short.peaks,
        "memory/long": long.peaks,
        "memory/length": both().map(|(long, short)| long / short).collect::<Vec<_>>(),
        "memory/page": long.pages,
        "memory/ahead": [long.ahead],
        "memory/beyond": long.peaks.iter().map(|peak| peak / median(&long.pages) - long.ahead as f64).collect::<Vec<_>>(),
    });
    println!("{told}");
}

/// How often each is read, because the pieces in which bodies come are never the same.
const TIMES: usize = 7;

/// What reading a list takes, in megabytes, each time.
struct Lists {
    /// At most at one time.
    peaks: Vec<f64>,
    /// The same for one page alone.
    pages: Vec<f64>,
    /// How many pages were asked for at the same time, at most.
    ahead: usize,
}

impl Lists {
    fn read(count: usize) -> Self {
        let runtime = one_thread();
        // From so far away, everything that may be fetched ahead is.
        let server = Server::beside(count, Duration::from_millis(20)).expect("a server");
        let ours = Ours::new(server.url());
        let page = || runtime.block_on(play(&ours, Case::UnifiPage));
        let list = || runtime.block_on(async { assert_eq!(ours.read_all().await, count) });
        // What the first call sets up belongs to no page.
        page();
        let pages = peaks(&page);
        let peaks = peaks(&list);
        Self { peaks, pages, ahead: runtime.block_on(server.most_waiting()) }
    }
}

fn peaks(read: &dyn Fn()) -> Vec<f64> {
    (0..TIMES).map(|_| measure(read).bytes_max as f64 / BYTES_PER_MEGABYTE).collect()
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
