//! Credentials, and the headers that hold them.

use reqwest::header::HeaderValue;

use crate::validate::{Problem, Violations};

/// Refuses credentials that were forgotten, or that brought along the line break of the file they were read from.
pub(crate) fn credential(field: &str, text: &str) -> Result<(), Violations> {
    let problem = match text.trim().is_empty() {
        true => Problem::Missing { because: None },
        false if text.contains(char::is_control) => {
            Problem::Unusable { value: None, expected: "text without line breaks and other control characters" }
        }
        false => return Ok(()),
    };
    Err(Violations::one(field, problem))
}

/// A header that holds a secret, so that nothing prints it.
pub(crate) fn secret_header(field: &str, text: &str) -> Result<HeaderValue, Violations> {
    credential(field, text)?;
    let unusable = |_| Violations::one(field, Problem::Unusable { value: None, expected: "text for a header" });
    let mut value = HeaderValue::try_from(text).map_err(unusable)?;
    value.set_sensitive(true);
    Ok(value)
}
