use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::omada::group::{EXPIRED, Group, IN_USE, UNUSED, Voucher};
use crate::omada::group_view::{count, count_used, counts, settings, without_nulls};
use crate::omada::page::Page;
use crate::omada::pattern;
use crate::omada::sort::Sort;
use crate::order::Order;

const BYTES_PER_MEGABYTE: i64 = 1024 * 1024;

/// Which rows of a group are asked for.
struct Listing<'a> {
    page: Page,
    sort: Option<Sort>,
    status: Option<i64>,
    search: &'a str,
    order: Order,
}

/// The group's settings, counters, paging and vouchers, all side by side.
pub(crate) fn answer(call: &Call<'_>) -> Result<Value, Canned> {
    let listing = Listing::read(call)?;
    let state = call.state();
    let group = state.group(call.id)?;
    let vouchers = state.ready_vouchers(group, call.now);
    let mut result = settings(call.omada, group);
    result.extend(counters(group, vouchers, &listing, call.now));
    result.extend(pattern::on_group(call.omada, &state, group).map(|shown| ("voucherPattern".to_owned(), shown)));
    Ok(Value::Object(result))
}

impl<'a> Listing<'a> {
    fn read(call: &'a Call<'_>) -> Result<Self, Canned> {
        let page = Page::read(call)?;
        let sort = Sort::read(call, &[("sorts.code", "code")])?;
        let status = call.request.query_value("filters.status");
        if !matches!(status, None | Some("0" | "1" | "2")) {
            return Err(envelope::invalid("filters.status", "is none of [0, 1, 2]"));
        }
        Ok(Self {
            page,
            sort,
            status: status.and_then(|status| status.parse().ok()),
            search: call.search(),
            order: call.state().order,
        })
    }

    fn rows<'v>(&self, group: &Group, found: &[&'v Voucher], now: i64) -> Vec<&'v Voucher> {
        let matches = |voucher: &&Voucher| self.status.is_none_or(|status| group.status(voucher, now) == status);
        let mut rows: Vec<&Voucher> = found.iter().copied().filter(matches).collect();
        self.order.arrange(&mut rows, |voucher| &voucher.id);
        if let Some(sort) = &self.sort {
            sort.order(&mut rows, |one, other| one.code.cmp(&other.code));
        }
        rows
    }
}

/// Counts follow the search, amounts and `statisticsCount` do not, and `totalRows` follows the
/// status filter as well.
fn counters(group: &Group, vouchers: &[Voucher], listing: &Listing<'_>, now: i64) -> Map<String, Value> {
    let all: Vec<&Voucher> = vouchers.iter().collect();
    let found: Vec<&Voucher> = vouchers.iter().filter(|voucher| voucher.code.contains(listing.search)).collect();
    let rows = listing.rows(group, &found, now);
    let mut counters = counts(group, &found, now);
    counters.extend(without_nulls(json!({
        "unusedAmount": group.price_of(count(group, &all, UNUSED, now)),
        "usedAmount": group.price_of(count_used(&all)),
        "totalAmount": group.price_of(all.len()),
        "statisticsCount": {
            "totalUnusedCount": count(group, &all, UNUSED, now),
            "totalInUseCount": count(group, &all, IN_USE, now),
            "totalExpiredCount": count(group, &all, EXPIRED, now),
            "totalStatisticsCount": all.len(),
        },
        "totalRows": rows.len(),
        "currentPage": listing.page.number,
        "currentSize": listing.page.size,
        "data": listing.page.of(&rows).map(|voucher| without_nulls(row(group, voucher, now))).collect::<Vec<_>>(),
    })));
    counters
}

fn row(group: &Group, voucher: &Voucher, now: i64) -> Value {
    let custom = group.settings["rateLimit"].get("customRateLimit");
    let speed = |switch: &str, name: &str| custom.filter(|custom| custom[switch] == true)?.get(name);
    let traffic = group.settings["trafficLimitEnable"] == true;
    let traffic_limit = group.number("trafficLimit").filter(|_| traffic);
    let used_seconds = group.used_seconds(voucher, now);
    // The page says that these two are not displayed when each client's own usage is timed.
    let by_client_usage = group.number("timingType") == Some(1) && group.number("durationType") == Some(0);
    let shown = |seconds: i64| (!by_client_usage).then_some(seconds);
    json!({
        "id": voucher.id,
        "code": voucher.code,
        "status": group.status(voucher, now),
        "trafficUsed": 0,
        "trafficUnused": traffic_limit.map(|megabytes| megabytes * BYTES_PER_MEGABYTE),
        "trafficLimit": traffic_limit,
        "trafficLimitFrequency": group.number("trafficLimitFrequency").filter(|_| traffic),
        "downLimit": speed("downLimitEnable", "downLimit"),
        "upLimit": speed("upLimitEnable", "upLimit"),
        // The page calls this the expiration; live controllers show the activation, and 0 before
        // it.
        "startTime": voucher.started_unix_millis.unwrap_or(0),
        // On no page, but in live answers: there is no end.
        "endTime": i64::MAX,
        "timeUsedSec": shown(used_seconds),
        "timeLeftSec": shown(group.duration_seconds() - used_seconds),
        "timingByClientUsage": by_client_usage,
    })
}
