//! The calls by what progenitor makes of the spec, without anything of ours.

use std::num::NonZero;

use reqwest::header::{HeaderMap, HeaderValue};

use crate::answers::{API_KEY, PAGE, UNIFI_ID};
use crate::case::{Case, Side};

#[allow(clippy::all, unused_imports, dead_code)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/unifi.rs"));
}

/// The generated client.
pub struct Raw(generated::Client);

impl Raw {
    pub fn new(url: &str) -> Self {
        let headers = HeaderMap::from_iter([("x-api-key".parse().expect("a name"), HeaderValue::from_static(API_KEY))]);
        let http = reqwest::Client::builder().default_headers(headers).build().expect("connections");
        Self(generated::Client::new_with_client(&format!("{url}/proxy/network/integration"), http))
    }
}

impl Side for Raw {
    const NAME: &'static str = "raw";
    const CASES: &'static [Case] = &[Case::UnifiCreate, Case::UnifiRead, Case::UnifiPage];

    async fn call(&self, case: Case) -> usize {
        match case {
            Case::UnifiCreate => {
                let body = generated::types::CreateVouchers {
                    name: "Lobby #1042".parse().expect("a name"),
                    count: NonZero::<u32>::MIN,
                    authorized_guest_limit: NonZero::new(2),
                    time_limit_minutes: NonZero::new(1440).expect("a number"),
                    data_usage_limit_m_bytes: NonZero::new(500),
                    rx_rate_limit_kbps: Some(5000),
                    tx_rate_limit_kbps: Some(1000),
                };
                let created = self.0.create_vouchers(&UNIFI_ID, &body).await.expect("a raw call").into_inner();
                created.vouchers.map_or(0, |vouchers| vouchers.len())
            }
            Case::UnifiRead => {
                let voucher = self.0.read_voucher(&UNIFI_ID, &UNIFI_ID).await.expect("a raw call").into_inner();
                usize::from(voucher.id == UNIFI_ID)
            }
            _ => {
                let (limit, offset) = (Some(PAGE as i32), Some(0));
                let page = self.0.list_vouchers(&UNIFI_ID, None, limit, offset).await.expect("a raw call").into_inner();
                page.data.map_or(0, |rows| rows.len())
            }
        }
    }
}
