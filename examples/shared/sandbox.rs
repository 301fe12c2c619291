//! A sandbox on which something has happened: vouchers were issued, and some of them used.

use std::error::Error;

use hotspot_vouchers::{omada, unifi};
use hotspot_vouchers_sandbox::Sandbox;
use jiff::{Timestamp, ToSpan};

use super::Controllers;

/// Both controllers of a new sandbox, some days after they issued their first vouchers.
pub async fn start() -> Result<Controllers, Box<dyn Error>> {
    let sandbox = Sandbox::start().await;
    let controllers = history(sandbox, Timestamp::now() - 48.hours()).await?;
    if let Some(sandbox) = &controllers.sandbox {
        sandbox.clock().release();
    }
    Ok(controllers)
}

/// The controllers of a sandbox, on which five vouchers each were issued at this moment. Two were used, and last an hour. There
/// the clock stands still.
pub async fn history(sandbox: Sandbox, moment: Timestamp) -> Result<Controllers, Box<dyn Error>> {
    sandbox.clock().set_unix_millis(moment.as_millisecond());
    let (omada, unifi) = (sandbox.omada(), sandbox.unifi());
    let client = omada::Client::builder(omada.url()).omadac_id(omada.omadac_id());
    let client = client.client_credentials(omada.client_id(), omada.client_secret()).build()?;
    let omada_site = client.site(omada.site_id())?;
    let group = omada::CreateVoucherGroup::builder()
        .name("Stock of the first day")
        .amount(5)
        .code_length(8)
        .code_form([omada::CodeForm::Number])
        .limit(omada::Limit::Uses(1))
        .duration(omada::Duration::PerVoucher { minutes: 60 })
        .timing(omada::TimingType::Time)
        .rate_limit(omada::RateLimits::None)
        .traffic_limit(omada::TrafficLimit::None)
        .portals(omada::Portals::All)
        .price(omada::Price { unit_price: 3, currency: omada::Currency::Eur })
        .build();
    let group = omada_site.create_voucher_group(&group).await?;
    omada.codes().iter().take(2).for_each(|code| omada.mark_used(group.as_str(), code));

    let unifi_site = unifi::Client::builder(unifi.url()).api_key(unifi.api_key()).build()?;
    let unifi_site = unifi_site.site(unifi.site_id().parse()?);
    let vouchers = unifi::CreateVouchers::builder().name("Stock").count(5).time_limit_minutes(60).build();
    for voucher in unifi_site.create_vouchers(&vouchers).await?.iter().take(2) {
        unifi.mark_used(&voucher.id.to_string());
    }
    Ok(Controllers { omada: Some(omada_site), unifi: Some(unifi_site), sandbox: Some(sandbox) })
}
