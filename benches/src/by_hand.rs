//! The calls as somebody writes them by hand on reqwest and serde, for exactly these answers. Nothing is checked, nothing has a
//! deadline, nothing is repeated: it is the price to be near.

use jiff::Timestamp;
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::answers::{API_KEY, GROUP_ID, OMADA_HOTSPOT, PAGE, TOKEN, UNIFI_ID, UNIFI_VOUCHERS, VOUCHER_ID};
use crate::case::{Case, Side};

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

#[derive(Debug, Deserialize)]
struct UnifiCreated {
    vouchers: Vec<UnifiVoucher>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct UnifiCreate<'a> {
    name: &'a str,
    count: i32,
    authorized_guest_limit: i64,
    time_limit_minutes: i64,
    #[serde(rename = "dataUsageLimitMBytes")]
    data_usage_limit_mbytes: i64,
    rx_rate_limit_kbps: i64,
    tx_rate_limit_kbps: i64,
}

/// The envelope of every answer of Omada.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope<T> {
    pub error_code: i64,
    pub msg: String,
    pub result: T,
}

#[derive(Debug, Deserialize)]
struct OmadaCreated {
    id: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    pub mode: i64,
    pub custom_rate_limit: CustomRateLimit,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomRateLimit {
    pub down_limit_enable: bool,
    pub down_limit: i64,
    pub up_limit_enable: bool,
    pub up_limit: i64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OmadaCreate<'a> {
    name: &'a str,
    amount: i32,
    code_length: i32,
    code_form: &'a [i64],
    limit_type: i64,
    limit_num: i32,
    duration_type: i64,
    duration: i64,
    timing_type: i64,
    rate_limit: RateLimit,
    traffic_limit_enable: bool,
    traffic_limit: i64,
    traffic_limit_frequency: i64,
    unit_price: i64,
    currency: &'a str,
    apply_to_all_portals: bool,
    validity_type: i64,
    logout: bool,
    description: &'a str,
    print_comments: &'a str,
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

/// A client of both vendors.
#[derive(Clone)]
pub struct ByHand {
    http: Client,
    url: String,
}

impl ByHand {
    pub fn new(url: &str) -> Self {
        Self { http: Client::new(), url: url.to_owned() }
    }

    async fn create_unifi(&self) -> reqwest::Result<UnifiCreated> {
        let body = UnifiCreate {
            name: "Lobby #1042",
            count: 1,
            authorized_guest_limit: 2,
            time_limit_minutes: 1440,
            data_usage_limit_mbytes: 500,
            rx_rate_limit_kbps: 5000,
            tx_rate_limit_kbps: 1000,
        };
        self.unifi(self.http.post(format!("{}{UNIFI_VOUCHERS}", self.url)).json(&body)).await
    }

    async fn read_unifi(&self, id: Uuid) -> reqwest::Result<UnifiVoucher> {
        self.unifi(self.http.get(format!("{}{UNIFI_VOUCHERS}/{id}", self.url))).await
    }

    async fn page_unifi(&self, offset: usize) -> reqwest::Result<UnifiPage> {
        let query = [("offset", offset), ("limit", PAGE)];
        self.unifi(self.http.get(format!("{}{UNIFI_VOUCHERS}", self.url)).query(&query)).await
    }

    async fn create_omada(&self) -> reqwest::Result<OmadaCreated> {
        let body = OmadaCreate {
            name: "Lobby",
            amount: 50,
            code_length: 8,
            code_form: &[0, 1],
            limit_type: 0,
            limit_num: 2,
            duration_type: 1,
            duration: 60,
            timing_type: 1,
            rate_limit: RateLimit {
                mode: 0,
                custom_rate_limit: CustomRateLimit {
                    down_limit_enable: true,
                    down_limit: 5000,
                    up_limit_enable: true,
                    up_limit: 1000,
                },
            },
            traffic_limit_enable: true,
            traffic_limit: 500,
            traffic_limit_frequency: 1,
            unit_price: 5,
            currency: "EUR",
            apply_to_all_portals: true,
            validity_type: 0,
            logout: true,
            description: "the lobby",
            print_comments: "Welcome",
        };
        self.omada(self.http.post(format!("{}{OMADA_HOTSPOT}/voucher-groups", self.url)).json(&body)).await
    }

    async fn read_omada(&self, id: &str) -> reqwest::Result<OmadaVoucher> {
        self.omada(self.http.get(format!("{}{OMADA_HOTSPOT}/vouchers/{id}", self.url))).await
    }

    async fn page_omada(&self, id: &str) -> reqwest::Result<OmadaGroup> {
        let query = [("page", 1), ("pageSize", PAGE)];
        self.omada(self.http.get(format!("{}{OMADA_HOTSPOT}/voucher-groups/{id}", self.url)).query(&query)).await
    }

    async fn unifi<T: DeserializeOwned>(&self, request: RequestBuilder) -> reqwest::Result<T> {
        request.header("X-API-Key", API_KEY).send().await?.error_for_status()?.json().await
    }

    async fn omada<T: DeserializeOwned>(&self, request: RequestBuilder) -> reqwest::Result<T> {
        let response = request.header("Authorization", format!("AccessToken={TOKEN}")).send().await?;
        let envelope: Envelope<T> = response.error_for_status()?.json().await?;
        assert_eq!(envelope.error_code, 0, "{}", envelope.msg);
        Ok(envelope.result)
    }

    /// Reads all vouchers page after page, and says how many there were.
    pub async fn read_all(&self) -> usize {
        let mut read = 0;
        loop {
            let page = self.page_unifi(read).await.expect("a page by hand");
            for voucher in &page.data {
                std::hint::black_box(voucher);
            }
            read += page.data.len();
            if page.data.is_empty() || read as i64 >= page.total_count {
                return read;
            }
        }
    }
}

impl Side for ByHand {
    const NAME: &'static str = "by-hand";
    const CASES: &'static [Case] = &Case::ALL;

    async fn call(&self, case: Case) -> usize {
        match case {
            Case::UnifiCreate => self.create_unifi().await.map(|created| created.vouchers.len()),
            Case::UnifiRead => self.read_unifi(UNIFI_ID).await.map(|voucher| usize::from(voucher.id == UNIFI_ID)),
            Case::UnifiPage => self.page_unifi(0).await.map(|page| page.data.len()),
            Case::OmadaCreate => self.create_omada().await.map(|created| usize::from(created.id == GROUP_ID)),
            Case::OmadaRead => self.read_omada(VOUCHER_ID).await.map(|voucher| usize::from(voucher.id == VOUCHER_ID)),
            Case::OmadaPage => self.page_omada(GROUP_ID).await.map(|group| group.data.len()),
        }
        .expect("a call by hand")
    }
}
