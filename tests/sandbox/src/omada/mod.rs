//! The fake Omada controller, written from the vendor's pages and from what was seen of live
//! controllers.

mod controller;
mod create_rules;
mod detail;
mod envelope;
mod group;
mod history;
mod routes;
mod state;
mod token;

pub use controller::Omada;
