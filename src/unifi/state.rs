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
    /// The console left out whether it is expired, or how many guests have used it, or sent something undocumented there.
    Unknown,
}

impl Voucher {
    /// The state of the voucher, as of when it was read. Expired goes before used up, and used up before in use.
    pub fn state(&self) -> VoucherState {
        match (self.expired, self.authorized_guest_count, self.authorized_guest_limit) {
            (Some(true), ..) => VoucherState::Expired,
            (None, ..) | (_, None, _) => VoucherState::Unknown,
            (_, Some(count), Some(limit)) if count >= limit => VoucherState::UsedUp,
            (_, Some(count), _) if count > 0 => VoucherState::InUse,
            _ => VoucherState::Unused,
        }
    }
}
