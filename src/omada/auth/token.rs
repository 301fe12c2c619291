//! Tokens, as they are handed in and out and as calls are signed with them.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::super::error::Error;
use super::super::generated::Operation;
use super::super::generated::types::IssuedToken;
use crate::http;
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::unexpected::Unexpected;
use crate::validate::Violations;

/// A token is renewed so long before it expires, or a tenth of what is left of its life where that is less.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// What a controller hands out to whoever signs in. `Debug` shows none of its secrets; serde writes them, for a
/// [`TokenStore`](super::TokenStore).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, bon::Builder)]
#[builder(on(_, into))]
#[non_exhaustive]
pub struct Token {
    /// Signs calls until it expires, which is two hours after it was issued by default, or until the app is changed.
    pub access_token: Secret,
    /// Gets the next token, once, within two weeks. Without it, a client signs in afresh.
    pub refresh_token: Option<Secret>,
    /// When the access token expires. Without it, the token is used until the controller refuses it.
    pub expires_at: Option<Timestamp>,
}

impl Token {
    /// Reads what a token operation answers.
    pub(super) fn issued(answer: IssuedToken, operation: Operation) -> Result<Self, Error> {
        // A token that says that it is over before it begins says nothing: it is used until it is refused.
        let seconds = answer.expires_in.and_then(|seconds| u64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
        let lifetime = seconds.map(Duration::from_secs);
        let token = answer.access_token.map(|access_token| Self {
            access_token,
            refresh_token: answer.refresh_token,
            expires_at: lifetime.and_then(|lifetime| Timestamp::now().checked_add(lifetime).ok()),
        });
        Ok(token.filter(Self::is_usable).ok_or_else(|| Unexpected::lacking(operation.id()))?)
    }

    /// Whether calls can be signed with it. What comes from a controller or a store may be anything.
    pub(super) fn is_usable(&self) -> bool {
        self.header().is_ok()
    }

    fn header(&self) -> Result<HeaderValue, Violations> {
        let access_token = self.access_token.expose();
        http::key("access_token", access_token, false)?;
        http::secret_header("access_token", &format!("AccessToken={access_token}"))
    }
}

/// A token that calls are signed with.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) token: Token,
    pub(super) header: HeaderValue,
    pub(super) redactor: Redactor,
    /// Whether the controller issued it to this client. One that was given by the caller, or comes from a store, may no longer work.
    pub(super) is_issued: bool,
    renew_at: Option<Instant>,
}

impl Signature {
    /// Makes a token ready for use. The redactor knows the other secrets of the client.
    pub(super) fn new(token: Token, redactor: &Redactor) -> Result<Self, Violations> {
        let header = token.header()?;
        let secrets = [Some(token.access_token.clone()), token.refresh_token.clone()];
        let redactor = redactor.and(secrets.into_iter().flatten());
        let life = token.expires_at.map(|end| Duration::try_from(end - Timestamp::now()).unwrap_or_default());
        let renew_at =
            life.and_then(|life| Instant::now().checked_add(life.saturating_sub(RENEWAL_MARGIN.min(life / 10))));
        Ok(Self { token, header, redactor, is_issued: false, renew_at })
    }

    /// Makes a token ready for use that was issued to this client.
    pub(super) fn issued(token: Token, redactor: &Redactor) -> Result<Self, Violations> {
        Ok(Self { is_issued: true, ..Self::new(token, redactor)? })
    }

    /// Whether it is time for the next token.
    pub(super) fn is_due(&self) -> bool {
        self.renew_at.is_some_and(|at| at <= Instant::now())
    }
}
