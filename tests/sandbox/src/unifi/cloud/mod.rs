//! The vendor's cloud as far as it leads to a console: the list of consoles, and the connector.

mod account;
mod connector;
mod error;
mod hosts;
mod rate;

pub(crate) use account::{Account, new_console_id};
pub(crate) use connector::Cloud;
