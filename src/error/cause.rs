//! Why a connection was not made, or broke.

use std::error::Error as StdError;
use std::{fmt, io};

use crate::connection::cut;

/// How many characters of the words of another library are shown.
const SHOWN: usize = 160;

/// Why a connection was not made, or broke, as far as the libraries below report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// The host has no address.
    Unresolved(String),
    Refused,
    NetworkUnreachable,
    HostUnreachable,
    /// The server does not speak TLS.
    NotTls,
    /// The server does not speak HTTP.
    NotHttp,
    /// The server ended the connection before TLS was set up.
    HandshakeClosed,
    /// Another failure of TLS.
    #[cfg(feature = "rustls")]
    Tls(String),
    /// A proxy on the way did not connect.
    Proxy(String),
    /// The server ended the connection.
    Closed,
    Other(String),
}

impl Cause {
    /// Finds the cause below an error of reqwest.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        let chain = chain(error);
        let is_secure = error.url().is_some_and(|url| url.scheme() == "https");
        // The first one is reqwest's own, which repeats the address.
        let names = chain.iter().skip(1).map(|error| error.to_string()).collect::<Vec<_>>();
        let has = |text: &str| names.iter().any(|name| name.contains(text));
        let last = names.last().map(|name| cut(name, SHOWN)).unwrap_or_default();
        if has("dns error") {
            return Self::Unresolved(last);
        }
        if has("proxy") || has("tunnel") || has("socks") {
            return Self::Proxy(last);
        }
        #[cfg(feature = "rustls")]
        if let Some(error) = chain.iter().find_map(|error| error.downcast_ref::<rustls::Error>()) {
            return match error {
                rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) => Self::NotTls,
                error => Self::Tls(cut(&error.to_string(), SHOWN)),
            };
        }
        // These are the words of OpenSSL.
        if has("wrong version number") || has("packet length too long") || has("http request") {
            return Self::NotTls;
        }
        let kinds = chain.iter().filter_map(|error| error.downcast_ref::<io::Error>()).map(io::Error::kind);
        for kind in kinds {
            match kind {
                io::ErrorKind::ConnectionRefused => return Self::Refused,
                io::ErrorKind::NetworkUnreachable => return Self::NetworkUnreachable,
                io::ErrorKind::HostUnreachable => return Self::HostUnreachable,
                io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof => {
                    return if error.is_connect() && is_secure { Self::HandshakeClosed } else { Self::Closed };
                }
                _ => {}
            }
        }
        // These are the words of hyper. The last ones are about a server that speaks before it is spoken to.
        let words =
            ["invalid HTTP version", "invalid HTTP status-code", "invalid HTTP header", "received unexpected message"];
        if words.iter().any(|words| has(words)) {
            return Self::NotHttp;
        }
        match has("connection closed before message completed") || has("end of file before message length") {
            true => Self::Closed,
            false => Self::Other(last),
        }
    }

    /// What to do about it.
    pub(super) fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unresolved(_) => "check the spelling of the host name, and the DNS of this machine",
            Self::Refused => "check the port, and that the controller is running",
            Self::NetworkUnreachable => "check the address, and the network of this machine",
            Self::HostUnreachable => "check the address, and that the controller is on",
            Self::NotTls => "check the port; one without TLS has an http address",
            Self::NotHttp => "check the port; one with TLS has an https address",
            Self::HandshakeClosed => "check the port, and what filters connections on the way",
            #[cfg(feature = "rustls")]
            Self::Tls(_) => "check the TLS settings and the certificate of the controller",
            Self::Proxy(_) => "check the address of the proxy and what it allows",
            Self::Closed | Self::Other(_) => return None,
        })
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unresolved(why) => write!(f, "the host name was not resolved ({why})"),
            Self::Refused => f.write_str("connection refused"),
            Self::NetworkUnreachable => f.write_str("the network is unreachable"),
            Self::HostUnreachable => f.write_str("the host is unreachable"),
            Self::NotTls => f.write_str("the port does not speak TLS"),
            Self::NotHttp => f.write_str("the port does not speak HTTP"),
            Self::HandshakeClosed => f.write_str("the connection was closed during the TLS handshake"),
            #[cfg(feature = "rustls")]
            Self::Tls(why) => write!(f, "the TLS handshake failed: {why}"),
            Self::Proxy(why) => write!(f, "the proxy did not connect: {why}"),
            Self::Closed => f.write_str("the connection was closed"),
            Self::Other(why) => f.write_str(why),
        }
    }
}

/// An error and everything below it, what an I/O error wraps included.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> Vec<&'a (dyn StdError + 'static)> {
    let mut chain = vec![error];
    while let Some(&last) = chain.last() {
        let wrapped = last.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let next: Option<&(dyn StdError + 'static)> = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => last.source(),
        };
        match next {
            Some(next) => chain.push(next),
            None => break,
        }
    }
    chain
}
