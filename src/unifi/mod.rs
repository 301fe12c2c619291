//! Vouchers of Ubiquiti UniFi consoles, through the Network Integration API.
//!
//! ```
//! use hotspot_vouchers::unifi::{Client, CreateVouchers};
//! # use hotspot_vouchers_sandbox::Sandbox;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = Sandbox::start().await;
//! # let (url, api_key, site_id) = (sandbox.unifi().url(), sandbox.unifi().api_key(), sandbox.unifi().site_id());
//! let client = Client::builder(url).api_key(api_key).build()?;
//! let site = client.site(site_id.parse()?);
//!
//! let request = CreateVouchers::builder().name("Lobby").count(10).time_limit_minutes(1440).build();
//! for voucher in site.create_vouchers(&request).await? {
//!     println!("{}", voucher.code);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - **Addresses.** [`Client::builder`] takes the address of a console, or any address of its API. [`ClientBuilder::connect`] also
//!   finds the API of a Network application without a console. [`Cloud`] reaches consoles through the vendor's cloud.
//! - **Creating once.** [`Site::create_vouchers`] sends a create once, because nothing shows afterwards whether it took effect.
//!   [`Site::create_vouchers_once`] takes an [`IdempotencyKey`], and returns the same vouchers for the same key.
//! - **Filters.** [`Filter`]s are expressions that the compiler checks. The client compares the rows of a response with the filter,
//!   because consoles and proxies exist that ignore it. Counts cannot be compared.
//! - **Rows.** A voucher has its id and its code for certain. All other fields are `Option`s.

pub mod filter;
pub mod generated;

mod auth;
mod client;
mod client_builder;
mod clients;
mod cloud;
mod create;
mod error;
mod ids;
mod name;
mod once;
mod purge;
mod root;
mod rows;
mod site;
mod state;

pub use crate::idempotency_key::IdempotencyKey;
pub use client::Client;
pub use client_builder::ClientBuilder;
pub use cloud::{Cloud, CloudBuilder};
pub use error::{ApiError, Error};
pub use filter::{Filter, Pattern};
pub use generated::types::*;
pub use ids::ConsoleId;
pub use jiff::Timestamp;
pub use purge::Purge;
pub use site::Site;
pub use state::VoucherState;
pub use uuid::Uuid;
