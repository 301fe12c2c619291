//! Shows which vouchers are good for nothing any more, and deletes them where it is told to.
//!
//! ```sh
//! cargo run --example clean_up                       # lists the expired ones
//! cargo run --example clean_up -- expired --delete   # lists and deletes them
//! cargo run --example clean_up -- unused             # lists those that nobody has used
//! ```
//!
//! On every controller that the environment names, or on the sandbox; `issue_vouchers` says how.

pub mod shared;

use std::io::Write;
use std::process::ExitCode;

use hotspot_vouchers::{omada, unifi};

use shared::{Controllers, Outcome};

const USAGE: &str = "clean_up [expired|unused] [--delete]";

#[tokio::main]
async fn main() -> ExitCode {
    shared::play(async |arguments, controllers, out| run(arguments, controllers, out).await).await
}

/// Lists what would go on each controller, and lets it go where the arguments say so.
pub async fn run(arguments: &[String], controllers: &Controllers, out: &mut impl Write) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (what, deletes) = match words.as_slice() {
        [] => ("expired", false),
        ["--delete"] => ("expired", true),
        [what @ ("expired" | "unused")] => (*what, false),
        [what @ ("expired" | "unused"), "--delete"] => (*what, true),
        _ => return Err(format!("{words:?} is not understood; usage: {USAGE}").into()),
    };
    let (status, filter) = match what {
        "unused" => (omada::VoucherStatus::Unused, unifi::Voucher::AUTHORIZED_GUEST_COUNT.eq(0)),
        _ => (omada::VoucherStatus::Expired, unifi::Voucher::EXPIRED.eq(true)),
    };
    if let Some(site) = &controllers.omada {
        let purge = site.plan_purge(omada::Selection::All, status).await?;
        for group in purge.groups() {
            writeln!(out, "Omada, the group {:?}", group.name.as_deref().unwrap_or_default())?;
            for code in group.vouchers.iter().filter_map(|voucher| voucher.code.as_ref()) {
                writeln!(out, "  {code}")?;
            }
        }
        let listed = purge.vouchers().count();
        let deleted = if deletes { Some(purge.run().await?) } else { None };
        conclude(out, "Omada", what, listed, purge.unreadable().len(), deleted)?;
    }
    if let Some(site) = &controllers.unifi {
        let purge = site.plan_purge(filter).await?;
        for voucher in purge.vouchers() {
            writeln!(
                out,
                "UniFi, {:?}: {}",
                voucher.name.as_deref().unwrap_or_default(),
                shared::dashed(&voucher.code)
            )?;
        }
        let listed = purge.vouchers().len();
        let deleted = if deletes { Some(purge.run().await?) } else { None };
        conclude(out, "UniFi", what, listed, purge.unreadable().len(), deleted)?;
    }
    Ok(())
}

fn conclude(
    out: &mut impl Write,
    vendor: &str,
    what: &str,
    listed: usize,
    unreadable: usize,
    deleted: Option<i64>,
) -> std::io::Result<()> {
    if unreadable > 0 {
        writeln!(out, "{vendor}: {unreadable} more could not be read, and stay")?;
    }
    match deleted {
        Some(deleted) => writeln!(out, "{vendor}: {listed} {what}, {deleted} deleted"),
        None => writeln!(out, "{vendor}: {listed} {what}, none deleted; `{what} --delete` deletes them"),
    }
}
