use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::canned::Canned;
use crate::clock::Clock;
use crate::intake::Intake;
use crate::random::{codes, hex};
use crate::received::Received;
use crate::server::Controller;
use crate::shared::Shared;
use crate::unifi::routes;
use crate::unifi::voucher::Voucher;

/// Every console that was ever seen gives its default site this id.
const DEFAULT_SITE_ID: &str = "88f7af54-98f8-306a-a1c7-c9349722b1f6";
const CODE_DIGITS: usize = 10;

/// The fake UniFi console: the default site, and one key.
///
/// The key is different in every sandbox, so that a search of logs and messages for it is a leak
/// test.
pub struct Unifi {
    url: String,
    api_key: String,
    clock: Arc<Clock>,
    intake: Intake,
    vouchers: Shared<Vec<Voucher>>,
    taken_codes: Shared<HashSet<String>>,
}

impl Unifi {
    pub(crate) fn new(url: String, clock: Arc<Clock>) -> Self {
        Self {
            url,
            api_key: hex(32),
            clock,
            intake: Intake::default(),
            vouchers: Shared::default(),
            taken_codes: Shared::default(),
        }
    }

    /// The console's address, `http://127.0.0.1:PORT`, without a slash at the end; the API is below
    /// `/proxy/network/integration`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The key that `X-API-Key` must hold.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// The id of the only site, a UUID.
    pub fn site_id(&self) -> &str {
        DEFAULT_SITE_ID
    }

    /// The code of every voucher, oldest first.
    pub fn codes(&self) -> Vec<String> {
        self.vouchers.lock().iter().map(|voucher| voucher.code.clone()).collect()
    }

    /// Every request so far, scripted ones too, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.intake.received()
    }

    /// Forgets the requests so far.
    pub fn clear_received(&self) {
        self.intake.clear();
    }

    /// Scripts the answer to the next request; several are given in the order they came.
    pub fn answer_next(&self, answer: Canned) {
        self.intake.script(answer);
    }

    /// A guest signs in with this voucher: one guest more, and the first one starts the voucher's
    /// time.
    ///
    /// # Panics
    ///
    /// When there is no such voucher.
    pub fn mark_used(&self, voucher_id: &str) {
        let now = self.clock.now_unix_millis();
        let mut vouchers = self.vouchers.lock();
        let voucher = vouchers.iter_mut().find(|voucher| voucher.id == voucher_id);
        voucher.expect("mark_used names a voucher of the site").authorize_guest(now);
    }

    pub(crate) fn now_unix_millis(&self) -> i64 {
        self.clock.now_unix_millis()
    }

    /// Issues vouchers of an accepted request, and shows them.
    pub(crate) fn issue(&self, count: usize, settings: &Map<String, Value>) -> Vec<Value> {
        let now = self.clock.now_unix_millis();
        let codes = codes(b"0123456789", CODE_DIGITS, count, &mut self.taken_codes.lock());
        let issued: Vec<Voucher> = codes.into_iter().map(|code| Voucher::new(code, settings.clone(), now)).collect();
        let shown = issued.iter().map(|voucher| voucher.view(now)).collect();
        self.vouchers.lock().extend(issued);
        shown
    }

    pub(crate) fn show(&self, voucher_id: &str) -> Option<Value> {
        let now = self.clock.now_unix_millis();
        self.vouchers.lock().iter().find(|voucher| voucher.id == voucher_id).map(|voucher| voucher.view(now))
    }
}

impl Controller for Unifi {
    fn answer(&self, request: &Received) -> Canned {
        self.intake.record(request);
        self.intake.scripted().unwrap_or_else(|| routes::answer(self, request))
    }
}

impl fmt::Debug for Unifi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unifi").field("url", &self.url).finish_non_exhaustive()
    }
}
