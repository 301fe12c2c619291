//! Gives connections to a host the TLS that trusts whom it should.

use reqwest::ClientBuilder;

use super::trust::Trust;

/// Connections by rustls.
#[cfg(feature = "rustls")]
pub(super) fn secure(builder: ClientBuilder, trust: &Trust, host: &str) -> Result<ClientBuilder, String> {
    Ok(builder.tls_backend_preconfigured(super::verifier::config(trust, host)?))
}

/// Connections by the system's library.
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(super) fn secure(builder: ClientBuilder, trust: &Trust, _: &str) -> Result<ClientBuilder, String> {
    use super::trust::Whom;

    let builder = builder.tls_backend_native();
    match &trust.0 {
        Whom::System => Ok(builder),
        Whom::Authority(pem) => {
            let authorities = reqwest::Certificate::from_pem_bundle(pem).map_err(|error| error.to_string())?;
            Ok(builder.tls_certs_only(authorities))
        }
        Whom::Anything => Ok(builder.tls_danger_accept_invalid_certs(true)),
    }
}

/// Connections without TLS, unless somebody else's features of reqwest bring it.
#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
pub(super) fn secure(builder: ClientBuilder, trust: &Trust, _: &str) -> Result<ClientBuilder, String> {
    use super::trust::Whom;

    match &trust.0 {
        Whom::System => Ok(builder),
        Whom::Anything => Err("it needs the feature `rustls` or `native-tls`".to_owned()),
    }
}
