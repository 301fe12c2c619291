//! What a person is to do about a failure, as the end of its message.

use super::{Error, ErrorClass, Refusal};

impl<A: Refusal> Error<A> {
    /// What to do next. Nothing where the message says it already.
    pub(super) fn advice(&self) -> Option<&'static str> {
        let Self::Api(refusal) = self else { return None };
        if self.is_unclear() {
            return Some("the controller failed: see what it did, then try again");
        }
        Some(match refusal.class() {
            Some(ErrorClass::Auth) => "check the credentials, and what they are allowed to do",
            Some(ErrorClass::Busy) => "try again later",
            Some(ErrorClass::Limit) => "delete what is not needed, or ask for less",
            Some(ErrorClass::Invalid) => "change the request",
            Some(ErrorClass::Missing) => "check the address, the ids, and the version of the controller",
            Some(ErrorClass::Final) => "trying again will not help",
            None => "its logs may tell more",
        })
    }
}
