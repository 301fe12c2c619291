use serde_json::{Value, json};

use crate::control::Control;
use crate::control::body::{Mistake, Vendor, fields, optional_text, text};
use crate::received::Received;

/// A guest signs in with a voucher.
pub(crate) fn take(control: &Control, request: &Received) -> Result<Value, Mistake> {
    change(control, request, |control, vendor, voucher| match vendor {
        Vendor::Omada => control.omada.try_mark_used(voucher),
        Vendor::Unifi => control.unifi.try_mark_used(voucher),
    })
}

/// A voucher expires now.
pub(crate) fn expire(control: &Control, request: &Received) -> Result<Value, Mistake> {
    change(control, request, |control, vendor, voucher| match vendor {
        Vendor::Omada => control.omada.try_expire(voucher),
        Vendor::Unifi => control.unifi.try_expire(voucher),
    })
}

/// Does something to the voucher that the body names by its code or its id, at the first controller that has it.
fn change(control: &Control, request: &Received, act: fn(&Control, Vendor, &str) -> bool) -> Result<Value, Mistake> {
    let fields = fields(request, &["voucher", "vendor"])?;
    let voucher = text(fields, "voucher")?;
    let vendors = Vendor::named(optional_text(fields, "vendor")?)?;
    match vendors.into_iter().find(|vendor| act(control, *vendor, voucher)) {
        Some(vendor) => Ok(json!({"vendor": vendor.name()})),
        None => Err(Mistake { status: 404, complaint: "no voucher has this code or id".to_owned() }),
    }
}
