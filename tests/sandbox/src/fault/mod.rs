//! How the controllers break on purpose: what can go wrong, when it does, and what it does to an answer.

mod chance;
mod faults;
mod gallery;
mod gzip;
mod kind;
mod list;
mod rewrite;
mod strike;

pub use faults::{Faults, Strike};
pub use kind::{Fault, Format, Lie, Moment, Rows, Target};
pub(crate) use list::Paging;
pub(crate) use strike::strike;
