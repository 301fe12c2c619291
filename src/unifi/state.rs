//! What a voucher is good for, derived from what the console says of it.

use super::generated::types::Voucher;

/// The state of a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VoucherState {
    /// No guest has used it yet.
    Unused,
    /// Guests use it, and others still can.
    InUse,
    /// As many guests as can have used it. Those who did stay online until it expires.
    UsedUp,
    /// It can no longer be used, and nobody is online with it.
    Expired,
}

impl Voucher {
    /// The state of the voucher, as of when it was read. Expired goes before used up, and used up before in use.
    pub fn state(&self) -> VoucherState {
        match self.authorized_guest_limit {
            _ if self.expired => VoucherState::Expired,
            Some(limit) if self.authorized_guest_count >= limit => VoucherState::UsedUp,
            _ if self.authorized_guest_count > 0 => VoucherState::InUse,
            _ => VoucherState::Unused,
        }
    }
}
