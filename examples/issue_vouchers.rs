//! Issues vouchers on both vendors, and prints what a person behind a reception desk wants to see.
//!
//! By default on the sandbox, which plays both controllers. Where the environment names a real one, on that one and on no other:
//! `OMADA_URL`, `OMADA_ID`, `OMADA_CLIENT_ID`, `OMADA_CLIENT_SECRET` and `OMADA_SITE`; `UNIFI_URL`, `UNIFI_API_KEY` and
//! `UNIFI_SITE`.

pub mod shared;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use hotspot_vouchers::{omada, unifi};
use jiff::{Timestamp, ToSpan};

use shared::{Controllers, Outcome, dashed};

const VOUCHERS: i32 = 5;
const MINUTES: i64 = 1440;
const CODES_DEADLINE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    shared::play(async |arguments, controllers, out| run(arguments, controllers, out).await).await
}

/// Issues vouchers on each controller.
pub async fn run(arguments: &[String], controllers: &Controllers, out: &mut impl Write) -> Outcome {
    shared::no_more(arguments, 0, "issue_vouchers")?;
    if let Some(site) = &controllers.omada {
        writeln!(out, "Omada, site {}", site.id().as_str())?;
        issue_on_omada(site, out).await?;
    }
    if let Some(site) = &controllers.unifi {
        writeln!(out, "UniFi, site {}", site.id())?;
        issue_on_unifi(site, out).await?;
    }
    Ok(())
}

async fn issue_on_omada(site: &omada::Site, out: &mut impl Write) -> Outcome {
    let now = Timestamp::now();
    // The name of a group is unique on its site.
    let name = format!("Reception {}", now.strftime("%F %T"));
    let group = omada::CreateVoucherGroup::builder()
        .name(name.as_str())
        .amount(VOUCHERS)
        .code_length(8)
        .code_form([omada::CodeForm::Number])
        .limit(omada::Limit::Uses(1))
        .duration(omada::Duration::PerClient { minutes: MINUTES })
        .timing(omada::TimingType::Time)
        .rate_limit(omada::RateLimits::Kbps { down: Some(20_000), up: Some(5_000) })
        .traffic_limit(omada::TrafficLimit::None)
        .portals(omada::Portals::All)
        .build();
    let group_id = site.create_voucher_group(&group).await?;
    writeln!(
        out,
        "  {VOUCHERS} vouchers in the group {name:?}: 1 use, {} h, 20 Mbit/s down, 5 Mbit/s up",
        MINUTES / 60
    )?;
    // The controller makes the codes after it has answered.
    for code in site.codes_of_group(&group_id, VOUCHERS, CODES_DEADLINE).await? {
        writeln!(out, "    {code}")?;
    }

    let history = site.voucher_history(now - 168.hours()..Timestamp::now() + 1.second()).await?;
    let summary = history.summary.unwrap_or_default();
    let (count, minutes) = (summary.count.unwrap_or_default(), summary.duration.unwrap_or_default());
    writeln!(out, "  Last seven days: {count} vouchers, {} h in all", minutes / 60)?;
    for bucket in history.usage.unwrap_or_default().iter().filter(|bucket| bucket.count != Some(0)) {
        if let (Some(count), Some(end)) = (bucket.count, bucket.time) {
            writeln!(out, "    {count} until {end}")?;
        }
    }
    Ok(())
}

async fn issue_on_unifi(site: &unifi::Site, out: &mut impl Write) -> Outcome {
    let request = unifi::CreateVouchers::builder()
        .name("Reception")
        .count(VOUCHERS)
        .authorized_guest_limit(1)
        .time_limit_minutes(MINUTES)
        .rx_rate_limit_kbps(20_000)
        .tx_rate_limit_kbps(5_000)
        .build();
    let vouchers = site.create_vouchers(&request).await?;
    writeln!(out, "  {} vouchers: 1 guest, {} h, 20 Mbit/s down, 5 Mbit/s up", vouchers.len(), MINUTES / 60)?;
    for voucher in &vouchers {
        writeln!(out, "    {}", dashed(&voucher.code))?;
    }
    if let Some(first) = vouchers.first() {
        let voucher = site.voucher(first.id).await?;
        let state = if voucher.expired == Some(true) { "expired" } else { "good" };
        let (used, code) = (voucher.authorized_guest_count.unwrap_or_default(), dashed(&voucher.code));
        writeln!(
            out,
            "  Read back: {code} is {state}, used by {used} guests, {} h from its first use",
            voucher.time_limit_minutes.unwrap_or_default() / 60
        )?;
    }
    Ok(())
}
