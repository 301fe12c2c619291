//! Deleting in two steps: first see what would go, then let it go.

use std::collections::HashSet;

use futures_util::{StreamExt, pin_mut};

use super::error::Error;
use super::generated::Operation;
use super::generated::types::{
    SelectIds, SelectVoucherGroup, SimpleVoucher, VoucherGroup, VoucherGroupListQuery, VoucherGroupQuery, VoucherStatus,
};
use super::ids::{GroupId, VoucherId};
use super::selection::Selection;
use super::site::Site;
use crate::list::UnreadableRow;
use crate::rows::Budget;
use crate::unexpected::Unexpected;

/// Vouchers that were listed to be deleted, group by group.
#[derive(Debug, Clone)]
#[must_use = "nothing is deleted before it runs"]
pub struct Purge {
    site: Site,
    status: VoucherStatus,
    groups: Vec<PurgeGroup>,
    unreadable: Vec<UnreadableRow>,
}

/// The vouchers of one group that were listed to be deleted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PurgeGroup {
    /// The id of the group.
    pub id: GroupId,
    /// The name of the group, if the controller returns it.
    pub name: Option<String>,
    /// The vouchers. Each of them has an id.
    pub vouchers: Vec<SimpleVoucher>,
}

impl Site {
    /// Lists the vouchers of the selected groups that are in this state, to be deleted by [`Purge::run`]: the expired or the unused
    /// ones. Vouchers that could not be read are listed apart and are not deleted. Vouchers in another state, which a controller
    /// sends if it ignores the filter, are not listed.
    ///
    /// At most 150,000 vouchers are listed.
    ///
    /// This takes a call for each page of groups, and one for each group with such vouchers and each page of them.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and running it Site Hotspot Manager Modify.
    ///
    /// ```
    /// use hotspot_vouchers::omada::{Error, Selection, Site, VoucherStatus};
    ///
    /// # async fn example(site: &Site) -> Result<(), Error> {
    /// let purge = site.plan_purge(Selection::All, VoucherStatus::Expired).await?;
    /// for group in purge.groups() {
    ///     println!("{:?}: {} vouchers", group.name, group.vouchers.len());
    /// }
    /// println!("{} vouchers were deleted", purge.run().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's pages and codes: [`listVoucherGroups`](super::generated::Client::list_voucher_groups) and
    /// [`readVoucherGroup`](super::generated::Client::read_voucher_group); [`Purge::run`] calls
    /// [`deleteVouchers`](super::generated::Client::delete_vouchers) as well.
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the selection is empty or the state is not documented; nothing is sent.
    /// - [`Error::Moved`] if groups or vouchers were added or removed meanwhile: plan it again.
    /// - [`Error::Unexpected`] if there are more vouchers than are listed at a time, with the number of those that were read: select
    ///   fewer groups.
    ///
    /// Otherwise as for any call.
    pub async fn plan_purge(&self, groups: Selection<GroupId>, status: VoucherStatus) -> Result<Purge, Error> {
        SelectVoucherGroup::builder().selection(groups.clone()).build().validate()?;
        let vouchers = VoucherGroupQuery::full_pages().filters_status(status).build();
        vouchers.validate()?;
        let mut purge = Purge { site: self.clone(), status, groups: Vec::new(), unreadable: Vec::new() };
        let mut budget = Budget::of(Operation::ReadVoucherGroup.id());
        let list = self.voucher_groups(VoucherGroupListQuery::full_pages().build());
        pin_mut!(list);
        while let Some(group) = list.next().await {
            let group = match group {
                Err(Error::Unreadable(told)) => {
                    budget.spend_unreadable(&told.rows)?;
                    purge.unreadable.extend(told.rows);
                    continue;
                }
                group => group?,
            };
            let id = group.id.as_deref().and_then(|id| GroupId::new(id).ok());
            let id = id.ok_or_else(|| Unexpected::lacking(Operation::ListVoucherGroups.id()))?;
            if groups.has(&id) && counted(&group, status) != Some(0) {
                purge.list(id, group.name, vouchers.clone(), &mut budget).await?;
            }
        }
        Ok(purge)
    }
}

/// How many vouchers of the group are in this state, as the group counts them.
fn counted(group: &VoucherGroup, status: VoucherStatus) -> Option<i32> {
    match status {
        VoucherStatus::Unused => group.unused_count,
        VoucherStatus::Expired => group.expired_count,
        _ => None,
    }
}

/// The id of the voucher, where the controller tells it.
fn id(voucher: &SimpleVoucher) -> Option<VoucherId> {
    voucher.id.as_deref().and_then(|id| VoucherId::new(id).ok())
}

impl Purge {
    /// What would be deleted, by groups.
    pub fn groups(&self) -> &[PurgeGroup] {
        &self.groups
    }

    /// What would be deleted.
    pub fn vouchers(&self) -> impl Iterator<Item = &SimpleVoucher> {
        self.groups.iter().flat_map(|group| &group.vouchers)
    }

    /// The groups and vouchers that could not be read. Nothing of them is deleted.
    pub fn unreadable(&self) -> &[UnreadableRow] {
        &self.unreadable
    }

    /// Deletes the vouchers that were listed, if they are still in their state, and counts them. A voucher that was not listed
    /// is never deleted, and neither is one that has changed since: an unused voucher that a guest has meanwhile used stays.
    ///
    /// The controller does not report what it deleted, so the vouchers are listed again right before. The number is that of the
    /// vouchers which still existed then.
    ///
    /// # Errors
    /// - [`Error::Moved`] if groups or vouchers were added or removed while they were listed again.
    /// - Otherwise as for any call. Some of the vouchers may be gone; running it again deletes the rest.
    pub async fn run(&self) -> Result<i64, Error> {
        if self.groups.is_empty() {
            return Ok(0);
        }
        let groups = self.groups.iter().map(|group| group.id.clone()).collect();
        let now = Box::pin(self.site.plan_purge(Selection::Only(groups), self.status)).await?;
        let listed: HashSet<&str> = self.vouchers().filter_map(|voucher| voucher.id.as_deref()).collect();
        // As many at once as a page can list.
        let batch_size = usize::try_from(VoucherGroupQuery::PAGE_SIZE_MAX).unwrap_or(usize::MAX);
        let mut deleted = 0;
        for group in now.groups {
            let ids = group.vouchers.iter().filter_map(id);
            let ids: Vec<VoucherId> = ids.filter(|id| listed.contains(id.as_str())).collect();
            for batch in ids.chunks(batch_size) {
                let selection = Selection::Only(batch.to_vec());
                let request = SelectIds::builder().group_id(group.id.as_str()).selection(selection).status(self.status);
                self.site.delete_vouchers(&request.build()).await?;
                deleted += i64::try_from(batch.len()).unwrap_or(i64::MAX);
            }
        }
        Ok(deleted)
    }

    /// Lists the vouchers of a group.
    async fn list(
        &mut self,
        id: GroupId,
        name: Option<String>,
        query: VoucherGroupQuery,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        let mut vouchers = Vec::new();
        let list = self.site.unchecked_vouchers_of_group(&id, query);
        pin_mut!(list);
        while let Some(voucher) = list.next().await {
            match voucher {
                Err(Error::Unreadable(told)) => {
                    budget.spend_unreadable(&told.rows)?;
                    self.unreadable.extend(told.rows);
                }
                voucher => {
                    let voucher = voucher?;
                    // A controller that does not filter must not lose what is in another state.
                    if voucher.status == Some(self.status) {
                        budget.spend(&voucher)?;
                        vouchers.push(voucher);
                    }
                }
            }
        }
        if vouchers.iter().any(|voucher| self::id(voucher).is_none()) {
            return Err(Unexpected::lacking(Operation::ReadVoucherGroup.id()).into());
        }
        if !vouchers.is_empty() {
            self.groups.push(PurgeGroup { id, name, vouchers });
        }
        Ok(())
    }
}
