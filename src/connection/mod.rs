//! Connections to controllers: trust, deadlines, rate limits and retries.
//!
#![doc = include_str!("faults.md")]

mod address;
mod call;
#[cfg(feature = "rustls")]
mod certificate;
mod clock;
mod exchange;
#[cfg(feature = "rustls")]
mod first_use;
mod line;
mod network;
mod pace;
mod paces;
mod runtime;
mod settings;
mod shown;
mod tls;
mod trust;
#[cfg(feature = "rustls")]
mod verifier;

pub(crate) use address::{Address, Given, is_invisible};
pub(crate) use call::{BuildRequest, Call};
pub(crate) use clock::CLOCK_ERROR;
#[cfg(fuzzing)]
pub(crate) use exchange::retry_after;
pub(crate) use line::Line;
#[cfg(feature = "blocking")]
pub(crate) use network::Network;
pub use pace::Pace;
pub(crate) use paces::shared as shared_pace;
pub(crate) use runtime::Lack;
pub use settings::Connection;
pub(crate) use shown::{cut, shown};
pub use trust::{Fingerprint, Trust, Untrusted};
