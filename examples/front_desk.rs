//! One voucher, now, for the guest at the desk: printed so large that it can be read from the other side.
//!
//! ```sh
//! cargo run --example front_desk               # for a day
//! cargo run --example front_desk -- 60         # for an hour
//! cargo run --example front_desk -- 60 1042    # for an hour, with the number of the receipt
//! ```
//!
//! If it ends with an error, run it again with the same receipt: a voucher that was sold already is printed once more, and no
//! second one is sold.
//!
//! On every controller that the environment names, or on the sandbox; `issue_vouchers` says how.

pub mod shared;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use hotspot_vouchers::{IdempotencyKey, VoucherCode, omada, unifi};
use jiff::Timestamp;

use shared::large::large;
use shared::{Controllers, Outcome};

const USAGE: &str = "front_desk [MINUTES] [RECEIPT]";
const DAY_MINUTES: i64 = 1440;
const DEADLINE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    shared::play(async |arguments, controllers, out| run(arguments, controllers, out).await).await
}

/// Issues one voucher on each controller.
pub async fn run(arguments: &[String], controllers: &Controllers, out: &mut impl Write) -> Outcome {
    shared::no_more(arguments, 2, USAGE)?;
    let minutes = shared::parse(arguments, 0, "a whole number of minutes", USAGE)?.unwrap_or(DAY_MINUTES);
    let receipt = match arguments.get(1) {
        Some(receipt) => IdempotencyKey::new(receipt)?,
        None => IdempotencyKey::new(Timestamp::now().strftime("%F-%H%M%S%.3f").to_string())?,
    };
    if let Some(site) = &controllers.omada {
        let code = on_omada(site, minutes, &receipt).await?;
        writeln!(out, "Omada, good for {minutes} minutes: {code}\n\n{}", large(code.as_str()))?;
    }
    if let Some(site) = &controllers.unifi {
        let code = on_unifi(site, minutes, &receipt).await?;
        writeln!(out, "UniFi, good for {minutes} minutes: {code}\n\n{}", large(&code))?;
    }
    Ok(())
}

async fn on_omada(
    site: &omada::Site,
    minutes: i64,
    receipt: &IdempotencyKey,
) -> Result<VoucherCode, Box<dyn std::error::Error>> {
    let group = omada::CreateVoucherGroup::builder()
        .name("Desk")
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
    let sold = site.create_voucher_group_once(&group, receipt, DEADLINE).await?;
    sold.codes.into_iter().next().ok_or_else(|| "the group has no voucher".into())
}

async fn on_unifi(
    site: &unifi::Site,
    minutes: i64,
    receipt: &IdempotencyKey,
) -> Result<String, Box<dyn std::error::Error>> {
    let voucher = unifi::CreateVouchers::builder().name("Desk").authorized_guest_limit(1).time_limit_minutes(minutes);
    let sold = site.create_vouchers_once(&voucher.build(), receipt).await?;
    Ok(shared::dashed(&sold.first().ok_or("the console answered no voucher that can be read")?.code))
}
