use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::controller::Omada;
use crate::omada::group::Group;
use crate::omada::{create_rules, detail, envelope, history, token};
use crate::received::Received;

pub(crate) const TOKEN_PATH: &str = "/openapi/authorize/token";

/// Answers a request; a refusal and a success are both answers.
pub(crate) fn answer(omada: &Omada, request: &Received) -> Canned {
    let segments = request.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let answer = match segments.as_slice() {
        ["openapi", "authorize", "token"] if request.method == "POST" => token::issue(omada, request),
        ["openapi", "authorize", "token"] => Err(Canned::status(405).header("Allow", "POST")),
        ["openapi", "v1", omadac_id, path @ ..] => {
            resource(omada, request, omadac_id, path).map(|result| envelope::success("Success.", result))
        }
        _ => Err(envelope::refused(envelope::UNKNOWN_PATH)),
    };
    answer.unwrap_or_else(|refusal| refusal)
}

/// The calls that need a token, by what follows the controller's id in the path.
fn resource(omada: &Omada, request: &Received, omadac_id: &str, path: &[&str]) -> Result<Value, Canned> {
    token::authorize(omada, request)?;
    if omadac_id != omada.omadac_id() {
        return Err(envelope::unknown_controller());
    }
    match (request.method.as_str(), path) {
        ("POST", ["sites", site_id, "hotspot", "voucher-groups"]) => {
            open_site(omada, site_id)?;
            create(omada, request)
        }
        ("GET", ["sites", site_id, "hotspot", "voucher-groups", group_id]) => {
            open_site(omada, site_id)?;
            detail::answer(omada, request, group_id)
        }
        ("GET", ["sites", site_id, "hotspot", "vouchers", "statistics", "history"]) => {
            open_site(omada, site_id)?;
            history::answer(omada, request)
        }
        _ => Err(envelope::refused(envelope::UNKNOWN_PATH)),
    }
}

fn open_site(omada: &Omada, site_id: &str) -> Result<(), Canned> {
    if site_id != omada.site_id() {
        Err(envelope::refused(envelope::UNKNOWN_SITE))
    } else if omada.state().lock().site_busy {
        Err(envelope::refused(envelope::BUSY_SITE))
    } else {
        Ok(())
    }
}

/// Only the id comes back: the codes are read from the group, once they are there.
fn create(omada: &Omada, request: &Received) -> Result<Value, Canned> {
    let now = omada.now_unix_millis();
    let body = request.body.as_ref().and_then(Value::as_object);
    let body = body.ok_or_else(|| envelope::bad_request(&request.path, now))?;
    create_rules::GROUP.check(body).map_err(|broken| envelope::broken(&broken))?;
    let settings = create_rules::GROUP.known_part(body);
    let mut state = omada.state().lock();
    create_rules::refusal(omada, &state, &settings, now).map_or(Ok(()), |refusal| Err(envelope::refused(refusal)))?;
    let group = Group::issue(settings, now, &mut state.taken_codes);
    let id = group.id.clone();
    state.groups.push(group);
    Ok(json!({"id": id}))
}
