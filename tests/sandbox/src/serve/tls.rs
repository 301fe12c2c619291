use std::fmt;
use std::fmt::Write;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;

use crate::serve::certificate::{Authority, Certificate, Shown};
use crate::shared::Shared;

/// The certificates that a sandbox with [TLS](crate::SandboxBuilder::tls) shows at all its doors.
///
/// Connections that are open stay open whatever is shown from now on: [`Door::hang_up`](crate::Door::hang_up) ends them, and
/// no session is resumed after a change.
pub struct Tls {
    authority: Authority,
    shown: Shared<Shown>,
    once: Shared<Option<Shown>>,
}

impl Tls {
    pub(crate) fn new() -> Result<Self, rcgen::Error> {
        let authority = Authority::new("Sandbox authority")?;
        let shown = authority.issue(Certificate::Valid)?;
        Ok(Self { authority, shown: Shared::new(shown), once: Shared::default() })
    }

    /// The certificate of the sandbox's own authority, in PEM: what a client must trust to accept a valid certificate.
    pub fn authority_pem(&self) -> &str {
        &self.authority.pem
    }

    /// The certificate that is shown now, in PEM.
    pub fn certificate_pem(&self) -> String {
        self.shown.lock().pem.clone()
    }

    /// The SHA-256 of the certificate that is shown now (of its whole DER form): what a client may pin.
    pub fn sha256(&self) -> [u8; 32] {
        self.shown.lock().sha256
    }

    /// The same in 64 lower-case hexadecimal digits.
    pub fn sha256_hex(&self) -> String {
        self.sha256().iter().fold(String::new(), |mut text, byte| {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Shows a new valid certificate with another key, as after a renewal: right for whoever trusts the authority, wrong for
    /// whoever has pinned the one before.
    pub fn change_certificate(&self) {
        self.show(Certificate::Valid);
    }

    /// Shows a new certificate of this kind.
    ///
    /// # Panics
    ///
    /// When the machine has no random numbers to make a key of.
    pub fn show(&self, kind: Certificate) {
        *self.shown.lock() = self.issue(kind);
    }

    /// Shows a certificate of this kind to the next connection alone.
    pub(crate) fn show_once(&self, kind: Certificate) {
        *self.once.lock() = Some(self.issue(kind));
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        let once = self.once.lock().take().map(|shown| shown.config);
        TlsAcceptor::from(once.unwrap_or_else(|| Arc::clone(&self.shown.lock().config)))
    }

    fn issue(&self, kind: Certificate) -> Shown {
        self.authority.issue(kind).expect("a certificate like the first one can be made again")
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("sha256", &self.sha256_hex()).finish_non_exhaustive()
    }
}
