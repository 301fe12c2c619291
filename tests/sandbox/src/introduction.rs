use hotspot_vouchers_sandbox::{Omada, Sandbox, Unifi};

use crate::options::Options;

/// What to paste into another terminal, and what will go wrong.
pub fn of(sandbox: &Sandbox, options: &Options) -> String {
    let trust = options.authority_path.as_ref().map(|path| format!(" --cacert '{path}'")).unwrap_or_default();
    let mut parts = vec![omada(sandbox.omada(), &trust), unifi(sandbox.unifi(), &trust)];
    if let Some(tls) = sandbox.tls() {
        parts.push(format!("TLS certificate SHA-256 {}", tls.sha256_hex()));
    }
    if let Some(chance) = &options.chance {
        let (count, probability, seed) = (chance.faults.len(), chance.probability, chance.seed);
        parts.push(format!("{count} faults strike with a probability of {probability} each, seed {seed}"));
    }
    parts.push("Ctrl-C stops both.".to_owned());
    parts.join("\n\n")
}

fn omada(omada: &Omada, trust: &str) -> String {
    let (url, omadac_id, site_id) = (omada.url(), omada.omadac_id(), omada.site_id());
    let (client_id, client_secret) = (omada.client_id(), omada.client_secret());
    let (portals, profile) = (omada.portal_ids().join(" "), omada.rate_limit_profile_id());
    format!(
        r#"Omada controller at {url}
  portals: {portals}
  rate limit profile: {profile}

export OMADA_URL={url} OMADA_ID={omadac_id} OMADA_CLIENT_ID={client_id} OMADA_CLIENT_SECRET={client_secret} OMADA_SITE={site_id}
curl -s{trust} -X POST '{url}/openapi/authorize/token?grant_type=client_credentials' -H 'Content-Type: application/json' -d '{{"omadacId":"{omadac_id}","client_id":"{client_id}","client_secret":"{client_secret}"}}'"#
    )
}

fn unifi(unifi: &Unifi, trust: &str) -> String {
    let (url, api_key, site_id) = (unifi.url(), unifi.api_key(), unifi.site_id());
    let (cloud_url, cloud_api_key, console_id) = (unifi.cloud_url(), unifi.cloud_api_key(), unifi.console_id());
    format!(
        r#"UniFi console at {url}, and in the cloud at {cloud_url}

export UNIFI_URL={url} UNIFI_API_KEY={api_key} UNIFI_SITE={site_id}
export UNIFI_CLOUD_URL={cloud_url} UNIFI_CLOUD_API_KEY={cloud_api_key} UNIFI_CONSOLE={console_id}
curl -s{trust} -X POST '{url}/proxy/network/integration/v1/sites/{site_id}/hotspot/vouchers' -H 'X-API-Key: {api_key}' -H 'Content-Type: application/json' -d '{{"name":"Lobby","timeLimitMinutes":60}}'"#
    )
}
