//! Calls without a response.

use std::error::Error as StdError;
use std::sync::Arc;
use std::{fmt, io};

use super::advice::TRY_LATER;
use super::cause::Cause;
use crate::connection::{Lack, Untrusted, shown};

/// A call without a response.
#[derive(Debug, Clone)]
pub struct Transport {
    operation: &'static str,
    stage: Stage,
    url: Option<String>,
    cause: Option<Cause>,
    untrusted: Option<Box<Untrusted>>,
    /// Whether it timed out although the connection did not report a timeout.
    is_late: bool,
    /// What failed on this machine.
    why: Option<Arc<str>>,
    pub(super) source: Option<Arc<reqwest::Error>>,
}

/// How far a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The deadline passed before it was its turn.
    Waiting,
    /// The deadline passed during the `Retry-After` delay of the controller.
    Held,
    /// The sign-in before it failed.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    SigningIn,
    /// It began.
    Calling,
    /// It did not begin, for want of a thread.
    Starting,
    /// It did not begin, because the runtime or the process does not allow calls.
    Lacking(Lack),
}

impl Transport {
    pub(crate) fn new(operation: &'static str, source: reqwest::Error) -> Self {
        let untrusted = untrusted(&source).cloned().map(Box::new);
        let (url, cause) = (source.url().map(shown), Some(Cause::of(&source)));
        // The query may hold codes to search for, and in some calls secrets.
        let source = Some(Arc::new(source.without_url()));
        Self { url, cause, untrusted, source, ..Self::at(operation, Stage::Calling) }
    }

    fn at(operation: &'static str, stage: Stage) -> Self {
        let (url, cause, untrusted, why, source) = (None, None, None, None, None);
        Self { operation, stage, url, cause, untrusted, is_late: false, why, source }
    }

    /// The deadline passed before anything was sent.
    pub(crate) fn too_late(operation: &'static str) -> Self {
        Self::at(operation, Stage::Waiting)
    }

    /// The deadline passed while the controller wanted no requests.
    pub(crate) fn held(operation: &'static str) -> Self {
        Self::at(operation, Stage::Held)
    }

    /// The attempt timed out although the connection did not report a timeout.
    pub(crate) fn late(operation: &'static str) -> Self {
        Self { is_late: true, ..Self::at(operation, Stage::Calling) }
    }

    /// A thread that a call needs could not be started.
    pub(crate) fn without_thread(operation: &'static str, why: impl Into<io::Error>) -> Self {
        Self { why: Some(why.into().to_string().into()), ..Self::at(operation, Stage::Starting) }
    }

    /// What carries out requests failed, perhaps after the request was sent.
    pub(crate) fn broken(operation: &'static str) -> Self {
        let why = "the runtime failed, perhaps because no more threads can be started";
        Self { why: Some(why.into()), ..Self::at(operation, Stage::Calling) }
    }

    /// The runtime or the process does not allow calls.
    pub(crate) fn lacking(operation: &'static str, lack: Lack) -> Self {
        Self::at(operation, Stage::Lacking(lack))
    }

    /// The same failure, of the sign-in before the call that was asked for.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    pub(super) fn signing_in(self) -> Self {
        match self.stage {
            Stage::Calling => Self { stage: Stage::SigningIn, ..self },
            // These say more, and also that nothing was sent.
            _ => self,
        }
    }

    /// The operation that was called, by its name in the spec. It is empty if a blocking call could not start its thread.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The address that was requested, without the values of its query. `None` if no request was begun.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns `true` if the call timed out.
    pub fn is_timeout(&self) -> bool {
        let is_late = self.is_late || matches!(self.stage, Stage::Waiting | Stage::Held);
        self.source.as_ref().map_or(is_late, |source| source.is_timeout())
    }

    /// Whether the `Retry-After` delay was longer than the call could wait.
    pub(super) fn is_held(&self) -> bool {
        self.stage == Stage::Held
    }

    /// Returns `true` if the connection was never made.
    pub fn is_connect(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.is_connect())
    }

    /// Returns `true` if the request was never sent: the deadline passed before its turn, the connection was never made, or the
    /// sign-in before it failed.
    pub fn is_unsent(&self) -> bool {
        self.stage != Stage::Calling
            || self.is_connect()
            || self.source.as_ref().is_some_and(|source| source.is_builder())
    }

    /// Whether trying again cannot help.
    pub(super) fn is_hopeless(&self) -> bool {
        self.untrusted.is_some()
            || matches!(self.stage, Stage::Lacking(_))
            || self.source.as_ref().is_some_and(|source| source.is_builder())
    }

    /// The certificate because of which the connection was not made, if that is the reason. Trying again does not help.
    pub fn untrusted(&self) -> Option<&Untrusted> {
        self.untrusted.as_deref()
    }

    /// What to do about it. Of a certificate that is known, the message says it already.
    pub(super) fn advice(&self) -> Option<&'static str> {
        match self.stage {
            Stage::Starting => return Some("free what it lacks, then try again"),
            Stage::Held => return Some(TRY_LATER),
            Stage::Lacking(lack) => return Some(remedy(lack)),
            _ => {}
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

fn place(lack: Lack) -> &'static str {
    match lack {
        Lack::Runtime => "there is no tokio runtime",
        Lack::Timers => "the tokio runtime has no timers",
        Lack::Life => "the tokio runtime is shutting down",
        Lack::Process => "the client was used before this process was forked from another",
    }
}

fn remedy(lack: Lack) -> &'static str {
    match lack {
        Lack::Runtime => "await it in a tokio runtime, or use the clients without async of the feature `blocking`",
        Lack::Timers => "build the runtime with `enable_time` or `enable_all`",
        Lack::Life => "wait for calls before the runtime is dropped",
        Lack::Process => "build a new client in this process",
    }
}

/// Looks for a refused certificate below an error.
fn untrusted<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Untrusted> {
    below(error)
}

/// Looks for an error of a kind below an error.
pub(crate) fn below<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    if let Some(found) = error.downcast_ref::<E>() {
        return Some(found);
    }
    #[cfg(feature = "rustls")]
    if let Some(rustls::Error::Other(other)) = error.downcast_ref::<rustls::Error>() {
        return below(other.0.as_ref());
    }
    // What an I/O error wraps is not its source.
    let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let next: Option<&(dyn StdError + 'static)> = match wrapped {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    };
    next.and_then(below)
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.stage, &self.why) {
            (Stage::Starting, why) => {
                let why = why.as_deref().unwrap_or_default();
                return write!(f, "the thread for connections could not be started: {why}, and nothing was sent");
            }
            (Stage::Lacking(lack), _) => {
                return write!(f, "`{}` cannot be called here: {}, and nothing was sent", self.operation, place(lack));
            }
            _ => {}
        }
        match &self.url {
            Some(url) => write!(f, "no answer to `{}` from {url}: ", self.operation)?,
            None => write!(f, "no answer from the controller to `{}`: ", self.operation)?,
        }
        match (&self.untrusted, self.stage, self.is_connect(), self.is_timeout()) {
            _ if self.why.is_some() => f.write_str(self.why.as_deref().unwrap_or_default()),
            (Some(untrusted), ..) => untrusted.fmt(f),
            (None, Stage::Waiting, ..) => f.write_str("the deadline passed before it could be sent"),
            (None, Stage::Held, ..) => {
                f.write_str("it is rate limited, and the deadline passed before it could be sent")
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_without_a_thread_was_not_sent() {
        let failure = Transport::without_thread("", io::ErrorKind::OutOfMemory);
        assert!(failure.is_unsent() && !failure.is_timeout() && !failure.is_connect() && !failure.is_hopeless());
        let expected = "the thread for connections could not be started: out of memory, and nothing was sent";
        assert_eq!(failure.to_string(), expected);
        assert_eq!(failure.advice(), Some("free what it lacks, then try again"));
    }
}
