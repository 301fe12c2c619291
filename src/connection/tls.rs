//! Gives connections to a host the TLS that trusts whom it should.

use reqwest::ClientBuilder;

use super::trust::{Trust, Whom};

/// Connections by rustls.
#[cfg(feature = "rustls")]
pub(super) fn secure(builder: ClientBuilder, trust: &Trust, host: &str) -> Result<ClientBuilder, String> {
    let config = super::verifier::config(trust, host).map_err(|error| match trust.0 {
        Whom::Authority(_) => unreadable(error),
        _ => error,
    })?;
    Ok(builder.tls_backend_preconfigured(config))
}

/// Connections by the system's library.
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(super) fn secure(builder: ClientBuilder, trust: &Trust, _: &str) -> Result<ClientBuilder, String> {
    // Whatever was adjusted before, nobody but a loud name turns the checks off.
    let is_anything = matches!(trust.0, Whom::Anything);
    let builder = builder.tls_backend_native();
    let builder = builder.tls_danger_accept_invalid_certs(is_anything).tls_danger_accept_invalid_hostnames(is_anything);
    let Whom::Authority(pem) = &trust.0 else { return Ok(builder) };
    let authorities = reqwest::Certificate::from_pem_bundle(pem).map_err(|error| unreadable(error.to_string()))?;
    match authorities.is_empty() {
        true => Err(unreadable("the authority's PEM holds no certificate".to_owned())),
        false => Ok(builder.tls_certs_only(authorities)),
    }
}

/// Connections without TLS, unless somebody else's features of reqwest bring it.
#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
pub(super) fn secure(builder: ClientBuilder, trust: &Trust, _: &str) -> Result<ClientBuilder, String> {
    match &trust.0 {
        Whom::System => Ok(builder),
        Whom::Anything => Err("it needs the feature `rustls` or `native-tls`".to_owned()),
    }
}

/// Why the certificates of an authority cannot be used, and what would do.
#[cfg(any(feature = "native-tls", feature = "rustls"))]
fn unreadable(error: String) -> String {
    format!("{error}; give the text that begins with -----BEGIN CERTIFICATE-----")
}

#[cfg(all(test, feature = "native-tls", not(feature = "rustls")))]
mod tests {
    use super::*;
    use crate::connection::{Address, Connection, Line, Pace};

    /// The certificate of an authority that vouches for nobody.
    const AUTHORITY: &str = "-----BEGIN CERTIFICATE-----
MIIBbzCCARWgAwIBAgIUS8Hw2YhTLFTVc/h4Ili4Jg6E8RUwCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBYTAgFw0yNjExMjExODE0MTBaGA8yMTI2MTAyODE4MTQxMFow
DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHGqtHwAlMEd
0rH98m8qcdHAksyp/0h4w7ttvSwVB24qx6EUwU0d/Xiw4aRHVLqvZOUvdIELnm9L
+i6h28GFAzejUzBRMB0GA1UdDgQWBBTfledGUUsqHH8626rIoUoGfPPR4DAfBgNV
HSMEGDAWgBTfledGUUsqHH8626rIoUoGfPPR4DAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0gAMEUCIQCTp9Qpsa9kDYBcP98jv7DUH004hgmHbm7vnlMtzt7u
IwIge0oYAEWRj3tAzQ5kKj5vQWgPeSzJ1SqGC448uXB0ktw=
-----END CERTIFICATE-----";

    #[test]
    fn an_adjustment_does_not_turn_the_checks_off() {
        let lax = |builder: ClientBuilder| {
            builder.tls_danger_accept_invalid_certs(true).tls_danger_accept_invalid_hostnames(true)
        };
        // reqwest shows which checks are off.
        let shown =
            |trust| format!("{:?}", secure(lax(reqwest::Client::builder()), &trust, "").expect("a working TLS"));
        for trust in [Trust::system(), Trust::authority(AUTHORITY)] {
            let shown = shown(trust);
            assert!(!shown.contains("danger"), "{shown}");
        }
        let shown = shown(Trust::anything());
        assert!(shown.contains("danger_accept_invalid_certs: true"), "{shown}");
    }

    #[test]
    fn an_authority_without_certificates_is_refused() {
        let address = Address::parse("https://192.168.1.1", "an address").expect("an address");
        for pem in ["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            let connection = Connection::new().trust(Trust::authority(pem));
            let refused =
                Line::new("test", &address, connection, Pace::unlimited).expect_err("no certificate").to_string();
            assert!(refused.starts_with("`trust` cannot be used: "), "{refused}");
            assert!(refused.ends_with("; give the text that begins with -----BEGIN CERTIFICATE-----"), "{refused}");
        }
    }
}
