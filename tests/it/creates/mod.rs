//! Creates at controllers and behind proxies that share no code with the sandbox.

mod group;
mod keyed;
mod once;
mod plain;
pub mod server;
