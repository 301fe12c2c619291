//! The server that all programs here measure against: `server VOUCHERS LATENCY_IN_MILLISECONDS`.

use std::time::Duration;

use hotspot_vouchers_bench::server::serve;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    match numbers.as_slice() {
        [vouchers, latency] => serve(*vouchers as usize, Duration::from_millis(*latency)).await,
        _ => Err(std::io::Error::other("usage: server VOUCHERS LATENCY_IN_MILLISECONDS")),
    }
}
