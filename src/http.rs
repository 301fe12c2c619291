//! What both vendors' clients need of HTTP: the address of a controller, a connection pool, and headers.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;

use crate::validate::{Problem, Violations};

/// How long a connection may take to be made.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a call may take in all.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

/// The address of a controller without the slash at its end.
pub(crate) fn base_url(text: &str) -> Result<String, Violations> {
    // An address may hold a password, so the message shows none.
    let unusable = |expected| Violations::one("url", Problem::Unusable { value: None, expected });
    let expected = "the http or https address of a controller, such as https://192.168.1.1:8043";
    let url = Url::parse(text.trim()).map_err(|_| unusable(expected))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(unusable(expected));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(unusable("an address without a user name and a password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(unusable("an address without a `?` or a `#`"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The connections of a client: none is made before the first call, and no redirect is followed, because it would carry the
/// credentials to somewhere else.
pub(crate) fn client() -> Result<reqwest::Client, Violations> {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    #[cfg(not(target_arch = "wasm32"))]
    let builder = builder.connect_timeout(CONNECT_TIMEOUT).timeout(TIMEOUT);
    builder.build().map_err(|error| {
        let problem = Problem::Unusable { value: Some(error.to_string()), expected: "a working set-up of TLS" };
        Violations::one("http_client", problem)
    })
}

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
