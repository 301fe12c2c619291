use crate::canned::Canned;
use crate::unifi::call::Call;
use crate::unifi::filter::{self, Property};
use crate::unifi::page::List;
use crate::unifi::version::Version;

/// A list beside the vouchers of a site that clients read when they start. It is always empty here.
pub(crate) struct Neighbour {
    /// What follows the site in the path.
    path: &'static str,
    list: List,
    /// The first version of the application that has it.
    since: &'static [u32],
}

const NEIGHBOURS: [Neighbour; 8] = [
    neighbour("devices", filter::DEVICES, &[]),
    neighbour("networks", filter::NETWORKS, &[10]),
    neighbour("wifi/broadcasts", filter::WIFI_BROADCASTS, &[10]),
    neighbour("traffic-matching-lists", filter::TRAFFIC_MATCHING_LISTS, &[10]),
    neighbour("dns/policies", filter::DNS_POLICIES, &[10]),
    neighbour("firewall/policies", filter::FIREWALL_POLICIES, &[10]),
    neighbour("firewall/zones", filter::FIREWALL_ZONES, &[10]),
    neighbour("acl-rules", filter::ACL_RULES, &[10]),
];

const fn neighbour(path: &'static str, properties: &'static [Property], since: &'static [u32]) -> Neighbour {
    Neighbour { path, list: List { default_limit: 25, largest_limit: 200, properties }, since }
}

impl Neighbour {
    /// The list of this path below a site.
    pub(crate) fn find(path: &[&str], version: &Version) -> Option<&'static Self> {
        let path = path.join("/");
        NEIGHBOURS.iter().find(|neighbour| neighbour.path == path && !version.is_before(neighbour.since))
    }

    /// A page without rows, after the same checks as for every other list.
    pub(crate) fn list(&self, call: &Call) -> Result<Canned, Canned> {
        Ok(self.list.page(call)?.of(std::iter::empty()))
    }
}
