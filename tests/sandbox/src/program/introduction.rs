use hotspot_vouchers_sandbox::{Omada, Sandbox, Unifi};
use serde_json::{Value, json};

use crate::program::options::Options;
use crate::program::shell::quoted;

const JSON: &str = "-H 'Content-Type: application/json'";

/// What to paste into another terminal, and what will go wrong.
pub fn introduction(sandbox: &Sandbox, options: &Options) -> String {
    let trust =
        options.authority_path.as_ref().map(|path| format!(" --cacert {}", quoted(&path.display().to_string())));
    let curl = format!("curl -sS{} -w '\\n'", trust.unwrap_or_default());
    let mut parts = vec![omada(sandbox.omada(), &curl), unifi(sandbox.unifi(), &curl)];
    if let Some(url) = sandbox.control_url() {
        parts.push(format!("Control port at {url}; --help shows what it does"));
    }
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

fn omada(omada: &Omada, curl: &str) -> String {
    let (url, omadac_id, site_id) = (omada.url(), omada.omadac_id(), omada.site_id());
    let (client_id, client_secret) = (quoted(omada.client_id()), quoted(omada.client_secret()));
    let (portals, profile) = (omada.portal_ids().join(" "), omada.rate_limit_profile_id());
    let credentials =
        json!({"omadacId": omadac_id, "client_id": omada.client_id(), "client_secret": omada.client_secret()});
    let credentials = quoted(&credentials.to_string());
    // Names are unique on a site, and a command may be pasted twice.
    let group = quoted(&group().to_string()).replace("NAME", r#"Lobby '"$(date +%s)"'"#);
    let groups = format!("{url}/openapi/v1/{omadac_id}/sites/{site_id}/hotspot/voucher-groups");
    format!(
        r#"Omada controller at {url}
  portals: {portals}
  rate limit profile: {profile}

export OMADA_URL={url} OMADA_ID={omadac_id} OMADA_CLIENT_ID={client_id} OMADA_CLIENT_SECRET={client_secret} OMADA_SITE={site_id}

Sign in, create a group of two vouchers, and read the group with its codes:

TOKEN=$({curl} -X POST '{url}/openapi/authorize/token?grant_type=client_credentials' {JSON} -d {credentials} | sed 's/.*"accessToken":"\([^"]*\)".*/\1/')
GROUP=$({curl} -X POST '{groups}' -H "Authorization: AccessToken=$TOKEN" {JSON} -d {group} | sed 's/.*"id":"\([^"]*\)".*/\1/')
{curl} "{groups}/$GROUP?page=1&pageSize=10" -H "Authorization: AccessToken=$TOKEN""#
    )
}

/// A request that has none but the required fields.
fn group() -> Value {
    json!({
        "name": "NAME",
        "amount": 2,
        "codeLength": 6,
        "codeForm": [0],
        "limitType": 2,
        "durationType": 0,
        "duration": 60,
        "timingType": 0,
        "rateLimit": {"mode": 0, "customRateLimit": {"downLimitEnable": false, "upLimitEnable": false}},
        "trafficLimitEnable": false,
        "applyToAllPortals": true,
    })
}

fn unifi(unifi: &Unifi, curl: &str) -> String {
    let (url, api_key, site_id) = (unifi.url(), quoted(unifi.api_key()), unifi.site_id());
    let (cloud_url, console_id) = (unifi.cloud_url(), unifi.console_id());
    let cloud_api_key = quoted(unifi.cloud_api_key());
    let vouchers = format!("{url}/proxy/network/integration/v1/sites/{site_id}/hotspot/vouchers");
    let key = quoted(&format!("X-API-Key: {}", unifi.api_key()));
    format!(
        r#"UniFi console at {url}, and in the cloud at {cloud_url}

export UNIFI_URL={url} UNIFI_API_KEY={api_key} UNIFI_SITE={site_id}
export UNIFI_CLOUD_URL={cloud_url} UNIFI_CLOUD_API_KEY={cloud_api_key} UNIFI_CONSOLE={console_id}

Create a voucher, and list the vouchers:

{curl} -X POST '{vouchers}' -H {key} {JSON} -d '{{"name":"Lobby","timeLimitMinutes":60}}'
{curl} '{vouchers}?limit=10' -H {key}"#
    )
}
