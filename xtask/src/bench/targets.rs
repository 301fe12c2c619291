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
pub const TARGETS: [Target; 37] = [
    ratio("by-hand/unifi-create", "UniFi: create one", BY_HAND, CALL),
    ratio("by-hand/unifi-read", "UniFi: read one", BY_HAND, CALL),
    ratio("by-hand/unifi-page", "UniFi: read a page of 1000", BY_HAND, CALL),
    ratio("by-hand/omada-create", "Omada: create a group", BY_HAND, CALL),
    ratio("by-hand/omada-read", "Omada: read one", BY_HAND, CALL),
    ratio("by-hand/omada-page", "Omada: read a page of 1000", BY_HAND, CALL),
    ratio("raw/unifi-create", "UniFi: create one", RAW, None),
    ratio("raw/unifi-read", "UniFi: read one", RAW, None),
    ratio("raw/unifi-page", "UniFi: read a page of 1000", RAW, None),
    ratio("unifly/unifi-read", "UniFi: read one", UNIFLY, None),
    ratio("unifly/unifi-page", "UniFi: read a page of 1000", UNIFLY, None),
    ratio("from-slice/unifi-page", "UniFi: read a page of 1000", FROM_SLICE, None),
    ratio("from-slice/omada-page", "Omada: read a page of 1000", FROM_SLICE, None),
    ratio("instructions-by-hand/unifi-create", "UniFi: create one, instructions", BY_HAND, INSTRUCTIONS),
    ratio("instructions-by-hand/unifi-read", "UniFi: read one, instructions", BY_HAND, INSTRUCTIONS),
    ratio("instructions-by-hand/unifi-page", "UniFi: read a page of 1000, instructions", BY_HAND, INSTRUCTIONS),
    ratio("instructions-by-hand/omada-create", "Omada: create a group, instructions", BY_HAND, INSTRUCTIONS),
    ratio("instructions-by-hand/omada-read", "Omada: read one, instructions", BY_HAND, INSTRUCTIONS),
    ratio("instructions-by-hand/omada-page", "Omada: read a page of 1000, instructions", BY_HAND, INSTRUCTIONS),
    ratio("instructions-raw/unifi-create", "UniFi: create one, instructions", RAW, None),
    ratio("instructions-raw/unifi-read", "UniFi: read one, instructions", RAW, None),
    ratio("instructions-raw/unifi-page", "UniFi: read a page of 1000, instructions", RAW, None),
    ratio("instructions-from-slice/unifi-page", "UniFi: read a page of 1000, instructions", FROM_SLICE, None),
    ratio("instructions-from-slice/omada-page", "Omada: read a page of 1000, instructions", FROM_SLICE, None),
    ratio("stream/near", "UniFi: 100,000 vouchers as a stream", "page after page by hand", Some(1.0)),
    ratio("stream/far", "UniFi: the same, 20 ms away", "page after page by hand", Some(0.35)),
    number("memory/page", "its memory: peak of one page alone", Unit::Megabytes, None),
    number("memory/ahead", "its memory: pages asked for at the same time", Unit::Pages, None),
    number("memory/short", "its memory: peak with 20,000 vouchers", Unit::Megabytes, None),
    number("memory/long", "its memory: peak with 100,000 vouchers", Unit::Megabytes, None),
    number("memory/beyond", "its memory: peak, beyond the pages asked for", Unit::Pages, Some(1.0)),
    // Whatever the length; the numbers in the rows have more digits at the end of a longer list.
    ratio("memory/length", "its memory: peak with 100,000 vouchers", "with 20,000", Some(1.01)),
    number("allocations/omada", "Omada: check the full request", Unit::Allocations, Some(0.0)),
    number("allocations/unifi", "UniFi: check the full request", Unit::Allocations, Some(0.0)),
    ratio("check/omada", "Omada: check the full request", TO_VEC, Some(0.02)),
    ratio("check/unifi", "UniFi: check the full request", TO_VEC, Some(0.02)),
    ratio("concurrent/unifi-read", "UniFi: 1,000 calls at the same time on one client", BY_HAND, CALL),
];

/// What is measured with `--build`.
pub const BUILD_TARGETS: [Target; 4] = [
    number("build/crates", "crates more than progenitor-client with rustls", Unit::Crates, Some(12.0)),
    ratio("build/time", "processor time of a clean release build", "reqwest with rustls, serde, serde_json", Some(2.0)),
    number("build/edit", "cargo check after an edit of the spec, more than of lib.rs", Unit::Seconds, Some(1.0)),
    ratio("build/binary", "release binary that issues vouchers", BY_HAND, Some(1.25)),
];
