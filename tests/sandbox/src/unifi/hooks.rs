use serde_json::{Map, Value};
use uuid::Uuid;

use crate::order::Order;
use crate::unifi::client::{Client, Link};
use crate::unifi::console::Unifi;
use crate::unifi::site::Site;
use crate::unifi::version::Version;

/// What a test does right before a list is made.
pub(crate) type ListHook = Box<dyn FnOnce(&Unifi) + Send>;

/// What happens to a console without a request: guests come, time runs out, others work at it.
impl Unifi {
    /// A guest signs in with this voucher: one guest more, and the first one starts the voucher's
    /// time.
    ///
    /// # Panics
    ///
    /// When there is no such voucher on any site.
    pub fn mark_used(&self, voucher_id: &str) {
        let now = self.now_unix_millis();
        let mut state = self.state().lock();
        state.voucher_mut(voucher_id).expect("mark_used names a voucher").authorize_guest(now);
    }

    /// The voucher expires now, whether a guest has used it or not.
    ///
    /// # Panics
    ///
    /// When there is no such voucher on any site.
    pub fn expire(&self, voucher_id: &str) {
        let now = self.now_unix_millis();
        self.state().lock().voucher_mut(voucher_id).expect("expire names a voucher").end(now);
    }

    /// Sets the order of every list. The vendor documents none, and no parameter for one.
    pub fn set_order(&self, order: Order) {
        self.state().lock().order = order;
    }

    /// Somebody else deletes this voucher.
    ///
    /// # Panics
    ///
    /// When there is no such voucher on any site.
    pub fn delete_voucher(&self, voucher_id: &str) {
        let mut state = self.state().lock();
        assert!(state.voucher_mut(voucher_id).is_some(), "delete_voucher names a voucher");
        state.sites_mut().for_each(|site| site.vouchers.retain(|voucher| voucher.id != voucher_id));
    }

    /// A voucher of the default site that did not come through the API, as older consoles leave
    /// them: its fields are kept as they are, out of range or not. Returns its id.
    ///
    /// `code` may be any text, and is made up when there is none; `name` and `timeLimitMinutes`
    /// are `Lobby` and 60 when they are missing.
    pub fn add_voucher(&self, fields: &Map<String, Value>) -> String {
        let now = self.now_unix_millis();
        let mut settings =
            Map::from_iter([("name".to_owned(), "Lobby".into()), ("timeLimitMinutes".to_owned(), 60.into())]);
        settings.extend(fields.clone());
        let code = settings.remove("code").and_then(|code| code.as_str().map(str::to_owned));
        self.state().lock().default_site.adopt(code, settings, now)
    }

    /// Runs this right before the console makes its next list of vouchers; several are run one per
    /// list, in the order they came. A first one that does nothing lets the first page pass, and
    /// the second one changes what is there before the second page.
    pub fn before_next_list(&self, hook: impl FnOnce(&Unifi) + Send + 'static) {
        self.list_hooks.lock().push_back(Box::new(hook));
    }

    /// One more site, with no vouchers; returns its id, a UUID.
    pub fn add_site(&self, internal_reference: &str, name: &str) -> String {
        let id = Uuid::new_v4().to_string();
        self.state().lock().other_sites.push(Site::new(&id, internal_reference, name));
        id
    }

    /// A guest joins the default site, and is not authorized yet; returns the client's id, a UUID.
    pub fn add_guest(&self, mac: &str) -> String {
        self.connect(mac, Link::Guest)
    }

    /// A device that is no guest is plugged in at the default site; returns the client's id, a UUID.
    pub fn add_wired_client(&self, mac: &str) -> String {
        self.connect(mac, Link::Wired)
    }

    /// The version of the Network application, `10.1.68` by default. Before 9.1.119 there are no
    /// calls for vouchers or single clients, and before 10 errors have no `code`.
    ///
    /// # Panics
    ///
    /// When it is not numbers with dots between them.
    pub fn set_application_version(&self, version: &str) {
        self.state().lock().version = Version::parse(version).expect("a version is numbers with dots between them");
    }

    /// Whether the connector answers 408, as it does when the console cannot be reached.
    pub fn set_console_offline(&self, offline: bool) {
        self.account().lock().offline = offline;
    }

    /// How many requests per minute of the sandbox clock the connector passes on before it answers
    /// 429; 100 by default.
    pub fn set_cloud_limit(&self, requests: usize) {
        self.account().lock().rate.limit = requests;
    }

    /// One more console in the cloud account, of which there is only this entry: the connector
    /// answers 408 for it. Returns its id, a UUID.
    pub fn add_console(&self) -> String {
        let id = Uuid::new_v4().to_string();
        self.account().lock().other_consoles.push(id.clone());
        id
    }

    /// As [`Unifi::mark_used`], for a voucher that is named by its code or its id; returns `false` if there is none.
    pub fn try_mark_used(&self, code_or_id: &str) -> bool {
        let now = self.now_unix_millis();
        self.state().lock().find_mut(code_or_id).map(|voucher| voucher.authorize_guest(now)).is_some()
    }

    /// As [`Unifi::expire`], for a voucher that is named by its code or its id; returns `false` if there is none.
    pub fn try_expire(&self, code_or_id: &str) -> bool {
        let now = self.now_unix_millis();
        self.state().lock().find_mut(code_or_id).map(|voucher| voucher.end(now)).is_some()
    }

    pub(crate) fn run_list_hook(&self) {
        // The hook may ask the console for another one, so the lock is let go before it runs.
        let hook = self.list_hooks.lock().pop_front();
        if let Some(hook) = hook {
            hook(self);
        }
    }

    fn connect(&self, mac: &str, link: Link) -> String {
        let client = Client::new(mac, link, self.now_unix_millis());
        let id = client.id.clone();
        self.state().lock().default_site.clients.push(client);
        id
    }
}
