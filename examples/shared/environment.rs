//! Real controllers, as the environment names them.

use std::env::VarError;
use std::error::Error;

use hotspot_vouchers::{Connection, Trust, omada, unifi};

use super::Controllers;

const OMADA: [&str; 5] = ["OMADA_URL", "OMADA_ID", "OMADA_CLIENT_ID", "OMADA_CLIENT_SECRET", "OMADA_SITE"];
const UNIFI: [&str; 3] = ["UNIFI_URL", "UNIFI_API_KEY", "UNIFI_SITE"];

/// The controllers that the variables name; none where none of them is set. Nothing is sent.
pub fn read(variable: impl Fn(&str) -> Result<String, VarError>) -> Result<Controllers, Box<dyn Error>> {
    let omada = match settings(OMADA, &variable)? {
        Some(settings) => Some(omada_site(settings, connection("OMADA_FINGERPRINT", &variable)?)?),
        None => None,
    };
    let unifi = match settings(UNIFI, &variable)? {
        Some(settings) => Some(unifi_site(settings, connection("UNIFI_FINGERPRINT", &variable)?)?),
        None => None,
    };
    Ok(Controllers { omada, unifi, sandbox: None })
}

fn omada_site(settings: [String; 5], connection: Connection) -> Result<omada::Site, String> {
    let [url, omadac_id, client_id, client_secret, site] = settings;
    let client = omada::Client::builder(url).omadac_id(omadac_id).client_credentials(client_id, client_secret);
    let client = client.connection(connection).build();
    client.and_then(|client| client.site(site)).map_err(|error| format!("Omada: {error}"))
}

fn unifi_site([url, api_key, site]: [String; 3], connection: Connection) -> Result<unifi::Site, String> {
    let site = site.parse().map_err(|_| format!("UniFi: `UNIFI_SITE` is {site:?}, but the id of a site is a UUID"))?;
    let client = unifi::Client::builder(url).api_key(api_key).connection(connection).build();
    Ok(client.map_err(|error| format!("UniFi: {error}"))?.site(site))
}

/// Pins the certificate whose fingerprint the variable has. Without it the certificate has to be one that the system trusts.
fn connection(name: &str, variable: impl Fn(&str) -> Result<String, VarError>) -> Result<Connection, String> {
    match variable(name) {
        Err(VarError::NotPresent) => Ok(Connection::new()),
        Err(error) => Err(format!("`{name}`: {error}")),
        Ok(text) => {
            let fingerprint = text.parse().map_err(|error| format!("`{name}`: {error}"))?;
            Ok(Connection::new().trust(Trust::pinned(fingerprint)))
        }
    }
}

/// The values of the variables, or nothing where none of them is set. A variable that is set to nothing is a mistake, such as a
/// secret that is not there, and not a wish for the sandbox.
fn settings<const N: usize>(
    names: [&str; N],
    variable: impl Fn(&str) -> Result<String, VarError>,
) -> Result<Option<[String; N]>, String> {
    let found = names.map(|name| (name, variable(name)));
    if found.iter().all(|(_, value)| *value == Err(VarError::NotPresent)) {
        return Ok(None);
    }
    let lacking = found.iter().filter(|(_, value)| value.as_ref().map_or(true, |value| value.trim().is_empty()));
    let lacking: Vec<&str> = lacking.map(|(name, _)| *name).collect();
    match lacking.is_empty() {
        true => Ok(Some(found.map(|(_, value)| value.unwrap_or_default()))),
        false => Err(format!(
            "the environment names a controller by halves: set {} too, or unset all of {}",
            lacking.join(" and "),
            names.join(", ")
        )),
    }
}
