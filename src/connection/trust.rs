//! Whom a client trusts to be the controller.

use std::fmt;
use std::str::FromStr;
#[cfg(feature = "rustls")]
use std::sync::Arc;

#[cfg(feature = "rustls")]
use super::first_use::FirstUse;
use crate::validate::{Problem, Violations};

/// Whom a client trusts to be the controller.
///
/// Controllers and consoles come with a certificate that they signed themselves, which no system trusts. The fingerprint that
/// they show in their settings, or that an error of this crate tells, is enough to know them again:
///
/// ```
/// use hotspot_vouchers::{Connection, Fingerprint, Trust};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let fingerprint: Fingerprint =
///     "3F:2A:91:0C:5E:77:B1:42:9D:08:6C:F3:15:AA:E0:4B:D2:8E:61:37:C9:50:FB:24:86:1D:73:0A:BE:95:48:6F".parse()?;
/// # #[cfg(feature = "rustls")]
/// let connection = Connection::new().trust(Trust::pinned(fingerprint));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Trust(pub(super) Whom);

#[derive(Clone)]
pub(super) enum Whom {
    System,
    #[cfg(any(feature = "native-tls", feature = "rustls"))]
    Authority(Vec<u8>),
    #[cfg(feature = "rustls")]
    Pinned(Fingerprint),
    #[cfg(feature = "rustls")]
    FirstUse(Arc<FirstUse>),
    Anything,
}

impl Trust {
    /// Whoever has a certificate for the address that the system trusts. This is the default.
    pub fn system() -> Self {
        Self(Whom::System)
    }

    /// Whoever has a certificate for the address from this authority, and nobody else. The authority's certificate is PEM, as
    /// text that begins with `-----BEGIN CERTIFICATE-----`; there may be several.
    #[cfg(any(feature = "native-tls", feature = "rustls"))]
    pub fn authority(pem: impl Into<Vec<u8>>) -> Self {
        Self(Whom::Authority(pem.into()))
    }

    /// Whoever has the certificate with this fingerprint, whatever else stands in it. Another certificate is refused with both
    /// fingerprints in the error.
    #[cfg(feature = "rustls")]
    pub fn pinned(fingerprint: Fingerprint) -> Self {
        Self(Whom::Pinned(fingerprint))
    }

    /// Whoever is met first, if `decide` takes the fingerprint; from then on nobody else, as with [`pinned`](Self::pinned).
    ///
    /// `decide` shows the fingerprint to a person or compares it, and stores it for the next start, when it can be pinned.
    ///
    /// - It runs on a thread of its own, and may take as long as it needs. Calls that need the decision wait for it until their
    ///   deadline, in which time nothing is sent. A call whose deadline passes leaves the decision open for the next one.
    /// - It is called once however many connections need the decision, and never by two threads at the same time. This includes
    ///   all clients that are given a clone of this `Trust`: it is not called again for a fingerprint that it accepted, and
    ///   each client accepts the first certificate that it meets and no other.
    /// - If it returns `false` or panics, the waiting calls fail, and the next connection calls it again.
    ///
    /// ```
    /// use std::sync::{Arc, OnceLock};
    ///
    /// use hotspot_vouchers::{Connection, Trust};
    ///
    /// let met = Arc::new(OnceLock::new());
    /// let seen = met.clone();
    /// let connection = Connection::new().trust(Trust::on_first_use(move |fingerprint| {
    ///     println!("the console has the fingerprint {fingerprint}");
    ///     seen.set(*fingerprint).is_ok()
    /// }));
    /// ```
    #[cfg(feature = "rustls")]
    pub fn on_first_use(decide: impl Fn(&Fingerprint) -> bool + Send + Sync + 'static) -> Self {
        Self(Whom::FirstUse(Arc::new(FirstUse::new(Box::new(decide)))))
    }

    /// Returns `true` if trust may depend on a decision on first use.
    pub(super) fn asks(&self) -> bool {
        match &self.0 {
            #[cfg(feature = "rustls")]
            Whom::FirstUse(_) => true,
            _ => false,
        }
    }

    pub(super) fn anything() -> Self {
        Self(Whom::Anything)
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Whom::System => f.write_str("System"),
            #[cfg(any(feature = "native-tls", feature = "rustls"))]
            Whom::Authority(_) => f.write_str("Authority(..)"),
            #[cfg(feature = "rustls")]
            Whom::Pinned(fingerprint) => write!(f, "Pinned({fingerprint})"),
            #[cfg(feature = "rustls")]
            Whom::FirstUse(_) => f.write_str("FirstUse(..)"),
            Whom::Anything => f.write_str("Anything"),
        }
    }
}

/// The SHA-256 of a certificate, which tells it from all others. It is no secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn new(sha256: [u8; 32]) -> Self {
        Self(sha256)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let colon = if index == 0 { "" } else { ":" };
            write!(f, "{colon}{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = Violations;

    /// Reads 64 hexadecimal digits, in capitals or not, with colons or blanks between them or without.
    fn from_str(text: &str) -> Result<Self, Violations> {
        let digits: Option<Vec<u8>> = text
            .chars()
            .filter(|c| *c != ':' && !c.is_whitespace())
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let bytes = digits
            .filter(|digits| digits.len().is_multiple_of(2))
            .map(|digits| digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect::<Vec<u8>>());
        let sha256 = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        sha256.map(Self).ok_or_else(|| {
            let expected = "a SHA-256 fingerprint, which has 64 hexadecimal digits";
            Violations::one("fingerprint", Problem::Unusable { value: Some(text.to_owned()), expected })
        })
    }
}

/// A certificate that was not trusted, so that nothing was sent to whoever showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untrusted {
    /// The fingerprint of the certificate that was shown.
    pub presented: Fingerprint,
    /// The fingerprint of the certificate that was expected, where one was.
    pub expected: Option<Fingerprint>,
    /// What is wrong with the certificate, in the words of the TLS library.
    pub reason: String,
    /// Whether the certificate would work if its fingerprint were pinned. A key that the TLS library cannot use never works.
    pub can_be_pinned: bool,
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { presented, expected, reason, can_be_pinned } = self;
        match expected {
            None if !can_be_pinned => write!(
                f,
                "its certificate cannot be used, pinned or not: {reason}; give the controller another certificate (this one has \
                 the fingerprint {presented})"
            ),
            Some(expected) => write!(
                f,
                "its certificate has the fingerprint {presented} instead of {expected}; if the certificate was replaced, pin \
                 the new one, and else somebody stands in between"
            ),
            None => write!(
                f,
                "its certificate is not trusted ({reason}); its fingerprint is {presented}: if that is the one that the \
                 controller shows in its settings, pin it with `Trust::pinned`"
            ),
        }
    }
}

impl std::error::Error for Untrusted {}
