//! The fake Omada controller over real sockets: every rule of the vendor's pages, from both sides.

mod caller;
mod create;
mod create_codes;
mod create_conditions;
mod create_edges;
mod deletion;
mod detail;
mod groups;
mod history;
mod listing;
mod neighbours;
mod order;
mod pattern;
mod records;
mod scripted;
mod settings;
mod sign_in;
mod statistics;
mod token;
mod version;
mod vouchers;
