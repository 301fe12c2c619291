//! The question whether a certificate that is met for the first time is the controller's.
//!
//! TLS libraries verify certificates synchronously during the handshake, so a decision that takes long would block the thread.
//! Instead, the handshake fails, the decision is made on a thread of its own, and the calls that wait for it connect again.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use tokio::sync::watch;

use super::trust::{Fingerprint, Untrusted};

/// Decides on a certificate that is met for the first time.
pub(super) type Decide = dyn Fn(&Fingerprint) -> bool + Send + Sync;

/// How many decisions may be pending at a time. An attacker on the way could present a new certificate on each connection.
const MOST_OPEN: usize = 8;

/// What clients with the same trust share.
pub(super) struct FirstUse {
    decide: Box<Decide>,
    asked: Mutex<Asked>,
    /// Held by the thread that runs the decision.
    turn: Mutex<()>,
}

#[derive(Default)]
struct Asked {
    accepted: HashSet<Fingerprint>,
    open: HashMap<Fingerprint, Decision>,
}

/// What is known of a certificate.
pub(super) enum Answer {
    Accepted,
    Declined,
    Open(Decision),
}

/// A decision that is yet to be made.
#[derive(Debug, Clone)]
pub(super) struct Decision(watch::Receiver<Option<bool>>);

impl FirstUse {
    pub(super) fn new(decide: Box<Decide>) -> Self {
        Self { decide, asked: Mutex::default(), turn: Mutex::default() }
    }

    /// Returns the decision on a certificate, and starts one if there is none.
    pub(super) fn ask(self: &Arc<Self>, presented: Fingerprint) -> Answer {
        let mut asked = self.asked();
        if asked.accepted.contains(&presented) {
            return Answer::Accepted;
        }
        if let Some(open) = asked.open.get(&presented) {
            return Answer::Open(open.clone());
        }
        if asked.open.len() >= MOST_OPEN {
            return Answer::Declined;
        }
        let (sender, receiver) = watch::channel(None);
        let asking = self.clone();
        let name = env!("CARGO_PKG_NAME").to_owned();
        let ask = move || {
            sender.send_replace(Some(asking.decide(presented)));
        };
        match thread::Builder::new().name(name).spawn(ask) {
            Ok(_) => {
                let decision = Decision(receiver);
                asked.open.insert(presented, decision.clone());
                Answer::Open(decision)
            }
            Err(_) => Answer::Declined,
        }
    }

    /// Makes a decision, one at a time.
    fn decide(&self, presented: Fingerprint) -> bool {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let is_accepted = catch_unwind(AssertUnwindSafe(|| (self.decide)(&presented))).unwrap_or(false);
        let mut asked = self.asked();
        asked.open.remove(&presented);
        if is_accepted {
            asked.accepted.insert(presented);
        }
        is_accepted
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Decision {
    /// Waits until it is made.
    pub(super) async fn made(mut self) -> bool {
        self.0.wait_for(Option::is_some).await.is_ok_and(|decision| *decision == Some(true))
    }
}

/// A certificate whose decision is pending. The handshake failed because of that.
#[derive(Debug)]
pub(super) struct Undecided {
    pub(super) untrusted: Untrusted,
    pub(super) decision: Decision,
}

impl fmt::Display for Undecided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.untrusted.fmt(f)
    }
}

impl std::error::Error for Undecided {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.untrusted)
    }
}
