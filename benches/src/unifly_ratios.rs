//! The ratios of times to `unifly-api`, which wants a reqwest with more features. Here both sides have them.

use std::path::Path;
use std::time::Duration;

use hotspot_vouchers_bench::answers::PAGE;
use hotspot_vouchers_bench::ours::Ours;
use hotspot_vouchers_bench::server::Server;
use hotspot_vouchers_bench::stage::{against, criterion, one_thread};
use hotspot_vouchers_bench::unifly::Unifly;

fn main() {
    // Its reqwest has TLS without cryptography, which somebody has to bring.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = Server::start(Path::new(env!("CARGO_BIN_EXE_server")), PAGE, Duration::ZERO).expect("a server");
    let mut criterion = criterion();
    against(&mut criterion, &one_thread(), &Ours::new(server.url()), &Unifly::new(server.url()));
    criterion.final_summary();
}
