use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::omada::page::Page;
use crate::omada::sort::Sort;

const NAME: &str = "Sandbox";
const BASIC: i64 = 0;
const KINDS: [i64; 2] = [BASIC, 1];

/// The only site, when it passes the filters. It has no tags, so that a filter by tag finds
/// nothing.
pub(crate) fn list(call: &Call<'_>) -> Result<Value, Canned> {
    let page = Page::read(call)?;
    Sort::read(call, &[("sorts.name", "name")])?;
    let kind = kind(call)?;
    let tag = call.request.query_value("filters.tag").filter(|tag| !tag.is_empty());
    let is_found = NAME.contains(call.search()) && tag.is_none() && kind.is_none_or(|kind| kind == BASIC);
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

/// The requested kind of site. The page documents it as a text with one of two numbers.
fn kind(call: &Call<'_>) -> Result<Option<i64>, Canned> {
    let Some(text) = call.request.query_value("filters.type").filter(|text| !text.is_empty()) else { return Ok(None) };
    let kind = KINDS.into_iter().find(|kind| kind.to_string() == text);
    kind.map(Some).ok_or_else(|| envelope::invalid("filters.type", &format!("is none of {KINDS:?}")))
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
