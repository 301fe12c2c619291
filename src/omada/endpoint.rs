//! Where a controller is reached.

use std::fmt;
use std::time::Duration;

use super::generated::{CLOUD_PACE, Client};
use crate::connection::{Given, Pace};

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

    /// How fast it may be asked by default. A controller of one's own may be asked as fast as it answers.
    pub(super) fn pace(&self) -> Pace {
        let (requests, seconds) = CLOUD_PACE;
        match self {
            Self::Local(_) => Pace::unlimited(),
            _ => Pace::new(requests, Duration::from_secs(seconds)),
        }
    }
}

impl From<String> for Endpoint {
    /// The region of the cloud that has this address, or else a local controller.
    fn from(url: String) -> Self {
        let regions = [Self::UnitedStates, Self::Europe, Self::AsiaPacific];
        let address = url.trim().trim_end_matches('/');
        let region = regions.into_iter().find(|region| region.url().eq_ignore_ascii_case(address));
        region.unwrap_or(Self::Local(url))
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
