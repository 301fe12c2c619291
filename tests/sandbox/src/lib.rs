//! Two fake hotspot controllers on loopback: something to test a voucher client against.
//!
//! A [`Sandbox`] plays a TP-Link [Omada controller](Omada) and a Ubiquiti [UniFi console](Unifi)
//! over real HTTP. It is written from the vendors' pages, and from what was seen of live
//! controllers where the pages are silent or wrong; it knows nothing of the client's types. It
//! reads and writes plain JSON and holds a rule table of its own, so that it can contradict the
//! client: it is the client's opponent, not its mirror.
//!
//! What it plays: of Omada, signing in by each of the three grants, every voucher operation of the pages with the statistics
//! that follow from what was issued and used, and what stands beside them: sites, portals, rate limit profiles and
//! authentication records. Of UniFi, every voucher operation, sites, clients and the authorization of guests, through two doors
//! to the same console: the local one and the cloud connector. It understands UniFi's whole filter language, which
//! [`check_filter`] offers by itself. The lists that UniFi clients read when they start, such as devices and networks, are empty
//! pages. At UniFi, a wrong verb on any of these paths is 405 with `Allow`.
//!
//! It enforces every range, length and conditional rule of the pages, answers with the vendor's codes, and has the habits that
//! break naive clients: errors on HTTP 200, answers without a Content-Type, codes that are not there yet, codes with leading
//! zeros, money as text, absent fields. A test can look at [what was received](Received), script [any answer](Canned), set the
//! [`Clock`], list rows in another [`Order`], give [ids and keys](Identity) of its own, [log](SandboxBuilder::log) every request,
//! and change what a controller holds behind the client's back. Programs in other languages do most of that through the
//! [control port](#control-port).
//!
//! What it does not play: rate limits other than the connector's, and every other call of the two APIs.
//!
//! # Example
//!
//! ```
//! use hotspot_vouchers_sandbox::{Canned, Sandbox};
//! use serde_json::{Value, json};
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), reqwest::Error> {
//!     let sandbox = Sandbox::start().await;
//!     let unifi = sandbox.unifi();
//!     let api = format!("{}/proxy/network/integration/v1", unifi.url());
//!     let create = reqwest::Client::new()
//!         .post(format!("{api}/sites/{}/hotspot/vouchers", unifi.site_id()))
//!         .header("X-API-Key", unifi.api_key())
//!         .json(&json!({"name": "Lobby", "timeLimitMinutes": 60}));
//!
//!     let answer = create.try_clone().unwrap().send().await?;
//!     assert_eq!(answer.status(), 201);
//!     let created: Value = answer.json().await?;
//!     assert_eq!(created["vouchers"][0]["code"], unifi.codes()[0]);
//!     assert_eq!(unifi.received()[0].body.as_ref().unwrap()["name"], "Lobby");
//!
//!     unifi.answer_next(Canned::status(502).text("text/html", "<h1>Bad Gateway</h1>"));
//!     assert_eq!(create.send().await?.status(), 502);
//!     Ok(())
//! }
//! ```
//!
#![doc = include_str!("../CONTROL.md")]
//!
#![doc = include_str!("../FAULTS.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod books;
mod builder;
mod canned;
mod check;
mod clock;
mod control;
mod elsewhere;
mod fault;
mod identity;
mod intake;
mod log;
mod omada;
mod order;
mod pattern;
mod random;
mod received;
mod sandbox;
mod serve;
mod shared;
mod unifi;

pub use books::{Issued, IssuedGroup, IssuedVoucher};
pub use builder::SandboxBuilder;
pub use canned::Canned;
pub use clock::Clock;
pub use elsewhere::Elsewhere;
pub use fault::{Fault, Faults, Format, Lie, Moment, NameChange, Rows, Strike, Target, WrongRows};
pub use identity::Identity;
pub use omada::Omada;
pub use order::Order;
pub use received::Received;
pub use sandbox::Sandbox;
pub use serve::{Certificate, Counters, Door, Tls};
pub use unifi::{Unifi, check_filter, filter_matches};
