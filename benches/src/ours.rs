//! The calls by the library.

use futures_util::{StreamExt, pin_mut};
use hotspot_vouchers::{omada, unifi};

use crate::answers::{API_KEY, GROUP_ID, OMADAC_ID, PAGE, SITE_ID, TOKEN, UNIFI_ID, VOUCHER_ID};
use crate::case::{Case, Side};

/// A site of each vendor, and what is asked of them. The requests are made once, as a till makes them once.
#[derive(Clone)]
pub struct Ours {
    unifi: unifi::Site,
    omada: omada::Site,
    group_id: omada::GroupId,
    voucher_id: omada::VoucherId,
}

impl Ours {
    pub fn new(url: &str) -> Self {
        let unifi = unifi::Client::builder(url).api_key(API_KEY).build().expect("a client of UniFi");
        let omada = omada::Client::builder(url)
            .omadac_id(OMADAC_ID)
            .client_credentials("an app", "its secret")
            .token(omada::Token::builder().access_token(TOKEN).build())
            .build()
            .expect("a client of Omada");
        Self {
            unifi: unifi.site(UNIFI_ID),
            omada: omada.site(SITE_ID).expect("a site"),
            group_id: omada::GroupId::new(GROUP_ID).expect("a group"),
            voucher_id: omada::VoucherId::new(VOUCHER_ID).expect("a voucher"),
        }
    }

    async fn unifi(&self, case: Case) -> Result<usize, unifi::Error> {
        Ok(match case {
            Case::UnifiCreate => self.unifi.create_vouchers(&vouchers()).await?.len(),
            Case::UnifiRead => usize::from(self.unifi.voucher(UNIFI_ID).await?.id == UNIFI_ID),
            _ => {
                let query = unifi::VoucherQuery::builder().offset(0).limit(PAGE as i32).build();
                self.unifi.voucher_page(&query).await?.data.map_or(0, |rows| rows.len())
            }
        })
    }

    async fn omada(&self, case: Case) -> Result<usize, omada::Error> {
        Ok(match case {
            Case::OmadaCreate => usize::from(self.omada.create_voucher_group(&group()).await?.as_str() == GROUP_ID),
            Case::OmadaRead => {
                usize::from(self.omada.voucher(&self.voucher_id).await?.id.as_deref() == Some(VOUCHER_ID))
            }
            _ => {
                let query = omada::VoucherGroupQuery::builder().page(1).page_size(PAGE as i32).build();
                self.omada.voucher_group(&self.group_id, &query).await?.data.map_or(0, |rows| rows.len())
            }
        })
    }

    /// Reads all vouchers as a stream, and says how many there were.
    pub async fn read_all(&self) -> usize {
        let vouchers = self.unifi.vouchers(None);
        pin_mut!(vouchers);
        let mut read = 0;
        while let Some(voucher) = vouchers.next().await {
            std::hint::black_box(voucher.expect("a voucher of the library's"));
            read += 1;
        }
        read
    }
}

impl Side for Ours {
    const NAME: &'static str = "ours";
    const CASES: &'static [Case] = &Case::ALL;

    async fn call(&self, case: Case) -> usize {
        match case {
            Case::UnifiCreate | Case::UnifiRead | Case::UnifiPage => {
                self.unifi(case).await.expect("a call of the library's")
            }
            Case::OmadaCreate | Case::OmadaRead | Case::OmadaPage => {
                self.omada(case).await.expect("a call of the library's")
            }
        }
    }
}

/// A request for a voucher of UniFi, with every field.
pub fn vouchers() -> unifi::CreateVouchers {
    unifi::CreateVouchers::builder()
        .name("Lobby #1042")
        .count(1)
        .authorized_guest_limit(2)
        .time_limit_minutes(1440)
        .data_usage_limit_mbytes(500)
        .rx_rate_limit_kbps(5000)
        .tx_rate_limit_kbps(1000)
        .build()
}

/// A request for a group of Omada.
pub fn group() -> omada::CreateVoucherGroup {
    omada::CreateVoucherGroup::builder()
        .name("Lobby")
        .amount(50)
        .code_length(8)
        .code_form([omada::CodeForm::Number, omada::CodeForm::Letter])
        .limit(omada::Limit::Uses(2))
        .duration(omada::Duration::PerVoucher { minutes: 60 })
        .timing(omada::TimingType::Usage)
        .rate_limit(omada::RateLimits::Kbps { down: Some(5000), up: Some(1000) })
        .traffic_limit(omada::TrafficLimit::Megabytes { limit: 500, every: omada::TrafficLimitFrequency::Daily })
        .price(omada::Price { unit_price: 5, currency: omada::Currency::Eur })
        .portals(omada::Portals::All)
        .validity(omada::Validity::AnyTime)
        .logout(true)
        .description("the lobby")
        .print_comments("Welcome")
        .build()
}
