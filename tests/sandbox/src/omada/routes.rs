use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::controller::Omada;
use crate::omada::{
    create, currency, deletion, detail, distribution, envelope, export, group_list, history, logo, pattern, print,
    profile, record, sign_in, site, summary, token, voucher,
};
use crate::received::Received;
use crate::serve::Controller;

pub(crate) const TOKEN_PATH: &str = "/openapi/authorize/token";

type Answer = fn(&Call<'_>) -> Result<Value, Canned>;
/// Verb, path and answer; `{id}` stands for any one segment. The first row that fits answers, so
/// words stand before ids.
type Route = (&'static str, &'static str, Answer);

const CONTROLLER: &[Route] = &[("GET", "sites", site::list)];

const SITE: &[Route] = &[
    ("GET", "portals", site::portals),
    ("GET", "rate-limit-profiles", profile::list),
    ("POST", "rate-limit-profiles", profile::create),
];

const FILES: &[Route] = &[("POST", "vouchers/export", export::answer)];

const HOTSPOT: &[Route] = &[
    ("GET", "voucher-groups", group_list::answer),
    ("POST", "voucher-groups", create::group),
    ("GET", "voucher-groups/config-limit", create::limits),
    ("GET", "voucher-groups/currency-list", currency::list),
    ("GET", "voucher-groups/{id}", detail::answer),
    ("DELETE", "voucher-groups/{id}", deletion::group),
    ("POST", "voucher-groups/batch/delete", deletion::groups),
    ("DELETE", "voucher-groups/{id}/clear-invalid", deletion::expired_of_group),
    ("POST", "voucher-groups/batch/clear-invalid", deletion::expired_of_groups),
    ("GET", "voucher-groups/{id}/print-unused", print::unused_of_group),
    ("POST", "voucher-groups/batch/print-unused", print::unused_of_groups),
    ("GET", "vouchers/{id}", voucher::answer),
    ("DELETE", "vouchers/{id}", deletion::voucher),
    ("POST", "vouchers/batch/delete", deletion::vouchers),
    ("POST", "vouchers/batch/print", print::vouchers),
    ("GET", "vouchers/statistics/summary", summary::answer),
    ("GET", "vouchers/statistics/history", history::answer),
    ("GET", "vouchers/statistics/history/distribution/unit-price", distribution::by_price),
    ("GET", "vouchers/statistics/history/distribution/duration", distribution::by_duration),
    ("PATCH", "setting", currency::select),
    ("GET", "authed-records", record::list),
    ("POST", "authed-records/delete", record::delete_period),
    ("DELETE", "authed-records/{id}", record::delete),
    ("POST", "authed-records/{id}/disconnect", record::disconnect),
    ("POST", "authed-records/{id}/period", record::extend),
];

const HOTSPOT_SINCE_SIX: &[Route] = &[
    ("PATCH", "voucher-groups/{id}/pattern", pattern::edit),
    ("POST", "files/voucher/logos", logo::upload),
    ("GET", "files/voucher/logos/{id}", logo::answer),
    ("GET", "voucher-group-options", group_list::options),
    ("GET", "vouchers/statistics/summary/voucher-groups/{id}", summary::answer),
    ("GET", "vouchers/statistics/history/voucher-groups/{id}", history::answer),
    ("GET", "vouchers/statistics/history/distribution/unit-price/voucher-groups/{id}", distribution::by_price_in_group),
    (
        "GET",
        "vouchers/statistics/history/distribution/duration/voucher-groups/{id}",
        distribution::by_duration_in_group,
    ),
];

/// Answers a request; a refusal and a success are both answers.
pub(crate) fn answer(omada: &Omada, request: &Received) -> Canned {
    let segments = request.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let call = Call { omada, request, now: omada.now_unix_millis(), id: "" };
    let is_post = request.method == "POST";
    let answer = match segments.as_slice() {
        ["api", "info"] if request.method == "GET" => Ok(introduce(&call)),
        ["openapi", "authorize", "token"] if is_post => token::issue(&call),
        ["openapi", "authorize", "login"] if is_post => sign_in::login(&call),
        ["openapi", "authorize", "code"] if is_post => sign_in::code(&call),
        ["openapi", "authorize", "token" | "login" | "code"] => Err(Canned::status(405).header("Allow", "POST")),
        ["openapi", "v1", omadac_id, path @ ..] => {
            resource(call, omadac_id, path).map(|result| envelope::success("Success.", result))
        }
        _ => Err(envelope::refused(envelope::UNKNOWN_PATH)),
    };
    if answer.is_ok() {
        omada.intake().note_carried_out(request);
    }
    answer.unwrap_or_else(|refusal| refusal)
}

/// What anybody may know of a controller.
fn introduce(call: &Call<'_>) -> Canned {
    let result = json!({
        "controllerVer": call.state().controller_version,
        "apiVer": "3",
        "configured": true,
        "type": 1,
        "supportApp": true,
        "omadacId": call.omada.omadac_id(),
    });
    envelope::success("Success.", result)
}

/// The calls that need a token, by what follows the controller's id in the path.
fn resource<'a>(call: Call<'a>, omadac_id: &str, path: &[&'a str]) -> Result<Value, Canned> {
    token::authorize(&call)?;
    if omadac_id != call.omada.omadac_id() {
        return Err(envelope::unknown_controller());
    }
    let since_six = if call.state().is_version_six() { HOTSPOT_SINCE_SIX } else { &[] };
    let (site_id, tables, rest) = match path {
        ["files", "hotspot", "sites", site_id, rest @ ..] => (Some(site_id), [FILES, &[]], rest),
        ["sites", site_id, "hotspot", rest @ ..] => (Some(site_id), [HOTSPOT, since_six], rest),
        ["sites", site_id, rest @ ..] => (Some(site_id), [SITE, &[]], rest),
        rest => (None, [CONTROLLER, &[]], rest),
    };
    let mut routes = tables.into_iter().flatten().filter(|(method, ..)| *method == call.request.method);
    let found = routes.find_map(|(_, pattern, answer)| id_in(pattern, rest).map(|id| (id, answer)));
    let (id, answer) = found.ok_or_else(|| envelope::refused(envelope::UNKNOWN_PATH))?;
    site_id.map_or(Ok(()), |site_id| open_site(&call, site_id))?;
    answer(&Call { id, ..call })
}

/// The id in a path that fits the pattern; empty when the pattern has none.
fn id_in<'s>(pattern: &str, path: &[&'s str]) -> Option<&'s str> {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let fits = |(expected, segment): (&&str, &&str)| *expected == "{id}" || expected == segment;
    if pattern.len() != path.len() || !pattern.iter().zip(path).all(fits) {
        return None;
    }
    let id = pattern.iter().position(|expected| *expected == "{id}");
    Some(id.map_or("", |position| path[position]))
}

fn open_site(call: &Call<'_>, site_id: &str) -> Result<(), Canned> {
    if site_id != call.omada.site_id() {
        Err(envelope::refused(envelope::UNKNOWN_SITE))
    } else if call.state().site_busy {
        Err(envelope::refused(envelope::BUSY_SITE))
    } else {
        Ok(())
    }
}
