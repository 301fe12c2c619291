//! The client as it is generated from `spec/omada.yaml`: every operation as the vendor documents it, signed in, unchecked.

use super::amount::Amount;
use super::error::Error;
use super::ids::{AuthedRecordId, GroupId, OmadacId, PictureId, SiteId, VoucherId};
use super::search_key::SearchKey;
use super::time::{UnixMillis, UnixSeconds};
use crate::error::ErrorClass;
use crate::reading;
use crate::secret::Secret;
use crate::voucher_code::VoucherCode;

include!(concat!(env!("OUT_DIR"), "/omada.rs"));
