//! What callers are told when something fails, held against what the controllers did.

mod answer;
mod audit;
mod cancel;
mod chaos;
mod creates;
mod deletes;
mod described;
mod gallery;
mod matrix;
mod omada;
pub mod operations;
mod outcome;
mod pace;
mod rows;
mod sign_in;
pub mod stage;
mod till;
mod truth;
mod unifi;
mod unreachable;
mod untrusted;
