//! Signs every call and reads every answer.

use std::fmt;
use std::sync::Arc;

use reqwest::header::AUTHORIZATION;
use reqwest::{Request, StatusCode};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument;

use super::super::envelope;
use super::super::error::{ApiError, Error};
use super::super::generated::types::ErrorCode;
use super::super::generated::{self, Operation};
use super::app::App;
use super::renewal::Tokens;
use super::store::TokenStore;
use super::token::{Signature, Token};
use crate::connection::{BuildRequest, Call, Line};
use crate::error::{ErrorClass, Transport};
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::validate::Violations;

/// The sign-in that all clones of a client share.
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
    line: Line,
    /// Hides the secrets of calls that carry no token.
    redactor: Redactor,
}

pub(super) struct Shared {
    base_url: Arc<str>,
    pub(super) app: App,
    pub(super) redactor: Redactor,
    pub(super) tokens: Tokens,
}

impl Session {
    pub(crate) fn new(
        line: Line,
        base_url: String,
        app: App,
        token: Option<Token>,
        store: Option<Arc<dyn TokenStore>>,
    ) -> Result<Self, Violations> {
        let redactor = app.redactor();
        let signature = token.map(|token| Signature::new(token, &redactor)).transpose()?;
        let tokens = Tokens::new(signature, store);
        let shared = Shared { base_url: base_url.into(), app, redactor: redactor.clone(), tokens };
        Ok(Self { shared: Arc::new(shared), line, redactor })
    }

    /// The same session, with one deadline for everything from now on.
    pub(crate) fn with_deadline(&self) -> Self {
        Self { line: self.line.with_deadline(), ..self.clone() }
    }

    /// The same session, with one deadline, and that at a moment at the latest.
    pub(crate) fn ending_at(&self, end: Option<Instant>) -> Self {
        Self { line: self.line.ending_at(end), ..self.clone() }
    }

    /// The same session, with a deadline that begins now, whatever deadline there was.
    pub(super) fn with_new_deadline(&self) -> Self {
        Self { line: self.line.with_new_deadline(), ..self.clone() }
    }

    /// What leads to the controller.
    pub(crate) fn line(&self) -> &Line {
        &self.line
    }

    /// The generated client on this session.
    pub(crate) fn client(&self) -> generated::Client {
        generated::Client::new(self.shared.base_url.clone(), self.line.http_client().clone(), self.clone())
    }

    /// The token that calls are signed with now.
    pub(crate) async fn token(&self) -> Result<Token, Error> {
        self.line.check(Operation::RequestToken.id())?;
        self.signature_before(Operation::RequestToken, self.line.deadline())
            .await
            .map(|signature| signature.token.clone())
    }

    /// Signs in afresh, even if the credentials were refused.
    pub(crate) async fn sign_in_again(&self) -> Result<(), Error> {
        self.want_fresh();
        self.token().await.map(|_| ())
    }

    /// Sends a request with the access token, again and again where that is safe, and once more with a new token where the
    /// controller no longer takes the old one.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        request: &BuildRequest<'_>,
        operation: Operation,
    ) -> Result<T, Error> {
        self.attempts(request, operation, true).await
    }

    /// Sends a request that needs no token, again and again where that is safe.
    pub(crate) async fn send_unsigned<T: DeserializeOwned>(
        &self,
        request: &BuildRequest<'_>,
        operation: Operation,
    ) -> Result<T, Error> {
        self.attempts(request, operation, false).await
    }

    async fn attempts<T: DeserializeOwned>(
        &self,
        request: &BuildRequest<'_>,
        operation: Operation,
        is_signed: bool,
    ) -> Result<T, Error> {
        let build = || request().map_err(|error| Error::from(Transport::new(operation.id(), error)));
        let mut request = build()?;
        let mut call = self.line.call(operation.id(), request.method())?;
        let span = call.span().clone();
        let attempts = async move {
            let mut renewals = 0;
            loop {
                // A sign-in that failed was repeated as far as makes sense.
                let signature = match is_signed {
                    true => {
                        self.signature_before(operation, call.deadline()).await.map_err(|error| call.end(error))?.into()
                    }
                    false => None,
                };
                match (self.attempt(request, &call, signature.as_deref()).await, signature) {
                    (Ok(answer), _) => return Ok(call.answer(answer)),
                    (Err(error), Some(signature)) if is_of_token(&error) && may_renew(&signature, renewals) => {
                        self.refuse(&signature);
                        // The controller's own refusal means that nothing happened, so that even a create can be sent again.
                        if !call.may_replay(&error) {
                            return Err(call.end(error));
                        }
                        call.replay(error);
                        renewals += 1;
                    }
                    (Err(error), _) => {
                        if let Some(done) = call.again(error).await? {
                            return Ok(done);
                        }
                    }
                }
                request = build().map_err(|error| call.end(error))?;
            }
        };
        // What it holds on to, down to the connection, lies on the heap, so that no call takes much of its caller's stack.
        Box::pin(attempts.instrument(span)).await
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        mut request: Request,
        call: &Call<ApiError>,
        signature: Option<&Signature>,
    ) -> Result<T, Error> {
        if let Some(signature) = signature {
            request.headers_mut().insert(AUTHORIZATION, signature.header.clone());
        }
        let redactor = signature.map_or(&self.redactor, |signature| &signature.redactor);
        let redactor = redactor.about(&request);
        let (head, body) = self.line.exchange(request, call, &redactor).await?;
        envelope::open(head, &body, &redactor)
    }

    /// What to sign a call with, unless signing in takes longer than the call may.
    async fn signature_before(&self, operation: Operation, deadline: Instant) -> Result<Arc<Signature>, Error> {
        timeout_at(deadline, self.signature()).await.map_err(|_| self.line.too_late(operation.id()))?
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The same session, which hides one more secret in what it tells of calls without a token.
    pub(super) fn knowing(&self, secret: &Secret) -> Self {
        Self { redactor: self.redactor.and([secret.clone()]), ..self.clone() }
    }
}

/// How often a call is sent with another token at most.
const MOST_RENEWALS: u32 = 3;

/// Whether a call that was refused for its token may be sent with another one: once, and again if the other one was not issued
/// to this client, because a store may hold a token that is dead as well.
fn may_renew(refused: &Signature, renewals: u32) -> bool {
    renewals == 0 || !refused.is_issued && renewals < MOST_RENEWALS
}

/// Whether a call was refused for its token, so that nothing happened.
fn is_of_token(error: &Error) -> bool {
    let unauthorized = StatusCode::UNAUTHORIZED.as_u16();
    match error {
        Error::Api(refusal) if refusal.status == unauthorized => true,
        // A controller that is busy or fails may say anything beside.
        Error::Api(_) if error.is_passing() => false,
        Error::Api(refusal) => {
            // No other token allows more.
            let is_of_rights = matches!(
                refusal.code,
                ErrorCode::OperationForbidden | ErrorCode::SiteForbidden | ErrorCode::AuthorizationCodeModeOnly
            );
            refusal.code.class() == Some(ErrorClass::Auth) && !is_of_rights
        }
        Error::Unexpected(unexpected) => unexpected.status == unauthorized,
        _ => false,
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("app", &self.shared.app).finish_non_exhaustive()
    }
}
