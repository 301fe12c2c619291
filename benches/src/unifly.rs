//! The calls by `unifly-api`, those that it can make: it expects another answer to a create.

use secrecy::SecretString;
use unifly_api::{ControllerPlatform, IntegrationClient, TlsMode, TransportConfig};

use crate::answers::{API_KEY, PAGE, UNIFI_ID};
use crate::case::{Case, Side};

/// Its client.
pub struct Unifly(IntegrationClient);

impl Unifly {
    pub fn new(url: &str) -> Self {
        let transport = TransportConfig { tls: TlsMode::System, ..TransportConfig::default() };
        let key = SecretString::from(API_KEY);
        let platform = ControllerPlatform::UnifiOs;
        Self(IntegrationClient::from_api_key(url, &key, &transport, platform).expect("a client of unifly-api"))
    }
}

impl Side for Unifly {
    const NAME: &'static str = "unifly";
    const CASES: &'static [Case] = &[Case::UnifiRead, Case::UnifiPage];

    async fn call(&self, case: Case) -> usize {
        match case {
            Case::UnifiRead => {
                let voucher = self.0.get_voucher(&UNIFI_ID, &UNIFI_ID).await.expect("a call of unifly-api");
                usize::from(voucher.id == UNIFI_ID)
            }
            _ => self.0.list_vouchers(&UNIFI_ID, 0, PAGE as i32).await.expect("a call of unifly-api").data.len(),
        }
    }
}
