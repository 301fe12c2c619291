use std::time::Duration;

use crate::books::Issued;
use crate::clock::millis;
use crate::omada::controller::Omada;
use crate::omada::group::{Group, Voucher};
use crate::omada::record::Record;
use crate::order::Order;
use crate::random::hex;

/// Six digits have a million codes, and finding a free one must stay quick.
const LARGEST_VOUCHER_LIMIT: usize = 500_000;

/// What a test does to the controller, or sees of it, behind the API's back.
impl Omada {
    /// How long the codes of a group stay hidden after it was created, on the sandbox clock; counts
    /// for the groups that exist too.
    pub fn set_code_lag(&self, lag: Duration) {
        self.state().lock().code_lag_millis = millis(lag);
    }

    /// How long an access token lasts that is handed out from now on; 7200 seconds by default.
    pub fn set_access_token_lifetime(&self, lifetime: Duration) {
        self.state().lock().access_token_lifetime = lifetime;
    }

    /// The order of lists that the caller does not sort: of groups, of a group's vouchers, and of authentication records.
    pub fn set_order(&self, order: Order) {
        self.state().lock().order = order;
    }

    /// Ends every access token that was handed out, as a change of the application's role does.
    pub fn expire_tokens(&self) {
        self.state().lock().tokens.iter_mut().for_each(|token| token.expires_unix_millis = i64::MIN);
    }

    /// Ends every refresh token that was handed out.
    pub fn expire_refresh_tokens(&self) {
        self.state().lock().tokens.iter_mut().for_each(|token| token.refresh_expires_unix_millis = i64::MIN);
    }

    /// Forgets every token pair that was handed out, as a controller does that was restored from a backup.
    pub fn revoke_tokens(&self) {
        self.state().lock().tokens.clear();
    }

    /// The version that the controller says it has, "6.0.0" by default. Below 6, or when it does
    /// not begin with a number, what came with version 6 is not there: eight calls are unknown
    /// paths, and the summary has fewer members.
    pub fn set_controller_version(&self, version: &str) {
        version.clone_into(&mut self.state().lock().controller_version);
    }

    /// Whether the site answers -33004 to everything, as it does while it is being copied or
    /// restored.
    pub fn set_site_busy(&self, busy: bool) {
        self.state().lock().site_busy = busy;
    }

    /// How many vouchers the site holds before it answers -42010; `100_000` by default, and at most
    /// `500_000`.
    pub fn set_voucher_limit(&self, vouchers: usize) {
        self.state().lock().voucher_limit = vouchers.min(LARGEST_VOUCHER_LIMIT);
    }

    /// How many tokens were handed out; a refused or scripted token call is none.
    pub fn tokens_issued(&self) -> usize {
        self.state().lock().tokens_issued
    }

    /// Every access token and refresh token that was handed out and not revoked.
    pub fn tokens(&self) -> Vec<String> {
        let state = self.state().lock();
        state.tokens.iter().flat_map(|token| [token.access.clone(), token.refresh.clone()]).collect()
    }

    /// The code of every voucher of the site, hidden ones too, oldest first.
    pub fn codes(&self) -> Vec<String> {
        let state = self.state().lock();
        state.groups.iter().flat_map(|group| &group.vouchers).map(|voucher| voucher.code.clone()).collect()
    }

    /// Every voucher and group that was ever issued, by which request, and whether it is still there; oldest first.
    pub fn books(&self) -> Vec<Issued> {
        let state = self.state().lock();
        let groups = state.groups.iter().map(|group| group.id.as_str()).collect();
        let vouchers = state.groups.iter().flat_map(|group| &group.vouchers).map(|voucher| voucher.id.as_str());
        let vouchers = vouchers.collect();
        state.books.iter().map(|issued| issued.as_of_now(&groups, &vouchers)).collect()
    }

    /// The id of every voucher group of the site, oldest first.
    pub fn group_ids(&self) -> Vec<String> {
        self.state().lock().groups.iter().map(|group| group.id.clone()).collect()
    }

    /// A guest signs in with this code: the voucher is in use from now on, and there is an
    /// authentication record of the guest. A second guest gets a record too, and does not start the
    /// voucher again.
    ///
    /// # Panics
    ///
    /// When the site has no such group, or the group no such voucher.
    pub fn mark_used(&self, group_id: &str, code: &str) {
        let is_used = self.sign_in_guest(|group, voucher| group.id == group_id && voucher.code == code);
        assert!(is_used, "mark_used names a voucher of a group");
    }

    /// As [`Omada::mark_used`], for a voucher that is named by its code or its id; returns `false` if there is none.
    pub fn try_mark_used(&self, code_or_id: &str) -> bool {
        self.sign_in_guest(|_, voucher| voucher.code == code_or_id || voucher.id == code_or_id)
    }

    /// The voucher expires now, whether a guest has used it or not. The guest's authentication record is unchanged.
    ///
    /// # Panics
    ///
    /// If the site has no such group, or the group no such voucher.
    pub fn expire(&self, group_id: &str, code: &str) {
        let is_expired = self.end_voucher(|group, voucher| group.id == group_id && voucher.code == code);
        assert!(is_expired, "expire names a voucher of a group");
    }

    /// As [`Omada::expire`], for a voucher that is named by its code or its id; returns `false` if there is none.
    pub fn try_expire(&self, code_or_id: &str) -> bool {
        self.end_voucher(|_, voucher| voucher.code == code_or_id || voucher.id == code_or_id)
    }

    /// Somebody else deletes this voucher, for example while a client reads page after page.
    ///
    /// # Panics
    ///
    /// When the site has no such group, or the group no such voucher.
    pub fn delete_voucher(&self, group_id: &str, code: &str) {
        let mut state = self.state().lock();
        let group = state.groups.iter_mut().find(|group| group.id == group_id);
        let group = group.expect("delete_voucher names a group");
        let voucher = group.vouchers.iter().position(|voucher| voucher.code == code);
        group.vouchers.remove(voucher.expect("delete_voucher names a voucher of the group"));
    }

    /// Somebody else deletes this group with its vouchers.
    ///
    /// # Panics
    ///
    /// When the site has no such group.
    pub fn delete_group(&self, group_id: &str) {
        let mut state = self.state().lock();
        let group = state.groups.iter().position(|group| group.id == group_id);
        state.groups.remove(group.expect("delete_group names a group"));
    }

    /// Signs a guest in with the voucher that is meant, if there is one.
    fn sign_in_guest(&self, is_meant: impl Fn(&Group, &Voucher) -> bool) -> bool {
        let now = self.now_unix_millis();
        let mut state = self.state().lock();
        let state = &mut *state;
        let place = |group: &Group| group.vouchers.iter().position(|voucher| is_meant(group, voucher));
        let found = state.groups.iter_mut().find_map(|group| place(group).map(|place| (group, place)));
        let Some((group, place)) = found else { return false };
        let portal_id = group.portal_ids().and_then(|ids| ids.first().map(|id| (*id).to_owned()));
        let (duration_millis, is_shared) = (group.duration_seconds() * 1000, group.number("durationType") == Some(1));
        let voucher = &mut group.vouchers[place];
        voucher.uses += 1;
        if voucher.started_unix_millis.is_none() {
            let issues = state.ledger.iter_mut().filter(|issue| issue.group_id == group.id);
            issues.for_each(|issue| issue.used_unix_millis.push(now));
        }
        let started = *voucher.started_unix_millis.get_or_insert(now);
        let time_starts = if is_shared { started } else { now };
        state.guests += 1;
        let number = state.guests;
        state.records.push(Record {
            id: hex(24),
            name: format!("Guest {number}"),
            mac: mac(),
            ip: format!("10.0.{}.{}", number / 250 % 250, number % 250 + 1),
            ssid: self.ssid_of(portal_id.as_deref()),
            voucher_code: voucher.code.clone(),
            started_unix_millis: now,
            ends_unix_millis: time_starts.saturating_add(duration_millis),
        });
        true
    }

    /// Ends the voucher that is meant, if there is one.
    fn end_voucher(&self, is_meant: impl Fn(&Group, &Voucher) -> bool) -> bool {
        let now = self.now_unix_millis();
        let mut state = self.state().lock();
        for group in &mut state.groups {
            if let Some(place) = group.vouchers.iter().position(|voucher| is_meant(group, voucher)) {
                group.vouchers[place].ended_unix_millis.get_or_insert(now);
                return true;
            }
        }
        false
    }

    /// Where a guest signs in: at the first portal that takes the voucher.
    fn ssid_of(&self, portal_id: Option<&str>) -> String {
        let portal = self.portal_ids().iter().position(|id| Some(id.as_str()) == portal_id).unwrap_or(0);
        self.ssid_name(&self.ssid_ids()[portal]).unwrap_or_default()
    }
}

/// In the form of the vendor: `AA-BB-CC-DD-EE-FF`.
fn mac() -> String {
    let digits = hex(12).to_uppercase();
    (0..6).map(|byte| &digits[byte * 2..byte * 2 + 2]).collect::<Vec<_>>().join("-")
}
