//! The requests and the answers as somebody writes them by hand on serde, with exactly the fields that these have.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A voucher of UniFi.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnifiVoucher {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub name: String,
    pub code: String,
    pub authorized_guest_limit: Option<i64>,
    pub authorized_guest_count: i64,
    pub activated_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub expired: bool,
    pub time_limit_minutes: i64,
    #[serde(rename = "dataUsageLimitMBytes")]
    pub data_usage_limit_mbytes: Option<i64>,
    pub rx_rate_limit_kbps: Option<i64>,
    pub tx_rate_limit_kbps: Option<i64>,
}

/// A page of vouchers of UniFi.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnifiPage {
    pub offset: i64,
    pub limit: i32,
    pub count: i32,
    pub total_count: i64,
    pub data: Vec<UnifiVoucher>,
}

/// What creating vouchers of UniFi answers.
#[derive(Debug, Deserialize)]
pub struct UnifiCreated {
    pub vouchers: Vec<UnifiVoucher>,
}

/// The request for vouchers of UniFi.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnifiCreate<'a> {
    pub name: &'a str,
    pub count: i32,
    pub authorized_guest_limit: i64,
    pub time_limit_minutes: i64,
    #[serde(rename = "dataUsageLimitMBytes")]
    pub data_usage_limit_mbytes: i64,
    pub rx_rate_limit_kbps: i64,
    pub tx_rate_limit_kbps: i64,
}

/// The envelope of every answer of Omada.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope<T> {
    pub error_code: i64,
    pub msg: String,
    pub result: T,
}

/// What creating a group of Omada answers.
#[derive(Debug, Deserialize)]
pub struct OmadaCreated {
    pub id: String,
}

/// A rate limit of Omada.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    pub mode: i64,
    pub custom_rate_limit: CustomRateLimit,
}

/// The two directions of a rate limit.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomRateLimit {
    pub down_limit_enable: bool,
    pub down_limit: i64,
    pub up_limit_enable: bool,
    pub up_limit: i64,
}

/// The request for a group of Omada.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OmadaCreate<'a> {
    pub name: &'a str,
    pub amount: i32,
    pub code_length: i32,
    pub code_form: &'a [i64],
    pub limit_type: i64,
    pub limit_num: i32,
    pub duration_type: i64,
    pub duration: i64,
    pub timing_type: i64,
    pub rate_limit: RateLimit,
    pub traffic_limit_enable: bool,
    pub traffic_limit: i64,
    pub traffic_limit_frequency: i64,
    pub unit_price: i64,
    pub currency: &'a str,
    pub apply_to_all_portals: bool,
    pub validity_type: i64,
    pub logout: bool,
    pub description: &'a str,
    pub print_comments: &'a str,
}

/// A voucher of Omada by itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OmadaVoucher {
    pub id: String,
    pub code: String,
    pub created_time: i64,
    pub start_time: i64,
    pub used: i32,
    pub valid: bool,
    pub limit_type: i64,
    pub limit_num: i32,
    pub duration_type: i64,
    pub duration: i64,
    pub timing_type: i64,
    pub rate_limit: RateLimit,
    pub traffic_limit_enable: bool,
    pub traffic_limit: i64,
    pub traffic_limit_frequency: i64,
    pub traffic_used: i64,
    pub traffic_left: bool,
    pub unit_price: String,
    pub currency: String,
    pub portal_names: Vec<String>,
    pub logout: bool,
    pub description: String,
    pub print_comments: String,
}

/// A group of Omada with a page of its vouchers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OmadaGroup {
    pub id: String,
    pub name: String,
    pub created_time: i64,
    pub creator_name: String,
    pub limit_type: i64,
    pub limit_num: i32,
    pub duration_type: i64,
    pub duration: i64,
    pub timing_type: i64,
    pub rate_limit: RateLimit,
    pub traffic_limit_enable: bool,
    pub traffic_limit: i64,
    pub traffic_limit_frequency: i64,
    pub unit_price: String,
    pub currency: String,
    pub apply_to_all_portals: bool,
    pub validity_type: i64,
    pub logout: bool,
    pub description: String,
    pub print_comments: String,
    pub unused_count: i32,
    pub used_count: i32,
    pub in_use_count: i32,
    pub expired_count: i32,
    pub total_count: i32,
    pub total_rows: i64,
    pub current_page: i32,
    pub current_size: i32,
    pub data: Vec<OmadaRow>,
}

/// A voucher in a page of its group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OmadaRow {
    pub id: String,
    pub code: String,
    pub status: i64,
    pub start_time: i64,
    pub end_time: i64,
    pub time_used_sec: i64,
    pub time_left_sec: i64,
    pub timing_by_client_usage: bool,
    pub traffic_used: i64,
    pub traffic_unused: i64,
    pub traffic_limit: i64,
    pub traffic_limit_frequency: i64,
    pub down_limit: i64,
    pub up_limit: i64,
}
