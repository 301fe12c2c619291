//! Whose API it is, and how an operation is told from all others.

use std::fmt;

/// A vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vendor {
    /// TP-Link Omada.
    Omada,
    /// Ubiquiti UniFi, the Network application.
    Unifi,
    /// Ubiquiti UniFi, the cloud.
    UnifiCloud,
}

impl Vendor {
    /// All of them, one for each file of `spec/`.
    pub const ALL: [Self; 3] = [Self::Omada, Self::Unifi, Self::UnifiCloud];

    /// The file that transcribes the vendor's pages, relative to the root of the repository.
    pub fn file(self) -> &'static str {
        match self {
            Self::Omada => "spec/omada.yaml",
            Self::Unifi => "spec/unifi.yaml",
            Self::UnifiCloud => "spec/unifi-cloud.yaml",
        }
    }

    /// Who has an operation with this path: each vendor's paths begin in their own way.
    pub fn of(path: &str) -> Option<Self> {
        if path.starts_with("/openapi/") || path.starts_with("/api/") {
            Some(Self::Omada)
        } else if path.split('/').nth(2) == Some("hosts") && has_version(path) {
            Some(Self::UnifiCloud)
        } else if has_version(unprefixed(path)) {
            Some(Self::Unifi)
        } else {
            None
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Omada => "omada",
            Self::Unifi => "unifi",
            Self::UnifiCloud => "unifi-cloud",
        })
    }
}

/// What tells operations apart: the method, and the path without the names of its parameters, which never travel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub vendor: Vendor,
    pub method: String,
    pub path: String,
}

impl Key {
    /// The key of a method and a path, where a vendor has such paths.
    pub fn new(method: &str, path: &str) -> Option<Self> {
        let vendor = Vendor::of(path)?;
        let segments = unprefixed(path).trim_end_matches('/').split('/');
        let segments = segments.map(|segment| if segment.starts_with('{') { "{}" } else { segment });
        Some(Self { vendor, method: method.to_uppercase(), path: segments.collect::<Vec<_>>().join("/") })
    }

    /// Whether the path is the same but for its version.
    pub fn is_near(&self, other: &Self) -> bool {
        let plain = |segment| if is_version(segment) { "v" } else { segment };
        let [one, two] = [self, other].map(|key| key.path.split('/').map(plain));
        self.vendor == other.vendor && one.eq(two)
    }

    /// Whether the operation is about vouchers, so that it matters even where the spec does not have it.
    pub fn is_about_vouchers(&self) -> bool {
        self.path.to_lowercase().contains("voucher")
    }
}

/// The names of the parameters in a path, in their order.
pub fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

/// A path of UniFi's without the base under which consoles serve it, which pages give or leave out.
fn unprefixed(path: &str) -> &str {
    let path = path.strip_prefix("/proxy/network").unwrap_or(path);
    path.strip_prefix("/integration").filter(|rest| has_version(rest)).unwrap_or(path)
}

/// Whether a path begins with a version: `/v1/`.
fn has_version(path: &str) -> bool {
    path.strip_prefix('/').and_then(|path| path.split_once('/')).is_some_and(|(first, _)| is_version(first))
}

fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_and_bases_do_not_count() {
        let key = |path| Key::new("get", path).unwrap();
        assert_eq!(key("/v1/sites/{siteId}/hotspot/vouchers"), key("/integration/v1/sites/{id}/hotspot/vouchers/"));
        assert_eq!(key("/openapi/v1/{a}/sites").path, "/openapi/v1/{}/sites");
        assert_eq!(Key::new("get", "/elsewhere"), None);
        assert!(key("/proxy/network/integration/v2/sites").is_near(&key("/v1/sites")));
        assert!(!key("/v1/sites").is_near(&key("/v1/hosts")));
        assert_eq!(path_parameters("/v1/{a}/b/{c}").collect::<Vec<_>>(), ["a", "c"]);
    }
}
