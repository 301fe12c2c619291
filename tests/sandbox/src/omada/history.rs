use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::omada::controller::Omada;
use crate::omada::envelope;
use crate::omada::group::Group;
use crate::received::Received;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;
/// No limit is published; three years of days are more than anybody charts, and keep an answer
/// small.
const LARGEST_NUMBER_OF_DAYS: i64 = 1100;

/// What was issued from one second to another, both counted in: a client asks up to "now", and
/// means it.
pub(crate) fn answer(omada: &Omada, request: &Received) -> Result<Value, Canned> {
    let now = omada.now_unix_millis();
    let second = |name| {
        let second: Option<i64> = request.query_number(name);
        second.ok_or_else(|| envelope::bad_request(&request.path, now))
    };
    let (start, end) = (second("filters.timeStart")?, second("filters.timeEnd")?);
    if end < start {
        return Err(envelope::invalid("filters.timeEnd", "is before filters.timeStart"));
    }
    if day(end) - day(start) >= LARGEST_NUMBER_OF_DAYS {
        return Err(envelope::invalid("filters.timeEnd", "is too many days after filters.timeStart"));
    }
    let state = omada.state().lock();
    let issued: Vec<&Group> =
        state.groups.iter().filter(|group| (start..=end).contains(&issued_second(group))).collect();
    // A period that ends at midnight touches the next day in one second only. That day has a bucket
    // when something was issued in that second, and is left out otherwise, so that whole days in
    // are as many buckets out.
    let last_issue = issued.iter().map(|group| issued_second(group)).max();
    let last_day = day(end.saturating_sub(1).max(start)).max(last_issue.map_or(i64::MIN, day));
    let buckets = (day(start)..=last_day).map(|bucket| {
        let of_day: Vec<&Group> = issued.iter().copied().filter(|group| day(issued_second(group)) == bucket).collect();
        let mut point = totals(&of_day);
        // A bucket carries the midnight that ends it, and lasts this many hours.
        point.insert("time".to_owned(), json!((bucket + 1).saturating_mul(SECONDS_PER_DAY * 1000)));
        point.insert("timeInterval".to_owned(), json!(24));
        Value::Object(point)
    });
    let buckets: Vec<Value> = buckets.collect();
    let mut summary = totals(&issued);
    let minutes = |group: &&Group| group.number("duration").unwrap_or(0) * issued_vouchers(group);
    summary.insert("duration".to_owned(), json!(issued.iter().map(minutes).sum::<i64>()));
    Ok(json!({"summary": summary, "usage": buckets}))
}

/// Count and amount; the currency is left out when nothing had a price, and the amount is "0" then.
fn totals(groups: &[&Group]) -> Map<String, Value> {
    let price = |group: &Group| group.number("unitPrice").unwrap_or(0);
    let count: i64 = groups.iter().map(|group| issued_vouchers(group)).sum();
    let amount: i64 = groups.iter().map(|group| price(group) * issued_vouchers(group)).sum();
    let currency = groups.iter().filter(|group| price(group) > 0).find_map(|group| group.text("currency"));
    let mut totals = Map::new();
    totals.insert("count".to_owned(), json!(count));
    totals.insert("amount".to_owned(), json!(amount.to_string()));
    if let Some(currency) = currency {
        totals.insert("currency".to_owned(), json!(currency));
    }
    totals
}

fn issued_vouchers(group: &Group) -> i64 {
    i64::try_from(group.vouchers.len()).unwrap_or(i64::MAX)
}

fn issued_second(group: &Group) -> i64 {
    group.created_unix_millis.div_euclid(1000)
}

/// The number of a UTC day since 1970: the sandbox's site lies on the zero meridian.
fn day(unix_seconds: i64) -> i64 {
    unix_seconds.div_euclid(SECONDS_PER_DAY)
}
