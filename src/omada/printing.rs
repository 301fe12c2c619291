//! What is printed on vouchers, and what else leaves the controller on paper or as a file.

use serde_json::Value;

use super::error::Error;
use super::generated::types::{EditVoucherGroupPattern, ExportVoucher, SelectIds, SelectVoucherGroup, VoucherBrief};
use super::ids::{GroupId, PictureId};
use super::site::Site;
use crate::list::List;

impl Site {
    /// Lists what is printed on the unused vouchers of a group, all at once.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listUnusedVouchersOfGroup`](super::generated::Client::list_unused_vouchers_of_group).
    ///
    /// # Errors
    /// As for any call.
    pub async fn unused_vouchers_of_group(&self, id: &GroupId) -> Result<List<VoucherBrief>, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_unused_vouchers_of_group(omadac_id, site_id, id).await
    }

    /// Lists what is printed on the unused vouchers of the selected groups, all at once.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listUnusedVouchersOfGroups`](super::generated::Client::list_unused_vouchers_of_groups).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn unused_vouchers_of_groups(&self, groups: &SelectVoucherGroup) -> Result<List<VoucherBrief>, Error> {
        groups.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_unused_vouchers_of_groups(omadac_id, site_id, groups).await
    }

    /// Lists what is printed on the selected vouchers of a group, all at once.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listSelectedVouchers`](super::generated::Client::list_selected_vouchers).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn selected_vouchers(&self, vouchers: &SelectIds) -> Result<List<VoucherBrief>, Error> {
        vouchers.validate()?;
        // Without a group, all of them could mean those of the site.
        GroupId::new(&vouchers.group_id)?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_selected_vouchers(omadac_id, site_id, vouchers).await
    }

    /// Asks for a file of the vouchers of the selected groups. The vendor does not document how the file comes, and this gives
    /// nothing where the controller answers as documented.
    ///
    /// Needs the permission Site Export Data Access.
    ///
    /// The vendor's page and codes: [`exportVouchers`](super::generated::Client::export_vouchers).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. [`Error::Unexpected`] where the
    /// controller sends the bytes of the file. Otherwise as for any call.
    pub async fn export_vouchers(&self, export: &ExportVoucher) -> Result<(), Error> {
        export.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.export_vouchers(omadac_id, site_id, export).await
    }

    /// Changes how the vouchers of a group are printed, the only part of a group that can be changed. The vendor does not say
    /// what becomes of settings that are left out.
    ///
    /// Needs the permission Site Hotspot Manager Modify, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`editVoucherGroupPattern`](super::generated::Client::edit_voucher_group_pattern).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for any call. Where
    /// [`Error::is_unclear`] is true, the change may have been made; making it once more does no harm.
    pub async fn edit_voucher_group_pattern(
        &self,
        id: &GroupId,
        pattern: &EditVoucherGroupPattern,
    ) -> Result<(), Error> {
        pattern.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.edit_voucher_group_pattern(omadac_id, site_id, id, pattern).await
    }

    /// Reads a picture that heads printed vouchers. The vendor does not document in which form it comes, so this gives whatever
    /// JSON the controller sends.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`readVoucherLogo`](super::generated::Client::read_voucher_logo).
    ///
    /// # Errors
    /// As for any call; [`Error::Unexpected`] where the controller sends the bytes of the picture.
    pub async fn voucher_logo(&self, id: &PictureId) -> Result<Value, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher_logo(omadac_id, site_id, id).await
    }
}
