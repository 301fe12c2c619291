//! The address of a controller.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use crate::validate::{Problem, Violations};

/// The address of a controller, without the slash at its end.
pub(crate) struct Address {
    text: String,
    host: String,
    /// Whether what is sent there can be read on the way.
    is_open: bool,
    /// Whether it is plain HTTP to this machine, which no proxy must see.
    is_local: bool,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, Violations> {
        let expected = "the http or https address of a controller, such as https://192.168.1.1";
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
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let (is_plain, is_loopback) = (url.scheme() == "http", is_loopback(&host));
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text, host, is_open: is_plain && !is_loopback, is_local: is_plain && is_loopback })
    }

    /// The name or the number of the controller, the latter without brackets.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn is_local(&self) -> bool {
        self.is_local
    }

    /// The address as text, unless secrets could be read on the way there and that is not allowed.
    pub(crate) fn checked(self, allows_plain_http: bool) -> Result<String, Violations> {
        match self.is_open && !allows_plain_http {
            true => Err(unusable(
                "an https address; plain http would show keys and codes to the network, and has to be allowed by \
                 `Connection::danger_allow_plain_http`",
            )),
            false => Ok(self.text),
        }
    }
}

/// An address as it was given. It may hold a password by mistake, so `Debug` does not show what stands before an `@`.
#[derive(Clone)]
pub(crate) struct Given<T>(pub(crate) T);

impl<T: AsRef<str>> fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.as_ref();
        fmt::Debug::fmt(text.rsplit_once('@').map_or(text, |(_, host)| host), f)
    }
}

/// An address may hold a password, so the message shows none.
fn unusable(expected: &'static str) -> Violations {
    Violations::one("url", Problem::Unusable { value: None, expected })
}

/// Whether what is sent to a host stays on this machine.
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}
