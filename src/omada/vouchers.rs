//! The vouchers of a site.

use futures_util::{Stream, StreamExt, pin_mut};

use super::error::Error;
use super::generated::types::{
    SelectIds, SimpleVoucher, Voucher, VoucherGroup, VoucherGroupListQuery, VoucherGroupQuery,
};
use super::ids::{GroupId, VoucherId};
use super::rows::rows;
use super::site::Site;
use crate::unexpected::Unexpected;
use crate::voucher_code::VoucherCode;

/// In how many groups a code is looked for at once. The cloud answers 10 requests a second, and other calls need some of them.
const GROUPS_AT_ONCE: usize = 4;

impl Site {
    /// The vouchers of a group, from the page of the query on, in pages of its size. They are asked for up to four at a time as
    /// the stream is read, in order, and no more than these and the page whose rows are given are held.
    ///
    /// Where vouchers come or go meanwhile, the stream says so with [`Error::Moved`] and goes on; so it does with
    /// [`Error::Unreadable`] where rows could not be read. Any other error ends it. A group that was created a moment ago may
    /// have no vouchers yet; [`codes_of_group`](Self::codes_of_group) waits for them.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucherGroup`](super::generated::Client::read_voucher_group).
    pub fn vouchers_of_group(
        &self,
        id: &GroupId,
        query: VoucherGroupQuery,
    ) -> impl Stream<Item = Result<SimpleVoucher, Error>> + use<> {
        let (site, id) = (self.clone(), id.clone());
        rows(query, move |query| {
            let (site, id) = (site.clone(), id.clone());
            async move { site.voucher_group(&id, &query).await }
        })
    }

    /// Reads one voucher, with the settings of its group that apply to it. The id is not the code; for that there is
    /// [`find_voucher`](Self::find_voucher).
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucher`](super::generated::Client::read_voucher).
    ///
    /// # Errors
    /// As for any call.
    pub async fn voucher(&self, id: &VoucherId) -> Result<Voucher, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher(omadac_id, site_id, id).await
    }

    /// Looks for the voucher with exactly this code, and answers it with the id of its group. Where two groups have it, this is
    /// the one that comes first in the list of groups.
    ///
    /// The controller has no such operation: this asks the groups of the site, four at a time, so it takes one call for each
    /// group up to the one that has the code, and one more for each page of groups.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucherGroup`](super::generated::Client::read_voucher_group).
    ///
    /// # Errors
    /// As for any call. Where the voucher was not found, [`Error::Moved`] if groups or vouchers came or went meanwhile: look
    /// again; and [`Error::Unreadable`] if some of them could not be read.
    pub async fn find_voucher(&self, code: impl Into<VoucherCode>) -> Result<Option<(GroupId, SimpleVoucher)>, Error> {
        let code = code.into();
        let groups = self.voucher_groups(VoucherGroupListQuery::full_pages().build());
        let searches = groups.map(|group| self.clone().find_voucher_in(group, code.clone()));
        // They come back in the order of the groups, so that the first one that has the code does not depend on chance.
        let found = searches.buffered(GROUPS_AT_ONCE);
        pin_mut!(found);
        let mut notice = None;
        while let Some(outcome) = found.next().await {
            match outcome {
                Err(told) if told.is_notice() => notice = Some(told),
                outcome => {
                    if let Some(voucher) = outcome? {
                        return Ok(Some(voucher));
                    }
                }
            }
        }
        notice.map_or(Ok(None), Err)
    }

    /// Looks for a code in one group.
    async fn find_voucher_in(
        self,
        group: Result<VoucherGroup, Error>,
        code: VoucherCode,
    ) -> Result<Option<(GroupId, SimpleVoucher)>, Error> {
        let id = group?.id.and_then(|id| GroupId::new(id).ok());
        let id = id.ok_or_else(|| Unexpected::lacking("listVoucherGroups"))?;
        let vouchers = self.vouchers_of_group(&id, VoucherGroupQuery::full_pages().search_key(code.clone()).build());
        pin_mut!(vouchers);
        let mut notice = None;
        while let Some(voucher) = vouchers.next().await {
            match voucher {
                Err(told) if told.is_notice() => notice = Some(told),
                // The search is fuzzy.
                voucher => match voucher? {
                    voucher if voucher.code.as_ref() == Some(&code) => return Ok(Some((id, voucher))),
                    _ => {}
                },
            }
        }
        notice.map_or(Ok(None), Err)
    }

    /// Deletes one voucher.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteVoucher`](super::generated::Client::delete_voucher).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the voucher may be gone.
    pub async fn delete_voucher(&self, id: &VoucherId) -> Result<(), Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_voucher(omadac_id, site_id, id).await
    }

    /// Deletes the selected vouchers of a group. An id that names no voucher is not refused.
    ///
    /// To delete those that nobody has used, select all of them with the status [`Unused`](super::VoucherStatus::Unused).
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteVouchers`](super::generated::Client::delete_vouchers).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for any call. Where
    /// [`Error::is_unclear`] is true, the vouchers may be gone.
    pub async fn delete_vouchers(&self, vouchers: &SelectIds) -> Result<(), Error> {
        vouchers.validate()?;
        // Without a group, all of them could mean those of the site.
        GroupId::new(&vouchers.group_id)?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_vouchers(omadac_id, site_id, vouchers).await
    }
}
