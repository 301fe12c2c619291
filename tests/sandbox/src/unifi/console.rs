use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use crate::books::Issued;
use crate::canned::Canned;
use crate::clock::Clock;
use crate::fault::{Faults, Paging};
use crate::identity::{Identities, Identity};
use crate::intake::Intake;
use crate::received::Received;
use crate::serve::{Controller, Door};
use crate::shared::Shared;
use crate::unifi::call::Call;
use crate::unifi::cloud::{Account, new_console_id};
use crate::unifi::error;
use crate::unifi::hooks::ListHook;
use crate::unifi::page::PAGING;
use crate::unifi::routes;
use crate::unifi::site::Site;
use crate::unifi::state::{DEFAULT_SITE_ID, State};

/// Goes before the paths of the application on the console.
const APPLICATION: &str = "/proxy/network";

/// The fake UniFi console: its sites, and two doors to them, one local and one through the cloud
/// connector, with a key for each.
///
/// Unless they are [given](crate::SandboxBuilder::fixed), the keys are different in every sandbox. A search of logs and
/// messages for them is then a leak test.
pub struct Unifi {
    door: Arc<Door>,
    cloud_door: Arc<Door>,
    api_key: String,
    cloud_api_key: String,
    console_id: String,
    clock: Arc<Clock>,
    intake: Intake,
    state: Shared<State>,
    account: Shared<Account>,
    pub(crate) list_hooks: Shared<VecDeque<ListHook>>,
}

impl Unifi {
    pub(crate) fn new(doors: [Arc<Door>; 2], clock: Arc<Clock>, identities: &Identities) -> Self {
        let [door, cloud_door] = doors;
        Self {
            door,
            cloud_door,
            api_key: identities.hex(Identity::UnifiApiKey, 32),
            cloud_api_key: identities.hex(Identity::UnifiCloudApiKey, 32),
            console_id: identities.get(Identity::UnifiConsole).unwrap_or_else(new_console_id),
            clock,
            intake: Intake::default(),
            state: Shared::new(State::new()),
            account: Shared::default(),
            list_hooks: Shared::default(),
        }
    }

    /// The console's address, `http://127.0.0.1:PORT` or the same with `https`, without a slash at the end; the API is below
    /// `/proxy/network/integration`.
    pub fn url(&self) -> &str {
        self.door.url()
    }

    /// The key that `X-API-Key` must hold at [`Unifi::url`].
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// Stands for `https://api.ui.com`, without a slash at the end; the console's API is below
    /// `/v1/connector/consoles/{console_id}/proxy/network/integration`.
    pub fn cloud_url(&self) -> &str {
        self.cloud_door.url()
    }

    /// The key that `X-API-Key` must hold at [`Unifi::cloud_url`]; neither key opens the other's
    /// door.
    pub fn cloud_api_key(&self) -> &str {
        &self.cloud_api_key
    }

    /// The id that the cloud knows the console by; there is a colon in it.
    pub fn console_id(&self) -> &str {
        &self.console_id
    }

    /// The id of the default site, a UUID.
    pub fn site_id(&self) -> &str {
        DEFAULT_SITE_ID
    }

    /// The code of every voucher of the default site, oldest first.
    pub fn codes(&self) -> Vec<String> {
        self.state.lock().default_site.vouchers.iter().map(|voucher| voucher.code.clone()).collect()
    }

    /// Every request so far through both doors, scripted ones too, oldest first. The path tells the
    /// door: only the cloud's begin with `/v1/`.
    pub fn received(&self) -> Vec<Received> {
        self.intake.received()
    }

    /// Every request that was carried out, whatever became of its answer, in the order in which that happened. A request that
    /// was refused or scripted is not among them, nor is a `GET`.
    pub fn carried_out(&self) -> Vec<Received> {
        self.intake.carried_out()
    }

    /// What will go wrong at both doors, and what has; a pattern such as `"* /v1/connector/*"` tells the doors apart.
    pub fn faults(&self) -> &Faults {
        &self.intake.faults
    }

    /// Where the console listens.
    pub fn door(&self) -> &Door {
        &self.door
    }

    /// Where the cloud before it listens.
    pub fn cloud_door(&self) -> &Door {
        &self.cloud_door
    }

    /// Every voucher that was ever issued on any site, by which request, and whether it is still there; oldest first on
    /// each site.
    pub fn books(&self) -> Vec<Issued> {
        self.state.lock().sites().flat_map(Site::books).collect()
    }

    /// Forgets the requests so far.
    pub fn clear_received(&self) {
        self.intake.clear();
    }

    /// Scripts the answer to the next request, whichever door it comes through; several are given
    /// in the order they came.
    pub fn answer_next(&self, answer: Canned) {
        self.intake.script(answer);
    }

    pub(crate) fn now_unix_millis(&self) -> i64 {
        self.clock.now_unix_millis()
    }

    pub(crate) fn state(&self) -> &Shared<State> {
        &self.state
    }

    pub(crate) fn account(&self) -> &Shared<Account> {
        &self.account
    }

    /// A request as the application sees it, whose path this is.
    pub(crate) fn call<'a>(&self, request: &'a Received, path: &'a str) -> Call<'a> {
        let state = self.state.lock();
        Call { request, path, now: self.now_unix_millis(), version: state.version.clone(), order: state.order }
    }

    fn local_answer(&self, request: &Received) -> Canned {
        if request.header("x-api-key") != Some(self.api_key()) {
            return error::unauthorized();
        }
        match request.path.strip_prefix(APPLICATION).filter(|path| path.starts_with('/')) {
            Some(path) => routes::answer(self, &self.call(request, path)),
            None => error::no_endpoint(&self.call(request, &request.path)),
        }
    }
}

impl Controller for Unifi {
    fn intake(&self) -> &Intake {
        &self.intake
    }

    fn answer(&self, request: &Received) -> Canned {
        self.intake.scripted().unwrap_or_else(|| self.local_answer(request))
    }

    fn failure(&self, status: u16, request: &Received) -> Canned {
        let path = request.path.strip_prefix(APPLICATION).unwrap_or(&request.path);
        error::failure(&self.call(request, path), status)
    }

    fn shown_ids(&self) -> Vec<String> {
        vec![self.console_id.clone()]
    }

    fn secrets(&self) -> Vec<String> {
        let codes = self.books().into_iter().flat_map(|issued| issued.vouchers).map(|voucher| voucher.code);
        [self.api_key.clone(), self.cloud_api_key.clone()].into_iter().chain(codes).collect()
    }

    fn paging(&self, request: &Received) -> Option<&'static Paging> {
        let is_list = ["/vouchers", "/clients", "/sites"].iter().any(|list| request.path.ends_with(list));
        (request.method == "GET" && is_list).then_some(&PAGING)
    }
}

impl fmt::Debug for Unifi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unifi").field("url", &self.url()).finish_non_exhaustive()
    }
}
