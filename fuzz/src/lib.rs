//! What the fuzz targets share.

#![forbid(unsafe_code)]

#[cfg(fuzzing)]
pub mod answer;
pub mod filter;
pub mod mutation;
pub mod page;
pub mod settings;
