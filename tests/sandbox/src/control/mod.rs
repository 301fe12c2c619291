//! The control port: over HTTP, what Rust code does with the controllers themselves.

mod body;
mod clock;
mod faults;
mod ledger;
mod setting;
mod voucher;

use std::sync::Arc;

use serde_json::{Value, json};

use crate::canned::Canned;
use crate::clock::Clock;
use crate::control::body::Mistake;
use crate::fault::Paging;
use crate::intake::Intake;
use crate::omada::Omada;
use crate::received::Received;
use crate::serve::Controller;
use crate::unifi::Unifi;

type Call = fn(&Control, &Received) -> Result<Value, Mistake>;

/// Every path with its verbs.
const CALLS: [(&str, &[(&str, Call)]); 7] = [
    ("/ledger", &[("GET", ledger::show)]),
    ("/clock", &[("GET", clock::show), ("POST", clock::set)]),
    ("/code-lag", &[("POST", setting::code_lag)]),
    ("/order", &[("POST", setting::order)]),
    ("/vouchers/use", &[("POST", voucher::take)]),
    ("/vouchers/expire", &[("POST", voucher::expire)]),
    ("/faults", &[("GET", faults::show), ("POST", faults::switch_on), ("DELETE", faults::switch_off)]),
];

/// Names of this machine. A request from a web page that reaches the port by another name is refused.
const HOSTS: [&str; 2] = ["127.0.0.1", "localhost"];

/// The controller behind the control port.
pub(crate) struct Control {
    omada: Arc<Omada>,
    unifi: Arc<Unifi>,
    clock: Arc<Clock>,
    intake: Intake,
}

impl Control {
    pub(crate) fn new(omada: Arc<Omada>, unifi: Arc<Unifi>, clock: Arc<Clock>) -> Self {
        Self { omada, unifi, clock, intake: Intake::default() }
    }
}

impl Controller for Control {
    fn intake(&self) -> &Intake {
        &self.intake
    }

    fn answer(&self, request: &Received) -> Canned {
        let is_ours = |host: &str| HOSTS.contains(&host.rsplit_once(':').map_or(host, |(host, _)| host));
        // Every browser names the host.
        if request.header("origin").is_some() || !request.header("host").is_none_or(is_ours) {
            return refused(403, "the control port is not for web pages");
        }
        let Some((_, verbs)) = CALLS.iter().find(|(path, _)| *path == request.path) else {
            let paths: Vec<&str> = CALLS.iter().map(|(path, _)| *path).collect();
            return refused(404, &format!("there is no such path; the paths are {}", paths.join(", ")));
        };
        let Some((_, call)) = verbs.iter().find(|(verb, _)| *verb == request.method) else {
            let verbs: Vec<&str> = verbs.iter().map(|(verb, _)| *verb).collect();
            let refusal = refused(405, &format!("the verbs of this path are {}", verbs.join(", ")));
            return refusal.header("Allow", &verbs.join(", "));
        };
        match call(self, request) {
            Ok(body) => Canned::status(200).json(body),
            Err(Mistake { status, complaint }) => refused(status, &complaint),
        }
    }

    fn failure(&self, status: u16, _: &Received) -> Canned {
        Canned::status(status)
    }

    fn paging(&self, _: &Received) -> Option<&'static Paging> {
        None
    }
}

fn refused(status: u16, complaint: &str) -> Canned {
    Canned::status(status).json(json!({"error": complaint}))
}
