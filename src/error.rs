//! Errors of calls, one variant for each situation of the caller.
//!
#![doc = include_str!("error/common.md")]

use std::fmt;
use std::time::Duration;

use crate::unexpected::{Reason, Unexpected};
use crate::validate::Violations;

mod advice;
mod cause;
mod list;
mod refusal;
mod store;
mod transport;
mod unclear;

pub use list::{Incomplete, Moved, Unreadable};
pub use refusal::{ErrorClass, Refusal};
pub use store::StoreFailure;
pub use transport::Transport;
#[cfg(feature = "rustls")]
pub(crate) use transport::below;
pub use unclear::Unclear;

/// Why a call failed. `A` is the vendor's own refusal.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error<A> {
    /// The request, or how the client was set up, breaks a documented rule. Nothing was sent.
    Invalid(Violations),
    /// The controller refused the request, in the vendor's own shape.
    Api(Box<A>),
    /// No response: no connection, no TLS, or not in time. Unless [`Transport::is_unsent`] returns `true`, it is not known whether
    /// the request took effect.
    Transport(Transport),
    /// A response that the vendor does not document, whatever its HTTP status is. [`is_unclear`](Self::is_unclear) returns whether
    /// the request may have taken effect.
    Unexpected(Box<Unexpected>),
    /// The list changed while it was being read; some rows may be missing. Read it again if that matters.
    Moved(Moved),
    /// Some rows of a list could not be read; the others could. If [`Unreadable::is_created`] is `true`, vouchers were created, and
    /// none of them could be read.
    Unreadable(Unreadable),
    /// The codes of a voucher group were not complete in time. They may still appear.
    Incomplete(Incomplete),
    /// A create that may have taken effect. Looking up its vouchers did not settle the outcome. Look again later.
    Unclear(Box<Unclear<A>>),
    /// A token store failed. Nothing was sent after that.
    TokenStore(StoreFailure),
}

/// The HTTP statuses after which a request may succeed later, whatever the body is: a request that took too long to arrive, one
/// that came too early, too many of them, and the failures of proxies.
const PASSING: [u16; 7] = [408, 425, 429, 500, 502, 503, 504];
const TOO_MANY_REQUESTS: u16 = 429;

/// The HTTP statuses that refuse the credentials, whatever the body is.
const AUTH: [u16; 2] = [401, 403];

impl<A: Refusal> Error<A> {
    /// Returns `true` if the credentials are wrong, or allow less than the call needs. This holds for HTTP 401 and 403 with any body,
    /// such as a page of something in front of the controller. If [`is_unclear`](Self::is_unclear) is `true` as well, the request
    /// may have taken effect all the same.
    pub fn is_auth(&self) -> bool {
        match self {
            Self::Unclear(unclear) => unclear.cause.is_auth(),
            error => error.class() == Some(ErrorClass::Auth) || error.status().is_some_and(|it| AUTH.contains(&it)),
        }
    }

    /// Returns `true` if the controller was too busy. This holds for HTTP 429 with any body. The request did not take effect, unless
    /// [`is_unclear`](Self::is_unclear) is `true` as well.
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Api(refusal) => refusal.status() == TOO_MANY_REQUESTS || refusal.class() == Some(ErrorClass::Busy),
            Self::Unexpected(unexpected) => unexpected.status == TOO_MANY_REQUESTS,
            Self::Transport(transport) => transport.is_held(),
            Self::Unclear(unclear) => unclear.cause.is_busy(),
            _ => false,
        }
    }

    /// Returns `true` if a limit of the controller is reached, such as the number of vouchers.
    pub fn is_limit_reached(&self) -> bool {
        self.class() == Some(ErrorClass::Limit)
    }

    /// Returns `true` if the controller reports that what the request names does not exist.
    ///
    /// This is `false` if the response does not come from the controller's API, such as a 404 with a page or an empty body, and if
    /// the controller reports that it does not have the operation: then the address or the version is wrong.
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::Api(refusal) => refusal.class() == Some(ErrorClass::Missing) && !refusal.is_misdirected(),
            _ => false,
        }
    }

    /// Whether no connection was made.
    pub(crate) fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(transport) if transport.is_connect())
    }

    /// Whether it reports that what the request was to delete no longer exists.
    pub(crate) fn is_gone(&self) -> bool {
        matches!(self, Self::Api(refusal) if refusal.is_gone())
    }

    /// Returns `true` if the request is wrong, by the checks of this crate or of the controller.
    pub fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid(_)) || self.class() == Some(ErrorClass::Invalid)
    }

    /// Returns `true` if the request did not take effect and may succeed later: it was never sent, for example because a token store
    /// failed, or the controller reported that it is busy. Calling again after any other error may create vouchers twice.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(transport) => transport.is_unsent() && !transport.is_hopeless(),
            Self::TokenStore(_) => true,
            error => error.is_busy() && !error.is_unclear(),
        }
    }

    /// Returns `true` if the request may have taken effect even though the call failed: there was no response, none that could be
    /// read, or the controller failed.
    ///
    /// After a refusal in the vendor's own shape ([`Error::Api`]) with HTTP 4xx, nothing has happened. There are two exceptions: a
    /// 408 with which a cloud gives up on a controller, and a 429 that the vendor does not document, to an operation that is not
    /// safe to repeat. Any other 4xx, such as the page of a firewall, may have replaced the response to a request that took effect,
    /// so it is unclear unless the request only reads.
    pub fn is_unclear(&self) -> bool {
        match self {
            Self::Transport(transport) => !transport.is_unsent(),
            Self::Api(refusal) => refusal.may_have_taken_effect(),
            Self::Unexpected(unexpected) => {
                let is_harmless = (400..500).contains(&unexpected.status) && A::only_reads(unexpected.operation);
                !unexpected.is_sign_in && !is_harmless
            }
            Self::Unreadable(unreadable) => unreadable.is_created,
            Self::Incomplete(incomplete) => incomplete.is_created,
            Self::Unclear(_) => true,
            Self::Invalid(_) | Self::Moved(_) | Self::TokenStore(_) => false,
        }
    }

    /// The `Retry-After` delay sent by the controller.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(refusal) => refusal.retry_after(),
            Self::Unexpected(unexpected) => unexpected.retry_after,
            Self::Unclear(unclear) => unclear.cause.retry_after(),
            _ => None,
        }
    }

    /// The same failure, of the sign-in before a call: the call itself was not sent.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    pub(crate) fn signing_in(self) -> Self {
        match self {
            Self::Transport(transport) => transport.signing_in().into(),
            Self::Api(refusal) => Self::Api(Box::new(refusal.signing_in())),
            Self::Unexpected(unexpected) => Unexpected { is_sign_in: true, ..*unexpected }.into(),
            error => error,
        }
    }

    /// The same refusal, of an attempt before which another one of the same call was sent.
    pub(crate) fn after_another(self) -> Self {
        match self {
            Self::Api(refusal) => Self::Api(Box::new(refusal.after_another())),
            error => error,
        }
    }

    /// Whether it is known that nothing was sent.
    pub(crate) fn is_unsent(&self) -> bool {
        match self {
            Self::Transport(transport) => transport.is_unsent(),
            Self::Invalid(_) | Self::TokenStore(_) => true,
            _ => false,
        }
    }

    /// Whether the next attempt may succeed, if one is allowed.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Transport(transport) => !transport.is_hopeless(),
            Self::Api(refusal) => self.is_busy() || refusal.may_have_taken_effect() || refusal.status() >= 500,
            Self::Unexpected(unexpected) => {
                // What is no JSON at all comes from something else, such as the page of a controller that is starting.
                let is_foreign = matches!(unexpected.reason, Reason::Empty | Reason::NotJson | Reason::Truncated);
                self.has_passing_status() || is_foreign && (200..300).contains(&unexpected.status)
            }
            _ => false,
        }
    }

    /// Whether a request may succeed later by its HTTP status, whatever the body is.
    pub(crate) fn has_passing_status(&self) -> bool {
        self.status().is_some_and(|status| PASSING.contains(&status))
    }

    /// Returns `true` if a list goes on after this error: the list changed while it was being read, or rows could not be read. Any
    /// other error ends a list.
    pub fn is_notice(&self) -> bool {
        match self {
            Self::Moved(_) => true,
            Self::Unreadable(unreadable) => !unreadable.is_created,
            _ => false,
        }
    }

    fn class(&self) -> Option<ErrorClass> {
        match self {
            Self::Api(refusal) => refusal.class(),
            _ => None,
        }
    }

    /// The HTTP status of the response, if there was one.
    fn status(&self) -> Option<u16> {
        match self {
            Self::Api(refusal) => Some(refusal.status()),
            Self::Unexpected(unexpected) => Some(unexpected.status),
            _ => None,
        }
    }
}

impl<A: Refusal> fmt::Display for Error<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => violations.fmt(f),
            Self::Api(refusal) => refusal.fmt(f),
            Self::Transport(transport) => transport.fmt(f),
            Self::Unexpected(unexpected) => unexpected.fmt(f),
            Self::Moved(moved) => moved.fmt(f),
            Self::Unreadable(unreadable) => unreadable.fmt(f),
            Self::Incomplete(incomplete) => incomplete.fmt(f),
            Self::Unclear(unclear) => unclear.fmt(f),
            Self::TokenStore(failure) => failure.fmt(f),
        }?;
        self.advice().try_for_each(|advice| write!(f, "; {advice}"))
    }
}

impl<A: Refusal> std::error::Error for Error<A> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(transport) => transport.source.as_deref().map(|source| source as _),
            Self::TokenStore(failure) => Some(&*failure.source),
            Self::Api(refusal) => refusal.source(),
            Self::Unclear(unclear) => Some(&unclear.cause),
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

impl<A> From<Box<Unexpected>> for Error<A> {
    fn from(unexpected: Box<Unexpected>) -> Self {
        Self::Unexpected(unexpected)
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
