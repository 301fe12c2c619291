//! Signs every call with the API key, and reads every answer.

use std::fmt;
use std::sync::Arc;

use reqwest::Request;
use reqwest::header::{HeaderName, HeaderValue};
use serde::de::DeserializeOwned;

use super::error::{ApiError, Error};
use super::generated;
use crate::body;
use crate::redact::Redactor;
use crate::unexpected::{Reason, Unexpected};

/// The header of the API key.
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// The sign-in that all clones of a client share.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

struct Shared {
    connections: reqwest::Client,
    base_url: String,
    api_key: HeaderValue,
    redactor: Redactor,
}

impl Session {
    pub(crate) fn new(
        connections: reqwest::Client,
        base_url: String,
        api_key: HeaderValue,
        redactor: Redactor,
    ) -> Self {
        Self(Arc::new(Shared { connections, base_url, api_key, redactor }))
    }

    /// The generated client on this session.
    pub(crate) fn client(&self) -> generated::Client {
        generated::Client::new(self.0.base_url.clone(), self.0.connections.clone(), self.clone())
    }

    /// Sends a request with the API key.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        mut request: Request,
        operation: &'static str,
    ) -> Result<T, Error> {
        let redactor = &self.0.redactor;
        request.headers_mut().insert(API_KEY, self.0.api_key.clone());
        let response = self.0.connections.execute(request).await?;
        let (head, body) = body::read(response, redactor).await?;
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
