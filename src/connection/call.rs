//! One call: its attempts, the pauses between them, and its end.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::time::{Instant, sleep};
use tracing::field::Empty;
use tracing::{Span, debug, info_span};

use super::line::Line;
use crate::error::{Error, Refusal};

/// The pause after the first failure. It grows twofold, and a random part is added to it.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// One call. Whoever makes it asks after every failure whether to try again.
pub(crate) struct Call {
    operation: &'static str,
    deadline: Instant,
    /// Whether repeating it does no harm, even where the first attempt took effect.
    is_repeatable: bool,
    attempts: u32,
    attempt: u32,
    pauses: ExponentialBackoff,
    span: Span,
}

impl Line {
    /// Begins a call.
    pub(crate) fn call(&self, operation: &'static str, is_repeatable: bool) -> Call {
        let pauses = ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE);
        Call {
            operation,
            deadline: self.deadline(),
            is_repeatable,
            attempts: self.attempts(),
            attempt: 1,
            pauses: pauses.with_jitter().without_max_times().build(),
            span: info_span!(
                "call",
                vendor = self.vendor(),
                operation,
                attempt = 1,
                status = Empty,
                code = Empty,
                request_id = Empty
            ),
        }
    }
}

impl Call {
    /// When it has to be over.
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// What its traces stand in.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Waits until it is time for another attempt, or answers the error where there should be none.
    pub(crate) async fn again<A: Refusal>(&mut self, error: Error<A>) -> Result<(), Error<A>> {
        if let Error::Api(refusal) = &error {
            self.span.record("code", refusal.code());
            self.span.record("request_id", refusal.request_id());
        }
        if self.attempts == 1 || !(error.is_retryable() || self.is_repeatable && error.is_passing()) {
            return Err(error);
        }
        // Who is busy may stay so for long, and each answer says that it still is.
        if !error.is_busy() && self.attempt >= self.attempts {
            return Err(error);
        }
        let pause = self.pauses.next().unwrap_or(LONGEST_PAUSE).max(error.retry_after().unwrap_or_default());
        if Instant::now() + pause >= self.deadline {
            return Err(error);
        }
        debug!(parent: &self.span, operation = self.operation, ?pause, %error, "trying again");
        sleep(pause).await;
        self.attempt += 1;
        self.span.record("attempt", self.attempt);
        Ok(())
    }
}
