//! The fake Omada controller, written from the vendor's pages and from what was seen of live
//! controllers.

mod call;
mod controller;
mod create;
mod create_rules;
mod currency;
mod deletion;
mod detail;
mod distribution;
mod envelope;
mod export;
mod group;
mod group_list;
mod group_view;
mod history;
mod hooks;
mod ledger;
mod logo;
mod multipart;
mod page;
mod pattern;
mod period;
mod print;
mod profile;
mod record;
mod routes;
mod selection;
mod sign_in;
mod site;
mod sort;
mod state;
mod summary;
mod token;
mod voucher;

pub use controller::Omada;
