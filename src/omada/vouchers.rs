//! The vouchers of a site.

use futures_util::{Stream, StreamExt, pin_mut};

use super::error::Error;
use super::generated::Operation;
use super::generated::types::{
    SelectIds, SimpleVoucher, Voucher, VoucherGroup, VoucherGroupListQuery, VoucherGroupQuery,
};
use super::ids::{GroupId, VoucherId};
use super::rows::rows;
use super::site::Site;
use crate::unexpected::Unexpected;
use crate::voucher_code::{Candidates, Likeness, TypedCode, VoucherCode};

/// In how many groups a code is looked for at once. The cloud answers 10 requests a second, and other calls need some of them.
const GROUPS_AT_ONCE: usize = 4;

impl Site {
    /// The vouchers of a group, from the page of the query on, in order, each once. Pages have at most the size of the query, or 16
    /// rows if that is more, and overlap by some rows: 5 full pages of vouchers take 6 calls. Up to four are requested at a time as
    /// the stream is read. No more than these and the page whose rows are given are held, with up to 21 bytes for each voucher that
    /// was given.
    ///
    /// If vouchers are added or removed meanwhile, the stream yields [`Error::Moved`] and goes on. Without it, each voucher that
    /// existed throughout is yielded. The stream also yields [`Error::Unreadable`] for rows that could not be read, and goes on. Any
    /// other error ends it: [`Error::Unexpected`] if the controller sends vouchers of another status than that of the query. A group
    /// that was created a moment ago may have no vouchers yet; [`codes_of_group`](Self::codes_of_group) waits for them.
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

    /// The vouchers that the controller sends for a query, whether or not they have its status.
    pub(super) fn unchecked_vouchers_of_group(
        &self,
        id: &GroupId,
        query: VoucherGroupQuery,
    ) -> impl Stream<Item = Result<SimpleVoucher, Error>> + use<> {
        let (site, id) = (self.clone(), id.clone());
        rows(query, move |query| {
            let (site, id) = (site.clone(), id.clone());
            async move { site.unchecked_voucher_group(&id, &query).await }
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

    /// Finds the voucher with this code, and returns it with the id of its group. The code is compared as a guest may type it: blanks,
    /// hyphens, dashes and invisible characters do not count, neither in the given nor in the stored code, and full-width digits and
    /// letters are taken for the usual ones. Letters in another case match if exactly one voucher has them. If two groups have exactly
    /// this code, the voucher is of the group that comes first in the list of groups.
    ///
    /// The controller has no such operation: this searches the groups of the site, four at a time, with one call for each group up to
    /// the one that has exactly the code, and one more for each page of groups. If none has it, the vouchers of all groups are read
    /// and compared here, as the search does not find what differs in dashes or in case: another call for each page of groups, and
    /// for each page of vouchers of each group.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's pages and codes: [`listVoucherGroups`](super::generated::Client::list_voucher_groups) and
    /// [`readVoucherGroup`](super::generated::Client::read_voucher_group).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if nothing but blanks and dashes is given; nothing is sent. Also if several vouchers match that differ
    ///   only in dashes or in case, and none is exactly the given code.
    /// - [`Error::Moved`] if the voucher was not found exactly and groups or vouchers were added or removed meanwhile: call it again.
    /// - [`Error::Unreadable`] if the voucher was not found exactly and some of the groups or vouchers could not be read.
    ///
    /// Otherwise as for any call.
    pub async fn find_voucher(&self, code: impl Into<VoucherCode>) -> Result<Option<(GroupId, SimpleVoucher)>, Error> {
        let code = TypedCode::new(code.into().as_str())?;
        let key = VoucherCode::from(code.as_str());
        match Box::pin(self.search_groups(&code, Some(&key))).await? {
            (Some(found), _) => Ok(Some(found)),
            // What was missed by the search may be seen now.
            (None, _) => match Box::pin(self.search_groups(&code, None)).await? {
                (found, None) => Ok(found),
                (_, Some(notice)) => Err(notice),
            },
        }
    }

    /// The voucher whose code is closest to a typed one, with the id of its group, and what kept it from being found for sure. It is
    /// searched for by a key, or else all vouchers are read.
    async fn search_groups(
        &self,
        code: &TypedCode,
        key: Option<&VoucherCode>,
    ) -> Result<(Option<(GroupId, SimpleVoucher)>, Option<Error>), Error> {
        let groups = self.voucher_groups(VoucherGroupListQuery::full_pages().build());
        let query = VoucherGroupQuery::full_pages().maybe_search_key(key.cloned()).build();
        let searches = groups.map(|group| self.clone().search_group(group, code.clone(), query.clone()));
        // They come back in the order of the groups, so that the first one that has the code does not depend on chance.
        let found = searches.buffered(GROUPS_AT_ONCE);
        pin_mut!(found);
        let (mut candidates, mut notice) = (Candidates::new(), None);
        while let Some(outcome) = found.next().await {
            match outcome {
                Err(told) if told.is_notice() => notice = Some(told),
                outcome => {
                    let (found, told) = outcome?;
                    notice = told.or(notice);
                    found.into_iter().for_each(|(likeness, voucher)| candidates.add(likeness, voucher));
                    if candidates.likeness() == Some(Likeness::Same) {
                        return Ok((candidates.closest()?, None));
                    }
                }
            }
        }
        match notice {
            // Others may be as close.
            Some(notice) => Ok((None, Some(notice))),
            None => Ok((candidates.closest()?, None)),
        }
    }

    /// The vouchers of one group whose codes are like a typed one, at most two of a likeness, and what kept others from being seen.
    async fn search_group(
        self,
        group: Result<VoucherGroup, Error>,
        code: TypedCode,
        query: VoucherGroupQuery,
    ) -> Result<(Vec<(Likeness, (GroupId, SimpleVoucher))>, Option<Error>), Error> {
        let group = group?;
        let id = group.id.and_then(|id| GroupId::new(id).ok());
        let id = id.ok_or_else(|| Unexpected::lacking(Operation::ListVoucherGroups.id()))?;
        let mut found: Vec<(Likeness, (GroupId, SimpleVoucher))> = Vec::new();
        let mut notice = None;
        if query.search_key.is_none() && group.total_count == Some(0) {
            return Ok((found, notice));
        }
        let vouchers = self.vouchers_of_group(&id, query);
        pin_mut!(vouchers);
        while let Some(voucher) = vouchers.next().await {
            match voucher {
                Err(told) if told.is_notice() => notice = Some(told),
                voucher => {
                    let voucher = voucher?;
                    // The search is fuzzy.
                    let Some(likeness) = voucher.code.as_ref().and_then(|stored| code.likeness(stored)) else {
                        continue;
                    };
                    if found.iter().filter(|(other, _)| *other == likeness).count() < 2 {
                        found.push((likeness, (id.clone(), voucher)));
                    }
                    if likeness == Likeness::Same {
                        break;
                    }
                }
            }
        }
        Ok((found, notice))
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
