use crate::order::Order;
use crate::unifi::site::Site;
use crate::unifi::version::Version;
use crate::unifi::voucher::Voucher;

/// Every console that was ever seen gives its default site this id.
pub(crate) const DEFAULT_SITE_ID: &str = "88f7af54-98f8-306a-a1c7-c9349722b1f6";

/// What the console keeps.
pub(crate) struct State {
    pub(crate) version: Version,
    pub(crate) order: Order,
    pub(crate) default_site: Site,
    pub(crate) other_sites: Vec<Site>,
}

impl State {
    pub(crate) fn new() -> Self {
        Self {
            version: Version::default(),
            order: Order::default(),
            default_site: Site::new(DEFAULT_SITE_ID, "default", "Default"),
            other_sites: Vec::new(),
        }
    }

    pub(crate) fn sites(&self) -> impl Iterator<Item = &Site> {
        std::iter::once(&self.default_site).chain(&self.other_sites)
    }

    pub(crate) fn sites_mut(&mut self) -> impl Iterator<Item = &mut Site> {
        std::iter::once(&mut self.default_site).chain(&mut self.other_sites)
    }

    /// A voucher of any site, by its code or its id.
    pub(crate) fn find_mut(&mut self, code_or_id: &str) -> Option<&mut Voucher> {
        let mut vouchers = self.sites_mut().flat_map(|site| &mut site.vouchers);
        vouchers.find(|voucher| voucher.code == code_or_id || voucher.id == code_or_id)
    }

    /// A voucher of any site.
    pub(crate) fn voucher_mut(&mut self, id: &str) -> Option<&mut Voucher> {
        self.sites_mut().flat_map(|site| &mut site.vouchers).find(|voucher| voucher.id == id)
    }
}
