use serde_json::{Value, json};

use crate::control::Control;
use crate::control::body::{Mistake, Vendor, fields, optional_text, text};
use crate::control::clock::seconds;
use crate::order::Order;
use crate::received::Received;

/// How long the codes of an Omada group stay hidden.
pub(crate) fn code_lag(control: &Control, request: &Received) -> Result<Value, Mistake> {
    let fields = fields(request, &["seconds"])?;
    let value = fields.get("seconds").ok_or_else(|| Mistake::invalid("seconds is missing"))?;
    let lag = seconds("seconds", value)?;
    control.omada.set_code_lag(lag);
    Ok(json!({"seconds": lag.as_secs_f64()}))
}

/// How lists are ordered, at one controller or both.
pub(crate) fn order(control: &Control, request: &Received) -> Result<Value, Mistake> {
    let fields = fields(request, &["order", "vendor"])?;
    let order: Order = text(fields, "order")?.parse().map_err(Mistake::invalid)?;
    let vendors = Vendor::named(optional_text(fields, "vendor")?)?;
    for vendor in &vendors {
        match vendor {
            Vendor::Omada => control.omada.set_order(order),
            Vendor::Unifi => control.unifi.set_order(order),
        }
    }
    Ok(json!({"order": order.to_string()}))
}
