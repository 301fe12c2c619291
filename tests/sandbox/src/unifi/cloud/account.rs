use crate::random::hex;
use crate::unifi::cloud::rate::Rate;

/// What the cloud keeps about the owner of the key.
#[derive(Default)]
pub(crate) struct Account {
    pub(crate) offline: bool,
    pub(crate) rate: Rate,
    /// Consoles that are not there when they are called.
    pub(crate) other_consoles: Vec<String>,
}

/// An id as the cloud gives it to a console of the vendor's own make.
pub(crate) fn new_console_id() -> String {
    format!("900A6F{}{}:123456789", hex(32), hex(22)).to_uppercase()
}
