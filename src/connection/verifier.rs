//! Checks the certificates of controllers.

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};

use super::certificate::Key;
use super::first_use::{Answer, Decision, FirstUse, Undecided};
use super::shown::cut;
use super::trust::{Fingerprint, Trust, Untrusted, Whom};

/// How many characters of a reason are shown. It may list every name of a certificate.
const REASON: usize = 300;

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

/// The lengths of RSA keys that the TLS library uses.
const RSA_BITS: RangeInclusive<usize> = 2048..=8192;

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

impl Verifier {
    /// Why the key of a certificate cannot be used, even if the certificate is trusted: its signatures cannot be checked.
    fn unusable_key(&self, certificate: &CertificateDer<'_>) -> Option<String> {
        let key = Key::of(certificate)?;
        match key.rsa_bits() {
            Some(bits) if !RSA_BITS.contains(&bits) => Some(format!(
                "its RSA key has {bits} bits, and the TLS library checks signatures of keys with {} to {} bits only",
                RSA_BITS.start(),
                RSA_BITS.end()
            )),
            Some(_) => None,
            None => {
                let algorithms = self.provider.signature_verification_algorithms.all;
                let is_known = algorithms.iter().any(|known| known.public_key_alg_id().as_ref() == key.algorithm);
                let reason = "the TLS library checks no signatures of keys of its kind";
                (!is_known).then(|| reason.to_owned())
            }
        }
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
        let unusable = self.unusable_key(certificate);
        let can_be_pinned = unusable.is_none();
        let refused = |expected, reason| Untrusted { presented, expected, reason, can_be_pinned };
        let untrusted = |expected, reason| Error::Other(OtherError(Arc::new(refused(expected, reason))));
        let policy = self.policy(name)?;
        if let Policy::Chain(verifier) = policy {
            return verifier
                .verify_server_cert(certificate, intermediates, name, ocsp_response, now)
                .map_err(|error| untrusted(None, unusable.unwrap_or_else(|| cut(&error.to_string(), REASON))));
        }
        match policy.compare(presented) {
            Ok(()) => match unusable {
                Some(reason) => Err(untrusted(None, reason)),
                None => Ok(ServerCertVerified::assertion()),
            },
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
        let verified = rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms);
        verified.or_else(|error| match key_of_unreadable(certificate, &error) {
            Some(key) => verify(message, &key, signature, algorithms),
            None => Err(error),
        })
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        let verified = rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms);
        verified.or_else(|error| match key_of_unreadable(certificate, &error) {
            Some(key) => {
                rustls::crypto::verify_tls13_signature_with_raw_key(message, &key.info(), signature, algorithms)
            }
            None => Err(error),
        })
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The key of a certificate that the TLS library cannot read, such as one of X.509 version 1. Such a certificate gets this far
/// only if its fingerprint is trusted; whether the server has its key is checked all the same.
fn key_of_unreadable<'a>(certificate: &'a CertificateDer<'_>, error: &Error) -> Option<Key<'a>> {
    match error {
        Error::InvalidCertificate(CertificateError::BadSignature) => None,
        Error::InvalidCertificate(_) => Key::of(certificate),
        _ => None,
    }
}

/// Checks a signature of TLS 1.2 with a key.
fn verify(
    message: &[u8],
    key: &Key<'_>,
    signature: &DigitallySignedStruct,
    algorithms: &WebPkiSupportedAlgorithms,
) -> Result<HandshakeSignatureValid, Error> {
    let of_scheme = algorithms.mapping.iter().filter(|(scheme, _)| *scheme == signature.scheme);
    let is_valid = of_scheme.flat_map(|(_, algorithms)| algorithms.iter()).any(|algorithm| {
        let is_of_key = algorithm.public_key_alg_id().as_ref() == key.algorithm;
        is_of_key && algorithm.verify_signature(key.bytes, message, signature.signature()).is_ok()
    });
    match is_valid {
        true => Ok(HandshakeSignatureValid::assertion()),
        false => Err(Error::InvalidCertificate(CertificateError::BadSignature)),
    }
}

/// The SHA-256 of a certificate, by the hash that TLS itself uses.
fn fingerprint(certificate: &CertificateDer<'_>) -> Result<Fingerprint, Error> {
    let suite = aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256;
    let hash = suite.tls13().map(|suite| suite.common.hash_provider.hash(certificate));
    let sha256 = hash.and_then(|hash| <[u8; 32]>::try_from(hash.as_ref()).ok());
    sha256.map(Fingerprint::new).ok_or_else(|| Error::General("the TLS library has no SHA-256".to_owned()))
}
