//! One voucher, now, for the guest at the desk: printed so large that it can be read from the other side.
//!
//! ```sh
//! cargo run --example front_desk          # for a day
//! cargo run --example front_desk -- 60    # for an hour
//! ```
//!
//! On every controller that the environment names, or on the sandbox; `issue_vouchers` says how.

pub mod shared;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use hotspot_vouchers::{omada, unifi};
use jiff::Timestamp;

use shared::large::large;
use shared::{Controllers, Outcome};

const USAGE: &str = "front_desk [MINUTES]";
const DAY_MINUTES: i64 = 1440;
const CODES_DEADLINE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    shared::play(async |arguments, controllers, out| run(arguments, controllers, out).await).await
}

/// Issues one voucher on each controller.
pub async fn run(arguments: &[String], controllers: &Controllers, out: &mut impl Write) -> Outcome {
    shared::no_more(arguments, 1, USAGE)?;
    let minutes = shared::parse(arguments, 0, "a whole number of minutes", USAGE)?.unwrap_or(DAY_MINUTES);
    if let Some(site) = &controllers.omada {
        let code = on_omada(site, minutes).await?;
        writeln!(out, "Omada, good for {minutes} minutes: {code}\n\n{}", large(code.as_str()))?;
    }
    if let Some(site) = &controllers.unifi {
        let code = on_unifi(site, minutes).await?;
        writeln!(out, "UniFi, good for {minutes} minutes: {code}\n\n{}", large(&code))?;
    }
    Ok(())
}

async fn on_omada(
    site: &omada::Site,
    minutes: i64,
) -> Result<hotspot_vouchers::VoucherCode, Box<dyn std::error::Error>> {
    // The name of a group is unique on its site.
    let name = Timestamp::now().strftime("Front desk %F %H%M%S%.3f").to_string();
    let group = omada::CreateVoucherGroup::builder()
        .name(name)
        .amount(1)
        .code_length(8)
        .code_form([omada::CodeForm::Number])
        .limit(omada::Limit::Uses(1))
        .duration(omada::Duration::PerClient { minutes })
        .timing(omada::TimingType::Time)
        .rate_limit(omada::RateLimits::None)
        .traffic_limit(omada::TrafficLimit::None)
        .portals(omada::Portals::All)
        .build();
    let id = site.create_voucher_group(&group).await?;
    let codes = site.codes_of_group(&id, group.amount, CODES_DEADLINE).await?;
    codes.into_iter().next().ok_or_else(|| "the group has no voucher".into())
}

async fn on_unifi(site: &unifi::Site, minutes: i64) -> Result<String, Box<dyn std::error::Error>> {
    let request = unifi::CreateVouchers::builder().name("Front desk").authorized_guest_limit(1);
    let vouchers = site.create_vouchers(&request.time_limit_minutes(minutes).build()).await?;
    Ok(shared::dashed(&vouchers.first().ok_or("the console answered no voucher that can be read")?.code))
}
