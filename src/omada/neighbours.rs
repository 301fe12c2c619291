//! What stands beside the vouchers of a site and decides about them: portals, rate limit profiles and the currency.

use super::error::Error;
use super::generated::types::{
    CreateRateLimitProfile, CurrencyCandidates, HotspotSiteSetting, Portal, RateLimitProfile,
};
use super::site::Site;
use crate::list::List;

impl Site {
    /// Lists the portals, all at once. Their ids are what [`Portals::Only`](super::Portals::Only) takes, and vouchers open those
    /// whose `hotspot_types` include [`Voucher`](super::HotspotType::Voucher).
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listPortals`](super::generated::Client::list_portals).
    ///
    /// # Errors
    /// As for any call.
    pub async fn portals(&self) -> Result<List<Portal>, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_portals(omadac_id, site_id).await
    }

    /// Lists the rate limit profiles, all at once. Their ids are what [`RateLimits::Profile`](super::RateLimits::Profile) takes.
    ///
    /// Needs the permission Site Settings Manager View Only.
    ///
    /// The vendor's page and codes: [`listRateLimitProfiles`](super::generated::Client::list_rate_limit_profiles).
    ///
    /// # Errors
    /// As for any call.
    pub async fn rate_limit_profiles(&self) -> Result<List<RateLimitProfile>, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_rate_limit_profiles(omadac_id, site_id).await
    }

    /// Creates a rate limit profile. The controller does not answer its id: look for its name among the
    /// [profiles](Self::rate_limit_profiles).
    ///
    /// Needs the permission Site Settings Manager Modify.
    ///
    /// The vendor's page and codes: [`createRateLimitProfile`](super::generated::Client::create_rate_limit_profile).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. [`Error::Api`] where the controller
    /// refuses, for example with [`RateLimitProfileExists`](super::ErrorCode::RateLimitProfileExists). Where
    /// [`Error::is_unclear`] is true, the profile may exist: look for its name.
    pub async fn create_rate_limit_profile(&self, profile: &CreateRateLimitProfile) -> Result<(), Error> {
        profile.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.create_rate_limit_profile(omadac_id, site_id, profile).await
    }

    /// Lists the currencies that vouchers can be priced in, and the one that the site has selected.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listVoucherCurrencies`](super::generated::Client::list_voucher_currencies).
    ///
    /// # Errors
    /// As for any call.
    pub async fn voucher_currencies(&self) -> Result<CurrencyCandidates, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_voucher_currencies(omadac_id, site_id).await
    }

    /// Changes the currency of the vouchers of the site. Which one is selected,
    /// [`voucher_currencies`](Self::voucher_currencies) tells.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`modifyHotspotSetting`](super::generated::Client::modify_hotspot_setting).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for any call. Where
    /// [`Error::is_unclear`] is true, the change may have been made; making it once more does no harm.
    pub async fn modify_hotspot_setting(&self, setting: &HotspotSiteSetting) -> Result<(), Error> {
        setting.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.modify_hotspot_setting(omadac_id, site_id, setting).await
    }
}
