//! What is measured, and how much it may be at most. The limits stand here and nowhere else.

use std::fmt;

/// One thing that is measured.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What the programs of `benches/` file it under.
    pub name: &'static str,
    pub what: &'static str,
    pub opponent: &'static str,
    pub unit: Unit,
    /// Nothing where it is there to compare with alone.
    pub at_most: Option<f64>,
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Ours to the opponent's.
    Ratio,
    Allocations,
    Crates,
    Megabytes,
    Pages,
    Seconds,
}

impl Unit {
    /// A number with its unit.
    pub fn tell(self, number: f64) -> String {
        match self {
            Self::Ratio => format!("{number:.3}"),
            Self::Allocations | Self::Crates => format!("{number:.0}{self}"),
            Self::Megabytes | Self::Pages | Self::Seconds => format!("{number:.2}{self}"),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ratio => "",
            Self::Allocations => " allocations",
            Self::Crates => " crates",
            Self::Megabytes => " MB",
            Self::Pages => " pages",
            Self::Seconds => " s",
        })
    }
}

const BY_HAND: &str = "by hand";
const RAW: &str = "progenitor's raw output";
const UNIFLY: &str = "unifly-api";
const FROM_SLICE: &str = "serde_json::from_slice";
const TO_VEC: &str = "serde_json::to_vec";

/// How much longer a call may take.
const CALL: Option<f64> = Some(1.03);

/// How many more instructions a call may have.
const INSTRUCTIONS: Option<f64> = Some(1.10);

const fn ratio(name: &'static str, what: &'static str, opponent: &'static str, at_most: Option<f64>) -> Target {
    Target { name, what, opponent, unit: Unit::Ratio, at_most }
}

const fn number(name: &'static str, what: &'static str, unit: Unit, at_most: Option<f64>) -> Target {
    Target { name, what, opponent: "", unit, at_most }
}

/// What is always measured.
pub const TARGETS: [Target; 42] = [
    ratio("by-hand/unifi-create", "UniFi, create one", BY_HAND, CALL),
    ratio("by-hand/unifi-read", "UniFi, read one", BY_HAND, CALL),
    ratio("by-hand/unifi-page", "UniFi, read a page of 1000", BY_HAND, CALL),
    ratio("by-hand/omada-create", "Omada, create a group", BY_HAND, CALL),
    ratio("by-hand/omada-read", "Omada, read one", BY_HAND, CALL),
    ratio("by-hand/omada-page", "Omada, read a page of 1000", BY_HAND, CALL),
];
