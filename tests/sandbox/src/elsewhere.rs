use std::fmt;

use serde_json::json;

use crate::canned::Canned;
use crate::fault::Paging;
use crate::intake::Intake;
use crate::received::Received;
use crate::serve::Controller;

/// A host that belongs to nobody's controller: where [a redirect to another host](crate::Target::OtherHost) points.
///
/// It is friendly to everybody, answers everything with 200 and `{}`, speaks plain HTTP even where the sandbox has TLS, and
/// records what it is sent, so that a test can prove that no secret followed.
pub struct Elsewhere {
    url: String,
    intake: Intake,
}

impl Elsewhere {
    pub(crate) fn new(url: String) -> Self {
        Self { url, intake: Intake::default() }
    }

    /// The base URL, `http://localhost:PORT`, without a slash at the end: another port than the controllers', and another
    /// name of the machine.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every request so far, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.intake.received()
    }
}

impl Controller for Elsewhere {
    fn intake(&self) -> &Intake {
        &self.intake
    }

    fn answer(&self, _: &Received) -> Canned {
        Canned::status(200).json(json!({}))
    }

    fn failure(&self, status: u16, _: &Received) -> Canned {
        Canned::status(status)
    }

    fn paging(&self, _: &Received) -> Option<&'static Paging> {
        None
    }
}

impl fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elsewhere").field("url", &self.url).finish_non_exhaustive()
    }
}
