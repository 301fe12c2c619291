//! Where a controller is reached.

use std::fmt;
use std::time::Duration;

use super::generated::{CLOUD_PACE, Client};
use crate::connection::{Address, Given, Pace, shared_pace};
use crate::validate::Violations;

const EXPECTED: &str = "the address of a controller with its port for management and nothing behind it, such as \
                        https://192.168.1.1:8043";

/// What pages of a controller in a browser have in their paths.
const PAGES: [&str; 9] =
    ["cloudaccess", "dashboard", "doc.html", "index.html", "login", "login.html", "logout", "manage", "portal"];

/// What the paths of its APIs begin with.
const APIS: [&str; 2] = ["openapi", "api"];

/// Where a controller is reached. A text is the address of a region of the cloud, or else that of a local controller.
///
/// The three regions of the cloud are those of the [Open API Access
/// Guide](https://use1-omada-northbound.tplinkcloud.com/doc.html#/home). A controller at home in one of them is not found in the
/// others, nor is a local controller that the cloud merely reaches: both are refused with
/// [`ControllerNotFound`](super::ErrorCode::ControllerNotFound).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Endpoint {
    /// The cloud in the United States.
    UnitedStates,
    /// The cloud in Europe.
    Europe,
    /// The cloud in Asia and the Pacific, in Singapore.
    AsiaPacific,
    /// A local controller. Its address begins with `https://` and has the port for management, such as
    /// `https://192.168.1.1:8043` for software and `https://192.168.1.1` for hardware controllers.
    Local(String),
}

impl Endpoint {
    /// The address, such as `https://192.168.1.1:8043`.
    pub fn url(&self) -> &str {
        match self {
            Self::UnitedStates => Client::UNITED_STATES,
            Self::Europe => Client::EUROPE,
            Self::AsiaPacific => Client::ASIA_PACIFIC,
            Self::Local(url) => url,
        }
    }

    /// The address without what is behind it in a browser or in its API.
    ///
    /// # Errors
    /// [`Violations`] if it is no address, or that of a page.
    pub(super) fn address(&self) -> Result<Address, Violations> {
        let address = Address::parse(self.url(), EXPECTED)?;
        let is_api = |part: &String| APIS.iter().any(|api| part.eq_ignore_ascii_case(api));
        let end = address.parts().iter().position(is_api).unwrap_or(address.parts().len());
        let is_page = |part: &String| PAGES.iter().any(|page| part.eq_ignore_ascii_case(page)) || is_id(part);
        match address.parts()[..end].iter().any(is_page) {
            true => Err(address.refused(EXPECTED)),
            false => Ok(address.up_to(end)),
        }
    }

    /// The default rate limit. A local controller has none. All clients of an organization in this process share that of the cloud.
    pub(super) fn pace(&self, vendor: &str, omadac_id: &str) -> Pace {
        let (requests, seconds) = CLOUD_PACE;
        match self {
            Self::Local(_) => Pace::unlimited(),
            _ => shared_pace(
                &[vendor, self.url(), &omadac_id.to_ascii_lowercase()],
                requests,
                Duration::from_secs(seconds),
            ),
        }
    }
}

/// Whether a part of a path is an id of a controller, which a browser has behind the address.
fn is_id(part: &str) -> bool {
    part.len() == 32 && part.chars().all(|c| c.is_ascii_hexdigit())
}

impl From<String> for Endpoint {
    /// The region of the cloud that has this address, or else a local controller.
    fn from(url: String) -> Self {
        let regions = [Self::UnitedStates, Self::Europe, Self::AsiaPacific];
        let local = Self::Local(url);
        let address = local.address().map(|address| address.to_string());
        let region = regions.into_iter().find(|region| address.as_deref() == Ok(region.url()));
        region.unwrap_or(local)
    }
}

impl From<&str> for Endpoint {
    fn from(url: &str) -> Self {
        url.to_owned().into()
    }
}

impl From<&String> for Endpoint {
    fn from(url: &String) -> Self {
        url.clone().into()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnitedStates => f.write_str("UnitedStates"),
            Self::Europe => f.write_str("Europe"),
            Self::AsiaPacific => f.write_str("AsiaPacific"),
            Self::Local(url) => f.debug_tuple("Local").field(&Given(url)).finish(),
        }
    }
}
