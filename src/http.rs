//! What both vendors' clients need of HTTP: the address of a controller, a connection pool, and headers.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;

use crate::error::Error;
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
pub(crate) fn connections<A>() -> Result<reqwest::Client, Error<A>> {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    #[cfg(not(target_arch = "wasm32"))]
    let builder = builder.connect_timeout(CONNECT_TIMEOUT).timeout(TIMEOUT);
    Ok(builder.build()?)
}

/// A header that holds a secret, so that nothing prints it.
pub(crate) fn secret_header(field: &str, text: &str) -> Result<HeaderValue, Violations> {
    let unusable =
        || Violations::one(field, Problem::Unusable { value: None, expected: "text that can travel in a header" });
    let mut value = HeaderValue::try_from(text).map_err(|_| unusable())?;
    if text.trim().is_empty() {
        return Err(unusable());
    }
    value.set_sensitive(true);
    Ok(value)
}
