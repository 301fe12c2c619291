use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::group::EXPIRED;
use crate::omada::group_view::{settings, validity, without_nulls};
use crate::omada::pattern;

/// What a voucher shows of its group beside its own fields.
const OF_GROUP: [&str; 16] = [
    "limitType",
    "limitNum",
    "durationType",
    "duration",
    "timingType",
    "expirationTime",
    "effectiveTime",
    "description",
    "rateLimit",
    "trafficLimitEnable",
    "trafficLimit",
    "trafficLimitFrequency",
    "unitPrice",
    "currency",
    "portalNames",
    "logout",
];

/// One voucher, with what it has from its group.
pub(crate) fn answer(call: &Call<'_>) -> Result<Value, Canned> {
    let state = call.state();
    let (group, voucher) = state.voucher(call.id)?;
    let mut result = settings(call.omada, group);
    result.retain(|name, _| OF_GROUP.contains(&name.as_str()));
    let is_used_up = group.number("limitType") == Some(0) && group.number("limitNum") <= Some(voucher.uses);
    result.extend(without_nulls(json!({
        "id": voucher.id,
        "code": voucher.code,
        "createdTime": group.created_unix_millis,
        "used": voucher.uses,
        // Guests of the sandbox cause no traffic, so there is always some left.
        "trafficLeft": true,
        "trafficUsed": 0,
        "startTime": voucher.started_unix_millis.unwrap_or(0),
        "valid": group.status(voucher, call.now) != EXPIRED && !is_used_up,
        "validity": validity(group),
        "printComments": group.text("printComments"),
    })));
    result.extend(pattern::on_voucher(call.omada, group));
    Ok(Value::Object(result))
}
