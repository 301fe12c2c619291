//! Calls that got no answer.

use std::error::Error as StdError;
use std::sync::Arc;
use std::{fmt, io};

use super::advice::TRY_LATER;
use super::cause::Cause;
use crate::connection::{Untrusted, shown};

/// A call that got no answer.
#[derive(Debug, Clone)]
pub struct Transport {
    operation: &'static str,
    stage: Stage,
    url: Option<String>,
    cause: Option<Cause>,
    untrusted: Option<Box<Untrusted>>,
    pub(super) source: Option<Arc<reqwest::Error>>,
}

/// How far a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The deadline passed before it was its turn.
    Waiting,
    /// The sign-in before it failed.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    SigningIn,
    /// It began.
    Calling,
    /// It did not begin, for want of a thread.
    #[cfg(feature = "blocking")]
    Starting(io::ErrorKind),
}

impl Transport {
    pub(crate) fn new(operation: &'static str, source: reqwest::Error) -> Self {
        let untrusted = untrusted(&source).cloned().map(Box::new);
        let (url, cause) = (source.url().map(shown), Some(Cause::of(&source)));
        // The query may hold codes to search for, and in some calls secrets.
        let source = Some(Arc::new(source.without_url()));
        Self { operation, stage: Stage::Calling, url, cause, untrusted, source }
    }

    /// The deadline passed before anything was sent.
    pub(crate) fn too_late(operation: &'static str) -> Self {
        Self { operation, ..Self::without_response(Stage::Waiting) }
    }

    /// The thread that a call without async needs could not be started.
    #[cfg(feature = "blocking")]
    pub(crate) fn without_thread(why: io::ErrorKind) -> Self {
        Self::without_response(Stage::Starting(why))
    }

    fn without_response(stage: Stage) -> Self {
        Self { operation: "", stage, url: None, cause: None, untrusted: None, source: None }
    }

    /// The same failure, of the sign-in before the call that was asked for.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    pub(super) fn signing_in(self) -> Self {
        Self { stage: Stage::SigningIn, ..self }
    }

    /// The operation that got no answer, as the spec calls it. It is empty where a call without async had no thread to begin on.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The address that was requested, without the values of its query. Nothing if no request was begun.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Whether the time was up.
    pub fn is_timeout(&self) -> bool {
        self.source.as_ref().map_or(self.stage == Stage::Waiting, |source| source.is_timeout())
    }

    /// Whether the connection was never made.
    pub fn is_connect(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.is_connect())
    }

    /// Whether the request that was asked for is known not to have been sent: it was not its turn before the deadline, the
    /// connection was never made, or the sign-in before it failed.
    pub fn is_unsent(&self) -> bool {
        self.stage != Stage::Calling
            || self.is_connect()
            || self.source.as_ref().is_some_and(|source| source.is_builder())
    }

    /// Whether trying again cannot help.
    pub(super) fn is_hopeless(&self) -> bool {
        self.untrusted.is_some() || self.source.as_ref().is_some_and(|source| source.is_builder())
    }

    /// The certificate for which the connection was not made, where that is why. Trying again does not help.
    pub fn untrusted(&self) -> Option<&Untrusted> {
        self.untrusted.as_deref()
    }

    /// What to do about it. Of a certificate that is known, the message says it already.
    pub(super) fn advice(&self) -> Option<&'static str> {
        #[cfg(feature = "blocking")]
        if let Stage::Starting(_) = self.stage {
            return Some("free what it lacks, then try again");
        }
        let cause = self.cause.as_ref().and_then(Cause::advice);
        match (&self.untrusted, self.is_unsent(), self.is_timeout()) {
            (Some(_), ..) => None,
            (None, true, true) if self.is_connect() => {
                Some("check the address and what filters connections on the way, or allow more time")
            }
            (None, true, true) => Some("try again, or allow more time"),
            // Not every TLS library says that it is the certificate.
            (None, true, false) => {
                Some(cause.unwrap_or("check the address, its certificate, and that the controller is on"))
            }
            (None, false, true) => Some(TRY_LATER),
            (None, false, false) => Some(cause.unwrap_or(TRY_LATER)),
        }
    }
}

/// Looks for a refused certificate below an error.
fn untrusted<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Untrusted> {
    if let Some(found) = error.downcast_ref::<Untrusted>() {
        return Some(found);
    }
    #[cfg(feature = "rustls")]
    if let Some(rustls::Error::Other(other)) = error.downcast_ref::<rustls::Error>() {
        return untrusted(other.0.as_ref());
    }
    // What an I/O error wraps is not its source.
    let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let next: Option<&(dyn StdError + 'static)> = match wrapped {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    };
    next.and_then(untrusted)
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "blocking")]
        if let Stage::Starting(why) = self.stage {
            return write!(
                f,
                "the thread that calls without async need could not be started: {why}, and nothing was sent"
            );
        }
        match &self.url {
            Some(url) => write!(f, "no answer to `{}` from {url}: ", self.operation)?,
            None => write!(f, "no answer from the controller to `{}`: ", self.operation)?,
        }
        match (&self.untrusted, self.stage, self.is_connect(), self.is_timeout()) {
            (Some(untrusted), ..) => untrusted.fmt(f),
            (None, Stage::Waiting, ..) => f.write_str("the deadline passed before it could be sent"),
            (None, _, true, true) => f.write_str("could not connect in time"),
            (None, _, true, false) => f.write_str("could not connect"),
            (None, _, false, true) => f.write_str("the time was up"),
            (None, _, false, false) => f.write_str("the connection failed"),
        }?;
        if let (None, false, Some(cause)) = (&self.untrusted, self.is_timeout(), &self.cause) {
            write!(f, ": {cause}")?;
        }
        f.write_str(if self.is_unsent() { ", and nothing else was sent" } else { "" })
    }
}

#[cfg(all(test, feature = "blocking"))]
mod tests {
    use super::*;

    #[test]
    fn a_call_without_a_thread_was_not_sent() {
        let failure = Transport::without_thread(io::ErrorKind::OutOfMemory);
        assert!(failure.is_unsent() && !failure.is_timeout() && !failure.is_connect() && !failure.is_hopeless());
        let expected =
            "the thread that calls without async need could not be started: out of memory, and nothing was sent";
        assert_eq!(failure.to_string(), expected);
        assert_eq!(failure.advice(), Some("free what it lacks, then try again"));
    }
}
