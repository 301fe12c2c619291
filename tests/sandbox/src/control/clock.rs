use std::time::Duration;

use serde_json::{Value, json};

use crate::clock::rfc3339;
use crate::control::Control;
use crate::control::body::{Mistake, fields};
use crate::received::Received;

/// What the clock of both controllers shows.
pub(crate) fn show(control: &Control, _: &Received) -> Result<Value, Mistake> {
    let now = control.clock.now_unix_millis();
    Ok(json!({"unixMillis": now, "time": rfc3339(now, 3)}))
}

/// Advances the clock, stops it at a moment, or lets it run with the system clock again.
pub(crate) fn set(control: &Control, request: &Received) -> Result<Value, Mistake> {
    const FIELDS: [&str; 3] = ["advanceSeconds", "stopAtUnixMillis", "release"];
    let fields = fields(request, &FIELDS)?;
    let mut given = fields.iter();
    match (given.next(), given.next()) {
        (Some((name, value)), None) => match name.as_str() {
            "advanceSeconds" => control.clock.advance(seconds(name, value)?),
            "stopAtUnixMillis" => {
                let moment =
                    value.as_i64().ok_or_else(|| Mistake::invalid(format!("{name} is not a 64-bit integer")))?;
                control.clock.set_unix_millis(moment);
            }
            _ if *value == true => control.clock.release(),
            _ => return Err(Mistake::invalid("release is not true")),
        },
        _ => return Err(Mistake::invalid(format!("exactly one is needed of {}", FIELDS.join(", ")))),
    }
    show(control, request)
}

/// A span of time in seconds, which may have a fraction.
pub(crate) fn seconds(name: &str, value: &Value) -> Result<Duration, Mistake> {
    let span = value.as_f64().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    span.ok_or_else(|| Mistake::invalid(format!("{name} is not a number of seconds from 0 on")))
}
