//! The fake UniFi console, written from the vendor's pages and from what was seen of live consoles.

mod console;
mod create_rules;
mod error;
mod routes;
mod voucher;

pub use console::Unifi;
