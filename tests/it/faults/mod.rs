//! What callers are told when something fails, held against what the controllers did.

mod creates;
mod gallery;
mod matrix;
pub mod operations;
pub mod stage;
