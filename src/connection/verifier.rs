//! Checks the certificates of controllers.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme};

use super::first_use::{Answer, Decision, FirstUse, Undecided};
use super::trust::{Fingerprint, Trust, Untrusted, Whom};

const DECLINED: &str = "it was declined on first use";

/// The TLS of a client that trusts so in the controller at a host.
pub(super) fn config(trust: &Trust, host: &str) -> Result<ClientConfig, String> {
    let provider = CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider()));
    let controller = ServerName::try_from(host.to_owned()).ok();
    let policy = Policy::new(trust, &provider)?;
    let verifier = Verifier { controller, policy, others: OnceLock::new(), provider: provider.clone() };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let mut config = config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[derive(Debug)]
struct Verifier {
    controller: Option<ServerName<'static>>,
    /// How the controller is trusted.
    policy: Policy,
    /// How others are trusted, which are proxies on the way: as the system trusts them. Most clients meet none.
    others: OnceLock<Policy>,
    provider: Arc<CryptoProvider>,
}

enum Policy {
    /// What another verifier says.
    Chain(Arc<dyn ServerCertVerifier>),
    Pinned(Fingerprint),
    FirstUse {
        trust: Arc<FirstUse>,
        met: OnceLock<Fingerprint>,
    },
    Anything,
}

/// Why a certificate is refused that no authority vouches for.
enum Refusal {
    /// Another one is expected.
    Other(Fingerprint),
    Declined,
    /// It is yet to be decided.
    Undecided(Decision),
}

impl Policy {
    fn new(trust: &Trust, provider: &Arc<CryptoProvider>) -> Result<Self, String> {
        Ok(match &trust.0 {
            Whom::System => Self::system(provider)?,
            Whom::Authority(pem) => {
                let mut roots = RootCertStore::empty();
                for certificate in CertificateDer::pem_slice_iter(pem) {
                    let unreadable = |error: String| format!("a certificate of the authority cannot be read: {error}");
                    let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
                    roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
                }
                if roots.is_empty() {
                    return Err("the authority's PEM holds no certificate".to_owned());
                }
                let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
                Self::Chain(verifier.map_err(|error| error.to_string())?)
            }
            Whom::Pinned(fingerprint) => Self::Pinned(*fingerprint),
            Whom::FirstUse(trust) => Self::FirstUse { trust: trust.clone(), met: OnceLock::new() },
            Whom::Anything => Self::Anything,
        })
    }

    fn system(provider: &Arc<CryptoProvider>) -> Result<Self, String> {
        let verifier = rustls_platform_verifier::Verifier::new(provider.clone());
        Ok(Self::Chain(Arc::new(verifier.map_err(|error| error.to_string())?)))
    }

    /// Compares a certificate that no authority vouches for.
    fn compare(&self, presented: Fingerprint) -> Result<(), Refusal> {
        let compare =
            |expected: Fingerprint| if expected == presented { Ok(()) } else { Err(Refusal::Other(expected)) };
        match self {
            Self::Chain(_) | Self::Anything => Ok(()),
            Self::Pinned(expected) => compare(*expected),
            Self::FirstUse { trust, met } => match met.get() {
                Some(expected) => compare(*expected),
                None => match trust.ask(presented) {
                    Answer::Accepted => compare(*met.get_or_init(|| presented)),
                    Answer::Declined => Err(Refusal::Declined),
                    Answer::Open(decision) => Err(Refusal::Undecided(decision)),
                },
            },
        }
    }
}

impl std::fmt::Debug for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Chain(_) => "Chain",
            Self::Pinned(_) => "Pinned",
            Self::FirstUse { .. } => "FirstUse",
            Self::Anything => "Anything",
        })
    }
}

impl Verifier {
    /// How a server of this name is trusted.
    fn policy(&self, name: &ServerName<'_>) -> Result<&Policy, Error> {
        if self.controller.as_ref().is_none_or(|controller| controller == name) {
            return Ok(&self.policy);
        }
        if let Some(others) = self.others.get() {
            return Ok(others);
        }
        let others = Policy::system(&self.provider).map_err(Error::General)?;
        Ok(self.others.get_or_init(|| others))
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let presented = fingerprint(certificate)?;
        let refused = |expected, reason| Untrusted { presented, expected, reason };
        let untrusted = |expected, reason| Error::Other(OtherError(Arc::new(refused(expected, reason))));
        let policy = self.policy(name)?;
        if let Policy::Chain(verifier) = policy {
            return verifier
                .verify_server_cert(certificate, intermediates, name, ocsp_response, now)
                .map_err(|error| untrusted(None, error.to_string()));
        }
        match policy.compare(presented) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(Refusal::Other(expected)) => Err(untrusted(Some(expected), "another certificate is pinned".to_owned())),
            Err(Refusal::Declined) => Err(untrusted(None, DECLINED.to_owned())),
            Err(Refusal::Undecided(decision)) => {
                let untrusted = refused(None, DECLINED.to_owned());
                Err(Error::Other(OtherError(Arc::new(Undecided { untrusted, decision }))))
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The SHA-256 of a certificate, by the hash that TLS itself uses.
fn fingerprint(certificate: &CertificateDer<'_>) -> Result<Fingerprint, Error> {
    let suite = aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256;
    let hash = suite.tls13().map(|suite| suite.common.hash_provider.hash(certificate));
    let sha256 = hash.and_then(|hash| <[u8; 32]>::try_from(hash.as_ref()).ok());
    sha256.map(Fingerprint::new).ok_or_else(|| Error::General("the TLS library has no SHA-256".to_owned()))
}
