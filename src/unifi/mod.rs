//! Vouchers of Ubiquiti UniFi consoles, through the Network Integration API.
//!
//! ```no_run
//! use hotspot_vouchers::unifi::{Client, CreateVouchers};
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://192.168.1.1").api_key("the API key").build()?;
//! let site = client.site("88f7af54-98f8-306a-a1c7-c9349722b1f6".parse()?);
//!
//! let request = CreateVouchers::builder().name("Lobby").count(10).time_limit_minutes(1440).build();
//! for voucher in site.create_vouchers(&request).await? {
//!     println!("{}", voucher.code);
//! }
//! # Ok(())
//! # }
//! ```

pub mod generated;

mod auth;
mod client;
mod error;
mod site;

pub use client::{Client, ClientBuilder};
pub use error::{ApiError, Error};
pub use generated::types::*;
pub use jiff::Timestamp;
pub use site::Site;
pub use uuid::Uuid;
