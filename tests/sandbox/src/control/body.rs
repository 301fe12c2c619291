use serde_json::{Map, Value};

use crate::control::Control;
use crate::fault::Faults;
use crate::received::Received;

/// Why a call is refused.
pub(crate) struct Mistake {
    pub(crate) status: u16,
    pub(crate) complaint: String,
}

/// Whom a call is about.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Vendor {
    Omada,
    Unifi,
}

impl Mistake {
    pub(crate) fn invalid(complaint: impl Into<String>) -> Self {
        Self { status: 400, complaint: complaint.into() }
    }
}

/// The body, if it is an object with none but these fields.
pub(crate) fn fields<'a>(request: &'a Received, known: &[&str]) -> Result<&'a Map<String, Value>, Mistake> {
    let expected = || Mistake::invalid(format!("the body is not a JSON object; its fields are {}", known.join(", ")));
    let fields = request.body.as_ref().and_then(Value::as_object).ok_or_else(expected)?;
    match fields.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(Mistake::invalid(format!("{name:?} is no field; the fields are {}", known.join(", ")))),
        None => Ok(fields),
    }
}

/// A field that must be a text.
pub(crate) fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a str, Mistake> {
    optional_text(fields, name)?.ok_or_else(|| Mistake::invalid(format!("{name} is missing")))
}

/// A field that may be absent, and is a text otherwise.
pub(crate) fn optional_text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, Mistake> {
    let text = |value: &'a Value| value.as_str().ok_or_else(|| Mistake::invalid(format!("{name} is not a text")));
    fields.get(name).map(text).transpose()
}

impl Vendor {
    /// Both, if none is named.
    pub(crate) fn named(name: Option<&str>) -> Result<Vec<Self>, Mistake> {
        match name {
            None => Ok(vec![Self::Omada, Self::Unifi]),
            Some("omada") => Ok(vec![Self::Omada]),
            Some("unifi") => Ok(vec![Self::Unifi]),
            Some(_) => Err(Mistake::invalid("vendor is neither omada nor unifi")),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Omada => "omada",
            Self::Unifi => "unifi",
        }
    }

    pub(crate) fn faults(self, control: &Control) -> &Faults {
        match self {
            Self::Omada => control.omada.faults(),
            Self::Unifi => control.unifi.faults(),
        }
    }
}
