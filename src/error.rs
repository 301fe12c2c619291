//! What can go wrong with a call, by the situation that the caller is in.

use std::fmt;

use crate::list::Unreadable;
use crate::unexpected::Unexpected;
use crate::validate::Violations;

/// Why a call failed. `A` is the vendor's own refusal.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<A> {
    /// The request, or how the client was set up, breaks a documented rule. Nothing was sent.
    Invalid(Violations),
    /// The controller understood the request and refused it.
    Api(A),
    /// No answer: no connection, no TLS, or not in time. Unless [`Transport::is_unsent`], it is not known whether the request
    /// took effect.
    Transport(Transport),
    /// An answer that the vendor does not document. It is not known whether the request took effect.
    Unexpected(Box<Unexpected>),
    /// Rows of a list came or went while it was read, so that some may be missing. Read it again where that matters.
    Moved(Moved),
    /// Rows of a list hold something that the vendor does not document, and could not be read. The others could.
    Unreadable(Unreadable),
    /// What a request asked for was not all there in time. It may come yet.
    Incomplete(Incomplete),
}

/// What a refusal means to the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The credentials are wrong, or allow less than was asked for.
    Auth,
    /// The controller is busy. The request did not take effect and may succeed later.
    Busy,
    /// A limit of the controller is reached.
    Limit,
    /// The request is wrong.
    Invalid,
    /// What the request names does not exist.
    Missing,
    /// The controller cannot do it, and trying again will not change that.
    Final,
}

/// A controller's refusal.
pub trait Refusal: std::error::Error + 'static {
    /// What the refusal means to the caller, as far as it is known.
    fn class(&self) -> Option<ErrorClass>;
}

impl<A: Refusal> Error<A> {
    /// Whether the credentials are wrong, or allow less than was asked for.
    pub fn is_auth(&self) -> bool {
        self.class() == Some(ErrorClass::Auth)
    }

    /// Whether the controller was too busy.
    pub fn is_busy(&self) -> bool {
        self.class() == Some(ErrorClass::Busy)
    }

    /// Whether a limit of the controller is reached, such as the number of vouchers.
    pub fn is_limit_reached(&self) -> bool {
        self.class() == Some(ErrorClass::Limit)
    }

    /// Whether what the request names does not exist.
    pub fn is_not_found(&self) -> bool {
        self.class() == Some(ErrorClass::Missing)
    }

    /// Whether the request is wrong, in our eyes or in the controller's.
    pub fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid(_)) || self.class() == Some(ErrorClass::Invalid)
    }

    /// Whether the request is known not to have taken effect and may succeed later: it was never sent, or the controller said
    /// that it is busy. Repeating anything else may create vouchers twice.
    pub fn is_retryable(&self) -> bool {
        self.is_busy() || matches!(self, Self::Transport(transport) if transport.is_unsent())
    }

    /// Whether a list that tells this goes on behind it: rows moved while it was read, or could not be read. Any other error
    /// ends a list.
    pub fn is_notice(&self) -> bool {
        matches!(self, Self::Moved(_) | Self::Unreadable(_))
    }

    fn class(&self) -> Option<ErrorClass> {
        match self {
            Self::Api(refusal) => refusal.class(),
            _ => None,
        }
    }
}

impl<A: fmt::Display> fmt::Display for Error<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => violations.fmt(f),
            Self::Api(refusal) => refusal.fmt(f),
            Self::Transport(transport) => transport.fmt(f),
            Self::Unexpected(unexpected) => unexpected.fmt(f),
            Self::Moved(moved) => moved.fmt(f),
            Self::Unreadable(unreadable) => unreadable.fmt(f),
            Self::Incomplete(incomplete) => incomplete.fmt(f),
        }
    }
}

impl<A: std::error::Error + 'static> std::error::Error for Error<A> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(transport) => Some(&transport.source),
            Self::Api(refusal) => refusal.source(),
            Self::Invalid(_) | Self::Unexpected(_) | Self::Moved(_) | Self::Unreadable(_) | Self::Incomplete(_) => None,
        }
    }
}

impl<A> From<Violations> for Error<A> {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl<A> From<Unexpected> for Error<A> {
    fn from(unexpected: Unexpected) -> Self {
        Self::Unexpected(Box::new(unexpected))
    }
}

impl<A> From<Unreadable> for Error<A> {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

impl<A> From<Transport> for Error<A> {
    fn from(transport: Transport) -> Self {
        Self::Transport(transport)
    }
}

/// How a list changed while it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved {
    /// How many rows the list had before.
    pub before: i64,
    /// How many rows it has now. The same number means that as many came as went.
    pub after: i64,
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, after } = self;
        write!(f, "rows came or went while the list was read: it had {before} and has {after}; some may be missing")
    }
}

/// What was there of the codes that a request asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incomplete {
    /// The id of the group that the codes are of. With it they can be looked for again.
    pub group_id: String,
    /// How many codes there should be.
    pub expected: i64,
    /// How many there were when it was last looked. More than expected means that the expectation was wrong.
    pub found: i64,
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { group_id, expected, found } = self;
        write!(f, "the group {group_id} has {found} codes instead of {expected}")
    }
}

/// A call that got no answer.
#[derive(Debug)]
pub struct Transport {
    operation: &'static str,
    signing_in: bool,
    source: reqwest::Error,
}

impl Transport {
    pub(crate) fn new(operation: &'static str, source: reqwest::Error) -> Self {
        // The address may hold ids, codes to search for, and in some calls secrets.
        Self { operation, signing_in: false, source: source.without_url() }
    }

    /// The same failure, of the sign-in before the call that was asked for.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    pub(crate) fn signing_in(self) -> Self {
        Self { signing_in: true, ..self }
    }

    /// The operation that got no answer, as the spec calls it.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Whether the time was up.
    pub fn is_timeout(&self) -> bool {
        self.source.is_timeout()
    }

    /// Whether the connection was never made.
    pub fn is_connect(&self) -> bool {
        self.source.is_connect()
    }

    /// Whether the request that was asked for is known not to have been sent: the connection was never made, or the sign-in
    /// before it failed.
    pub fn is_unsent(&self) -> bool {
        self.is_connect() || self.signing_in
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match (self.is_connect(), self.is_timeout()) {
            (true, true) => "it could not be connected to in time",
            (true, false) => "it could not be connected to",
            (false, true) => "the time was up",
            (false, false) => "the connection failed",
        };
        write!(f, "no answer from the controller to `{}`: {why}", self.operation)?;
        match self.is_unsent() {
            true => write!(f, ", and nothing else was sent"),
            false => write!(f, ", and whether the request took effect is not known"),
        }
    }
}
