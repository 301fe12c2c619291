//! Credentials, and the headers that hold them.

use reqwest::header::HeaderValue;

use crate::connection::is_invisible;
use crate::validate::{Problem, Violations};

/// Refuses credentials that were forgotten, or that contain what a program or an editor added to them: the line break of the
/// file that they were read from, or its byte order mark. Letters of any language may be in a password.
#[allow(dead_code, reason = "a vendor may have no users")]
pub(crate) fn credential(field: &str, text: &str) -> Result<(), Violations> {
    // These join letters in some languages and pictures, so that a password may have them.
    let is_joining = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    refuse(field, text, |c| c.is_control() || is_invisible(c) && !is_joining(c))
}

/// Refuses a key that the vendor cannot have made: one with anything but visible ASCII in it. `has_blanks` allows blanks inside.
pub(crate) fn key(field: &str, text: &str, has_blanks: bool) -> Result<(), Violations> {
    let has_edges = text.starts_with(' ') || text.ends_with(' ');
    refuse(field, text, |c| !(c.is_ascii_graphic() || c == ' ' && has_blanks && !has_edges))
}

/// A header that holds a secret, so that nothing prints it.
pub(crate) fn secret_header(field: &str, text: &str) -> Result<HeaderValue, Violations> {
    key(field, text, false)?;
    let unusable = |_| Violations::one(field, Problem::Unusable { value: None, expected: "text for a header" });
    let mut value = HeaderValue::try_from(text).map_err(unusable)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Refuses a text with a character that cannot be in it, without showing the text.
fn refuse(field: &str, text: &str, is_foreign: impl Fn(char) -> bool) -> Result<(), Violations> {
    let problem = match text.chars().enumerate().find(|(_, c)| is_foreign(*c)) {
        _ if text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).is_empty() => {
            Problem::Missing { because: None }
        }
        Some((index, c)) => {
            let why = format!("it contains {} as character {}; copy it again without that", name(c), index + 1);
            Problem::Failed { why }
        }
        None => return Ok(()),
    };
    Err(Violations::one(field, problem))
}

/// What a character is called that cannot be in a key. One that may be a letter of the key is not shown.
fn name(c: char) -> &'static str {
    match c {
        '\u{feff}' => "a byte order mark",
        '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break",
        c if is_invisible(c) => "an invisible character",
        c if c.is_control() => "a control character",
        c if c.is_whitespace() => "a blank",
        _ => "a character beyond ASCII",
    }
}
