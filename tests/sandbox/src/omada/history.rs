use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::omada::ledger::{Issue, totals, totals_with_duration};
use crate::omada::period::Period;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;
/// No limit is published; three years of days are more than anybody charts, and keep an answer
/// small.
const LARGEST_NUMBER_OF_DAYS: i64 = 1100;

/// What was issued in a period, in the site or in one group, deleted vouchers too.
pub(crate) fn answer(call: &Call<'_>) -> Result<Value, Canned> {
    let period = Period::read(call)?;
    let Period { start, end } = period;
    if day(end) - day(start) >= LARGEST_NUMBER_OF_DAYS {
        return Err(envelope::invalid("filters.timeEnd", "is too many days after filters.timeStart"));
    }
    let state = call.state();
    let issues = state.issues(call.id)?.into_iter().filter(|issue| period.contains(issue.issued_second()));
    let issued: Vec<(&Issue, i64)> = issues.map(|issue| (issue, issue.vouchers)).collect();
    // A period that ends at midnight touches the next day in one second only. That day has a bucket
    // when something was issued in that second, and is left out otherwise, so that whole days in
    // are as many buckets out.
    let last_issue = issued.iter().map(|(issue, _)| issue.issued_second()).max();
    let last_day = day(end.saturating_sub(1).max(start)).max(last_issue.map_or(i64::MIN, day));
    let buckets = (day(start)..=last_day).map(|bucket| {
        let of_day = issued.iter().copied().filter(|(issue, _)| day(issue.issued_second()) == bucket);
        let mut point = totals(&of_day.collect::<Vec<_>>());
        // A bucket carries the midnight that ends it, and lasts this many hours.
        point.insert("time".to_owned(), json!((bucket + 1).saturating_mul(SECONDS_PER_DAY * 1000)));
        point.insert("timeInterval".to_owned(), json!(24));
        Value::Object(point)
    });
    let buckets: Vec<Value> = buckets.collect();
    Ok(json!({"summary": totals_with_duration(&issued), "usage": buckets}))
}

/// The number of a UTC day since 1970: the sandbox's site lies on the zero meridian.
fn day(unix_seconds: i64) -> i64 {
    unix_seconds.div_euclid(SECONDS_PER_DAY)
}
