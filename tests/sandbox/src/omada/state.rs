use std::collections::HashSet;
use std::time::Duration;

use crate::omada::group::Group;
use crate::omada::token::Token;

/// What changes while the controller runs.
pub(crate) struct State {
    pub(crate) code_lag_millis: i64,
    pub(crate) access_token_lifetime: Duration,
    pub(crate) site_busy: bool,
    pub(crate) voucher_limit: usize,
    pub(crate) tokens: Vec<Token>,
    pub(crate) groups: Vec<Group>,
    /// A code belongs to one voucher of the whole site, whatever its group.
    pub(crate) taken_codes: HashSet<String>,
}

impl State {
    pub(crate) fn voucher_count(&self) -> usize {
        self.groups.iter().map(|group| group.vouchers.len()).sum()
    }
}

impl Default for State {
    fn default() -> Self {
        Self {
            code_lag_millis: 0,
            access_token_lifetime: Duration::from_secs(7200),
            site_busy: false,
            voucher_limit: 100_000,
            tokens: Vec::new(),
            groups: Vec::new(),
            taken_codes: HashSet::new(),
        }
    }
}
