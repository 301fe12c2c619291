use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::omada::controller::Omada;
use crate::omada::envelope;
use crate::omada::group::{EXPIRED, Group, IN_USE, UNUSED, Voucher};
use crate::received::Received;

const BYTES_PER_MEGABYTE: i64 = 1024 * 1024;

/// Which rows of a group are asked for.
struct Listing<'a> {
    page: usize,
    page_size: usize,
    sort: Option<&'a str>,
    status: Option<i64>,
    search: &'a str,
}

/// The group's settings, counters, paging and vouchers, all side by side.
pub(crate) fn answer(omada: &Omada, request: &Received, group_id: &str) -> Result<Value, Canned> {
    let now = omada.now_unix_millis();
    let listing = Listing::read(request, now)?;
    let state = omada.state().lock();
    let group = state.groups.iter().find(|group| group.id == group_id);
    // No code is published for a group that is not there; a wrong parameter is what the controller
    // would see.
    let group = group.ok_or_else(|| envelope::invalid("groupId", "names no voucher group"))?;
    let ready_unix_millis = group.created_unix_millis.saturating_add(state.code_lag_millis);
    let is_ready = ready_unix_millis <= now;
    let vouchers = if is_ready { group.vouchers.as_slice() } else { &[] };
    let mut result = settings(omada, group);
    result.extend(without_nulls(counters(group, vouchers, &listing, now)));
    Ok(Value::Object(result))
}

impl<'a> Listing<'a> {
    fn read(request: &'a Received, now: i64) -> Result<Self, Canned> {
        let number = |name| {
            let number: Option<i32> = request.query_number(name);
            number.ok_or_else(|| envelope::bad_request(&request.path, now))
        };
        // A negative number is as wrong as 0, and reads as 0 from here on.
        let page = usize::try_from(number("page")?).unwrap_or(0);
        let page_size = usize::try_from(number("pageSize")?).unwrap_or(0);
        let sort = request.query_value("sorts.code");
        let status = request.query_value("filters.status");
        let is_sort = matches!(sort, None | Some("asc" | "desc"));
        let is_status = matches!(status, None | Some("0" | "1" | "2"));
        let rules = [
            (page >= 1, "page", "is less than 1"),
            ((1..=1000).contains(&page_size), "pageSize", "is outside the range 1-1000"),
            (is_sort, "sorts.code", "is neither asc nor desc"),
            (is_status, "filters.status", "is none of [0, 1, 2]"),
        ];
        match rules.into_iter().find(|(holds, ..)| !holds) {
            Some((_, name, complaint)) => Err(envelope::invalid(name, complaint)),
            None => Ok(Self {
                page,
                page_size,
                sort,
                status: status.and_then(|status| status.parse().ok()),
                search: request.query_value("searchKey").unwrap_or_default(),
            }),
        }
    }

    fn rows<'v>(&self, group: &Group, found: &[&'v Voucher], now: i64) -> Vec<&'v Voucher> {
        let matches = |voucher: &&Voucher| self.status.is_none_or(|status| group.status(voucher, now) == status);
        let mut rows: Vec<&Voucher> = found.iter().copied().filter(matches).collect();
        if self.sort.is_some() {
            rows.sort_by_key(|voucher| &voucher.code);
        }
        if self.sort == Some("desc") {
            rows.reverse();
        }
        rows
    }
}

/// What the group was created with, as it is shown again: portals by name, and money as text among
/// the counters.
fn settings(omada: &Omada, group: &Group) -> Map<String, Value> {
    const NOT_SHOWN: [&str; 6] = ["amount", "codeLength", "codeForm", "portals", "unitPrice", "currency"];
    let mut settings = group.settings.clone();
    settings.retain(|name, _| !NOT_SHOWN.contains(&name.as_str()));
    if group.settings["applyToAllPortals"] == false {
        let ids = group.settings["portals"].as_array().map_or(&[][..], Vec::as_slice);
        let names: Vec<String> = ids.iter().filter_map(|id| omada.portal_name(id.as_str()?)).collect();
        settings.insert("portalNames".to_owned(), json!(names));
    }
    if let Some(Value::Object(custom)) = settings["rateLimit"].get_mut("customRateLimit") {
        // A speed that is switched off is left out, even when the request gave one.
        for (switch, speed) in [("downLimitEnable", "downLimit"), ("upLimitEnable", "upLimit")] {
            if custom[switch] == false {
                custom.remove(speed);
            }
        }
    }
    settings
}

/// Counts follow the search, amounts and `statisticsCount` do not, and `totalRows` follows the
/// status filter as well.
fn counters(group: &Group, vouchers: &[Voucher], listing: &Listing<'_>, now: i64) -> Value {
    let count = |vouchers: &[&Voucher], status| vouchers.iter().filter(|it| group.status(it, now) == status).count();
    let count_used = |vouchers: &[&Voucher]| vouchers.iter().filter(|it| it.started_unix_millis.is_some()).count();
    let all: Vec<&Voucher> = vouchers.iter().collect();
    let found: Vec<&Voucher> = vouchers.iter().filter(|voucher| voucher.code.contains(listing.search)).collect();
    let rows = listing.rows(group, &found, now);
    let skipped = (listing.page - 1).saturating_mul(listing.page_size);
    let page = rows.iter().skip(skipped).take(listing.page_size);
    json!({
        "id": group.id,
        "createdTime": group.created_unix_millis,
        "creatorName": "Open API",
        "unitPrice": group.price_of(1),
        "currency": group.text("currency").filter(|_| group.number("unitPrice").is_some()),
        "unusedCount": count(&found, UNUSED),
        "usedCount": count_used(&found),
        "inUseCount": count(&found, IN_USE),
        "expiredCount": count(&found, EXPIRED),
        "totalCount": found.len(),
        "unusedAmount": group.price_of(count(&all, UNUSED)),
        "usedAmount": group.price_of(count_used(&all)),
        "totalAmount": group.price_of(all.len()),
        "statisticsCount": {
            "totalUnusedCount": count(&all, UNUSED),
            "totalInUseCount": count(&all, IN_USE),
            "totalExpiredCount": count(&all, EXPIRED),
            "totalStatisticsCount": all.len(),
        },
        "totalRows": rows.len(),
        "currentPage": listing.page,
        "currentSize": listing.page_size,
        "data": page.map(|voucher| without_nulls(row(group, voucher, now))).collect::<Vec<_>>(),
    })
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

/// A controller leaves out what it does not know, where the page's sample suggests a null.
fn without_nulls(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(object) => object.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => Map::new(),
    }
}
