//! Signs in to a controller, signs every call, and reads every answer.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument;

use super::envelope;
use super::error::Error;
use super::generated;
use super::generated::types::{GrantType, TokenRequest};
use super::ids::OmadacId;
use crate::connection::Line;
use crate::error::Transport;
use crate::http;
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::unexpected::Unexpected;

/// A token is renewed so long before it expires, or a tenth of its life where that is less.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// The sign-in that all clones of a client share.
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
    line: Line,
}

/// What traces call the vendor.
pub(crate) const VENDOR: &str = "omada";

struct Shared {
    base_url: String,
    omadac_id: OmadacId,
    client_id: String,
    client_secret: Secret,
    redactor: Redactor,
    token: Mutex<Option<Arc<Token>>>,
}

struct Token {
    header: HeaderValue,
    redactor: Redactor,
    renew_at: Option<Instant>,
}

impl Session {
    pub(crate) fn new(
        line: Line,
        base_url: String,
        omadac_id: OmadacId,
        client_id: String,
        client_secret: Secret,
    ) -> Self {
        let redactor = Redactor::new([client_secret.clone()]);
        let token = Mutex::new(None);
        let shared = Arc::new(Shared { base_url, omadac_id, client_id, client_secret, redactor, token });
        Self { shared, line }
    }

    /// The same session, with one deadline for everything from now on.
    pub(crate) fn with_deadline(&self) -> Self {
        Self { line: self.line.with_deadline(), ..self.clone() }
    }

    /// How often a call may be tried.
    pub(crate) fn attempts_allowed(&self) -> u32 {
        self.line.attempts()
    }

    /// The generated client on this session.
    pub(crate) fn client(&self) -> generated::Client {
        generated::Client::new(self.shared.base_url.clone(), self.line.http_client().clone(), self.clone())
    }

    /// Sends a request with the access token, again and again where that is safe, and once more with a new token where the
    /// controller no longer takes the old one.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        request: reqwest::Result<Request>,
        operation: &'static str,
    ) -> Result<T, Error> {
        self.attempts(request, operation, true).await
    }

    /// Sends a request that needs no token, again and again where that is safe.
    pub(crate) async fn send_unsigned<T: DeserializeOwned>(
        &self,
        request: reqwest::Result<Request>,
        operation: &'static str,
    ) -> Result<T, Error> {
        self.attempts(request, operation, false).await
    }

    async fn attempts<T: DeserializeOwned>(
        &self,
        request: reqwest::Result<Request>,
        operation: &'static str,
        is_signed: bool,
    ) -> Result<T, Error> {
        let mut request = request.map_err(|error| Transport::new(operation, error))?;
        let mut call = self.line.call(operation, request.method(), generated::Client::is_safe_to_repeat(operation));
        let span = call.span();
        let attempts = async move {
            let mut is_renewed = false;
            loop {
                let again = request.try_clone();
                // A sign-in that failed was repeated as far as makes sense.
                let token = if is_signed { Some(self.token_before(operation, call.deadline()).await?) } else { None };
                match (self.attempt(request, operation, call.deadline(), token.as_deref()).await, again, &token) {
                    // Such a refusal means that nothing happened, so that even a create can be sent again.
                    (Err(Error::Api(refusal)), Some(again), Some(token)) if refusal.is_stale_token() && !is_renewed => {
                        self.forget(token).await;
                        is_renewed = true;
                        request = again;
                    }
                    // An earlier attempt deleted it, and its answer was lost.
                    (Err(error), ..) if call.is_done(&error) => return serde_json::from_str("{}").map_err(|_| error),
                    (Err(error), Some(again), _) => {
                        call.again(error).await?;
                        request = again;
                    }
                    (outcome, ..) => return outcome,
                }
            }
        };
        attempts.instrument(span).await
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        mut request: Request,
        operation: &'static str,
        deadline: Instant,
        token: Option<&Token>,
    ) -> Result<T, Error> {
        if let Some(token) = token {
            request.headers_mut().insert(AUTHORIZATION, token.header.clone());
        }
        let redactor = token.map_or(&self.shared.redactor, |token| &token.redactor);
        let (head, body) = self.line.exchange(request, operation, deadline, redactor).await?;
        envelope::open(head, &body, redactor)
    }

    /// The access token, unless signing in takes longer than the call may.
    async fn token_before(&self, operation: &'static str, deadline: Instant) -> Result<Arc<Token>, Error> {
        timeout_at(deadline, self.token()).await.map_err(|_| Transport::too_late(operation))?
    }

    /// The access token. However many calls wait for it, one of them asks for it.
    async fn token(&self) -> Result<Arc<Token>, Error> {
        let mut held = self.shared.token.lock().await;
        if let Some(token) = held.as_ref().filter(|token| token.renew_at.is_none_or(|at| Instant::now() < at)) {
            return Ok(token.clone());
        }
        let token = Box::pin(self.request_token()).await.map_err(|error| match error {
            Error::Transport(transport) => transport.signing_in().into(),
            error => error,
        })?;
        Ok(held.insert(Arc::new(token)).clone())
    }

    async fn request_token(&self) -> Result<Token, Error> {
        let credentials = TokenRequest {
            omadac_id: self.shared.omadac_id.to_string(),
            client_id: self.shared.client_id.clone(),
            client_secret: self.shared.client_secret.clone(),
        };
        let answer = self.client().request_token(&GrantType::ClientCredentials, &credentials).await?;
        let lacking = || Unexpected::lacking("requestToken");
        let secret = answer.access_token.ok_or_else(lacking)?;
        let header = http::secret_header("accessToken", &format!("AccessToken={}", secret.expose()));
        let renew_at = answer.expires_in.and_then(|seconds| {
            let life = Duration::from_secs(u64::try_from(seconds).ok()?);
            Instant::now().checked_add(life.saturating_sub(RENEWAL_MARGIN.min(life / 10)))
        });
        let redactor = Redactor::new([self.shared.client_secret.clone(), secret]);
        Ok(Token { header: header.map_err(|_| lacking())?, redactor, renew_at })
    }

    /// Forgets a token that was refused, unless another call has already replaced it.
    async fn forget(&self, token: &Arc<Token>) {
        let mut held = self.shared.token.lock().await;
        if held.as_ref().is_some_and(|held| Arc::ptr_eq(held, token)) {
            *held = None;
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("omadac_id", &self.shared.omadac_id).finish_non_exhaustive()
    }
}
