//! Keeps so many unused vouchers in stock, to be handed out when nobody has time to issue one.
//!
//! ```sh
//! cargo run --example top_up          # ten
//! cargo run --example top_up -- 50
//! ```
//!
//! What is in stock is known by its name: other vouchers do not count. Run it every hour, and the stock never ends. On every
//! controller that the environment names, or on the sandbox; `issue_vouchers` says how.

pub mod shared;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use hotspot_vouchers::{omada, unifi};
use jiff::Timestamp;

use shared::{Controllers, Outcome};

const USAGE: &str = "top_up [STOCK]";
const STOCK: i64 = 10;
const NAME: &str = "Stock";
const MINUTES: i64 = 1440;
const CODES_DEADLINE: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> ExitCode {
    shared::play(async |arguments, controllers, out| run(arguments, controllers, out).await).await
}

/// Tops up the stock of each controller.
pub async fn run(arguments: &[String], controllers: &Controllers, out: &mut impl Write) -> Outcome {
    shared::no_more(arguments, 1, USAGE)?;
    let stock = shared::parse::<u32>(arguments, 0, "a whole number of vouchers", USAGE)?.map_or(STOCK, i64::from);
    if let Some(site) = &controllers.omada {
        let unused = unused_on_omada(site).await?;
        writeln!(out, "Omada: {unused} unused, {} to issue", (stock - unused).max(0))?;
        let mut missing = stock - unused;
        while missing > 0 {
            let amount = i32::try_from(missing).unwrap_or(i32::MAX).min(omada::CreateVoucherGroup::AMOUNT_MAX);
            issue_on_omada(site, amount, out).await?;
            missing -= i64::from(amount);
        }
    }
    if let Some(site) = &controllers.unifi {
        let in_stock = unifi::Voucher::NAME.eq(NAME).and(unifi::Voucher::AUTHORIZED_GUEST_COUNT.eq(0));
        let unused = site.count_vouchers(in_stock.and(unifi::Voucher::EXPIRED.eq(false))).await?;
        writeln!(out, "UniFi: {unused} unused, {} to issue", (stock - unused).max(0))?;
        let mut missing = stock - unused;
        while missing > 0 {
            let count = i32::try_from(missing).unwrap_or(i32::MAX).min(unifi::CreateVouchers::COUNT_MAX);
            issue_on_unifi(site, count, out).await?;
            missing -= i64::from(count);
        }
    }
    Ok(())
}

/// How many unused vouchers the groups of the stock have. Their counters tell; no voucher is read.
async fn unused_on_omada(site: &omada::Site) -> Result<i64, omada::Error> {
    let mut unused = 0;
    let groups = site.voucher_groups(omada::VoucherGroupListQuery::full_pages().search_key(NAME).build());
    pin_mut!(groups);
    while let Some(group) = groups.next().await {
        let group = group?;
        // The search is fuzzy.
        if group.name.is_some_and(|name| name.starts_with(NAME)) {
            unused += i64::from(group.unused_count.unwrap_or_default());
        }
    }
    Ok(unused)
}

async fn issue_on_omada(site: &omada::Site, amount: i32, out: &mut impl Write) -> Outcome {
    let group = omada::CreateVoucherGroup::builder()
        .name(Timestamp::now().strftime("Stock %F %H%M%S%.3f").to_string())
        .amount(amount)
        .code_length(8)
        .code_form([omada::CodeForm::Number])
        .limit(omada::Limit::Uses(1))
        .duration(omada::Duration::PerClient { minutes: MINUTES })
        .timing(omada::TimingType::Time)
        .rate_limit(omada::RateLimits::None)
        .traffic_limit(omada::TrafficLimit::None)
        .portals(omada::Portals::All)
        .build();
    let id = site.create_voucher_group(&group).await?;
    for code in site.codes_of_group(&id, amount, CODES_DEADLINE).await? {
        writeln!(out, "  {code}")?;
    }
    Ok(())
}

async fn issue_on_unifi(site: &unifi::Site, count: i32, out: &mut impl Write) -> Outcome {
    let request = unifi::CreateVouchers::builder().name(NAME).count(count).authorized_guest_limit(1);
    for voucher in site.create_vouchers(&request.time_limit_minutes(MINUTES).build()).await? {
        writeln!(out, "  {}", shared::dashed(&voucher.code))?;
    }
    Ok(())
}
