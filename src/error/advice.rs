//! What a person is to do about a failure, as the end of its message.

use super::{AUTH, Error, ErrorClass, PASSING, Refusal};
use crate::unexpected::{Reason, Unexpected};

pub(super) const TRY_LATER: &str = "try again later";

const CHECK_ALL: &str = "check the address, the ids, and the version of the controller";

/// Where a second call could do once more what the first one did.
const LOOK_FIRST: &str = "it may have taken effect, so look before you repeat it";

impl<A: Refusal> Error<A> {
    /// What to do next, one thing after the other. Nothing where the message says it already.
    pub(super) fn advice(&self) -> impl Iterator<Item = &'static str> {
        let advice = match self {
            Self::Api(refusal) => Some(self.advice_on_refusal(refusal)),
            Self::Transport(transport) => transport.advice(),
            Self::Unexpected(unexpected) if AUTH.contains(&unexpected.status) => Some(A::advice_on_credentials()),
            Self::Unexpected(unexpected) => Some(advice_on_answer(unexpected)),
            Self::Unclear(_) if self.is_auth() => Some(A::advice_on_credentials()),
            _ => None,
        };
        let advice = match self.may_do_twice() {
            true => [advice.filter(|advice| *advice != TRY_LATER), Some(LOOK_FIRST)],
            false => [advice, None],
        };
        let form = match self {
            Self::Unexpected(unexpected) if is_elsewhere(unexpected) => Some(A::address_form()),
            _ => None,
        };
        advice.into_iter().flatten().chain(form)
    }

    /// Whether the request may have taken effect, and would do so once more if it were repeated.
    fn may_do_twice(&self) -> bool {
        let operation = match self {
            Self::Api(refusal) => refusal.operation(),
            Self::Transport(transport) => transport.operation(),
            Self::Unexpected(unexpected) => unexpected.operation,
            // The others say so themselves.
            _ => return false,
        };
        self.is_unclear() && !A::is_safe_to_repeat(operation)
    }

    fn advice_on_refusal(&self, refusal: &A) -> &'static str {
        if self.is_unclear() {
            return TRY_LATER;
        }
        match refusal.class() {
            _ if self.is_auth() => A::advice_on_credentials(),
            _ if refusal.is_misdirected() => CHECK_ALL,
            Some(ErrorClass::Auth) => A::advice_on_credentials(),
            Some(ErrorClass::Busy) => TRY_LATER,
            Some(ErrorClass::Limit) => "delete what is not needed, or ask for less",
            Some(ErrorClass::Invalid) => "change the request",
            Some(ErrorClass::Missing) => CHECK_ALL,
            Some(ErrorClass::Final) => "trying again will not help",
            None => "the controller's logs may tell more",
        }
    }
}

/// Whether a response may come from another address than that of the API.
fn is_elsewhere(answer: &Unexpected) -> bool {
    matches!(answer.reason, Reason::Redirect | Reason::NoApi | Reason::Empty | Reason::NotJson | Reason::NoVerdict)
        && !PASSING.contains(&answer.status)
}

/// Whether a server reports that it received plain HTTP on its port for TLS.
fn wants_tls(answer: &Unexpected) -> bool {
    let is_plain = answer.url.as_ref().is_some_and(|url| url.starts_with("http://"));
    // The words of nginx and Go, of Tomcat, and of Apache.
    const WORDS: [&str; 3] = ["http request", "requires tls", "ssl-enabled server port"];
    let body = answer.danger_unredacted_body().to_lowercase();
    is_plain && answer.status == 400 && WORDS.iter().any(|words| body.contains(words))
}

fn advice_on_answer(answer: &Unexpected) -> &'static str {
    match answer.reason {
        _ if PASSING.contains(&answer.status) => TRY_LATER,
        _ if wants_tls(answer) => "check the address: the port expects https",
        _ if answer.status == 404 => "check the address, which does not lead to the controller's API",
        Reason::Redirect | Reason::NoApi => "check the address",
        Reason::Empty | Reason::NotJson | Reason::Truncated => {
            "check the address, and what stands between here and the controller"
        }
        Reason::TooLarge(_) => "if it is right, allow more with `Connection::largest_answer_bytes`",
        Reason::Mismatch(_) => "check what stands between here and the controller",
        Reason::Endless => "read it again, in smaller parts",
        Reason::Unasked => "check what stands between here and the controller, and the version of the controller",
        Reason::TooMany(_) => "select fewer of them",
        Reason::NoVerdict | Reason::NoResult | Reason::Contradiction | Reason::Shape(..) => {
            "check the address; if it is right, a newer version of this crate may read the answer"
        }
    }
}
