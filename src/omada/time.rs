//! The two units in which Omada counts time since 1970. It asks for one and answers in the other, so each is a type.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A moment in milliseconds since 1970.
///
/// Whatever the controller sends is kept. [`timestamp`](Self::timestamp) says which moment it is, if it is one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// What controllers send where nothing ends.
    pub const NO_END: Self = Self(i64::MAX);

    /// Whether this stands for "no end".
    pub fn is_no_end(self) -> bool {
        self == Self::NO_END
    }

    /// The moment; nothing for "no end" and for numbers beyond the years that a calendar has.
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.0).ok()
    }
}

impl From<Timestamp> for UnixMillis {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }
}

impl fmt::Display for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(timestamp) => timestamp.fmt(f),
            None if self.is_no_end() => f.write_str("no end"),
            None => write!(f, "{} ms", self.0),
        }
    }
}

impl fmt::Debug for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnixMillis({self})")
    }
}

/// A moment in seconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixSeconds(pub i64);

impl UnixSeconds {
    /// The moment; nothing for numbers beyond the years that a calendar has.
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_second(self.0).ok()
    }
}

impl From<Timestamp> for UnixSeconds {
    /// Cuts off what is less than a second.
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_second())
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(timestamp) => timestamp.fmt(f),
            None => write!(f, "{} s", self.0),
        }
    }
}

impl fmt::Debug for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnixSeconds({self})")
    }
}
