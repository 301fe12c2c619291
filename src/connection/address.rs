//! The address of a controller.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use super::shown::shown;
use crate::validate::{Problem, Violations};

/// The address of a controller: its origin, and the parts of the path behind it.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    url: Url,
    origin: String,
    /// The path, without the slashes between its parts.
    parts: Vec<String>,
}

impl Address {
    /// Reads an address. Slashes at its end, doubled slashes, and the letter case of scheme and host do not matter. `expected`
    /// describes an address that can be used, for the message about one that cannot.
    pub(crate) fn parse(text: &str, expected: &'static str) -> Result<Self, Violations> {
        let is_around = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
        let url = Url::parse(text.trim_matches(is_around)).map_err(|_| unusable(None, expected))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(unusable(None, expected));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(unusable(Some(&url), "an address without a user name and a password"));
        }
        if [url.query(), url.fragment()].iter().flatten().any(|rest| !rest.is_empty()) {
            return Err(unusable(Some(&url), expected));
        }
        let origin = url.origin().ascii_serialization();
        let parts = url.path().split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Ok(Self { url, origin, parts })
    }

    /// The path, without the slashes between its parts.
    pub(crate) fn parts(&self) -> &[String] {
        &self.parts
    }

    /// The scheme, the host, and the port if it is not that of the scheme: `https://192.168.1.1:8043`.
    #[allow(dead_code, reason = "a vendor may have one address for all controllers")]
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The same origin with the first parts of the path.
    pub(crate) fn up_to(mut self, parts: usize) -> Self {
        self.parts.truncate(parts);
        self
    }

    /// The address with more behind it, which may begin with a slash.
    #[allow(dead_code, reason = "a vendor may have its API at the address itself")]
    pub(crate) fn with(mut self, path: &str) -> Self {
        self.parts.extend(path.split('/').filter(|part| !part.is_empty()).map(str::to_owned));
        self
    }

    /// The error for an address that is none of the controller's API.
    pub(crate) fn refused(&self, expected: &'static str) -> Violations {
        unusable(Some(&self.url), expected)
    }

    /// The name or the number of the controller, the latter without brackets.
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }

    /// Whether it is plain HTTP to this machine, which no proxy must see.
    pub(super) fn is_local(&self) -> bool {
        self.url.scheme() == "http" && is_loopback(self.host())
    }

    /// The address as text without a slash at its end, unless secrets could be read on the way there and that is not allowed.
    pub(crate) fn checked(&self, allows_plain_http: bool) -> Result<String, Violations> {
        match self.url.scheme() == "http" && !is_loopback(self.host()) && !allows_plain_http {
            true => Err(unusable(
                Some(&self.url),
                "an https address; plain http would show keys and codes to the network, and has to be allowed by \
                 `Connection::danger_allow_plain_http`",
            )),
            false => Ok(self.to_string()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)?;
        self.parts.iter().try_for_each(|part| write!(f, "/{part}"))
    }
}

/// An address as it was given. It may hold a password or a token by mistake, so `Debug` hides what could be one.
#[derive(Clone)]
pub(crate) struct Given<T>(pub(crate) T);

impl<T: AsRef<str>> fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.as_ref();
        match Url::parse(text.trim()) {
            Ok(url) if url.has_host() => fmt::Debug::fmt(&shown(&url), f),
            _ => fmt::Debug::fmt(text.rsplit_once('@').map_or(text, |(_, host)| host), f),
        }
    }
}

/// What cannot be read as an address may be anything, such as a key, so the message does not show it.
fn unusable(url: Option<&Url>, expected: &'static str) -> Violations {
    Violations::one("url", Problem::Unusable { value: url.map(shown), expected })
}

/// Whether a character takes no room, such as the byte order mark at the start of a file.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether what is sent to a host stays on this machine.
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}
