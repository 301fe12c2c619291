use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::check::present;
use crate::unifi::action_rules::{ACTIONS, AUTHORIZE};
use crate::unifi::call::Call;
use crate::unifi::client::Client;
use crate::unifi::error;
use crate::unifi::filter;
use crate::unifi::page::List;
use crate::unifi::site::Site;

const LIST: List = List { default_limit: 25, largest_limit: 200, properties: filter::CLIENTS };

pub(crate) fn list(call: &Call, site: &Site) -> Result<Canned, Canned> {
    let page = LIST.page(call)?;
    Ok(page.of(site.clients.iter().map(|client| client.overview(call.now))))
}

pub(crate) fn show(call: &Call, site: &mut Site, client_id: &str) -> Result<Canned, Canned> {
    let client = open_client(call, site, client_id)?;
    Ok(Canned::status(200).json(client.detail(call.now)))
}

/// Does to a guest what the body's `action` says.
pub(crate) fn act(call: &Call, site: &mut Site, client_id: &str) -> Result<Canned, Canned> {
    let client = open_client(call, site, client_id)?;
    let action = present(call.object()?, "action").and_then(Value::as_str).unwrap_or_default();
    let Some((_, shape)) = ACTIONS.iter().find(|(name, _)| *name == action) else {
        return Err(error::unknown_type(call, "action", action, &ACTIONS.each_ref().map(|(name, _)| *name)));
    };
    let mut settings = call.body(shape)?;
    if !client.is_guest() {
        return Err(error::no_guest(call, &client.id));
    }
    settings.remove("action");
    let mut answer = Map::from_iter([("action".to_owned(), json!(action))]);
    if let Some(revoked) = client.revoke(call.now) {
        answer.insert("revokedAuthorization".to_owned(), revoked);
    }
    if action == AUTHORIZE {
        answer.insert("grantedAuthorization".to_owned(), client.authorize(settings, call.now));
    } else {
        client.reconnect(call.now);
    }
    Ok(Canned::status(200).json(Value::Object(answer)))
}

fn open_client<'a>(call: &Call, site: &'a mut Site, client_id: &str) -> Result<&'a mut Client, Canned> {
    let id = call.uuid("clientId", client_id)?;
    let client = site.clients.iter_mut().find(|client| client.id == id);
    client.ok_or_else(|| error::not_found(call, "client", &id))
}
