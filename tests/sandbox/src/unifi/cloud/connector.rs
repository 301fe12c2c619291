use std::sync::Arc;

use crate::canned::Canned;
use crate::fault::Paging;
use crate::intake::Intake;
use crate::received::Received;
use crate::serve::Controller;
use crate::unifi::cloud::{error, hosts};
use crate::unifi::console::Unifi;
use crate::unifi::routes;

const CONSOLES: &str = "/v1/connector/consoles/";

/// What may stand before `/integration`: the vendor's page has it both ways.
const APPLICATIONS: [&str; 2] = ["proxy/network", "network"];

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The second door to the console: `https://api.ui.com`, with a key of its own.
pub(crate) struct Cloud(Arc<Unifi>);

impl Cloud {
    pub(crate) fn new(unifi: Arc<Unifi>) -> Self {
        Self(unifi)
    }
}

impl Controller for Cloud {
    fn intake(&self) -> &Intake {
        self.0.intake()
    }

    fn answer(&self, request: &Received) -> Canned {
        let scripted = self.0.intake().scripted();
        scripted.unwrap_or_else(|| answer(&self.0, request).unwrap_or_else(|refusal| refusal))
    }

    fn failure(&self, status: u16, _: &Received) -> Canned {
        error::failure(status)
    }

    fn paging(&self, request: &Received) -> Option<&'static Paging> {
        self.0.paging(request)
    }
}

fn answer(unifi: &Unifi, request: &Received) -> Result<Canned, Canned> {
    if request.header("x-api-key") != Some(unifi.cloud_api_key()) {
        return Err(error::unauthorized());
    }
    if request.path == "/v1/hosts" {
        allow(request, &["GET"])?;
        return hosts::answer(unifi, request);
    }
    let path = application_path(request).ok_or_else(error::not_found)?;
    allow(request, &METHODS)?;
    reach(unifi, &request.segments()[3])?;
    Ok(routes::answer(unifi, &unifi.call(request, path)))
}

/// What follows the console in the path, from `/integration` on.
fn application_path(request: &Received) -> Option<&str> {
    let (_, path) = request.path.strip_prefix(CONSOLES)?.split_once('/')?;
    let path = APPLICATIONS.iter().find_map(|application| path.strip_prefix(application))?;
    path.starts_with('/').then_some(path)
}

/// Refuses every verb but these.
fn allow(request: &Received, verbs: &[&str]) -> Result<(), Canned> {
    if verbs.contains(&request.method.as_str()) { Ok(()) } else { Err(error::method_not_allowed(verbs)) }
}

/// Whether the connector gets through to this console now.
fn reach(unifi: &Unifi, console_id: &str) -> Result<(), Canned> {
    let mut account = unifi.account().lock();
    let is_there = console_id == unifi.console_id();
    if !is_there && !account.other_consoles.iter().any(|id| id == console_id) {
        return Err(error::forbidden());
    }
    if is_there {
        account.rate.pass(unifi.now_unix_millis()).map_err(error::rate_limit)?;
    }
    if is_there && !account.offline { Ok(()) } else { Err(error::device_timeout()) }
}
