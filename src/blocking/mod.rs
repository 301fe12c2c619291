#![doc = include_str!("../guide/without_async.md")]

#[cfg(feature = "omada")]
pub mod omada;
#[cfg(feature = "unifi")]
pub mod unifi;

mod rows;
mod thread;

pub(crate) use rows::Rows;
pub(crate) use thread::wait;
