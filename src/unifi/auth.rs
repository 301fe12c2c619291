//! Signs every call with the API key, and reads every answer.

use std::fmt;
use std::sync::Arc;

use reqwest::Request;
use reqwest::header::{HeaderName, HeaderValue};
use serde::de::{DeserializeOwned, IgnoredAny};
use tracing::Instrument;

use super::error::{ApiError, Error};
use super::generated::{self, Operation};
use crate::connection::{BuildRequest, Call, Line};
use crate::error::Transport;
use crate::http;
use crate::reading::{self, read};
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::unexpected::{Head, Reason, Unexpected};
use crate::validate::{Problem, Violations};

/// The header of the API key.
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// What traces call the vendor.
pub(crate) const VENDOR: &str = "unifi";

/// The sign-in that all clones of a client share.
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
    line: Line,
}

struct Shared {
    base_url: Arc<str>,
    api_key: HeaderValue,
    redactor: Redactor,
}

impl Session {
    /// Signs in at an address, with a key.
    pub(crate) fn new(base_url: String, api_key: Secret, line: Line) -> Result<Self, Violations> {
        let header = http::secret_header("api_key", api_key.expose())?;
        let redactor = Redactor::new([api_key]);
        Ok(Self { shared: Arc::new(Shared { base_url: base_url.into(), api_key: header, redactor }), line })
    }

    /// The same session, with one deadline for everything from now on.
    pub(crate) fn with_deadline(&self) -> Self {
        Self { line: self.line.with_deadline(), ..self.clone() }
    }

    /// What leads to the controller.
    pub(crate) fn line(&self) -> &Line {
        &self.line
    }

    /// The generated client on this session.
    pub(crate) fn client(&self) -> generated::Client {
        generated::Client::new(self.shared.base_url.clone(), self.line.http_client().clone(), self.clone())
    }

    /// Sends a request with the API key, again and again where that is safe.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        request: &BuildRequest<'_>,
        operation: Operation,
    ) -> Result<T, Error> {
        let build = || request().map_err(|error| Error::from(Transport::new(operation.id(), error)));
        let mut request = build()?;
        let mut call = self.line.call(operation.id(), request.method())?;
        let span = call.span().clone();
        // It may have taken effect although the answer says that the console, or the connector, is too busy for it.
        let is_sent_once = !operation.is_safe_to_retry();
        let attempts = async move {
            loop {
                match self.attempt(request, &call).await {
                    Ok(answer) => return Ok(call.answer(answer)),
                    Err(error) if is_sent_once && error.is_busy() && !error.is_unsent() => return Err(call.end(error)),
                    Err(error) => {
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

    async fn attempt<T: DeserializeOwned>(&self, mut request: Request, call: &Call<ApiError>) -> Result<T, Error> {
        request.headers_mut().insert(API_KEY, self.shared.api_key.clone());
        let redactor = self.shared.redactor.about(&request);
        let (head, body) = self.line.exchange(request, call, &redactor).await?;
        open(head, &body, &redactor)
    }
}

/// The key, if there is one that can be sent. The advice is where to find one.
pub(super) fn checked(api_key: Option<Secret>, advice: &'static str) -> Result<Secret, Violations> {
    let given = api_key.filter(|key| !key.expose().trim().is_empty());
    let api_key = given.ok_or_else(|| Violations::one("api_key", Problem::Forgotten { advice }))?;
    http::secret_header("api_key", api_key.expose()).map(|_| api_key)
}

/// What an answer holds, or why it holds nothing.
pub(crate) fn open<T: DeserializeOwned>(head: Head, body: &[u8], redactor: &Redactor) -> Result<T, Error> {
    let body = reading::content(body);
    if Operation::with_id(head.operation).is_some_and(Operation::may_be_empty)
        && let Some(nothing) = head.nothing(body)
    {
        return Ok(nothing);
    }
    if (200..300).contains(&head.status) {
        return read(body).map_err(|error| Unexpected::new(Reason::of(&error, body), head, body, redactor).into());
    }
    match ApiError::read(&head, body, redactor) {
        Some(refusal) => Err(Error::Api(Box::new(refusal))),
        None => {
            let reason = match read::<IgnoredAny>(body) {
                Ok(_) => Reason::NoVerdict,
                Err(error) => Reason::of(&error, body),
            };
            Err(Unexpected::new(reason, head, body, redactor).into())
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}
