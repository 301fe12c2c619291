//! Vouchers of TP-Link Omada controllers, through the Open API.
//!
//! ```
//! use hotspot_vouchers::omada::{
//!     Client, CodeForm, CreateVoucherGroup, Duration, Limit, Portals, RateLimits, TimingType, TrafficLimit,
//! };
//! # use hotspot_vouchers_sandbox::Sandbox;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), hotspot_vouchers::omada::Error> {
//! # let sandbox = Sandbox::start().await;
//! # let (url, omadac_id) = (sandbox.omada().url(), sandbox.omada().omadac_id());
//! # let (client_id, client_secret) = (sandbox.omada().client_id(), sandbox.omada().client_secret());
//! # let site_id = sandbox.omada().site_id();
//! let client = Client::builder(url).omadac_id(omadac_id).client_credentials(client_id, client_secret).build()?;
//! let site = client.site(site_id)?;
//!
//! let group = CreateVoucherGroup::builder()
//!     .name("Lobby")
//!     .amount(50)
//!     .code_length(8)
//!     .code_form([CodeForm::Number])
//!     .limit(Limit::Uses(1))
//!     .duration(Duration::PerClient { minutes: 1440 })
//!     .timing(TimingType::Time)
//!     .rate_limit(RateLimits::None)
//!     .traffic_limit(TrafficLimit::None)
//!     .portals(Portals::All)
//!     .build();
//! let group_id = site.create_voucher_group(&group).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A required setting that is forgotten does not compile, and neither does a setting that is made twice:
//!
//! ```compile_fail,E0277
//! # use hotspot_vouchers::omada::CreateVoucherGroup;
//! let group = CreateVoucherGroup::builder().name("Lobby").build();
//! ```
//!
//! ```compile_fail,E0277
//! # use hotspot_vouchers::omada::{CreateVoucherGroup, Limit};
//! let twice = CreateVoucherGroup::builder().limit(Limit::Uses(1)).limit(Limit::Unlimited);
//! ```
//!
//! - **Addresses.** [`Client::builder`] takes a region of the cloud or the address of a local controller. An address of the Open
//!   API is accepted as well. The address of a page in a browser is refused when the client is built.
//! - **Creating once.** The name of a group is unique in its site. [`Site::create_voucher_group`] uses that to settle what happened
//!   after a lost response. [`Site::create_voucher_group_once`] takes an [`IdempotencyKey`] and returns the codes, the same ones
//!   for the same key.
//! - **Codes.** The controller generates them after it has responded. [`Site::codes_of_group`] waits for them.
//! - **Signing in.** The client gets a token when it needs one, and renews it. See [`Client`] and [`TokenStore`].
//! - **Filters.** Rows are compared with the status, period and type of the query. Searches are fuzzy, and their rows are not
//!   compared.

pub mod generated;

mod amount;
mod auth;
mod builder_ext;
mod client;
mod client_builder;
mod codes;
mod create;
mod endpoint;
mod envelope;
mod error;
mod groups;
mod ids;
mod logo;
mod money;
mod multipart;
mod neighbours;
mod once;
mod period;
mod printing;
mod purge;
mod records;
mod rows;
mod search_key;
mod selection;
mod setting;
mod site;
mod sites;
mod statistics;
mod time;
mod vouchers;

pub use crate::idempotency_key::IdempotencyKey;
pub use amount::Amount;
pub use auth::{Token, TokenStore, TokenStoreFuture};
pub use client::Client;
pub use client_builder::ClientBuilder;
pub use endpoint::Endpoint;
pub use error::{ApiError, Error};
pub use generated::types::*;
pub use ids::{AuthedRecordId, GroupId, OmadacId, PictureId, SiteId, VoucherId};
pub use jiff::Timestamp;
pub use money::Money;
pub use once::CreatedGroup;
pub use purge::{Purge, PurgeGroup};
pub use search_key::SearchKey;
pub use selection::Selection;
pub use setting::{Duration, Limit, Portals, Price, RateLimits, TimeOfDay, TrafficLimit, Validity};
pub use site::Site;
pub use time::{UnixMillis, UnixSeconds};
