use serde_json::{Value, json};

use crate::books::Issued;
use crate::control::Control;
use crate::control::body::Mistake;
use crate::received::Received;

/// Every voucher that was ever issued, and whether it still exists.
pub(crate) fn show(control: &Control, _: &Received) -> Result<Value, Mistake> {
    let entries = |books: &[Issued]| books.iter().map(entry).collect::<Vec<_>>();
    Ok(json!({"omada": entries(&control.omada.books()), "unifi": entries(&control.unifi.books())}))
}

fn entry(issued: &Issued) -> Value {
    let vouchers = issued.vouchers.iter();
    let vouchers = vouchers.map(|it| json!({"id": it.id, "code": it.code, "exists": it.exists})).collect::<Vec<_>>();
    json!({
        "request": issued.request,
        "unixMillis": issued.unix_millis,
        "name": issued.name,
        "group": issued.group.as_ref().map(|group| json!({"id": group.id, "exists": group.exists})),
        "vouchers": vouchers,
    })
}
