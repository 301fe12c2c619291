//! The voucher groups of a site.

use futures_util::Stream;

use super::error::Error;
use super::generated::types::{
    SelectVoucherGroup, SimpleVoucher, VoucherConfigLimit, VoucherGroup, VoucherGroupGrid, VoucherGroupListQuery,
    VoucherGroupOption, VoucherGroupOptionListQuery, VoucherGroupOptionPage, VoucherGroupPage, VoucherGroupQuery,
};
use super::ids::GroupId;
use super::rows::{asked_for, rows};
use super::site::Site;
use crate::list::List;

/// How far outside a period a group may have been created, as controllers may count in days.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 10_i64.pow(3);

impl Site {
    /// Reads the settings of a group, its counters, and one page of its vouchers with their codes.
    /// [`vouchers_of_group`](Self::vouchers_of_group) reads all vouchers. A search is fuzzy, so that its rows are not checked.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucherGroup`](super::generated::Client::read_voucher_group).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the query breaks a documented rule; nothing is sent.
    /// - [`Error::Unexpected`] if the page has vouchers of another status than that of the query.
    ///
    /// Otherwise as for any call.
    pub async fn voucher_group(&self, id: &GroupId, query: &VoucherGroupQuery) -> Result<VoucherGroupGrid, Error> {
        let grid = self.unchecked_voucher_group(id, query).await?;
        let status = query.filters_status.as_ref();
        let is_other =
            |voucher: &SimpleVoucher| status.zip(voucher.status.as_ref()).is_some_and(|(asked, is)| asked != is);
        asked_for(grid, |grid| grid.data.as_ref(), is_other)
    }

    /// Reads a page of a group, whether or not its vouchers have the status of the query.
    pub(super) async fn unchecked_voucher_group(
        &self,
        id: &GroupId,
        query: &VoucherGroupQuery,
    ) -> Result<VoucherGroupGrid, Error> {
        query.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        let VoucherGroupQuery { filters_status, page, page_size, search_key, sorts_code } = query;
        let (status, search_key) = (filters_status.as_ref(), search_key.as_ref());
        raw.read_voucher_group(omadac_id, site_id, id, status, *page, *page_size, search_key, sorts_code.as_ref()).await
    }

    /// Reads a page of the groups, without their vouchers. [`voucher_groups`](Self::voucher_groups) reads them all. A search is fuzzy,
    /// so that its rows are not checked.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listVoucherGroups`](super::generated::Client::list_voucher_groups).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the query breaks a documented rule; nothing is sent.
    /// - [`Error::Unexpected`] if the page has groups that were created more than a day outside the period of the query.
    ///
    /// Otherwise as for any call.
    pub async fn voucher_group_page(&self, query: &VoucherGroupListQuery) -> Result<VoucherGroupPage, Error> {
        query.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        let page = raw
            .list_voucher_groups(
                omadac_id,
                site_id,
                query.filters_time_end.as_ref(),
                query.filters_time_start.as_ref(),
                query.page,
                query.page_size,
                query.search_key.as_deref(),
                query.sorts_create_time.as_ref(),
                query.sorts_name.as_ref(),
            )
            .await?;
        let (start, end) = (query.filters_time_start.as_ref(), query.filters_time_end.as_ref());
        let is_other = |group: &VoucherGroup| {
            let created = group.created_time.as_ref();
            created.is_some_and(|created| {
                start.is_some_and(|start| created.0 < start.0.saturating_sub(DAY_MILLIS))
                    || end.is_some_and(|end| created.0 > end.0.saturating_add(DAY_MILLIS))
            })
        };
        asked_for(page, |page| page.data.as_ref(), is_other)
    }

    /// The groups of the site, from the page of the query on, each once. Pages have at most the size of the query, or 16 rows if that
    /// is more, and overlap by some rows. Up to four are requested at a time as the stream is read. No more than these and the page
    /// whose rows are given are held, with up to 21 bytes for each group that was given.
    ///
    /// If groups are added or removed meanwhile, the stream yields [`Error::Moved`] and goes on. Without it, each group that existed
    /// throughout is yielded. The stream also yields [`Error::Unreadable`] for rows that could not be read, and goes on. Any other
    /// error ends it.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// ```
    /// use futures_util::{StreamExt, pin_mut};
    /// use hotspot_vouchers::omada::{Site, VoucherGroupListQuery};
    ///
    /// # async fn example(site: &Site) -> Result<(), hotspot_vouchers::omada::Error> {
    /// let lobby = site.voucher_groups(VoucherGroupListQuery::full_pages().search_key("Lobby").build());
    /// pin_mut!(lobby);
    /// while let Some(group) = lobby.next().await {
    ///     let group = group?;
    ///     println!("{:?}: {:?} unused", group.name, group.unused_count);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's page and codes: [`listVoucherGroups`](super::generated::Client::list_voucher_groups).
    pub fn voucher_groups(
        &self,
        query: VoucherGroupListQuery,
    ) -> impl Stream<Item = Result<VoucherGroup, Error>> + use<> {
        let site = self.clone();
        rows(query, move |query| {
            let site = site.clone();
            async move { site.voucher_group_page(&query).await }
        })
    }

    /// Reads a page of the names and ids of the groups. [`voucher_group_options`](Self::voucher_group_options) reads them all.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`listVoucherGroupOptions`](super::generated::Client::list_voucher_group_options).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the query breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_group_option_page(
        &self,
        query: &VoucherGroupOptionListQuery,
    ) -> Result<VoucherGroupOptionPage, Error> {
        query.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_voucher_group_options(omadac_id, site_id, query.page, query.page_size).await
    }

    /// The names and ids of the groups, read as [`voucher_groups`](Self::voucher_groups) reads the groups: with notices of
    /// [`Error::Moved`] and [`Error::Unreadable`], behind which the stream goes on.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`listVoucherGroupOptions`](super::generated::Client::list_voucher_group_options).
    pub fn voucher_group_options(
        &self,
        query: VoucherGroupOptionListQuery,
    ) -> impl Stream<Item = Result<VoucherGroupOption, Error>> + use<> {
        let site = self.clone();
        rows(query, move |query| {
            let site = site.clone();
            async move { site.voucher_group_option_page(&query).await }
        })
    }

    /// Reads how many vouchers a group can hold.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listVoucherGroupLimits`](super::generated::Client::list_voucher_group_limits).
    ///
    /// # Errors
    /// As for any call.
    pub async fn voucher_group_limits(&self) -> Result<List<VoucherConfigLimit>, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_voucher_group_limits(omadac_id, site_id).await
    }

    /// Deletes one group with its vouchers.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteVoucherGroup`](super::generated::Client::delete_voucher_group).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the group may be gone.
    pub async fn delete_voucher_group(&self, id: &GroupId) -> Result<(), Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_voucher_group(omadac_id, site_id, id).await
    }

    /// Deletes the selected groups with their vouchers. An id that names no group is not refused.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteVoucherGroups`](super::generated::Client::delete_voucher_groups).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for any call. Where
    /// [`Error::is_unclear`] is true, the groups may be gone.
    pub async fn delete_voucher_groups(&self, groups: &SelectVoucherGroup) -> Result<(), Error> {
        groups.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_voucher_groups(omadac_id, site_id, groups).await
    }

    /// Deletes the expired vouchers of one group. Unused vouchers and those in use stay.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteExpiredVouchersOfGroup`](super::generated::Client::delete_expired_vouchers_of_group).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the vouchers may be gone; deleting them once more deletes those that
    /// have expired since.
    pub async fn delete_expired_vouchers_of_group(&self, id: &GroupId) -> Result<(), Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_expired_vouchers_of_group(omadac_id, site_id, id).await
    }

    /// Deletes the expired vouchers of the selected groups. Unused vouchers and those in use stay.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteExpiredVouchersOfGroups`](super::generated::Client::delete_expired_vouchers_of_groups).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for
    /// [one group](Self::delete_expired_vouchers_of_group).
    pub async fn delete_expired_vouchers_of_groups(&self, groups: &SelectVoucherGroup) -> Result<(), Error> {
        groups.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_expired_vouchers_of_groups(omadac_id, site_id, groups).await
    }
}
