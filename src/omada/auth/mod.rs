//! Signs in to a controller, signs every call, and reads every answer.

mod app;
mod grant;
mod renewal;
mod seconds;
mod session;
mod store;
mod token;

pub(crate) use app::{App, User};
pub(crate) use seconds::seconds;
pub use session::Session;
pub use store::{TokenStore, TokenStoreFuture};
pub use token::Token;

#[cfg(fuzzing)]
pub(crate) use super::envelope::open;
