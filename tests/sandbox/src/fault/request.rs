use serde_json::{Value, json};

use crate::canned::Canned;
use crate::fault::{Fault, NameChange, Paging};
use crate::received::Received;

/// The fields of a create for the number of vouchers: of UniFi, and of Omada.
const AMOUNTS: [&str; 2] = ["count", "amount"];

/// The request as it reaches the controller under a fault that changes requests. `None` if it is not changed.
pub(crate) fn changed(fault: &Fault, paging: Option<&Paging>, request: &Received) -> Option<Received> {
    match fault {
        Fault::DropQuery => without_query(request),
        Fault::CapPage { rows } => paging.map(|paging| paging.capped(request, *rows)),
        Fault::ChangeName(change) => with_body(request, |body| {
            let name = body.get_mut("name")?;
            let changed = renamed(name.as_str()?, *change);
            (changed != name.as_str()?).then(|| *name = json!(changed))
        }),
        Fault::CommitPart => with_body(request, |body| {
            let amount = AMOUNTS.into_iter().find(|amount| body[*amount].as_u64() > Some(1))?;
            body[amount] = json!(1);
            Some(())
        }),
        _ => None,
    }
}

/// A refusal whose message repeats what was requested.
pub(crate) fn quoting(refusal: Canned, request: &Received, bytes: usize) -> Option<Canned> {
    let values: Vec<&str> = request.query.iter().map(|(_, value)| value.as_str()).collect();
    let body = String::from_utf8_lossy(&request.raw_body);
    let quoted = format!("cannot read {}\r\n\u{1b}[31m{}\n{body}\n", request.target, values.join("\n"));
    let message = quoted.repeat(bytes.div_ceil(quoted.len()));
    refusal.edited(|body| {
        let name = ["msg", "message"].into_iter().find(|name| body.get(name).is_some()).unwrap_or("message");
        body[name] = json!(message);
        Some(())
    })
}

fn without_query(request: &Received) -> Option<Received> {
    let target = request.path.clone();
    (!request.query.is_empty()).then(|| Received { query: Vec::new(), target, ..request.clone() })
}

/// The request with its JSON changed; none if it has none, or there is nothing to change.
fn with_body(request: &Received, edit: impl FnOnce(&mut Value) -> Option<()>) -> Option<Received> {
    let mut body = request.body.clone().filter(Value::is_object)?;
    edit(&mut body)?;
    Some(Received { raw_body: body.to_string().into_bytes(), body: Some(body), ..request.clone() })
}

fn renamed(name: &str, change: NameChange) -> String {
    match change {
        NameChange::Trim => name.trim().to_owned(),
        NameChange::Cut(characters) => name.chars().take(characters).collect(),
        NameChange::LowerCase => name.to_lowercase(),
    }
}
