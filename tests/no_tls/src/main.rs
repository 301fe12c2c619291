//! A program that turns on reqwest's `rustls-no-provider` and no TLS of ours. There reqwest panics where a client is built; ours
//! has to say what to turn on. Built together with other crates it has their TLS, so it only counts when it is built alone.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use hotspot_vouchers::{omada, unifi};

fn main() -> ExitCode {
    let url = "https://controller.example";
    let omada = omada::Client::builder(url).omadac_id("id").client_credentials("id", "secret").build();
    let unifi = unifi::Client::builder(url).api_key("key").build();
    let messages =
        [omada.map(drop).map_err(|error| error.to_string()), unifi.map(drop).map_err(|error| error.to_string())];
    let mut exit = ExitCode::SUCCESS;
    for message in messages {
        match message {
            Err(message) if message.contains("turn on the feature `rustls` or `native-tls`") => println!("{message}"),
            other => {
                eprintln!("expected an error that says what to turn on, got {other:?}");
                exit = ExitCode::FAILURE;
            }
        }
    }
    exit
}
