use std::collections::HashMap;
use std::fmt;
use std::io;

use crate::random::hex;

/// An id, a key or a password that every sandbox makes up anew, unless
/// [`SandboxBuilder::fixed`](crate::SandboxBuilder::fixed) gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Identity {
    /// [`Omada::omadac_id`](crate::Omada::omadac_id), 32 hexadecimal digits.
    OmadaId,
    /// [`Omada::client_id`](crate::Omada::client_id), up to 128 visible ASCII characters.
    OmadaClientId,
    /// [`Omada::client_secret`](crate::Omada::client_secret), up to 128 visible ASCII characters.
    OmadaClientSecret,
    /// [`Omada::username`](crate::Omada::username), up to 128 visible ASCII characters.
    OmadaUsername,
    /// [`Omada::password`](crate::Omada::password), up to 128 visible ASCII characters.
    OmadaPassword,
    /// [`Omada::site_id`](crate::Omada::site_id), 24 hexadecimal digits.
    OmadaSite,
    /// The first of [`Omada::portal_ids`](crate::Omada::portal_ids), 24 hexadecimal digits.
    OmadaPortal1,
    /// The second of [`Omada::portal_ids`](crate::Omada::portal_ids), 24 hexadecimal digits.
    OmadaPortal2,
    /// The first of [`Omada::ssid_ids`](crate::Omada::ssid_ids), 24 hexadecimal digits.
    OmadaSsid1,
    /// The second of [`Omada::ssid_ids`](crate::Omada::ssid_ids), 24 hexadecimal digits.
    OmadaSsid2,
    /// The first of [`Omada::network_ids`](crate::Omada::network_ids), 24 hexadecimal digits.
    OmadaNetwork1,
    /// The second of [`Omada::network_ids`](crate::Omada::network_ids), 24 hexadecimal digits.
    OmadaNetwork2,
    /// [`Omada::rate_limit_profile_id`](crate::Omada::rate_limit_profile_id), 24 hexadecimal digits.
    OmadaRateLimitProfile,
    /// [`Unifi::api_key`](crate::Unifi::api_key), up to 128 visible ASCII characters.
    UnifiApiKey,
    /// [`Unifi::cloud_api_key`](crate::Unifi::cloud_api_key), up to 128 visible ASCII characters.
    UnifiCloudApiKey,
    /// [`Unifi::console_id`](crate::Unifi::console_id), 24 to 128 hexadecimal digits with hyphens and a colon between them.
    UnifiConsole,
}

/// What a value looks like.
#[derive(Clone, Copy)]
enum Shape {
    Hex(usize),
    Text,
    Console,
}

const LONGEST_TEXT: usize = 128;

/// No word of a path has so many hexadecimal digits, which distinguishes ids from words.
const FEWEST_CONSOLE_DIGITS: usize = 24;

impl Identity {
    /// Every one.
    pub const ALL: [Self; 16] = [
        Self::OmadaId,
        Self::OmadaClientId,
        Self::OmadaClientSecret,
        Self::OmadaUsername,
        Self::OmadaPassword,
        Self::OmadaSite,
        Self::OmadaPortal1,
        Self::OmadaPortal2,
        Self::OmadaSsid1,
        Self::OmadaSsid2,
        Self::OmadaNetwork1,
        Self::OmadaNetwork2,
        Self::OmadaRateLimitProfile,
        Self::UnifiApiKey,
        Self::UnifiCloudApiKey,
        Self::UnifiConsole,
    ];

    /// The name of the program's option without the hyphens before it, such as `omada-client-id`.
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    fn facts(self) -> (&'static str, Shape) {
        match self {
            Self::OmadaId => ("omada-id", Shape::Hex(32)),
            Self::OmadaClientId => ("omada-client-id", Shape::Text),
            Self::OmadaClientSecret => ("omada-client-secret", Shape::Text),
            Self::OmadaUsername => ("omada-username", Shape::Text),
            Self::OmadaPassword => ("omada-password", Shape::Text),
            Self::OmadaSite => ("omada-site", Shape::Hex(24)),
            Self::OmadaPortal1 => ("omada-portal-1", Shape::Hex(24)),
            Self::OmadaPortal2 => ("omada-portal-2", Shape::Hex(24)),
            Self::OmadaSsid1 => ("omada-ssid-1", Shape::Hex(24)),
            Self::OmadaSsid2 => ("omada-ssid-2", Shape::Hex(24)),
            Self::OmadaNetwork1 => ("omada-network-1", Shape::Hex(24)),
            Self::OmadaNetwork2 => ("omada-network-2", Shape::Hex(24)),
            Self::OmadaRateLimitProfile => ("omada-rate-limit-profile", Shape::Hex(24)),
            Self::UnifiApiKey => ("unifi-api-key", Shape::Text),
            Self::UnifiCloudApiKey => ("unifi-cloud-api-key", Shape::Text),
            Self::UnifiConsole => ("unifi-console", Shape::Console),
        }
    }
}

impl Shape {
    fn check(self, value: &str) -> Result<(), String> {
        let is_hex = |byte: u8| byte.is_ascii_hexdigit();
        let (fits, expected) = match self {
            Self::Hex(digits) => {
                (value.len() == digits && value.bytes().all(is_hex), format!("{digits} hexadecimal digits"))
            }
            Self::Text => {
                let fits =
                    (1..=LONGEST_TEXT).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
                (fits, format!("1 to {LONGEST_TEXT} visible ASCII characters without blanks"))
            }
            Self::Console => {
                let digits = value.bytes().filter(|byte| is_hex(*byte)).count();
                let fits = (FEWEST_CONSOLE_DIGITS..=LONGEST_TEXT).contains(&digits)
                    && value.len() <= 2 * LONGEST_TEXT
                    && value.bytes().all(|byte| is_hex(byte) || byte == b'-' || byte == b':');
                (fits, format!("{FEWEST_CONSOLE_DIGITS} to {LONGEST_TEXT} hexadecimal digits, hyphens and colons"))
            }
        };
        if fits { Ok(()) } else { Err(expected) }
    }
}

/// The values that are given.
#[derive(Clone, Default)]
pub(crate) struct Identities(HashMap<Identity, String>);

impl Identities {
    /// The error does not show the value, which may be a secret.
    pub(crate) fn give(&mut self, what: Identity, value: String) -> io::Result<()> {
        let (name, shape) = what.facts();
        shape.check(&value).map_err(|expected| invalid(format!("{name} is not {expected}")))?;
        self.0.insert(what, value);
        Ok(())
    }

    /// What must differ does: a client that takes one for the other is wrong, and must fail here too.
    pub(crate) fn check(&self) -> io::Result<()> {
        use Identity as I;
        let ids = [I::OmadaPortal1, I::OmadaPortal2, I::OmadaSsid1, I::OmadaSsid2, I::OmadaNetwork1, I::OmadaNetwork2];
        for group in [&ids[..], &[I::UnifiApiKey, I::UnifiCloudApiKey]] {
            for (place, one) in group.iter().enumerate() {
                let same = |other: &&I| self.0.contains_key(other) && self.0.get(other) == self.0.get(one);
                if let Some(other) = group[place + 1..].iter().find(same) {
                    return Err(invalid(format!("{} and {} must differ", one.name(), other.name())));
                }
            }
        }
        Ok(())
    }

    /// The given value, or random hexadecimal digits.
    pub(crate) fn hex(&self, what: Identity, digits: usize) -> String {
        self.get(what).unwrap_or_else(|| hex(digits))
    }

    pub(crate) fn get(&self, what: Identity) -> Option<String> {
        self.0.get(&what).cloned()
    }
}

impl fmt::Debug for Identities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

fn invalid(complaint: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, complaint)
}
