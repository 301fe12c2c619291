//! Issues vouchers on both vendors, by the library.

use std::env::var;
use std::error::Error;
use std::time::Duration;

use hotspot_vouchers::{omada, unifi};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = omada::Client::builder(var("OMADA_URL")?.as_str())
        .omadac_id(var("OMADA_ID")?)
        .client_credentials(var("OMADA_CLIENT_ID")?, var("OMADA_CLIENT_SECRET")?)
        .build()?;
    let site = client.site(var("OMADA_SITE")?)?;
    let group = omada::CreateVoucherGroup::builder()
        .name("Lobby")
        .amount(50)
        .code_length(8)
        .code_form([omada::CodeForm::Number])
        .limit(omada::Limit::Uses(1))
        .duration(omada::Duration::PerClient { minutes: 1440 })
        .timing(omada::TimingType::Time)
        .rate_limit(omada::RateLimits::None)
        .traffic_limit(omada::TrafficLimit::None)
        .portals(omada::Portals::All)
        .build();
    let group_id = site.create_voucher_group(&group).await?;
    for code in site.codes_of_group(&group_id, group.amount, Duration::from_secs(30)).await? {
        println!("{code}");
    }

    let client = unifi::Client::builder(var("UNIFI_URL")?).api_key(var("UNIFI_API_KEY")?).build()?;
    let site = client.site(var("UNIFI_SITE")?.parse()?);
    let vouchers = unifi::CreateVouchers::builder().name("Lobby").count(10).time_limit_minutes(1440).build();
    for voucher in site.create_vouchers(&vouchers).await? {
        println!("{}", voucher.code);
    }
    Ok(())
}
