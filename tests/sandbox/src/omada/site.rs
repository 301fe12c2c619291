use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::page::Page;
use crate::omada::sort::Sort;

const NAME: &str = "Sandbox";
const BASIC: &str = "0";

/// The only site, when it passes the filters. It has no tags, so that a filter by tag finds
/// nothing.
pub(crate) fn list(call: &Call<'_>) -> Result<Value, Canned> {
    let page = Page::read(call)?;
    Sort::read(call, &[("sorts.name", "name")])?;
    let filter = |name: &str| call.request.query_value(name).filter(|value| !value.is_empty());
    let is_found = NAME.contains(call.search())
        && filter("filters.tag").is_none()
        && filter("filters.type").is_none_or(|kind| kind == BASIC);
    let site = json!({
        "siteId": call.omada.site_id(),
        "name": NAME,
        "tagIds": [],
        "region": "United Kingdom",
        "timeZone": "UTC",
        "scenario": "Hotel",
        "type": 0,
        "supportES": true,
        "supportL2": true,
    });
    Ok(page.grid(if is_found { std::slice::from_ref(&site) } else { &[] }))
}

/// The portals: a bare list, no grid.
pub(crate) fn portals(call: &Call<'_>) -> Result<Value, Canned> {
    const HOTSPOT: i64 = 11;
    const VOUCHER: i64 = 3;
    let portal = |(index, id): (usize, &String)| {
        json!({
            "id": id,
            "name": call.omada.portal_name(id),
            "enable": true,
            "ssidList": [call.omada.ssid_ids()[index]],
            "networkList": [call.omada.network_ids()[index]],
            "authType": HOTSPOT,
            "hotspotTypes": [VOUCHER],
        })
    };
    Ok(call.omada.portal_ids().iter().enumerate().map(portal).collect())
}
