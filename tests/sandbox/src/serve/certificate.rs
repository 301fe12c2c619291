use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

/// Which certificate a TLS listener shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Certificate {
    /// One of the sandbox's authority, for `localhost` and 127.0.0.1.
    Valid,
    /// One that is right but for its authority, which nobody has seen before.
    OtherAuthority,
    /// One of the sandbox's authority, for `elsewhere.example`.
    OtherName,
    /// One of the sandbox's authority that ended with the year 2001.
    Expired,
}

/// An authority that signs certificates, made at start.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

/// A certificate with its key, ready to be shown.
pub(crate) struct Shown {
    pub(crate) pem: String,
    pub(crate) sha256: [u8; 32],
    pub(crate) config: Arc<ServerConfig>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate()?;
        let pem = params.self_signed(&key)?.pem();
        Ok(Self { issuer: Issuer::new(params, key), pem })
    }

    /// A new certificate of this kind, with a new key.
    pub(crate) fn issue(&self, kind: Certificate) -> Result<Shown, rcgen::Error> {
        let names = match kind {
            Certificate::OtherName => vec!["elsewhere.example".to_owned()],
            _ => vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
        };
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name.push(DnType::CommonName, "Sandbox");
        if kind == Certificate::Expired {
            (params.not_before, params.not_after) = (date_time_ymd(2001, 1, 1), date_time_ymd(2001, 12, 31));
        }
        let key = KeyPair::generate()?;
        let certificate = match kind {
            Certificate::OtherAuthority => params.signed_by(&key, &Self::new("Another authority")?.issuer)?,
            _ => params.signed_by(&key, &self.issuer)?,
        };
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(digest(&SHA256, certificate.der()).as_ref());
        let config = config(certificate.der().clone(), PrivatePkcs8KeyDer::from(key.serialize_der()).into());
        let config = config.map_err(|_| rcgen::Error::CouldNotParseCertificate)?;
        Ok(Shown { pem: certificate.pem(), sha256, config: Arc::new(config) })
    }
}

/// Every certificate gets a configuration of its own, so that no session of the one before it can be resumed.
fn config(certificate: CertificateDer<'static>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, rustls::Error> {
    let config =
        ServerConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions()?;
    config.with_no_client_auth().with_single_cert(vec![certificate], key)
}
