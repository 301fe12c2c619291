use std::path::Path;

use hotspot_vouchers_sandbox::Sandbox;

use crate::program::shell::quoted;

/// A line for a shell for each address, key and id, with the authority's file if there is TLS.
pub fn exports(sandbox: &Sandbox, authority_path: Option<&Path>) -> String {
    let (omada, unifi) = (sandbox.omada(), sandbox.unifi());
    let (portals, ssids) = (omada.portal_ids().join(" "), omada.ssid_ids().join(" "));
    let networks = omada.network_ids().join(" ");
    let authority = authority_path.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.into()));
    let authority = authority.map(|path| path.display().to_string());
    let fingerprint = sandbox.tls().map(|tls| tls.sha256_hex());
    let variables = [
        ("OMADA_URL", Some(omada.url())),
        ("OMADA_ID", Some(omada.omadac_id())),
        ("OMADA_CLIENT_ID", Some(omada.client_id())),
        ("OMADA_CLIENT_SECRET", Some(omada.client_secret())),
        ("OMADA_USERNAME", Some(omada.username())),
        ("OMADA_PASSWORD", Some(omada.password())),
        ("OMADA_SITE", Some(omada.site_id())),
        ("OMADA_PORTALS", Some(&portals)),
        ("OMADA_SSIDS", Some(&ssids)),
        ("OMADA_NETWORKS", Some(&networks)),
        ("OMADA_RATE_LIMIT_PROFILE", Some(omada.rate_limit_profile_id())),
        ("OMADA_FINGERPRINT", fingerprint.as_deref()),
        ("UNIFI_URL", Some(unifi.url())),
        ("UNIFI_API_KEY", Some(unifi.api_key())),
        ("UNIFI_SITE", Some(unifi.site_id())),
        ("UNIFI_FINGERPRINT", fingerprint.as_deref()),
        ("UNIFI_CLOUD_URL", Some(unifi.cloud_url())),
        ("UNIFI_CLOUD_API_KEY", Some(unifi.cloud_api_key())),
        ("UNIFI_CONSOLE", Some(unifi.console_id())),
        ("SANDBOX_AUTHORITY", authority.as_deref()),
        ("SANDBOX_CONTROL_URL", sandbox.control_url()),
    ];
    let lines = variables.into_iter().filter_map(|(name, value)| Some((name, value?)));
    lines.map(|(name, value)| format!("export {name}={}\n", quoted(value))).collect()
}
