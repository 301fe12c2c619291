//! The tests: data in, snapshot out, and scenarios against the sandbox over real sockets.

#![allow(clippy::duplicate_mod, reason = "each example has its own copy of what they share")]

mod answers;
mod bounds;
mod docs;
mod doors;
mod examples;
mod faults;
mod filters;
mod full_answers;
mod generated;
mod ids;
mod log;
mod messages;
mod odd_rows;
mod omada;
mod omada_codes;
mod omada_endpoints;
mod omada_find;
mod omada_groups;
mod omada_logo;
mod omada_money;
mod omada_neighbours;
mod omada_purge;
mod omada_records;
mod omada_refusals;
mod omada_requests;
mod omada_sign_in;
mod omada_statistics;
mod omada_tokens;
mod omada_vouchers;
mod oracle;
mod page_edges;
mod properties;
mod readme;
mod refusals;
mod rules;
mod secrets;
mod spec;
mod support;
mod tidy;
mod traces;
mod traps;
mod unifi;
mod unifi_clients;
mod unifi_lists;
