//! Both fake controllers in the foreground, with everything to paste into another terminal.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use hotspot_vouchers_sandbox::{Omada, Sandbox, SandboxBuilder, Unifi};

const USAGE: &str = "usage: hotspot-vouchers-sandbox [--omada-port N] [--unifi-port N] [--unifi-cloud-port N]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(builder) = configure(Sandbox::builder(), &arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let sandbox = match builder.start().await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("cannot listen on 127.0.0.1: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("{}\n\n{}\n\nCtrl-C stops both.", introduce_omada(sandbox.omada()), introduce_unifi(sandbox.unifi()));
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot wait for Ctrl-C: {error}");
            ExitCode::FAILURE
        }
    }
}

fn configure(builder: SandboxBuilder, arguments: &[String]) -> Option<SandboxBuilder> {
    match arguments {
        [] => Some(builder),
        [name, value, rest @ ..] => {
            let port = value.parse().ok()?;
            let builder = match name.as_str() {
                "--omada-port" => builder.omada_port(port),
                "--unifi-port" => builder.unifi_port(port),
                "--unifi-cloud-port" => builder.unifi_cloud_port(port),
                _ => return None,
            };
            configure(builder, rest)
        }
        [_] => None,
    }
}

fn introduce_omada(omada: &Omada) -> String {
    let (url, omadac_id, site_id) = (omada.url(), omada.omadac_id(), omada.site_id());
    let (client_id, client_secret) = (omada.client_id(), omada.client_secret());
    let (portals, profile) = (omada.portal_ids().join(" "), omada.rate_limit_profile_id());
    format!(
        r#"Omada controller at {url}
  portals: {portals}
  rate limit profile: {profile}

export OMADA_URL={url} OMADA_ID={omadac_id} OMADA_CLIENT_ID={client_id} OMADA_CLIENT_SECRET={client_secret} OMADA_SITE={site_id}
curl -s -X POST '{url}/openapi/authorize/token?grant_type=client_credentials' -H 'Content-Type: application/json' -d '{{"omadacId":"{omadac_id}","client_id":"{client_id}","client_secret":"{client_secret}"}}'"#
    )
}

fn introduce_unifi(unifi: &Unifi) -> String {
    let (url, api_key, site_id) = (unifi.url(), unifi.api_key(), unifi.site_id());
    let (cloud_url, cloud_api_key, console_id) = (unifi.cloud_url(), unifi.cloud_api_key(), unifi.console_id());
    format!(
        r#"UniFi console at {url}, and in the cloud at {cloud_url}

export UNIFI_URL={url} UNIFI_API_KEY={api_key} UNIFI_SITE={site_id}
export UNIFI_CLOUD_URL={cloud_url} UNIFI_CLOUD_API_KEY={cloud_api_key} UNIFI_CONSOLE={console_id}
curl -s -X POST '{url}/proxy/network/integration/v1/sites/{site_id}/hotspot/vouchers' -H 'X-API-Key: {api_key}' -H 'Content-Type: application/json' -d '{{"name":"Lobby","timeLimitMinutes":60}}'"#
    )
}
