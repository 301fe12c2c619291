//! What callers are told when something fails, held against what the controllers did.

mod audit;
mod cancel;
mod chaos;
mod creates;
mod gallery;
mod matrix;
pub mod operations;
mod pace;
mod sign_in;
pub mod stage;
mod till;
