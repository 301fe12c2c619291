//! Signs every call with the API key, and reads every answer.

use std::fmt;
use std::sync::Arc;

use reqwest::Request;
use reqwest::header::{HeaderName, HeaderValue};
use serde::de::DeserializeOwned;

use super::error::{ApiError, Error};
use super::generated;
use crate::error::Transport;
use crate::exchange::exchange;
use crate::http;
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::unexpected::{Reason, Unexpected};
use crate::validate::{Problem, Violations};

/// The header of the API key.
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// The sign-in that all clones of a client share.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

struct Shared {
    http_client: reqwest::Client,
    base_url: String,
    api_key: HeaderValue,
    redactor: Redactor,
}

impl Session {
    /// Signs in at an address, with a key, over connections of the caller's or of the default kind.
    pub(crate) fn new(
        base_url: String,
        api_key: Option<Secret>,
        http_client: Option<reqwest::Client>,
    ) -> Result<Self, Violations> {
        let api_key = api_key.ok_or_else(|| Violations::one("api_key", Problem::Missing { because: None }))?;
        let header = http::secret_header("api_key", api_key.expose())?;
        let http_client = http_client.map_or_else(http::client, Ok)?;
        let redactor = Redactor::new([api_key]);
        Ok(Self(Arc::new(Shared { http_client, base_url, api_key: header, redactor })))
    }

    /// The generated client on this session.
    pub(crate) fn client(&self) -> generated::Client {
        generated::Client::new(self.0.base_url.clone(), self.0.http_client.clone(), self.clone())
    }

    /// Sends a request with the API key.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        request: reqwest::Result<Request>,
        operation: &'static str,
    ) -> Result<T, Error> {
        let redactor = &self.0.redactor;
        let mut request = request.map_err(|error| Transport::new(operation, error))?;
        request.headers_mut().insert(API_KEY, self.0.api_key.clone());
        let (head, body) = exchange(&self.0.http_client, request, operation, redactor).await?;
        if (200..300).contains(&head.status) {
            return serde_json::from_slice(&body)
                .map_err(|error| Unexpected::new(Reason::of(&error, &body), head, &body, redactor).into());
        }
        match ApiError::read(operation, head.status, &body, redactor) {
            Some(refusal) => Err(Error::Api(refusal)),
            None => {
                let reason = match serde_json::from_slice::<serde::de::IgnoredAny>(&body) {
                    Ok(_) => Reason::NoVerdict,
                    Err(error) => Reason::of(&error, &body),
                };
                Err(Unexpected::new(reason, head, &body, redactor).into())
            }
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}
