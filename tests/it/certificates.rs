//! Certificates that the TLS library cannot read, or whose keys it cannot use. The fingerprint decides alone.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use hotspot_vouchers::connection::Untrusted;
use hotspot_vouchers::{Connection, Error, Fingerprint, Trust, unifi};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, ServerConnection, SupportedProtocolVersion, version};

use crate::support::once;

const RSA: &[u8] = include_bytes!("certificates/rsa_2048.key.der");
const P256: &[u8] = include_bytes!("certificates/p256.key.der");

/// Certificates that a console made long ago, each with the key of its server. They were made with OpenSSL, for a hundred
/// years. The last one is shown by a server that has another key.
const ODD: [(&str, &[u8], &[u8]); 4] = [
    ("version 1, RSA", include_bytes!("certificates/rsa_2048_v1.der"), RSA),
    ("version 1, elliptic curve", include_bytes!("certificates/p256_v1.der"), P256),
    ("unknown critical extension", include_bytes!("certificates/rsa_2048_critical.der"), RSA),
    ("stolen", include_bytes!("certificates/p256_v1.der"), RSA),
];
const SMALL: &[u8] = include_bytes!("certificates/rsa_1024.der");

#[derive(Debug)]
struct One(Arc<CertifiedKey>);

impl ResolvesServerCert for One {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

/// A console with a certificate, whatever is wrong with that.
fn console(certificate: &'static [u8], key: &'static [u8], version: &'static SupportedProtocolVersion) -> String {
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
    let key = provider.key_provider.load_private_key(key).expect("a key");
    let one = One(Arc::new(CertifiedKey::new(vec![CertificateDer::from(certificate)], key)));
    let config = ServerConfig::builder_with_provider(Arc::new(provider)).with_protocol_versions(&[version]);
    let config = config.expect("a version").with_no_client_auth().with_cert_resolver(Arc::new(one));
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").expect("a free port"));
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().map(|stream| stream.expect("a connection")) {
            let mut tls = ServerConnection::new(config.clone()).expect("a connection");
            let mut tls = rustls::Stream::new(&mut tls, &mut stream);
            if tls.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {
                let body = r#"{"applicationVersion": "10.1.68"}"#;
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                let _ = tls.write_all(format!("{head}{body}").as_bytes());
                tls.conn.send_close_notify();
                let _ = tls.flush();
            }
        }
    });
    url
}

async fn info(url: &str, connection: Connection) -> Result<unifi::ApplicationInfo, unifi::Error> {
    unifi::Client::builder(url).api_key("key").connection(connection).build().expect("a client").info().await
}

fn untrusted(error: &unifi::Error) -> &Untrusted {
    match error {
        Error::Transport(transport) => transport.untrusted().expect("the certificate is why"),
        error => panic!("{error:?}"),
    }
}

/// Everything to trust by, beside an authority: by the fingerprint, at the first meeting, and anything.
fn trusts(fingerprint: Fingerprint) -> [Connection; 3] {
    [
        once().trust(Trust::pinned(fingerprint)),
        once().trust(Trust::on_first_use(|_| true)),
        once().danger_trust_any_certificate(),
    ]
}

const VERSIONS: [&SupportedProtocolVersion; 2] = [&version::TLS12, &version::TLS13];

#[tokio::test]
async fn a_pinned_certificate_works_whatever_is_in_it() {
    for (name, certificate, key) in ODD {
        for version in VERSIONS {
            let url = console(certificate, key, version);
            let error = info(&url, once()).await.expect_err(name);
            let untrusted = untrusted(&error).clone();
            assert!(untrusted.can_be_pinned && error.to_string().contains("Trust::pinned"), "{name}: {error}");
            for connection in trusts(untrusted.presented) {
                let outcome = info(&url, connection).await;
                // A fingerprint is public. Only the key that belongs to the certificate proves whose it is.
                assert_eq!(outcome.is_ok(), name != "stolen", "{name}, {version:?}: {outcome:?}");
            }
            let other = once().trust(Trust::pinned(Fingerprint::new([7; 32])));
            let error = info(&url, other).await.expect_err("another fingerprint");
            assert_eq!(self::untrusted(&error).presented, untrusted.presented);
        }
    }
}

#[tokio::test]
async fn a_key_that_is_too_short_is_told_as_the_reason() {
    let mut messages = String::new();
    for version in VERSIONS {
        let url = console(SMALL, RSA, version);
        let error = info(&url, once()).await.expect_err("a short key");
        let untrusted = untrusted(&error).clone();
        assert!(!untrusted.can_be_pinned && !error.is_retryable());
        for connection in trusts(untrusted.presented).into_iter().chain([once()]) {
            let error = info(&url, connection).await.expect_err("a short key").to_string();
            assert!(!error.contains("Trust::pinned") && error.contains("1024 bits"), "{error}");
            let error = error.replace(&untrusted.presented.to_string(), "SHOWN").replace(&url, "URL");
            if messages.is_empty() {
                messages = error;
            } else {
                assert_eq!(messages, error);
            }
        }
    }
    insta::assert_snapshot!("short_key", messages);
}
