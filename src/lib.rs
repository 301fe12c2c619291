#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod error;
pub mod unexpected;
pub mod validate;
pub mod wire_enum;

#[cfg(feature = "omada")]
pub mod omada;
#[cfg(feature = "unifi")]
pub mod unifi;

#[cfg(any(feature = "omada", feature = "unifi"))]
mod body;
#[cfg(any(feature = "omada", feature = "unifi"))]
mod http;
#[cfg(feature = "omada")]
mod path_segment;
mod redact;
mod secret;
#[cfg(any(feature = "omada", feature = "unifi"))]
mod voucher_code;

pub use crate::error::Error;
pub use crate::secret::Secret;
#[cfg(any(feature = "omada", feature = "unifi"))]
pub use crate::voucher_code::VoucherCode;
