use serde_json::{Value, json};

use crate::canned::Canned;
use crate::random::hex;
use crate::received::Received;
use crate::unifi::cloud::error;
use crate::unifi::console::Unifi;

const DEFAULT_PAGE_SIZE: usize = 100;

/// Goes before the number of the next row; callers are not meant to look into a token.
const TOKEN_PREFIX: &str = "next-";

/// Lists the consoles of the account.
pub(crate) fn answer(unifi: &Unifi, request: &Received) -> Result<Canned, Canned> {
    let size = match request.query_value("pageSize") {
        None => DEFAULT_PAGE_SIZE,
        Some(size) => size.parse().ok().filter(|size| *size > 0).ok_or_else(|| error::parameter_invalid("pageSize"))?,
    };
    let start: usize = match request.query_value("nextToken") {
        None => 0,
        Some(token) => {
            let row = token.strip_prefix(TOKEN_PREFIX).and_then(|row| row.parse().ok());
            row.ok_or_else(|| error::parameter_invalid("nextToken"))?
        }
    };
    let others = unifi.account().lock().other_consoles.clone();
    let hosts: Vec<Value> =
        std::iter::once(console(unifi.console_id())).chain(others.iter().map(|id| absent(id))).collect();
    let end = start.saturating_add(size);
    let data: Vec<&Value> = hosts.iter().skip(start).take(size).collect();
    let mut body = json!({"data": data, "httpStatusCode": 200, "traceId": hex(32)});
    if end < hosts.len() {
        body["nextToken"] = json!(format!("{TOKEN_PREFIX}{end}"));
    }
    Ok(Canned::status(200).json(body))
}

fn console(id: &str) -> Value {
    let mut host = host(id, "console");
    host["reportedState"] = json!({"name": "Sandbox", "hostname": "sandbox", "state": "connected"});
    host
}

/// The cloud has nothing to report of a server that it never reached.
fn absent(id: &str) -> Value {
    let mut host = host(id, "network-server");
    host["reportedState"] = Value::Null;
    host
}

fn host(id: &str, kind: &str) -> Value {
    json!({
        "id": id,
        "hardwareId": hex(32),
        "type": kind,
        "ipAddress": "127.0.0.1",
        "owner": true,
        "isBlocked": false,
        "registrationTime": "2025-01-01T00:00:00Z",
        "lastConnectionStateChange": "2025-01-01T00:00:00Z",
        "latestBackupTime": "",
        "userData": {},
    })
}
