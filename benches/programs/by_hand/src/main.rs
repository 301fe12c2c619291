//! Issues vouchers on both vendors, written by hand.

use std::env::var;
use std::error::Error;
use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<T> {
    error_code: i64,
    msg: Option<String>,
    result: Option<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    access_token: String,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Deserialize)]
struct Vouchers {
    #[serde(alias = "vouchers")]
    data: Vec<Voucher>,
}

#[derive(Deserialize)]
struct Voucher {
    code: String,
}

async fn omada<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Box<dyn Error>> {
    let envelope: Envelope<T> = request.send().await?.error_for_status()?.json().await?;
    match (envelope.error_code, envelope.result) {
        (0, Some(result)) => Ok(result),
        (code, _) => Err(format!("{code}: {}", envelope.msg.unwrap_or_default()).into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let http = Client::new();
    let (url, omadac_id) = (var("OMADA_URL")?, var("OMADA_ID")?);
    let credentials = json!({
        "omadacId": omadac_id, "client_id": var("OMADA_CLIENT_ID")?, "client_secret": var("OMADA_CLIENT_SECRET")?
    });
    let request = http.post(format!("{url}/openapi/authorize/token?grant_type=client_credentials"));
    let token: Token = omada(request.json(&credentials)).await?;
    let token = format!("AccessToken={}", token.access_token);

    let amount = 50;
    let groups = format!("{url}/openapi/v1/{omadac_id}/sites/{}/hotspot/voucher-groups", var("OMADA_SITE")?);
    let group = json!({
        "name": "Lobby", "amount": amount, "codeLength": 8, "codeForm": [0], "limitType": 0, "limitNum": 1,
        "durationType": 0, "duration": 1440, "timingType": 0, "trafficLimitEnable": false, "applyToAllPortals": true,
        "rateLimit": {"mode": 0, "customRateLimit": {"downLimitEnable": false, "upLimitEnable": false}}
    });
    let created: Created = omada(http.post(&groups).header("Authorization", &token).json(&group)).await?;
    let mut vouchers: Vec<Voucher> = Vec::new();
    for _ in 0..30 {
        let request = http.get(format!("{groups}/{}", created.id)).query(&[("page", 1), ("pageSize", 1000)]);
        vouchers = omada::<Vouchers>(request.header("Authorization", &token)).await?.data;
        if vouchers.len() == amount {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    for voucher in vouchers {
        println!("{}", voucher.code);
    }

    let url = format!("{}/proxy/network/integration/v1/sites/{}", var("UNIFI_URL")?, var("UNIFI_SITE")?);
    let request = http.post(format!("{url}/hotspot/vouchers")).header("X-API-Key", var("UNIFI_API_KEY")?);
    let request = request.json(&json!({"name": "Lobby", "count": 10, "timeLimitMinutes": 1440}));
    let created: Vouchers = request.send().await?.error_for_status()?.json().await?;
    for voucher in created.data {
        println!("{}", voucher.code);
    }
    Ok(())
}
