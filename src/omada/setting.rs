//! The settings of a voucher group that take more than one field: each is one value here, so that no half of it is forgotten.

use jiff::Timestamp;

use super::generated::types::{Currency, TrafficLimitFrequency, Weekday};

/// What limits the use of a voucher: `limitType` and `limitNum`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// It can be used so many times.
    Uses(i32),
    /// So many users can be online with it at the same time.
    OnlineUsers(i32),
    /// Nothing limits it.
    Unlimited,
}

/// How long a voucher lasts, and whose time counts: `durationType` and `duration`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Duration {
    /// Each client has the whole duration for itself.
    PerClient {
        /// The duration in minutes.
        minutes: i64,
    },
    /// All clients of the voucher share one duration.
    PerVoucher {
        /// The duration in minutes.
        minutes: i64,
    },
}

/// How fast a client may be: `rateLimit`, with its `mode`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimits {
    /// As fast as it can.
    None,
    /// As fast as these limits, each of which can be left out.
    Kbps {
        /// The limit of the downlink in kbit/s.
        down: Option<i64>,
        /// The limit of the uplink in kbit/s.
        up: Option<i64>,
    },
    /// As fast as a rate limit profile of the site says. This is the profile's id.
    Profile(String),
}

/// How much traffic a voucher is good for: `trafficLimitEnable`, `trafficLimit` and `trafficLimitFrequency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrafficLimit {
    /// For any traffic.
    None,
    /// For so much traffic.
    Megabytes {
        /// The traffic in MB.
        limit: i64,
        /// When it starts anew.
        every: TrafficLimitFrequency,
    },
}

/// What a voucher costs: `unitPrice` and `currency`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// The price of one voucher. The vendor does not say whether it counts whole units of the currency or the smallest ones;
    /// in the answers that were seen it counts whole units.
    pub unit_price: i64,
    /// The currency. All groups of a site should have the same, so that their amounts add up.
    pub currency: Currency,
}

/// Which portals a voucher opens: `applyToAllPortals` and `portals`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Portals {
    /// All of the site, those included that are created later.
    All,
    /// The portals with these ids.
    Only(Vec<String>),
}

/// When a voucher can be used: `validityType`, `effectiveTime`, `expirationTime` and `schedule`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validity {
    /// At any time.
    AnyTime,
    /// Between two moments, in whole milliseconds. The controller refuses an end that is too far away, with
    /// [`ExpirationTooFar`](super::ErrorCode::ExpirationTooFar).
    Between {
        /// When the voucher starts to work.
        effective: Timestamp,
        /// When it stops to work.
        expiration: Timestamp,
    },
    /// In the same hours of every day, in the time of the site.
    Daily {
        /// When the hours start.
        start: TimeOfDay,
        /// When they end.
        end: TimeOfDay,
    },
    /// On these days of the week.
    Weekly {
        /// The days, each once.
        days: Vec<Weekday>,
    },
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    /// The hour; midnight is 0.
    pub hour: i32,
    /// The minute.
    pub minute: i32,
}
