//! What a guest wants to know of a code: is it still good, and for how long?
//!
//! ```sh
//! cargo run --example self_service -- 12345-67890
//! ```
//!
//! On every controller that the environment names, or on the sandbox; `issue_vouchers` says how. On the sandbox the code can be
//! left out, as nobody knows one.

pub mod shared;

use std::io::Write;
use std::process::ExitCode;

use hotspot_vouchers::{omada, unifi};

use shared::{Controllers, Outcome};

const USAGE: &str = "self_service CODE";

#[tokio::main]
async fn main() -> ExitCode {
    shared::play(async |arguments, controllers, out| run(arguments, controllers, out).await).await
}

/// Says what a code is good for, on each controller.
pub async fn run(arguments: &[String], controllers: &Controllers, out: &mut impl Write) -> Outcome {
    shared::no_more(arguments, 1, USAGE)?;
    let of_sandbox = controllers.sandbox.as_ref().and_then(|sandbox| sandbox.unifi().codes().into_iter().next());
    let code = arguments.first().cloned().or(of_sandbox);
    let code = code.ok_or_else(|| format!("the code is missing; usage: {USAGE}"))?;
    // Guests type what they see: dashes and spaces too.
    let code: String = code.chars().filter(|c| *c != '-' && !c.is_whitespace()).collect();
    if code.is_empty() {
        return Err(format!("the code is empty; usage: {USAGE}").into());
    }
    if let Some(site) = &controllers.omada {
        match site.find_voucher(code.as_str()).await? {
            Some((_, voucher)) => writeln!(out, "Omada: {}", state_on_omada(&voucher))?,
            None => writeln!(out, "Omada: there is no such code")?,
        }
    }
    if let Some(site) = &controllers.unifi {
        match site.voucher_by_code(&code).await? {
            Some(voucher) => writeln!(out, "UniFi: {}", state_on_unifi(&voucher))?,
            None => writeln!(out, "UniFi: there is no such code")?,
        }
    }
    Ok(())
}

fn state_on_omada(voucher: &omada::SimpleVoucher) -> String {
    let left = voucher.time_left_sec.map(|seconds| format!(", {} minutes left", seconds / 60)).unwrap_or_default();
    match voucher.status {
        Some(omada::VoucherStatus::Unused) => "good, and not used yet".to_owned(),
        Some(omada::VoucherStatus::InUse) => format!("in use{left}"),
        Some(omada::VoucherStatus::Expired) => "expired".to_owned(),
        other => format!("in a state that nobody documents: {other:?}"),
    }
}

fn state_on_unifi(voucher: &unifi::Voucher) -> String {
    let until = voucher.expires_at.map(|end| format!(", until {end:.0}")).unwrap_or_default();
    match voucher.state() {
        unifi::VoucherState::Unused => match voucher.time_limit_minutes {
            Some(minutes) => format!("good for {minutes} minutes, and not used yet"),
            None => "not used yet".to_owned(),
        },
        unifi::VoucherState::InUse => format!("in use{until}"),
        unifi::VoucherState::UsedUp => format!("in use{until}, and by nobody else"),
        unifi::VoucherState::Expired => "expired".to_owned(),
        other => format!("{other:?}"),
    }
}
