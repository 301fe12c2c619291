//! How the controllers break on purpose: what can go wrong, when it does, and what it does to an answer.

mod chance;
mod faults;
mod gallery;
mod gzip;
mod kind;
mod list;
mod request;
mod rewrite;
mod rows;
mod strike;

pub use faults::{Faults, Strike};
pub use kind::{Fault, Format, Lie, Moment, NameChange, Rows, Target, WrongRows};
pub(crate) use list::Paging;
pub(crate) use request::changed;
pub(crate) use strike::strike;
