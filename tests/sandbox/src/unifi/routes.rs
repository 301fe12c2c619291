use serde_json::{Value, json};
use uuid::Uuid;

use crate::canned::Canned;
use crate::received::Received;
use crate::unifi::console::Unifi;
use crate::unifi::create_rules::VOUCHERS;
use crate::unifi::error;

/// Answers a request; a refusal and a success are both answers.
pub(crate) fn answer(unifi: &Unifi, request: &Received) -> Canned {
    if request.header("x-api-key") != Some(unifi.api_key()) {
        return error::unauthorized();
    }
    let segments = request.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let answer = match (request.method.as_str(), segments.as_slice()) {
        ("GET", ["proxy", "network", "integration", "v1", "info"]) => {
            Ok(Canned::status(200).json(json!({"applicationVersion": "10.1.68"})))
        }
        ("POST", ["proxy", "network", "integration", "v1", "sites", site_id, "hotspot", "vouchers"]) => {
            create(unifi, request, site_id)
        }
        ("GET", ["proxy", "network", "integration", "v1", "sites", site_id, "hotspot", "vouchers", voucher_id]) => {
            show(unifi, request, site_id, voucher_id)
        }
        _ => Err(error::no_endpoint(request, unifi.now_unix_millis())),
    };
    answer.unwrap_or_else(|refusal| refusal)
}

fn create(unifi: &Unifi, request: &Received, site_id: &str) -> Result<Canned, Canned> {
    open_site(unifi, request, site_id)?;
    let now = unifi.now_unix_millis();
    let body = request.body.as_ref().and_then(Value::as_object);
    let body = body.ok_or_else(|| error::not_json(request, now))?;
    let is_known = |name: &str| VOUCHERS.fields.iter().any(|field| field.name == name);
    if let Some(unknown) = body.keys().find(|name| !is_known(name)) {
        return Err(error::unknown_property(request, now, unknown));
    }
    VOUCHERS.check(body).map_err(|broken| error::broken(request, now, &broken))?;
    let mut settings = VOUCHERS.known_part(body);
    let count = settings.remove("count").and_then(|count| count.as_u64()).map_or(Ok(1), usize::try_from);
    let vouchers = unifi.issue(count.unwrap_or(1), &settings);
    Ok(Canned::status(201).json(json!({"vouchers": vouchers})))
}

fn show(unifi: &Unifi, request: &Received, site_id: &str, voucher_id: &str) -> Result<Canned, Canned> {
    open_site(unifi, request, site_id)?;
    let now = unifi.now_unix_millis();
    let voucher_id = uuid_argument(request, now, "voucherId", voucher_id)?;
    let voucher = unifi.show(&voucher_id).ok_or_else(|| error::not_found(request, now, "voucher", &voucher_id))?;
    Ok(Canned::status(200).json(voucher))
}

fn open_site(unifi: &Unifi, request: &Received, site_id: &str) -> Result<(), Canned> {
    let now = unifi.now_unix_millis();
    let site_id = uuid_argument(request, now, "siteId", site_id)?;
    if site_id == unifi.site_id() { Ok(()) } else { Err(error::not_found(request, now, "site", &site_id)) }
}

/// A path argument that must be a UUID in its 36 characters; returned in lower case, as ids are
/// kept.
fn uuid_argument(request: &Received, now: i64, name: &str, value: &str) -> Result<String, Canned> {
    let uuid = Uuid::try_parse(value).ok().filter(|_| value.len() == 36);
    uuid.map(|uuid| uuid.to_string()).ok_or_else(|| error::argument_type(request, now, name, value))
}
