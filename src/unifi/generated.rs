//! The client as it is generated from `spec/unifi.yaml`: every operation as the vendor documents it, signed in, unchecked.

use jiff::Timestamp;

use super::error::Error;
use super::filter::{self, FilterExpression, Property};
use super::ids::ConsoleId;
use crate::error::ErrorClass;
use crate::reading;
use crate::voucher_code::VoucherCode;

include!(concat!(env!("OUT_DIR"), "/unifi.rs"));
