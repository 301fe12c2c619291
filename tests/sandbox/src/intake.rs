use std::collections::VecDeque;

use crate::canned::Canned;
use crate::received::Received;
use crate::shared::Shared;

/// What a controller keeps for the test about the requests themselves: those that came, and the
/// scripted answers to those that will.
#[derive(Default)]
pub(crate) struct Intake {
    received: Shared<Vec<Received>>,
    scripted: Shared<VecDeque<Canned>>,
}

impl Intake {
    pub(crate) fn record(&self, request: &Received) {
        self.received.lock().push(request.clone());
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().clone()
    }

    pub(crate) fn clear(&self) {
        self.received.lock().clear();
    }

    pub(crate) fn script(&self, answer: Canned) {
        self.scripted.lock().push_back(answer);
    }

    pub(crate) fn scripted(&self) -> Option<Canned> {
        self.scripted.lock().pop_front()
    }
}
