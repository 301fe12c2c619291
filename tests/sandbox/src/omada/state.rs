use std::collections::HashSet;
use std::time::Duration;

use crate::books::Issued;
use crate::canned::Canned;
use crate::omada::envelope;
use crate::omada::group::{Group, Voucher};
use crate::omada::ledger::Issue;
use crate::omada::logo::Logo;
use crate::omada::profile::Profile;
use crate::omada::record::Record;
use crate::omada::sign_in::{Code, Session};
use crate::omada::token::Token;
use crate::order::Order;

/// What changes while the controller runs.
pub(crate) struct State {
    pub(crate) controller_version: String,
    pub(crate) code_lag_millis: i64,
    pub(crate) access_token_lifetime: Duration,
    pub(crate) site_busy: bool,
    pub(crate) voucher_limit: usize,
    /// How rows are ordered that the caller does not sort.
    pub(crate) order: Order,
    pub(crate) sessions: Vec<Session>,
    pub(crate) codes: Vec<Code>,
    pub(crate) tokens: Vec<Token>,
    /// How many token pairs were handed out, those that were revoked too.
    pub(crate) tokens_issued: usize,
    pub(crate) groups: Vec<Group>,
    pub(crate) ledger: Vec<Issue>,
    /// What was ever issued.
    pub(crate) books: Vec<Issued>,
    pub(crate) records: Vec<Record>,
    /// How many guests signed in, those with a deleted record too.
    pub(crate) guests: usize,
    pub(crate) profiles: Vec<Profile>,
    pub(crate) logos: Vec<Logo>,
    pub(crate) selected_currency: Option<String>,
    /// A code belongs to one voucher of the whole site, whatever its group, and to none after it.
    pub(crate) taken_codes: HashSet<String>,
}

impl State {
    /// A site that nobody has touched yet, with the one profile that every site has.
    pub(crate) fn new(profile: Profile) -> Self {
        Self {
            controller_version: "6.0.0".to_owned(),
            code_lag_millis: 0,
            access_token_lifetime: Duration::from_secs(7200),
            site_busy: false,
            voucher_limit: 100_000,
            order: Order::default(),
            sessions: Vec::new(),
            codes: Vec::new(),
            tokens: Vec::new(),
            tokens_issued: 0,
            groups: Vec::new(),
            ledger: Vec::new(),
            books: Vec::new(),
            records: Vec::new(),
            guests: 0,
            profiles: vec![profile],
            logos: Vec::new(),
            selected_currency: None,
            taken_codes: HashSet::new(),
        }
    }

    /// Whether the calls and fields are there that came with version 6.
    pub(crate) fn is_version_six(&self) -> bool {
        let major = self.controller_version.split('.').next().and_then(|major| major.parse().ok());
        major.unwrap_or(0_u32) >= 6
    }

    pub(crate) fn voucher_count(&self) -> usize {
        self.groups.iter().map(|group| group.vouchers.len()).sum()
    }

    /// No code is published for a group that is not there; a wrong parameter is what the controller
    /// would see.
    pub(crate) fn group(&self, id: &str) -> Result<&Group, Canned> {
        self.groups.iter().find(|group| group.id == id).ok_or_else(unknown_group)
    }

    pub(crate) fn group_mut(&mut self, id: &str) -> Result<&mut Group, Canned> {
        self.groups.iter_mut().find(|group| group.id == id).ok_or_else(unknown_group)
    }

    /// A voucher of the site by its id, with its group.
    pub(crate) fn voucher(&self, id: &str) -> Result<(&Group, &Voucher), Canned> {
        let mut vouchers =
            self.groups.iter().flat_map(|group| group.vouchers.iter().map(move |voucher| (group, voucher)));
        vouchers.find(|(_, voucher)| voucher.id == id).ok_or_else(|| envelope::invalid("id", "names no voucher"))
    }

    /// The vouchers of a group, or none as long as their codes lag behind.
    pub(crate) fn ready_vouchers<'g>(&self, group: &'g Group, now: i64) -> &'g [Voucher] {
        let is_ready = group.created_unix_millis.saturating_add(self.code_lag_millis) <= now;
        if is_ready { &group.vouchers } else { &[] }
    }

    /// What was issued in the whole site, or in one group where an id is given.
    pub(crate) fn issues(&self, group_id: &str) -> Result<Vec<&Issue>, Canned> {
        if group_id.is_empty() {
            return Ok(self.ledger.iter().collect());
        }
        let id = &self.group(group_id)?.id;
        Ok(self.ledger.iter().filter(|issue| issue.group_id == *id).collect())
    }
}

fn unknown_group() -> Canned {
    envelope::invalid("groupId", "names no voucher group")
}
