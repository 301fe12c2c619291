use serde_json::json;

use crate::canned::Canned;
use crate::serve::Controller;
use crate::unifi::call::Call;
use crate::unifi::console::Unifi;
use crate::unifi::error;
use crate::unifi::filter;
use crate::unifi::neighbours::Neighbour;
use crate::unifi::page::List;
use crate::unifi::site::Site;
use crate::unifi::state::State;
use crate::unifi::version::Version;
use crate::unifi::{clients, vouchers};

/// The version that brought vouchers, and all that is done to guests.
const FIRST_WITH_VOUCHERS: [u32; 3] = [9, 1, 119];

const SITES: List = List { default_limit: 25, largest_limit: 200, properties: filter::SITES };

/// Answers a call that one of the doors let through; a refusal and a success are both answers.
pub(crate) fn answer(unifi: &Unifi, call: &Call) -> Canned {
    let segments = call.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let verbs = verbs(&call.version, &segments);
    let method = call.request.method.as_str();
    // A path that does not exist and a wrong verb are refused as such, whatever the site.
    if verbs.is_empty() {
        return error::no_endpoint(call);
    } else if !verbs.contains(&method) {
        return error::method_not_allowed(call, verbs);
    }
    if let ("GET", ["integration", "v1", "sites", _, "hotspot", "vouchers"]) = (method, segments.as_slice()) {
        unifi.run_list_hook();
    }
    let mut state = unifi.state().lock();
    let answer = match segments.as_slice() {
        ["integration", "v1", "info"] => {
            Ok(Canned::status(200).json(json!({"applicationVersion": call.version.to_string()})))
        }
        ["integration", "v1", "sites"] => SITES.page(call).map(|page| page.of(state.sites().map(Site::view))),
        ["integration", "v1", "sites", site_id, path @ ..] => site_answer(call, &mut state, site_id, path),
        _ => Err(error::no_endpoint(call)),
    };
    if answer.is_ok() {
        unifi.intake().note_carried_out(call.request);
    }
    answer.unwrap_or_else(|refusal| refusal)
}

/// The verbs of a path; none if this version has no such path.
fn verbs(version: &Version, segments: &[&str]) -> &'static [&'static str] {
    let ["integration", "v1", path @ ..] = segments else { return &[] };
    match path {
        ["info"] | ["sites"] | ["sites", _, "clients"] => &["GET"],
        ["sites", _, path @ ..] if Neighbour::find(path, version).is_some() => &["GET"],
        _ if version.is_before(&FIRST_WITH_VOUCHERS) => &[],
        ["sites", _, "clients", _] => &["GET"],
        ["sites", _, "clients", _, "actions"] => &["POST"],
        ["sites", _, "hotspot", "vouchers"] => &["GET", "POST", "DELETE"],
        ["sites", _, "hotspot", "vouchers", _] => &["GET", "DELETE"],
        _ => &[],
    }
}

/// The calls of one site, by what follows its id in the path.
fn site_answer(call: &Call, state: &mut State, site_id: &str, path: &[&str]) -> Result<Canned, Canned> {
    let site = open_site(call, state, site_id)?;
    if let Some(neighbour) = Neighbour::find(path, &call.version) {
        return neighbour.list(call);
    }
    match (call.request.method.as_str(), path) {
        (_, ["clients"]) => clients::list(call, site),
        (_, ["clients", client_id]) => clients::show(call, site, client_id),
        (_, ["clients", client_id, "actions"]) => clients::act(call, site, client_id),
        ("GET", ["hotspot", "vouchers"]) => vouchers::list(call, site),
        ("POST", ["hotspot", "vouchers"]) => vouchers::create(call, site),
        ("DELETE", ["hotspot", "vouchers"]) => vouchers::delete_matching(call, site),
        ("GET", ["hotspot", "vouchers", voucher_id]) => vouchers::show(call, site, voucher_id),
        ("DELETE", ["hotspot", "vouchers", voucher_id]) => vouchers::delete(call, site, voucher_id),
        _ => Err(error::no_endpoint(call)),
    }
}

fn open_site<'a>(call: &Call, state: &'a mut State, site_id: &str) -> Result<&'a mut Site, Canned> {
    let id = call.uuid("siteId", site_id)?;
    state.sites_mut().find(|site| site.id == id).ok_or_else(|| error::not_found(call, "site", &id))
}
