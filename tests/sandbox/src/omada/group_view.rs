use serde_json::{Map, Value, json};

use crate::clock::rfc3339;
use crate::omada::controller::Omada;
use crate::omada::group::{EXPIRED, Group, IN_USE, UNUSED, Voucher};

/// What the group was created with, as it is shown again: portals by name, and money as text.
pub(crate) fn settings(omada: &Omada, group: &Group) -> Map<String, Value> {
    const NOT_SHOWN: [&str; 6] = ["amount", "codeLength", "codeForm", "portals", "unitPrice", "currency"];
    let mut settings = group.settings.clone();
    settings.retain(|name, _| !NOT_SHOWN.contains(&name.as_str()));
    if let Some(ids) = group.portal_ids() {
        let names: Vec<String> = ids.into_iter().filter_map(|id| omada.portal_name(id)).collect();
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
    settings.extend(without_nulls(json!({
        "id": group.id,
        "createdTime": group.created_unix_millis,
        "creatorName": "Open API",
        "unitPrice": group.price_of(1),
        "currency": group.priced_currency(),
    })));
    settings
}

/// How many of these vouchers are in which state; those in use and those used up are both used.
pub(crate) fn counts(group: &Group, vouchers: &[&Voucher], now: i64) -> Map<String, Value> {
    without_nulls(json!({
        "unusedCount": count(group, vouchers, UNUSED, now),
        "usedCount": count_used(vouchers),
        "inUseCount": count(group, vouchers, IN_USE, now),
        "expiredCount": count(group, vouchers, EXPIRED, now),
        "totalCount": vouchers.len(),
    }))
}

pub(crate) fn count(group: &Group, vouchers: &[&Voucher], status: i64, now: i64) -> usize {
    vouchers.iter().filter(|voucher| group.status(voucher, now) == status).count()
}

pub(crate) fn count_used(vouchers: &[&Voucher]) -> usize {
    vouchers.iter().filter(|voucher| voucher.started_unix_millis.is_some()).count()
}

/// What is printed about the validity. Its form is on no page, so it is for people only; there is
/// none without both ends.
pub(crate) fn validity(group: &Group) -> Option<String> {
    let (start, end) = (group.number("effectiveTime")?, group.number("expirationTime")?);
    Some(format!("{} - {}", rfc3339(start, 0), rfc3339(end, 0)))
}

/// A controller leaves out what it does not know, where the page's sample suggests a null.
pub(crate) fn without_nulls(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(object) => object.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => Map::new(),
    }
}
