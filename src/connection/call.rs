//! One call: its attempts, the pauses between them, and its end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use reqwest::{Method, Request};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};
use tracing::field::Empty;
use tracing::{Span, debug, info_span};

use super::line::Line;
use crate::error::{Error, Refusal};

/// The pause after the first failure. It grows twofold, and a random part is added to it.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Builds the request of a call, anew for each attempt, which is cheaper than to keep a copy of it that is hardly ever sent.
pub(crate) type BuildRequest<'a> = dyn Fn() -> reqwest::Result<Request> + Sync + 'a;

/// One call. After every failure it decides whether to try again.
pub(crate) struct Call<A> {
    pub(super) operation: &'static str,
    method: Method,
    deadline: Instant,
    /// Whether repeating it does no harm, even where the first attempt took effect.
    is_repeatable: bool,
    /// Whether the controller has responded before. If no connection can be made then, it will be back.
    is_known: bool,
    attempts: u32,
    attempt: u32,
    /// How often it was sent once more because its token was refused, which is no attempt of its own.
    replays: u32,
    /// Whether it was sent again after a request that reached the controller, or may have.
    was_sent: bool,
    pauses: ExponentialBackoff,
    /// The last failure after which it was not known whether the call took effect.
    unclear: Option<Error<A>>,
    span: Span,
}

impl Line {
    /// Begins a call, if one can be made.
    pub(crate) fn call<A: Refusal>(&self, operation: &'static str, method: &Method) -> Result<Call<A>, Error<A>> {
        self.check(operation)?;
        let pauses = ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE);
        Ok(Call {
            operation,
            method: method.clone(),
            deadline: self.deadline(),
            is_repeatable: A::is_safe_to_repeat(operation),
            is_known: self.has_answered().load(Ordering::Relaxed),
            attempts: self.attempts(),
            attempt: 1,
            replays: 0,
            was_sent: false,
            pauses: pauses.with_jitter().without_max_times().build(),
            unclear: None,
            span: info_span!(
                "call",
                vendor = self.vendor(),
                operation,
                attempt = 1,
                status = Empty,
                code = Empty,
                request_id = Empty
            ),
        })
    }
}

impl<A: Refusal> Call<A> {
    /// When it has to be over.
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// What its traces stand in.
    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// Waits until it is time for another attempt; answers what the call answers where there need be none, and the error where
    /// there should be none.
    pub(crate) async fn again<T: DeserializeOwned>(&mut self, error: Error<A>) -> Result<Option<T>, Error<A>> {
        // It says that an earlier attempt, whose answer was lost, deleted what the call was to delete.
        if self.may_have_deleted() && error.is_gone() {
            return untold().map(Some).ok_or(error);
        }
        self.note(&error);
        let Some(pause) = self.pause(&error) else { return Err(self.end(error)) };
        debug!(parent: &self.span, ?pause, %error, "trying again");
        sleep(pause).await;
        self.attempt += 1;
        self.note_attempt();
        self.was_sent |= !error.is_unsent();
        if error.is_unclear() {
            self.unclear = Some(error);
        }
        Ok(None)
    }

    /// Whether it may be sent again after such an error.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    pub(crate) fn may_replay(&self, error: &Error<A>) -> bool {
        self.is_repeatable || !error.is_unclear()
    }

    /// Takes note that the call is sent again, because its token was refused.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    pub(crate) fn replay(&mut self, error: Error<A>) {
        self.note(&error);
        self.replays += 1;
        self.was_sent = true;
        self.note_attempt();
        if error.is_unclear() {
            self.unclear = Some(error);
        }
    }

    /// What the call answers. Where an attempt before the last one may have deleted something, the last one does not know what.
    pub(crate) fn answer<T: DeserializeOwned>(&self, answer: T) -> T {
        match self.may_have_deleted() {
            true => untold().unwrap_or(answer),
            false => answer,
        }
    }

    fn may_have_deleted(&self) -> bool {
        self.method == Method::DELETE && self.unclear.is_some()
    }

    fn note(&self, error: &Error<A>) {
        if let Error::Api(refusal) = error {
            self.span.record("code", refusal.code());
            self.span.record("request_id", refusal.request_id());
        }
    }

    fn note_attempt(&self) {
        self.span.record("attempt", self.attempt + self.replays);
    }

    /// How long to wait before the next attempt, where there should be one.
    fn pause(&mut self, error: &Error<A>) -> Option<Duration> {
        let may_repeat = error.is_retryable() || self.is_repeatable && error.is_passing();
        // Who is busy, or starts again, may take long, and each attempt shows that it still does.
        let is_awaited = error.is_busy() || self.is_known && error.is_connect();
        let is_worthwhile = self.attempts > 1 && (is_awaited || self.attempt < self.attempts);
        if !(may_repeat && is_worthwhile) {
            return None;
        }
        let pause = self.pauses.next().unwrap_or(LONGEST_PAUSE).max(error.retry_after().unwrap_or_default());
        let ends = Instant::now().checked_add(pause)?;
        (ends < self.deadline).then_some(pause)
    }

    /// The error that ends the call. A refusal of the last attempt, or of the sign-in before it, says nothing of the one before,
    /// which may have taken effect.
    pub(crate) fn end(&mut self, error: Error<A>) -> Error<A> {
        match self.unclear.take() {
            Some(unclear) if self.method != Method::GET && !error.is_unclear() => unclear,
            _ if self.was_sent => error.after_another(),
            _ => error,
        }
    }
}

/// An answer that tells nothing.
fn untold<T: DeserializeOwned>() -> Option<T> {
    serde_json::from_slice(b"{}").ok()
}
