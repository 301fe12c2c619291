//! Signs in to a controller, signs every call, and reads every answer.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use super::envelope;
use super::error::Error;
use super::generated;
use super::generated::types::{ErrorCode, GrantType, TokenRequest};
use super::ids::OmadacId;
use crate::error::Transport;
use crate::exchange::exchange;
use crate::http;
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::unexpected::Unexpected;

/// A token is renewed so long before it expires, or a tenth of its life where that is less.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// The sign-in that all clones of a client share.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

struct Shared {
    http_client: reqwest::Client,
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
        http_client: reqwest::Client,
        base_url: String,
        omadac_id: OmadacId,
        client_id: String,
        client_secret: Secret,
    ) -> Self {
        let redactor = Redactor::new([client_secret.clone()]);
        let token = Mutex::new(None);
        Self(Arc::new(Shared { http_client, base_url, omadac_id, client_id, client_secret, redactor, token }))
    }

    /// The generated client on this session.
    pub(crate) fn client(&self) -> generated::Client {
        generated::Client::new(self.0.base_url.clone(), self.0.http_client.clone(), self.clone())
    }

    /// Sends a request with the access token, and once more with a new one where the controller no longer takes it. Such a
    /// refusal means that nothing happened, so that even a create can be sent again.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        request: reqwest::Result<Request>,
        operation: &'static str,
    ) -> Result<T, Error> {
        let request = request.map_err(|error| Transport::new(operation, error))?;
        let again = request.try_clone();
        let token = self.token().await?;
        match (self.send_with(request, operation, &token).await, again) {
            (Err(Error::Api(refusal)), Some(again))
                if matches!(refusal.code, ErrorCode::AccessTokenExpired | ErrorCode::AccessTokenInvalid) =>
            {
                self.forget(&token).await;
                let token = self.token().await?;
                self.send_with(again, operation, &token).await
            }
            (answer, _) => answer,
        }
    }

    /// Sends a request that needs no token.
    pub(crate) async fn send_unsigned<T: DeserializeOwned>(
        &self,
        request: reqwest::Result<Request>,
        operation: &'static str,
    ) -> Result<T, Error> {
        let request = request.map_err(|error| Transport::new(operation, error))?;
        let redactor = &self.0.redactor;
        let (head, body) = exchange(&self.0.http_client, request, operation, redactor).await?;
        envelope::open(head, &body, redactor)
    }

    async fn send_with<T: DeserializeOwned>(
        &self,
        mut request: Request,
        operation: &'static str,
        token: &Token,
    ) -> Result<T, Error> {
        request.headers_mut().insert(AUTHORIZATION, token.header.clone());
        let (head, body) = exchange(&self.0.http_client, request, operation, &token.redactor).await?;
        envelope::open(head, &body, &token.redactor)
    }

    /// The access token. However many calls wait for it, one of them asks for it.
    async fn token(&self) -> Result<Arc<Token>, Error> {
        let mut held = self.0.token.lock().await;
        if let Some(token) = held.as_ref().filter(|token| token.renew_at.is_none_or(|at| Instant::now() < at)) {
            return Ok(token.clone());
        }
        let token = self.request_token().await.map_err(|error| match error {
            Error::Transport(transport) => transport.signing_in().into(),
            error => error,
        })?;
        Ok(held.insert(Arc::new(token)).clone())
    }

    async fn request_token(&self) -> Result<Token, Error> {
        let credentials = TokenRequest {
            omadac_id: self.0.omadac_id.to_string(),
            client_id: self.0.client_id.clone(),
            client_secret: self.0.client_secret.clone(),
        };
        let answer = self.client().request_token(&GrantType::ClientCredentials, &credentials).await?;
        let lacking = || Unexpected::lacking("requestToken");
        let secret = answer.access_token.ok_or_else(lacking)?;
        let header = http::secret_header("accessToken", &format!("AccessToken={}", secret.expose()));
        let renew_at = answer.expires_in.and_then(|seconds| {
            let life = Duration::from_secs(u64::try_from(seconds).ok()?);
            Instant::now().checked_add(life.saturating_sub(RENEWAL_MARGIN.min(life / 10)))
        });
        let redactor = Redactor::new([self.0.client_secret.clone(), secret]);
        Ok(Token { header: header.map_err(|_| lacking())?, redactor, renew_at })
    }

    /// Forgets a token that was refused, unless another call has already replaced it.
    async fn forget(&self, token: &Arc<Token>) {
        let mut held = self.0.token.lock().await;
        if held.as_ref().is_some_and(|held| Arc::ptr_eq(held, token)) {
            *held = None;
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("omadac_id", &self.0.omadac_id).finish_non_exhaustive()
    }
}
