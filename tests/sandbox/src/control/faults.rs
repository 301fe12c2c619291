use serde_json::{Map, Value, json};

use crate::control::Control;
use crate::control::body::{Mistake, Vendor, fields, optional_text, text};
use crate::fault::{Fault, Faults, Strike};
use crate::pattern::Pattern;
use crate::received::Received;

const EVERY_REQUEST: &str = "* *";

/// A longer one would only take time.
const LONGEST_PATTERN: usize = 200;

/// What is planned for each controller, and what has struck.
pub(crate) fn show(control: &Control, _: &Received) -> Result<Value, Mistake> {
    let vendors = [Vendor::Omada, Vendor::Unifi];
    let both = vendors.map(|vendor| (vendor.name().to_owned(), of(vendor.faults(control))));
    Ok(Value::Object(Map::from_iter(both)))
}

/// Strikes requests of a kind from now on.
pub(crate) fn switch_on(control: &Control, request: &Received) -> Result<Value, Mistake> {
    let fields = fields(request, &["fault", "pattern", "times", "vendor"])?;
    let fault = named(text(fields, "fault")?)?;
    let pattern = optional_text(fields, "pattern")?.unwrap_or(EVERY_REQUEST);
    if pattern.len() > LONGEST_PATTERN || Pattern::read(pattern).is_none() {
        return Err(Mistake::invalid("pattern is not a verb, a blank and a path, such as \"POST *vouchers\""));
    }
    let times = match fields.get("times") {
        None => usize::MAX,
        Some(times) => times
            .as_u64()
            .and_then(|times| usize::try_from(times).ok())
            .filter(|times| *times > 0)
            .ok_or_else(|| Mistake::invalid("times is not an integer from 1 on"))?,
    };
    for vendor in Vendor::named(optional_text(fields, "vendor")?)? {
        vendor.faults(control).on(pattern, fault.clone(), times);
    }
    show(control, request)
}

/// Takes back a fault, or all of them if none is named.
pub(crate) fn switch_off(control: &Control, request: &Received) -> Result<Value, Mistake> {
    if let Some((name, _)) = request.query.iter().find(|(name, _)| !["fault", "vendor"].contains(&name.as_str())) {
        return Err(Mistake::invalid(format!("{name:?} is no query parameter; they are fault and vendor")));
    }
    let fault = request.query_value("fault").map(named).transpose()?;
    for vendor in Vendor::named(request.query_value("vendor"))? {
        match &fault {
            Some(fault) => vendor.faults(control).remove(fault),
            None => vendor.faults(control).clear(),
        }
    }
    show(control, request)
}

fn of(faults: &Faults) -> Value {
    let planned = faults.planned().into_iter();
    let planned =
        planned.map(|(pattern, fault, times)| json!({"fault": name(&fault), "pattern": pattern, "times": times}));
    let strike = |strike: Strike| json!({"request": strike.request, "operation": strike.operation, "fault": name(&strike.fault)});
    let strikes: Vec<Value> = faults.strikes().into_iter().map(strike).collect();
    json!({"planned": planned.collect::<Vec<_>>(), "strikes": strikes})
}

/// Only Rust code makes faults that have no name.
fn name(fault: &Fault) -> &'static str {
    fault.name().unwrap_or("another")
}

fn named(name: &str) -> Result<Fault, Mistake> {
    Fault::named(name).ok_or_else(|| Mistake::invalid("fault is none of those that --help lists"))
}
