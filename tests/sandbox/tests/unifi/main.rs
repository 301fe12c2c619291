//! The fake UniFi console over real sockets: every rule of the vendor's pages, from both sides.

mod actions;
mod caller;
mod clients;
mod cloud;
mod cloud_hosts;
mod create;
mod delete;
mod errors;
mod filter_functions;
mod filter_grammar;
mod filter_rows;
mod listing;
mod neighbours;
mod order;
mod show;
mod sites;
mod verbs;
mod version;
