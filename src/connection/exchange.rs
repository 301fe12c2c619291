//! Sends requests and reads the bodies of answers, up to a limit.

use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Request, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::call::Call;
use super::line::Line;
use super::settings::LARGEST_ANSWER_BYTES;
use crate::error::{Error, Refusal, Transport};
use crate::redact::Redactor;
use crate::unexpected::{Head, Reason, Unexpected};

impl Line {
    /// Waits for its turn, sends a request, and reads the answer to its end; an answer that is larger than any should be is
    /// refused before that.
    pub(crate) async fn exchange<A: Refusal>(
        &self,
        mut request: Request,
        call: &Call<A>,
        redactor: &Redactor,
    ) -> Result<(Head, Bytes), Error<A>> {
        let (operation, deadline) = (call.operation, call.deadline());
        let turn = timeout_at(deadline, self.pace().turn()).await;
        let left = deadline.saturating_duration_since(Instant::now());
        if turn.is_err() || left.is_zero() {
            return Err(Transport::too_late(operation).into());
        }
        // The connections keep the timeout of an attempt by themselves.
        if left < self.timeout() {
            *request.timeout_mut() = Some(left);
        }

        let no_answer = |error| Transport::new(operation, error);
        let mut response = self.http_client().execute(request).await.map_err(no_answer)?;
        self.has_answered().store(true, Ordering::Relaxed);
        let status = response.status();
        call.span().record("status", status.as_u16());
        let head = head(operation, status, response.headers());
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
        while let Some(piece) = response.chunk().await.map_err(no_answer)? {
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

/// Adds a piece to a body. While the body grows it is there twice, so that it grows by less than its own size.
fn append(body: &mut Vec<u8>, piece: &[u8]) {
    if body.capacity() - body.len() < piece.len() {
        body.reserve_exact(piece.len().max(body.len() / 2));
    }
    body.extend_from_slice(piece);
}

/// How long everybody waits after a 429 that does not say how long.
const SLOWER: Duration = Duration::from_secs(1);

/// How long everybody waits at the most, so that an absurd demand does not stop a till for the day.
const LONGEST_HOLD: Duration = Duration::from_secs(60);

fn head(operation: &'static str, status: StatusCode, headers: &HeaderMap) -> Head {
    let content_type = headers.get(CONTENT_TYPE).cloned();
    let retry_after = headers.get(RETRY_AFTER).and_then(|value| retry_after(value.to_str().ok()?));
    Head { operation, status: status.as_u16(), content_type, retry_after }
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
