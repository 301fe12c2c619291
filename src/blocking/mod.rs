#![doc = include_str!("../guide/without_async.md")]

mod rows;
mod thread;

#[cfg(feature = "omada")]
pub use crate::omada::blocking::omada;
#[cfg(feature = "unifi")]
pub use crate::unifi::blocking::unifi;

pub(crate) use rows::Rows;
pub(crate) use thread::wait;
