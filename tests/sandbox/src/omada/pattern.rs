use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, optional};
use crate::omada::call::Call;
use crate::omada::controller::Omada;
use crate::omada::envelope;
use crate::omada::group::Group;
use crate::omada::group_view::{validity, without_nulls};
use crate::omada::state::State;

const ANY_TEXT: Kind = Kind::Text(0, usize::MAX);
const IDS: Kind = Kind::List(0, usize::MAX, &ANY_TEXT);
const DISABLED: i64 = 2;
const DISABLED_ON_BRIEF: i64 = 3;

/// The small letter in `ssidNetworkenable` is the page's; in answers it is a capital.
const PATTERN: Shape = Shape {
    fields: &[
        optional("durationEnable", Kind::Boolean),
        optional("limitEnable", Kind::Boolean),
        optional("logoPictureId", ANY_TEXT),
        optional("logoSize", Kind::Integer(50, 175)),
        optional("networkList", IDS),
        optional("patternType", Kind::Code(&[0, 1, 2])),
        optional("position", Kind::Code(&[0, 1, 2])),
        optional("printComments", ANY_TEXT),
        optional("ssidList", IDS),
        optional("ssidNetworkenable", Kind::Boolean),
        optional("title", ANY_TEXT),
        optional("titleSize", Kind::Integer(12, 18)),
    ],
    conditions: &[],
};

/// Changes what the request names, and leaves the rest of the pattern as it is.
pub(crate) fn edit(call: &Call<'_>) -> Result<Value, Canned> {
    let edit = call.body(&PATTERN)?;
    let mut state = call.state();
    let group = state.group(call.id)?;
    let (ssids, networks) = (ids(&edit, "ssidList"), ids(&edit, "networkList"));
    let logo = edit.get("logoPictureId").and_then(Value::as_str);
    let is_logo = |id: &str| state.logos.iter().any(|logo| logo.id == id);
    let all = |ids: &[&str], are: &dyn Fn(&str) -> bool| ids.iter().all(|id| are(id));
    let rows = [
        (!all(&ssids, &|id| call.omada.ssid_name(id).is_some()), envelope::UNKNOWN_SSID),
        (!all(&networks, &|id| call.omada.network_name(id).is_some()), envelope::UNKNOWN_NETWORK),
        (!all(&[ssids, networks].concat(), &|id| is_near(call.omada, group, id)), envelope::WRONG_PLACE),
        (logo.is_some_and(|id| !is_logo(id)), envelope::UNKNOWN_LOGO),
    ];
    if let Some((_, refusal)) = rows.into_iter().find(|(is_refused, _)| *is_refused) {
        return Err(envelope::refused(refusal));
    }
    state.group_mut(call.id)?.pattern.extend(edit);
    Ok(envelope::NO_RESULT)
}

/// The pattern as the group shows it; a group whose pattern was never edited shows none.
pub(crate) fn on_group(omada: &Omada, state: &State, group: &Group) -> Option<Value> {
    let pattern = &group.pattern;
    let logo = state.logos.iter().find(|logo| pattern.get("logoPictureId").is_some_and(|id| id == &logo.id));
    let names = [ssid_names(omada, pattern), network_names(omada, pattern)].concat();
    let mut shown = pattern.clone();
    shown.retain(|name, _| !["logoPictureId", "ssidNetworkenable"].contains(&name.as_str()));
    shown.extend(without_nulls(json!({
        "logoPicture": logo.map(|logo| logo.info(omada)),
        "ssidNetworkEnable": pattern.get("ssidNetworkenable"),
        "ssidNetworkNameList": names,
        "validity": validity(group),
    })));
    (!pattern.is_empty()).then_some(Value::Object(shown))
}

/// What the pattern adds to a voucher.
pub(crate) fn on_voucher(omada: &Omada, group: &Group) -> Map<String, Value> {
    let pattern = &group.pattern;
    let names = |names: Vec<String>| (pattern.get("ssidNetworkenable") == Some(&json!(true))).then_some(names);
    let mut shown = pattern.clone();
    shown.retain(|name, _| ["logoSize", "position", "printComments", "title", "titleSize"].contains(&name.as_str()));
    shown.extend(without_nulls(json!({
        "picId": pattern.get("logoPictureId"),
        "ssidNameList": names(ssid_names(omada, pattern)),
        "networkNameList": names(network_names(omada, pattern)),
    })));
    shown
}

/// What the pattern adds to a voucher that is to be printed: there, "disabled" has a number of its
/// own.
pub(crate) fn on_brief(omada: &Omada, group: &Group) -> Map<String, Value> {
    let kind = group.pattern.get("patternType").and_then(Value::as_i64);
    let kind = kind.map(|kind| if kind == DISABLED { DISABLED_ON_BRIEF } else { kind });
    let mut shown = on_voucher(omada, group);
    shown.extend(kind.map(|kind| ("patternType".to_owned(), json!(kind))));
    shown
}

/// Whether this is an SSID or a network of a portal that takes the group's vouchers.
fn is_near(omada: &Omada, group: &Group, id: &str) -> bool {
    let portals = group.portal_ids();
    omada.portal_of(id).is_some_and(|portal_id| portals.is_none_or(|portals| portals.contains(&portal_id)))
}

fn ssid_names(omada: &Omada, pattern: &Map<String, Value>) -> Vec<String> {
    ids(pattern, "ssidList").into_iter().filter_map(|id| omada.ssid_name(id)).collect()
}

fn network_names(omada: &Omada, pattern: &Map<String, Value>) -> Vec<String> {
    ids(pattern, "networkList").into_iter().filter_map(|id| omada.network_name(id)).collect()
}

fn ids<'p>(pattern: &'p Map<String, Value>, name: &str) -> Vec<&'p str> {
    let ids = pattern.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    ids.iter().filter_map(Value::as_str).collect()
}
