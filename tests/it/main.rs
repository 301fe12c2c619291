//! The tests: data in, snapshot out, and scenarios against the sandbox over real sockets.

mod answers;
mod bounds;
mod filters;
mod generated;
mod ids;
mod messages;
mod omada;
mod oracle;
mod refusals;
mod rules;
mod secrets;
mod spec;
mod support;
mod tidy;
mod unifi;
mod unifi_clients;
mod unifi_lists;
