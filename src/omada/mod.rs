//! Vouchers of TP-Link Omada controllers, through the Open API.
//!
//! ```no_run
//! use hotspot_vouchers::omada::{
//!     Client, CodeForm, CreateVoucherGroup, Duration, Limit, Portals, RateLimits, TimingType, TrafficLimit,
//! };
//!
//! # async fn example() -> Result<(), hotspot_vouchers::omada::Error> {
//! let client = Client::builder("https://192.168.1.1:8043", "0123456789abcdef0123456789abcdef")
//!     .client_credentials("the id of the app", "its secret")
//!     .build()?;
//! let site = client.site("66f0c0ffee66f0c0ffee66f0")?;
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

pub mod generated;

mod auth;
mod builder_ext;
mod client;
mod envelope;
mod error;
mod ids;
mod setting;
mod site;
mod time;

pub use client::{Client, ClientBuilder};
pub use error::{ApiError, Error};
pub use generated::types::*;
pub use ids::{GroupId, OmadacId, SiteId};
pub use jiff::Timestamp;
pub use setting::{Duration, Limit, Portals, Price, RateLimits, TimeOfDay, TrafficLimit, Validity};
pub use site::Site;
pub use time::{UnixMillis, UnixSeconds};
