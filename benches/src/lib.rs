//! What the library costs, beside what it could cost: the same calls by it and by each of its opponents.
//!
//! `cargo xtask bench` runs the programs of this package and makes one table of what they measure.

pub mod answers;
pub mod by_hand;
pub mod case;
pub mod from_slice;
pub mod ours;
pub mod ratio;
pub mod raw;
pub mod server;
pub mod shapes;
pub mod stage;
#[cfg(feature = "unifly")]
pub mod unifly;
