//! Sends requests and reads the bodies of responses, up to a limit.

use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Request, Response, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

use super::call::Call;
#[cfg(feature = "rustls")]
use super::first_use::Undecided;
use super::line::Line;
use super::settings::LARGEST_ANSWER_BYTES;
#[cfg(feature = "rustls")]
use crate::error::below;
use crate::error::{Error, Refusal, Transport};
use crate::redact::Redactor;
use crate::unexpected::{Head, Reason, Unexpected};
use crate::validate::{Problem, Violations};

impl Line {
    /// Waits for its turn, sends a request, and reads the response to its end. A body that is too large is refused before its end.
    pub(crate) async fn exchange<A: Refusal>(
        &self,
        mut request: Request,
        call: &Call<A>,
        redactor: &Redactor,
    ) -> Result<(Head, Bytes), Error<A>> {
        let (operation, deadline) = (call.operation, call.deadline());
        if request.url().as_str().len() > LONGEST_ADDRESS {
            let why = format!("its address is longer than {LONGEST_ADDRESS} bytes; shorten the filter or the search");
            return Err(Violations::one("request", Problem::Failed { why }).into());
        }
        let turn = timeout_at(deadline, self.pace().turn()).await;
        loop {
            let now = Instant::now();
            let left = deadline.saturating_duration_since(now);
            if turn.is_err() || left.is_zero() {
                return Err(self.too_late(operation).into());
            }
            // The connections keep the timeout of an attempt by themselves.
            if left < self.timeout() {
                *request.timeout_mut() = Some(left);
            }
            let spare = self.asks().then(|| request.try_clone()).flatten();
            let attempt = async {
                let response = self.send(request, operation).await?;
                self.read(response, call, redactor).await
            };
            let outcome = timeout_at(now + left.min(self.timeout()) + GRACE, attempt).await;
            let error = match outcome.unwrap_or_else(|_| Err(Transport::late(operation).into())) {
                Err(error) => error,
                answer => return answer,
            };
            match (spare, decision(&error, deadline).await) {
                (Some(spare), Some(true)) => request = spare,
                (_, None) => return Err(self.too_late(operation).into()),
                _ => return Err(error),
            }
        }
    }

    /// Sends a request, on the thread of its connection.
    async fn send<A>(&self, request: Request, operation: &'static str) -> Result<Response, Error<A>> {
        let home = self.home().map_err(|error| Transport::without_thread(operation, error))?;
        let http_client = self.http_client().clone();
        let execute = async move { http_client.execute(request).await };
        let response = match home {
            None => execute.await,
            Some(home) => {
                // Dropping the set ends the task.
                let mut sending = JoinSet::new();
                sending.spawn_on(execute.in_current_span().with_current_subscriber(), &home);
                // tokio panics if it cannot start the thread that looks up a name. How far the request came is not known.
                let sent = sending.join_next().await.and_then(Result::ok);
                sent.ok_or_else(|| Transport::broken(operation))?
            }
        };
        Ok(response.map_err(|error| Transport::new(operation, error))?)
    }

    async fn read<A: Refusal>(
        &self,
        mut response: Response,
        call: &Call<A>,
        redactor: &Redactor,
    ) -> Result<(Head, Bytes), Error<A>> {
        let operation = call.operation;
        self.has_answered().store(true, Ordering::Relaxed);
        let status = response.status();
        call.span().record("status", status.as_u16());
        let head = Head { url: Some(response.url().clone().into()), ..head(operation, status, response.headers()) };
        if let Some(date) = response.headers().get(DATE) {
            self.clock().note(date.clone());
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.pace().hold(head.retry_after.unwrap_or(SLOWER).min(LONGEST_HOLD));
        }
        if status.is_redirection() {
            return Err(Unexpected::new(Reason::Redirect, head, &[], redactor).into());
        }
        let limit = self.largest_answer_bytes();
        // What the answer says of its length spares moving it again and again. A lie takes no more than is allowed by default.
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
        let announced = announced.min(limit).min(LARGEST_ANSWER_BYTES);
        // Most answers come in one piece, which needs no copy.
        let mut whole = Bytes::new();
        let mut pieces = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| Transport::new(operation, error))? {
            let read = whole.len().max(pieces.len());
            if read + piece.len() > limit {
                return Err(Unexpected::new(Reason::TooLarge(limit), head, &pieces, redactor).into());
            }
            match read {
                0 => whole = piece,
                _ => {
                    if pieces.is_empty() {
                        pieces.reserve_exact(announced);
                        append(&mut pieces, &std::mem::take(&mut whole));
                    }
                    append(&mut pieces, &piece);
                }
            }
        }
        pieces.shrink_to_fit();
        Ok((head, if pieces.is_empty() { whole } else { pieces.into() }))
    }
}

/// Adds a piece to a body. While the body is moved to more memory it exists twice, so it grows by less than its own size.
fn append(body: &mut Vec<u8>, piece: &[u8]) {
    if body.capacity() - body.len() < piece.len() {
        body.reserve_exact(piece.len().max(body.len() / 2));
    }
    body.extend_from_slice(piece);
}

/// How long an address may be for HTTP libraries.
const LONGEST_ADDRESS: usize = 65_534;

/// How much longer than the timeout of an attempt the client waits for the connection to report the timeout itself.
const GRACE: Duration = Duration::from_millis(20);

/// How long everybody waits after a 429 that does not say how long.
const SLOWER: Duration = Duration::from_secs(1);

/// How long everybody waits at the most, so that an absurd demand does not stop a till for the day.
const LONGEST_HOLD: Duration = Duration::from_secs(60);

/// Waits for the decision whether to trust the controller, if a connection was not made because there is none yet. `None` if that
/// takes too long.
#[cfg(feature = "rustls")]
async fn decision<A: Refusal>(error: &Error<A>, deadline: Instant) -> Option<bool> {
    match std::error::Error::source(error).and_then(below::<Undecided>) {
        Some(undecided) => timeout_at(deadline, undecided.decision.clone().made()).await.ok(),
        None => Some(false),
    }
}

/// Without fingerprints there is nothing to decide.
#[cfg(not(feature = "rustls"))]
async fn decision<A>(_: &Error<A>, _: Instant) -> Option<bool> {
    Some(false)
}

fn head(operation: &'static str, status: StatusCode, headers: &HeaderMap) -> Head {
    let content_type = headers.get(CONTENT_TYPE).cloned();
    let retry_after = headers.get(RETRY_AFTER).and_then(|value| retry_after(value.to_str().ok()?));
    let location = headers.get(LOCATION).filter(|_| status.is_redirection()).cloned();
    Head { operation, status: status.as_u16(), content_type, retry_after, url: None, location }
}

/// Reads how long to wait: seconds, whole or with a fraction, or a date.
pub(crate) fn retry_after(text: &str) -> Option<Duration> {
    let text = text.trim();
    let text = text.strip_suffix('s').unwrap_or(text);
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    // A date that has passed says that there is nothing to wait for.
    Some(Duration::try_from(date.duration_since(Timestamp::now())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_several_forms() {
        let seconds = |text| retry_after(text).map(|pause| pause.as_secs_f64());
        assert_eq!(seconds("3"), Some(3.0));
        assert_eq!(seconds(" 5.372786998s "), Some(5.372786998));
        assert_eq!(seconds("0.25"), Some(0.25));
        assert_eq!(seconds("Thu, 01 Jan 1970 00:00:10 GMT"), Some(0.0));
        assert!(seconds("Fri, 01 Jan 2100 00:00:00 GMT").is_some_and(|seconds| seconds > 1e9));
        for text in ["", "-1", "soon", "NaN", "1e400"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
