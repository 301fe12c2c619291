//! The fake UniFi console over real sockets: every rule of the vendor's pages, from both sides.

mod caller;
mod create;
mod errors;
mod show;
