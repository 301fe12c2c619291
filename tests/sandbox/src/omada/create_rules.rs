use serde_json::{Map, Value};

use crate::check::{Kind, Shape, optional, present, required, when};
use crate::omada::controller::Omada;
use crate::omada::currency::CURRENCIES;
use crate::omada::envelope::{self, Refusal};
use crate::omada::state::State;

/// How many vouchers one group may have.
pub(crate) const LARGEST_GROUP: i64 = 5000;

const ANY_INTEGER: Kind = Kind::Integer(i64::MIN, i64::MAX);
const ANY_TEXT: Kind = Kind::Text(0, usize::MAX);
const SPEED_KBPS: Kind = Kind::Integer(0, 10_485_760);
const LONGEST_VALIDITY_MILLIS: i64 = 1000 * 24 * 60 * 60 * 1000;

/// The table of the page that creates a voucher group. What the page does not say is not held
/// against a request: no field hangs on `trafficLimitEnable` or `downLimitEnable`, and descriptions
/// are of any length.
pub(crate) const GROUP: Shape = Shape {
    fields: &[
        required("name", Kind::Text(1, 32)),
        required("amount", Kind::Integer(1, LARGEST_GROUP)),
        required("codeLength", Kind::Integer(6, 10)),
        required("codeForm", Kind::Set(1, usize::MAX, &Kind::Code(&[0, 1]))),
        required("limitType", Kind::Code(&[0, 1, 2])),
        optional("limitNum", Kind::Integer(1, 999)),
        required("durationType", Kind::Code(&[0, 1])),
        required("duration", Kind::Integer(1, 14_400_000)),
        required("timingType", Kind::Code(&[0, 1])),
        required("rateLimit", Kind::Object(&RATE_LIMIT)),
        required("trafficLimitEnable", Kind::Boolean),
        optional("trafficLimit", Kind::Integer(1, 10_485_760)),
        optional("trafficLimitFrequency", Kind::Code(&[0, 1, 2, 3])),
        optional("unitPrice", Kind::Integer(1, 999_999_999)),
        optional("currency", ANY_TEXT),
        required("applyToAllPortals", Kind::Boolean),
        optional("portals", Kind::List(0, usize::MAX, &ANY_TEXT)),
        optional("expirationTime", ANY_INTEGER),
        optional("effectiveTime", ANY_INTEGER),
        optional("logout", Kind::Boolean),
        optional("description", ANY_TEXT),
        optional("printComments", ANY_TEXT),
        optional("validityType", Kind::Code(&[0, 1, 2])),
        optional("schedule", Kind::Object(&SCHEDULE)),
    ],
    conditions: &[
        when("limitType", &[0, 1]).require(&["limitNum"]),
        when("validityType", &[0]).forbid(&["effectiveTime", "expirationTime", "schedule"]),
        when("validityType", &[1]).require(&["effectiveTime", "expirationTime"]).forbid(&["schedule"]),
        when("validityType", &[2]).require(&["schedule"]).forbid(&["effectiveTime", "expirationTime"]),
    ],
};

const RATE_LIMIT: Shape = Shape {
    fields: &[
        required("mode", Kind::Code(&[0, 1])),
        optional("rateLimitProfileId", ANY_TEXT),
        optional("customRateLimit", Kind::Object(&CUSTOM_RATE_LIMIT)),
    ],
    conditions: &[
        when("mode", &[0]).require(&["customRateLimit"]).forbid(&["rateLimitProfileId"]),
        when("mode", &[1]).require(&["rateLimitProfileId"]).forbid(&["customRateLimit"]),
    ],
};

const CUSTOM_RATE_LIMIT: Shape = Shape {
    fields: &[
        required("downLimitEnable", Kind::Boolean),
        optional("downLimit", SPEED_KBPS),
        required("upLimitEnable", Kind::Boolean),
        optional("upLimit", SPEED_KBPS),
    ],
    conditions: &[],
};

const SCHEDULE: Shape = Shape {
    fields: &[
        required("type", Kind::Code(&[0, 1])),
        optional("dailyStartHour", Kind::Integer(0, 23)),
        optional("dailyStartMin", Kind::Integer(0, 59)),
        optional("dailyEndHour", Kind::Integer(0, 23)),
        optional("dailyEndMin", Kind::Integer(0, 59)),
        optional("weeklyEnableDays", Kind::Set(1, 7, &Kind::Integer(1, 7))),
    ],
    conditions: &[
        when("type", &[0]).require(&["dailyStartHour", "dailyStartMin", "dailyEndHour", "dailyEndMin"]),
        when("type", &[1]).require(&["weeklyEnableDays"]),
    ],
};

/// The first of the page's own error codes that the site has against a group whose shape is right.
pub(crate) fn refusal(omada: &Omada, state: &State, settings: &Map<String, Value>, now: i64) -> Option<Refusal> {
    let text = |name| present(settings, name).and_then(Value::as_str);
    let number = |name| present(settings, name).and_then(Value::as_i64);
    let portals = settings.get("portals").and_then(Value::as_array);
    let portals = portals.map_or(&[][..], Vec::as_slice);
    let is_bound = settings["applyToAllPortals"] == false;
    let is_known = |portal: &Value| omada.portal_ids().iter().any(|id| portal == id);
    let unsupported = |currency: &str| !CURRENCIES.contains(&currency);
    let unlike_others = |currency: &str| {
        let mut others = state.groups.iter().filter_map(|group| group.text("currency"));
        others.any(|other| other != currency)
    };
    let last_expiration = now.saturating_add(LONGEST_VALIDITY_MILLIS);
    let profile = settings["rateLimit"].get("rateLimitProfileId");
    let mut names = state.groups.iter().map(|group| group.text("name"));
    let amount = settings["amount"].as_u64().map_or(Ok(0), usize::try_from);
    let room = state.voucher_limit.saturating_sub(state.voucher_count());
    let rows = [
        (is_bound && portals.is_empty(), envelope::NO_PORTAL),
        (is_bound && !portals.iter().all(is_known), envelope::UNKNOWN_PORTAL),
        (text("currency").is_some_and(unsupported), envelope::UNKNOWN_CURRENCY),
        (text("currency").is_some_and(unlike_others), envelope::OTHER_CURRENCY),
        (number("expirationTime") > Some(last_expiration), envelope::EXPIRES_TOO_LATE),
        (profile.is_some_and(|id| !state.profiles.iter().any(|known| id == &known.id)), envelope::UNKNOWN_PROFILE),
        (names.any(|name| name == text("name")), envelope::NAME_TAKEN),
        (amount.is_ok_and(|amount| amount > room), envelope::TOO_MANY_VOUCHERS),
    ];
    let refused = rows.into_iter().find(|(is_refused, _)| *is_refused);
    refused.map(|(_, refusal)| refusal)
}
