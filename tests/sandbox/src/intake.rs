use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::canned::Canned;
use crate::fault::Faults;
use crate::received::Received;
use crate::shared::Shared;

/// What a controller keeps for the test about the requests themselves: those that came, and the
/// scripted answers and faults for those that will.
#[derive(Default)]
pub(crate) struct Intake {
    received: Shared<Vec<Received>>,
    carried_out: Shared<Vec<Received>>,
    scripted: Shared<VecDeque<Canned>>,
    requests: AtomicU64,
    /// What the last request of each operation was sent.
    last_answers: Shared<HashMap<String, Canned>>,
    pub(crate) faults: Faults,
}

impl Intake {
    /// Gives the request its number, and records it.
    pub(crate) fn take_in(&self, mut request: Received) -> Received {
        let mut received = self.received.lock();
        request.number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        received.push(request.clone());
        request
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().clone()
    }

    /// Takes note that a request was carried out, unless it only reads by its verb.
    pub(crate) fn note_carried_out(&self, request: &Received) {
        if request.method != "GET" {
            self.carried_out.lock().push(request.clone());
        }
    }

    pub(crate) fn carried_out(&self) -> Vec<Received> {
        self.carried_out.lock().clone()
    }

    /// Records what a request of an operation was sent, unless it was refused.
    pub(crate) fn note_answer(&self, request: &Received, answer: &Canned) {
        if answer.is_success() {
            self.last_answers.lock().insert(request.operation(), answer.clone());
        }
    }

    /// What the last request of the same operation was sent.
    pub(crate) fn last_answer(&self, request: &Received) -> Option<Canned> {
        self.last_answers.lock().get(&request.operation()).cloned()
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
