//! The fake Omada controller over real sockets: every rule of the vendor's pages, from both sides.

mod caller;
mod create;
mod create_codes;
mod create_conditions;
mod create_edges;
mod detail;
mod history;
mod listing;
mod scripted;
mod token;
