//! The calls as somebody writes them by hand on reqwest and serde, for exactly these answers. Nothing is checked, nothing has a
//! deadline, nothing is repeated: it is the price to be near.

use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::answers::{API_KEY, GROUP_ID, OMADA_HOTSPOT, PAGE, TOKEN, UNIFI_ID, UNIFI_VOUCHERS, VOUCHER_ID};
use crate::case::{Case, Side};
use crate::shapes::{
    CustomRateLimit, Envelope, OmadaCreate, OmadaCreated, OmadaGroup, OmadaVoucher, RateLimit, UnifiCreate,
    UnifiCreated, UnifiPage, UnifiVoucher,
};

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
