//! The root of the API, by the addresses that people paste.

use std::time::Duration;

use super::auth::VENDOR;
use super::generated::{self, Client};
use crate::connection::{Address, Pace, shared_pace};
use crate::secret::Secret;
use crate::validate::Violations;

const EXPECTED: &str = "the address of a console, such as https://192.168.1.1; an address with more behind it has to end in \
                        /proxy/network/integration, or in /integration for a Network application without a console";

const EXPECTED_OF_CLOUD: &str =
    "the address of a console; through the cloud, reach one with `Cloud::builder` and `Cloud::console`";

/// What pages of a console in a browser, its older APIs and its other applications have in their paths.
const PAGES: [&str; 22] = [
    "access",
    "account",
    "connect",
    "console",
    "consoles",
    "dashboard",
    "drive",
    "guest",
    "hotspot",
    "inform",
    "login",
    "logout",
    "manage",
    "network",
    "protect",
    "settings",
    "setup",
    "talk",
    "unifi-api",
    "unifi-os",
    "users",
    "wizard",
];

/// What the older APIs have behind `api`.
const OLDER_APIS: [&str; 7] = ["auth", "login", "logout", "s", "self", "stat", "system"];

/// The root of an API, as far as an address names it.
pub(super) struct Root {
    address: Address,
    /// Whether the address is the root itself, rather than that of a console or of an application.
    is_named: bool,
    /// The id of the console, if the address leads through the cloud.
    console: Option<String>,
}

impl Root {
    /// Reads the address of a console, of an application, of their API, or of anything in the API.
    pub(super) fn parse(text: &str) -> Result<Self, Violations> {
        let address = Address::parse(text, EXPECTED)?;
        let parts = address.parts().to_vec();
        let behind = behind_connector(&parts);
        let begin = behind.unwrap_or_default();
        let rest = &parts[begin..];
        let console = behind.map(|behind| parts[behind - 1].clone());
        if console.is_none() && is_in_cloud(address.host()) {
            return Err(address.refused(EXPECTED_OF_CLOUD));
        }
        let named = |address: Address, console| Ok(Self { address, is_named: true, console });
        // The application on a console, with or without the API behind it.
        let console_root = split(Client::CONSOLE_ROOT);
        if let Some(place) = console_root.split_last().and_then(|(_, application)| find(rest, application)) {
            return named(address.up_to(begin + place).with(Client::CONSOLE_ROOT), console);
        }
        let last = &split(Client::APPLICATION_ROOT)[..];
        let versions = |place: &usize| rest.get(place + 1).is_none_or(|next| is_version(next));
        let places = || (0..rest.len()).filter(|place| is_same(&rest[*place..=*place], last));
        if let Some(place) = places().rfind(versions).or_else(|| places().next()) {
            // The connector has the API at a second root, beside that of the console.
            return named(address.up_to(begin + place).with(Client::APPLICATION_ROOT), console);
        }
        let end = rest.iter().position(|part| is_version(part)).unwrap_or(rest.len());
        let is_page = |part: &String| PAGES.iter().any(|page| part.eq_ignore_ascii_case(page));
        let is_older = |pair: &[String]| {
            pair[0].eq_ignore_ascii_case("api") && OLDER_APIS.iter().any(|api| pair[1].eq_ignore_ascii_case(api))
        };
        if rest.iter().any(is_page) || rest.windows(2).any(is_older) {
            return Err(address.refused(EXPECTED));
        }
        let is_named = console.is_some();
        let address = address.up_to(begin + end);
        Ok(Self { address: if is_named { address.with(Client::CONSOLE_ROOT) } else { address }, is_named, console })
    }

    /// The address that connections go to.
    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    /// The root of the API, and the one that it has if the address is that of an application without a console.
    pub(super) fn candidates(&self) -> (Address, Option<Address>) {
        let at = |root| self.address.clone().with(root);
        match self.is_named {
            true => (self.address.clone(), None),
            false => (at(Client::CONSOLE_ROOT), Some(at(Client::APPLICATION_ROOT))),
        }
    }

    /// How fast the API may be called by default. A console on the spot may be called as fast as it responds.
    pub(super) fn pace(&self, api_key: &Secret) -> Pace {
        self.console.as_ref().map_or_else(Pace::unlimited, |id| console_pace(self.address.origin(), api_key, id))
    }
}

/// How fast the cloud lets a console be called with a key. All clients of this process share it.
pub(super) fn console_pace(origin: &str, api_key: &Secret, id: &str) -> Pace {
    let (requests, seconds) = generated::CONSOLE_PACE;
    let owner = [VENDOR, origin, api_key.expose(), &spelled_alike(id)];
    shared_pace(&owner, requests, Duration::from_secs(seconds))
}

/// An id of a console without what its spellings differ in: letter case, separators, and their escapes.
fn spelled_alike(id: &str) -> String {
    let id = id.to_ascii_lowercase().replace("%3a", ":").replace("%2d", "-");
    id.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The address of the cloud, by that of anything in it.
pub(super) fn cloud(text: &str) -> Result<Address, Violations> {
    let expected = "the address of the cloud with nothing behind it";
    let address = Address::parse(text, expected)?;
    let end = address.parts().iter().position(|part| is_version(part)).unwrap_or(address.parts().len());
    let is_page = |part: &String| PAGES.iter().any(|page| part.eq_ignore_ascii_case(page));
    match address.parts()[..end].iter().any(is_page) {
        true => Err(address.refused(expected)),
        false => Ok(address.up_to(end)),
    }
}

/// The address of a console behind that of the cloud.
pub(super) fn console(cloud: &Address, id: &str) -> Address {
    cloud.clone().with(connector()).with(id).with(Client::CONSOLE_ROOT)
}

/// The path of the connector, which the id of a console follows.
fn connector() -> &'static str {
    Client::CONNECTOR.strip_prefix(Client::CLOUD).unwrap_or(Client::CONNECTOR)
}

/// How many parts of a path lead to a console through the cloud, its id included.
fn behind_connector(parts: &[String]) -> Option<usize> {
    let connector = split(connector());
    let behind = find(parts, &connector)? + connector.len() + 1;
    (behind <= parts.len()).then_some(behind)
}

/// Whether a host is that of the cloud, or of another page of the vendor's.
fn is_in_cloud(host: &str) -> bool {
    let cloud = Client::CLOUD.rsplit('/').next().unwrap_or_default();
    let domain = cloud.split_once('.').map_or(cloud, |(_, domain)| domain);
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether a part of a path is the version of an API, which its operations follow.
fn is_version(part: &str) -> bool {
    let digits = part.strip_prefix(['v', 'V']).unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

fn split(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

/// The position of parts in a path, in any letter case.
fn find(parts: &[String], sought: &[&str]) -> Option<usize> {
    parts.windows(sought.len()).position(|window| is_same(window, sought))
}

fn is_same(parts: &[String], sought: &[&str]) -> bool {
    parts.len() == sought.len() && parts.iter().zip(sought).all(|(part, sought)| part.eq_ignore_ascii_case(sought))
}
