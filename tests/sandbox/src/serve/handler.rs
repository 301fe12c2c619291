use std::sync::Arc;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{DATE, HeaderValue};
use hyper::{Request, Response};
use tokio::time::Instant;

use crate::canned::Canned;
use crate::clock::{Clock, http_date};
use crate::fault::{Fault, Paging, changed, strike};
use crate::intake::Intake;
use crate::log::Log;
use crate::received::Received;
use crate::serve::{Body, Door, Tls};

/// Larger requests are refused unread; the largest honest one is a few kilobytes.
const LARGEST_BODY_BYTES: usize = 10 * 1024 * 1024;

/// What answers the requests of one listener.
pub(crate) trait Controller: Send + Sync + 'static {
    /// Where its requests are recorded, and their faults found.
    fn intake(&self) -> &Intake;

    /// Carries the request out and answers it.
    fn answer(&self, request: &Received) -> Canned;

    /// What it says with an error status of HTTP, in its own shape.
    fn failure(&self, status: u16, request: &Received) -> Canned;

    /// How a list is paged; none for a request that is for no list.
    fn paging(&self, request: &Received) -> Option<&'static Paging>;

    /// Ids that a log may show, beside those that every log may.
    fn shown_ids(&self) -> Vec<String> {
        Vec::new()
    }

    /// What a log must not show.
    fn secrets(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether the request carries a token that can end.
    fn takes_token(&self, _request: &Received) -> bool {
        false
    }

    /// Ends every access token.
    fn expire_tokens(&self) {}

    /// Forgets every token pair.
    fn revoke_tokens(&self) {}
}

/// A controller behind one of its doors, with all that a request needs on its way.
pub(crate) struct Desk {
    pub(crate) controller: Arc<dyn Controller>,
    pub(crate) door: Arc<Door>,
    pub(crate) tls: Option<Arc<Tls>>,
    /// Tells the time in every answer.
    pub(crate) clock: Arc<Clock>,
    /// Where a redirect to another host points.
    pub(crate) elsewhere_url: String,
    pub(crate) log: Option<Log>,
}

impl Desk {
    /// Answers a request; no answer means that the connection is reset.
    pub(crate) async fn serve(self: Arc<Self>, request: Request<Incoming>) -> Option<Response<Body>> {
        let (parts, body) = request.into_parts();
        let body = match Limited::new(body, LARGEST_BODY_BYTES).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => return Some(Canned::status(413).into_response()),
            // Whoever sent half a request has hung up.
            Err(_) => return None,
        };
        let request = self.controller.intake().take_in(Received::new(&parts, body.into()));
        let door = Arc::clone(&self.door);
        let clock = Arc::clone(&self.clock);
        let operation = request.operation();
        let mut answer = door.carry_out(operation, async move { self.logged_answer(&request).await }).await?;
        if let Ok(date) = HeaderValue::try_from(http_date(clock.now_unix_millis())) {
            answer.headers_mut().entry(DATE).or_insert(date);
        }
        Some(answer)
    }

    async fn logged_answer(&self, request: &Received) -> Option<Response<Body>> {
        let Some(log) = &self.log else { return self.answer(request).await };
        let start = Instant::now();
        let answer = self.answer(request).await;
        log.write(request, answer.as_ref().map(|answer| answer.status().as_u16()), start.elapsed());
        answer
    }

    async fn answer(&self, request: &Received) -> Option<Response<Body>> {
        let fault = self.controller.intake().faults.draw(request, |fault| self.fits(fault, request));
        match fault {
            Some(fault) => strike(self, request, &fault).await,
            None => {
                let answer = self.controller.answer(request);
                self.controller.intake().note_answer(request, &answer);
                Some(answer.into_response())
            }
        }
    }

    /// Whether a fault can strike this request.
    fn fits(&self, fault: &Fault, request: &Received) -> bool {
        match fault {
            Fault::WrongCertificate => self.tls.is_some(),
            Fault::ExpireToken | Fault::RevokeToken => self.controller.takes_token(request),
            Fault::WrongTotal(_) | Fault::EndlessPages | Fault::Bottomless(_) => {
                self.controller.paging(request).is_some()
            }
            Fault::DropQuery | Fault::CapPage { .. } | Fault::ChangeName(_) | Fault::CommitPart => {
                changed(fault, self.controller.paging(request), request).is_some()
            }
            Fault::StaleAnswer => self.controller.intake().last_answer(request).is_some(),
            Fault::RepeatPage => self.controller.paging(request).is_some_and(|paging| !paging.is_first(request)),
            _ => true,
        }
    }
}
