//! What controllers refuse with.

use std::time::Duration;

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

/// A controller's refusal, read from a response in the vendor's own shape. The readers of the vendors decide what has it, and
/// nowhere else is that decided: a response without it is [`Error::Unexpected`](super::Error::Unexpected).
pub trait Refusal: std::error::Error + 'static {
    /// Whether the vendor's operation of this name may be called again where it is not known whether it took effect.
    fn is_safe_to_repeat(operation: &str) -> bool
    where
        Self: Sized;

    /// The form of the addresses that the vendor's controllers have, as advice: `a controller has an address such as …`.
    fn address_form() -> &'static str
    where
        Self: Sized;

    /// Whether the vendor's operation of this name changes nothing.
    fn only_reads(operation: &str) -> bool
    where
        Self: Sized;

    /// What to do if the credentials are refused.
    fn advice_on_credentials() -> &'static str
    where
        Self: Sized;

    /// The operation that was refused, as the spec calls it.
    fn operation(&self) -> &'static str;

    /// What the refusal means to the caller, as far as it is known.
    fn class(&self) -> Option<ErrorClass>;

    /// The code of the refusal, as the vendor writes it.
    fn code(&self) -> Option<String>;

    /// The HTTP status that it came with.
    fn status(&self) -> u16;

    /// What the controller calls the request.
    fn request_id(&self) -> Option<&str> {
        None
    }

    /// How long the controller wants to be left alone.
    fn retry_after(&self) -> Option<Duration>;

    /// The same refusal, of the sign-in before a call: the call itself was not sent.
    fn signing_in(self) -> Self
    where
        Self: Sized,
    {
        self
    }

    /// Whether it reports that the controller does not have the operation or the path, so that nothing is known of what the
    /// request names.
    fn is_misdirected(&self) -> bool {
        false
    }

    /// The same refusal, of an attempt before which another one of the same call was sent.
    fn after_another(self) -> Self
    where
        Self: Sized,
    {
        self
    }

    /// Whether it says that the very thing that the request names is not there, rather than the way to it.
    fn is_gone(&self) -> bool {
        false
    }

    /// Whether the request may have taken effect all the same: the controller failed rather than refused, or the vendor does not
    /// document the refusal.
    fn may_have_taken_effect(&self) -> bool;
}
