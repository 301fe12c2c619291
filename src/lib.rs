#![doc = include_str!("../README.md")]
#![doc = include_str!("architecture.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// What a call holds on to lies on the heap, so that it takes little of the stack of those who make it.
#![warn(clippy::large_futures)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// Without a vendor nothing uses what both share.
#![cfg_attr(not(any(feature = "omada", feature = "unifi")), allow(dead_code, unused_imports, unused_macros))]

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod connection;
pub mod error;
#[cfg(fuzzing)]
pub mod fuzzing;
#[cfg(all(feature = "omada", feature = "unifi"))]
pub mod guide;
#[cfg(feature = "omada")]
pub mod omada;
pub mod unexpected;
#[cfg(feature = "unifi")]
pub mod unifi;
pub mod validate;
pub mod wire_enum;

mod http;
mod idempotency_key;
mod list;
mod path_segment;
#[allow(dead_code, unused_imports, reason = "a vendor may need a part of it")]
mod reading;
mod redact;
mod rows;
mod sales;
mod secret;
mod voucher_code;

pub use crate::connection::{Connection, Fingerprint, Pace, Trust};
pub use crate::error::{Error, Unreadable};
pub use crate::idempotency_key::IdempotencyKey;
pub use crate::list::{List, UnreadableRow};
pub use crate::secret::Secret;
pub use crate::voucher_code::VoucherCode;
