//! How many vouchers were sold and used, day by day.
//!
//! ```sh
//! cargo run --example report                            # the last seven days
//! cargo run --example report -- 2026-09-01 2026-09-30
//! ```
//!
//! On every controller that the environment names, or on the sandbox; `issue_vouchers` says how.

pub mod shared;

use std::error::Error;
use std::io::Write;
use std::ops::Range;
use std::process::ExitCode;

use hotspot_vouchers::{omada, unifi};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use shared::{Controllers, Outcome};

const USAGE: &str = "report [FIRST_DAY LAST_DAY]";

#[tokio::main]
async fn main() -> ExitCode {
    shared::play(async |arguments, controllers, out| run(arguments, controllers, out).await).await
}

/// Prints a table for each controller.
pub async fn run(arguments: &[String], controllers: &Controllers, out: &mut impl Write) -> Outcome {
    shared::no_more(arguments, 2, USAGE)?;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let day = |index| shared::parse::<Date>(arguments, index, "a day such as 2026-09-01", USAGE);
    let (first, last) = match (day(0)?, day(1)?) {
        (Some(first), Some(last)) => (first, last),
        (Some(_), None) => return Err(format!("the last day is missing; usage: {USAGE}").into()),
        _ => (today - 6.days(), today),
    };
    if last < first {
        return Err(format!("the last day, {last}, is before the first, {first}; usage: {USAGE}").into());
    }
    if let Some(site) = &controllers.omada {
        writeln!(out, "Omada       sold  used        earned")?;
        on_omada(site, start_of(first)?..start_of(last.tomorrow()?)?, out).await?;
    }
    if let Some(site) = &controllers.unifi {
        writeln!(out, "UniFi       sold  used")?;
        let mut day = first;
        while day <= last {
            let (sold, used) = on_unifi(site, start_of(day)?..start_of(day.tomorrow()?)?).await?;
            writeln!(out, "{day}  {sold:4}  {used:4}")?;
            day = day.tomorrow()?;
        }
    }
    Ok(())
}

fn start_of(day: Date) -> Result<Timestamp, jiff::Error> {
    Ok(day.to_zoned(TimeZone::UTC)?.timestamp())
}

/// The controller counts by the days of its site, and says of each when it begins and ends.
async fn on_omada(site: &omada::Site, period: Range<Timestamp>, out: &mut impl Write) -> Outcome {
    // Periods have whole seconds, and both of their ends count.
    let last_second = |end: Timestamp| end - 1.second();
    let history = site.voucher_history(period.start..last_second(period.end)).await?;
    for bucket in history.usage.unwrap_or_default() {
        let Some(day) = bucket.period() else { continue };
        let used = site.voucher_distribution_by_duration(day.start..last_second(day.end)).await?;
        let used: i64 = used.data.iter().flatten().filter_map(|row| row.used_count).map(i64::from).sum();
        // Noon is in the right day wherever the site is.
        let date = (day.start + 12.hours()).to_zoned(TimeZone::UTC).date();
        let earned = bucket.total_value().map(|money| money.to_string()).unwrap_or_default();
        writeln!(out, "{date}  {:4}  {used:4}  {earned:>12}", bucket.count.unwrap_or_default())?;
    }
    Ok(())
}

/// The console only counts; none of the vouchers is sent.
async fn on_unifi(site: &unifi::Site, day: Range<Timestamp>) -> Result<(i64, i64), Box<dyn Error>> {
    let created = unifi::Voucher::CREATED_AT.ge(day.start).and(unifi::Voucher::CREATED_AT.lt(day.end));
    let activated = unifi::Voucher::ACTIVATED_AT.ge(day.start).and(unifi::Voucher::ACTIVATED_AT.lt(day.end));
    Ok((site.count_vouchers(created).await?, site.count_vouchers(activated).await?))
}
