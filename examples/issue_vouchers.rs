//! Issues vouchers on both vendors, and prints what a person behind a reception desk wants to see.
//!
//! By default on the sandbox, which plays both controllers. On a real controller where the environment names one:
//! `OMADA_URL`, `OMADA_ID`, `OMADA_CLIENT_ID`, `OMADA_CLIENT_SECRET` and `OMADA_SITE`; `UNIFI_URL`, `UNIFI_API_KEY` and
//! `UNIFI_SITE`.

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use hotspot_vouchers::VoucherCode;
use hotspot_vouchers::{omada, unifi};
use hotspot_vouchers_sandbox::Sandbox;
use jiff::{Timestamp, ToSpan};

const VOUCHERS: i32 = 5;
const MINUTES: i64 = 1440;
const CODES_DEADLINE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = run().await;
    if let Err(error) = &outcome {
        eprintln!("error: {error}");
        let mut cause = error.source();
        while let Some(source) = cause {
            eprintln!("  because: {source}");
            cause = source.source();
        }
    }
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn run() -> Result<(), Box<dyn Error>> {
    // Both clients are set up before anything is sent, so that a wrong environment issues nothing.
    let omada_names = ["OMADA_URL", "OMADA_ID", "OMADA_CLIENT_ID", "OMADA_CLIENT_SECRET", "OMADA_SITE"];
    let unifi_names = ["UNIFI_URL", "UNIFI_API_KEY", "UNIFI_SITE"];
    let (omada_settings, unifi_settings) = (settings(omada_names)?, settings(unifi_names)?);
    let sandbox = Sandbox::start().await;

    let omada_settings = omada_settings.unwrap_or_else(|| {
        let omada = sandbox.omada();
        [omada.url(), omada.omadac_id(), omada.client_id(), omada.client_secret(), omada.site_id()].map(str::to_owned)
    });
    let unifi_settings = unifi_settings.unwrap_or_else(|| {
        let unifi = sandbox.unifi();
        [unifi.url(), unifi.api_key(), unifi.site_id()].map(str::to_owned)
    });
    let [omada_url, omadac_id, client_id, client_secret, site_id] = omada_settings;
    let client = omada::Client::builder(&omada_url, omadac_id).client_credentials(client_id, client_secret).build();
    let omada_site = client.and_then(|client| client.site(site_id)).map_err(|error| format!("Omada: {error}"))?;

    let [unifi_url, api_key, site_id] = unifi_settings;
    let site_id = site_id.parse().map_err(|_| format!("UniFi: the site is {site_id:?}, but its id is a UUID"))?;
    let client = unifi::Client::builder(&unifi_url).api_key(api_key).build();
    let unifi_site = client.map_err(|error| format!("UniFi: {error}"))?.site(site_id);

    println!("Omada at {omada_url}");
    issue_on_omada(&omada_site).await?;
    println!("\nUniFi at {unifi_url}");
    issue_on_unifi(&unifi_site).await
}

/// The values of the variables, or nothing where none of them is set.
fn settings<const N: usize>(names: [&str; N]) -> Result<Option<[String; N]>, String> {
    let values = names.map(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let missing: Vec<&str> =
        names.iter().zip(&values).filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    match missing.len() {
        0 => Ok(Some(values.map(Option::unwrap_or_default))),
        count if count == N => Ok(None),
        _ => Err(format!(
            "the environment names a controller by halves: set {} too, or unset all of {} to use the sandbox",
            missing.join(" and "),
            names.join(", ")
        )),
    }
}

async fn issue_on_omada(site: &omada::Site) -> Result<(), Box<dyn Error>> {
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
    println!("  {VOUCHERS} vouchers in the group {name:?}: 1 use, {} h, 20 Mbit/s down, 5 Mbit/s up", MINUTES / 60);
    // The controller makes the codes after it has answered.
    for code in site.codes_of_group(&group_id, VOUCHERS, CODES_DEADLINE).await? {
        println!("    {code}");
    }

    let history = site.voucher_history(now - 168.hours()..Timestamp::now() + 1.second()).await?;
    let summary = history.summary.unwrap_or_default();
    let (count, minutes) = (summary.count.unwrap_or_default(), summary.duration.unwrap_or_default());
    println!("  Last seven days: {count} vouchers, {} h in all", minutes / 60);
    for bucket in history.usage.unwrap_or_default().iter().filter(|bucket| bucket.count != Some(0)) {
        if let (Some(count), Some(end)) = (bucket.count, bucket.time) {
            println!("    {count} until {end}");
        }
    }
    Ok(())
}

async fn issue_on_unifi(site: &unifi::Site) -> Result<(), Box<dyn Error>> {
    let request = unifi::CreateVouchers::builder()
        .name("Reception")
        .count(VOUCHERS)
        .authorized_guest_limit(1)
        .time_limit_minutes(MINUTES)
        .rx_rate_limit_kbps(20_000)
        .tx_rate_limit_kbps(5_000)
        .build();
    let vouchers = site.create_vouchers(&request).await?;
    println!("  {} vouchers: 1 guest, {} h, 20 Mbit/s down, 5 Mbit/s up", vouchers.len(), MINUTES / 60);
    for voucher in &vouchers {
        println!("    {}", dashed(&voucher.code));
    }
    if let Some(first) = vouchers.first() {
        let voucher = site.voucher(first.id).await?;
        let state = if voucher.expired { "expired" } else { "good" };
        let (used, code) = (voucher.authorized_guest_count, dashed(&voucher.code));
        println!(
            "  Read back: {code} is {state}, used by {used} guests, {} h from its first use",
            voucher.time_limit_minutes / 60
        );
    }
    Ok(())
}

/// Portals show the ten digits of a code as two groups of five.
fn dashed(code: &VoucherCode) -> String {
    match code.as_str().split_at_checked(5) {
        Some((first, second)) if second.len() == 5 => format!("{first}-{second}"),
        _ => code.to_string(),
    }
}
