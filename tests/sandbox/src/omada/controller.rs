use std::fmt;
use std::sync::Arc;

use crate::canned::Canned;
use crate::clock::Clock;
use crate::fault::{Faults, Paging};
use crate::identity::{Identities, Identity};
use crate::intake::Intake;
use crate::omada::envelope;
use crate::omada::page::PAGING;
use crate::omada::profile::Profile;
use crate::omada::routes;
use crate::omada::state::State;
use crate::received::Received;
use crate::serve::{Controller, Door};
use crate::shared::Shared;

/// The fake Omada controller: one site, two portals, one application, one user.
///
/// Unless they are [given](crate::SandboxBuilder::fixed), ids and keys are different in every sandbox. A search of logs and
/// messages for them is then a leak test.
pub struct Omada {
    door: Arc<Door>,
    omadac_id: String,
    client_id: String,
    client_secret: String,
    username: String,
    password: String,
    site_id: String,
    portal_ids: Vec<String>,
    ssid_ids: Vec<String>,
    network_ids: Vec<String>,
    rate_limit_profile_id: String,
    clock: Arc<Clock>,
    calls: Intake,
    token_calls: Intake,
    state: Shared<State>,
}

impl Omada {
    pub(crate) fn new(door: Arc<Door>, clock: Arc<Clock>, identities: &Identities) -> Self {
        use Identity as I;
        let hex = |what, digits| identities.hex(what, digits);
        let rate_limit_profile_id = hex(I::OmadaRateLimitProfile, 24);
        let state = State::new(Profile::standard(rate_limit_profile_id.clone()));
        Self {
            door,
            omadac_id: hex(I::OmadaId, 32),
            client_id: hex(I::OmadaClientId, 32),
            client_secret: hex(I::OmadaClientSecret, 32),
            username: hex(I::OmadaUsername, 8),
            password: hex(I::OmadaPassword, 32),
            site_id: hex(I::OmadaSite, 24),
            portal_ids: vec![hex(I::OmadaPortal1, 24), hex(I::OmadaPortal2, 24)],
            ssid_ids: vec![hex(I::OmadaSsid1, 24), hex(I::OmadaSsid2, 24)],
            network_ids: vec![hex(I::OmadaNetwork1, 24), hex(I::OmadaNetwork2, 24)],
            rate_limit_profile_id,
            clock,
            calls: Intake::default(),
            token_calls: Intake::default(),
            state: Shared::new(state),
        }
    }

    /// The base URL, `http://127.0.0.1:PORT` or the same with `https`, without a slash at the end.
    pub fn url(&self) -> &str {
        self.door.url()
    }

    /// What will go wrong here, and what has.
    pub fn faults(&self) -> &Faults {
        &self.calls.faults
    }

    /// Where the controller listens.
    pub fn door(&self) -> &Door {
        &self.door
    }

    /// The controller's id, 32 hexadecimal digits.
    pub fn omadac_id(&self) -> &str {
        &self.omadac_id
    }

    /// The id of the application that may ask for tokens.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The secret that goes with [`Omada::client_id`].
    pub fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// The user who may sign in for the application, in the authorization code mode.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The password that goes with [`Omada::username`].
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The only site, 24 hexadecimal digits.
    pub fn site_id(&self) -> &str {
        &self.site_id
    }

    /// The site's two portals, 24 hexadecimal digits each.
    pub fn portal_ids(&self) -> &[String] {
        &self.portal_ids
    }

    /// The SSIDs of the two portals, one each in the same order, 24 hexadecimal digits.
    pub fn ssid_ids(&self) -> &[String] {
        &self.ssid_ids
    }

    /// The networks of the two portals, one each in the same order, 24 hexadecimal digits.
    pub fn network_ids(&self) -> &[String] {
        &self.network_ids
    }

    /// The rate limit profile that the site has from the beginning, 24 hexadecimal digits.
    pub fn rate_limit_profile_id(&self) -> &str {
        &self.rate_limit_profile_id
    }

    /// Every request so far, token calls and scripted ones too, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.calls.received()
    }

    /// Every request that was carried out, whatever became of its answer, in the order in which that happened. A request that
    /// was refused or scripted is not among them, nor is a `GET`.
    pub fn carried_out(&self) -> Vec<Received> {
        self.calls.carried_out()
    }

    /// Forgets the requests so far.
    pub fn clear_received(&self) {
        self.calls.clear();
    }

    /// Scripts the answer to the next request that is not a token call; several are given in the
    /// order they came.
    pub fn answer_next(&self, answer: Canned) {
        self.calls.script(answer);
    }

    /// Scripts the answer to the next token call.
    pub fn answer_next_token(&self, answer: Canned) {
        self.token_calls.script(answer);
    }

    pub(crate) fn portal_name(&self, id: &str) -> Option<String> {
        name("Portal", &self.portal_ids, id)
    }

    pub(crate) fn ssid_name(&self, id: &str) -> Option<String> {
        name("SSID", &self.ssid_ids, id)
    }

    pub(crate) fn network_name(&self, id: &str) -> Option<String> {
        name("Network", &self.network_ids, id)
    }

    /// The portal that this SSID or network belongs to.
    pub(crate) fn portal_of(&self, id: &str) -> Option<&str> {
        let belongs = |portal: &usize| self.ssid_ids[*portal] == id || self.network_ids[*portal] == id;
        (0..self.portal_ids.len()).find(belongs).map(|portal| self.portal_ids[portal].as_str())
    }

    pub(crate) fn now_unix_millis(&self) -> i64 {
        self.clock.now_unix_millis()
    }

    pub(crate) fn state(&self) -> &Shared<State> {
        &self.state
    }
}

impl Controller for Omada {
    fn intake(&self) -> &Intake {
        &self.calls
    }

    fn answer(&self, request: &Received) -> Canned {
        let scripts = if request.path == routes::TOKEN_PATH { &self.token_calls } else { &self.calls };
        scripts.scripted().unwrap_or_else(|| routes::answer(self, request))
    }

    fn failure(&self, status: u16, request: &Received) -> Canned {
        envelope::failure(status, &request.path, self.now_unix_millis())
    }

    fn shown_ids(&self) -> Vec<String> {
        vec![self.omadac_id.clone()]
    }

    fn secrets(&self) -> Vec<String> {
        let keys = [&self.client_id, &self.client_secret, &self.username, &self.password];
        let codes = self.books().into_iter().flat_map(|issued| issued.vouchers).map(|voucher| voucher.code);
        keys.into_iter().cloned().chain(self.tokens()).chain(codes).collect()
    }

    fn paging(&self, request: &Received) -> Option<&'static Paging> {
        (request.method == "GET" && request.query_value(PAGING.place).is_some()).then_some(&PAGING)
    }

    fn takes_token(&self, request: &Received) -> bool {
        request.header("authorization").is_some()
    }

    fn expire_tokens(&self) {
        Self::expire_tokens(self);
    }

    fn revoke_tokens(&self) {
        Self::revoke_tokens(self);
    }
}

impl fmt::Debug for Omada {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Omada").field("url", &self.url()).finish_non_exhaustive()
    }
}

/// Things of the site are called by their kind and their place.
fn name(kind: &str, ids: &[String], id: &str) -> Option<String> {
    let position = ids.iter().position(|candidate| candidate == id)?;
    Some(format!("{kind} {}", position + 1))
}
