//! How requests come in: listeners, connections, TLS, and the way of a request through them.

mod body;
mod certificate;
mod connection;
mod counters;
mod door;
mod handler;
mod listener;
mod server;
mod tls;

pub(crate) use body::{Body, drip, endless, halted, truncated, whole};
pub use certificate::Certificate;
pub use counters::Counters;
pub use door::Door;
pub(crate) use handler::{Controller, Desk};
pub(crate) use server::{Server, bind};
pub use tls::Tls;
