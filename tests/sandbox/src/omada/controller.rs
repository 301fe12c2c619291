use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::canned::Canned;
use crate::clock::{Clock, millis};
use crate::intake::Intake;
use crate::omada::routes;
use crate::omada::state::State;
use crate::random::hex;
use crate::received::Received;
use crate::server::Controller;
use crate::shared::Shared;

/// Six digits have a million codes, and finding a free one must stay quick.
const LARGEST_VOUCHER_LIMIT: usize = 500_000;

/// The fake Omada controller: one site, two portals, one rate limit profile, one application.
///
/// Ids and keys are different in every sandbox, so that a search of logs and messages for them is a
/// leak test.
pub struct Omada {
    url: String,
    omadac_id: String,
    client_id: String,
    client_secret: String,
    site_id: String,
    portal_ids: Vec<String>,
    rate_limit_profile_id: String,
    clock: Arc<Clock>,
    calls: Intake,
    token_calls: Intake,
    state: Shared<State>,
}

impl Omada {
    pub(crate) fn new(url: String, clock: Arc<Clock>) -> Self {
        Self {
            url,
            omadac_id: hex(32),
            client_id: hex(32),
            client_secret: hex(32),
            site_id: hex(24),
            portal_ids: vec![hex(24), hex(24)],
            rate_limit_profile_id: hex(24),
            clock,
            calls: Intake::default(),
            token_calls: Intake::default(),
            state: Shared::new(State::default()),
        }
    }

    /// The base URL, `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
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

    /// The only site, 24 hexadecimal digits.
    pub fn site_id(&self) -> &str {
        &self.site_id
    }

    /// The site's two portals, 24 hexadecimal digits each.
    pub fn portal_ids(&self) -> &[String] {
        &self.portal_ids
    }

    /// The site's only rate limit profile, 24 hexadecimal digits.
    pub fn rate_limit_profile_id(&self) -> &str {
        &self.rate_limit_profile_id
    }

    /// How long the codes of a group stay hidden after it was created, on the sandbox clock; counts
    /// for the groups that exist too.
    pub fn set_code_lag(&self, lag: Duration) {
        self.state.lock().code_lag_millis = millis(lag);
    }

    /// How long an access token lasts that is handed out from now on; 7200 seconds by default.
    pub fn set_access_token_lifetime(&self, lifetime: Duration) {
        self.state.lock().access_token_lifetime = lifetime;
    }

    /// Ends every access token that was handed out, as a change of the application's role does.
    pub fn expire_tokens(&self) {
        self.state.lock().tokens.iter_mut().for_each(|token| token.expires_unix_millis = i64::MIN);
    }

    /// Whether the site answers -33004 to everything, as it does while it is being copied or
    /// restored.
    pub fn set_site_busy(&self, busy: bool) {
        self.state.lock().site_busy = busy;
    }

    /// How many vouchers the site holds before it answers -42010; `100_000` by default, and at most
    /// `500_000`.
    pub fn set_voucher_limit(&self, vouchers: usize) {
        self.state.lock().voucher_limit = vouchers.min(LARGEST_VOUCHER_LIMIT);
    }

    /// How many tokens were handed out; a refused or scripted token call is none.
    pub fn tokens_issued(&self) -> usize {
        self.state.lock().tokens.len()
    }

    /// Every access token and refresh token that was handed out.
    pub fn tokens(&self) -> Vec<String> {
        let state = self.state.lock();
        state.tokens.iter().flat_map(|token| [token.access.clone(), token.refresh.clone()]).collect()
    }

    /// The code of every voucher of the site, hidden ones too, oldest first.
    pub fn codes(&self) -> Vec<String> {
        let state = self.state.lock();
        state.groups.iter().flat_map(|group| &group.vouchers).map(|voucher| voucher.code.clone()).collect()
    }

    /// Every request so far, token calls and scripted ones too, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.calls.received()
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

    /// A guest signs in with this code: the voucher is in use from now on. A second guest changes
    /// nothing.
    ///
    /// # Panics
    ///
    /// When the group has no such voucher.
    pub fn mark_used(&self, group_id: &str, code: &str) {
        let now = self.clock.now_unix_millis();
        let mut state = self.state.lock();
        let group = state.groups.iter_mut().find(|group| group.id == group_id);
        let voucher = group.and_then(|group| group.vouchers.iter_mut().find(|voucher| voucher.code == code));
        let voucher = voucher.expect("mark_used names a voucher of the group");
        voucher.started_unix_millis.get_or_insert(now);
    }

    pub(crate) fn portal_name(&self, portal_id: &str) -> Option<String> {
        let position = self.portal_ids.iter().position(|id| id == portal_id)?;
        Some(format!("Portal {}", position + 1))
    }

    pub(crate) fn now_unix_millis(&self) -> i64 {
        self.clock.now_unix_millis()
    }

    pub(crate) fn state(&self) -> &Shared<State> {
        &self.state
    }
}

impl Controller for Omada {
    fn answer(&self, request: &Received) -> Canned {
        self.calls.record(request);
        let scripts = if request.path == routes::TOKEN_PATH { &self.token_calls } else { &self.calls };
        scripts.scripted().unwrap_or_else(|| routes::answer(self, request))
    }
}

impl fmt::Debug for Omada {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Omada").field("url", &self.url).finish_non_exhaustive()
    }
}
