//! What callers are told when something fails, held against what the controllers did.

mod gallery;
mod matrix;
mod operations;
mod stage;
