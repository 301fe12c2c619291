//! The fake UniFi console, written from the vendor's pages and from what was seen of live consoles.

mod action_rules;
mod call;
mod client;
mod clients;
mod cloud;
mod console;
mod create_rules;
mod error;
mod filter;
mod hooks;
mod neighbours;
mod page;
mod routes;
mod site;
mod state;
mod version;
mod voucher;
mod vouchers;

pub(crate) use cloud::Cloud;
pub use console::Unifi;
pub use filter::{check_filter, filter_matches};
