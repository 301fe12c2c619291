//! Deleting in two steps: first see what would go, then let it go.

use uuid::Uuid;

use super::error::Error;
use super::filter::Filter;
use super::generated::Operation;
use super::generated::types::Voucher;
use super::rows::{condition, is_meant};
use super::site::Site;
use crate::list::UnreadableRow;
use crate::unexpected::{Reason, Unexpected};

/// The longest filter that is sent. Addresses of some kilobytes are refused by proxies, and what is sent is longer than the
/// filter, because commas and parentheses are escaped.
const LONGEST_FILTER_BYTES: usize = 2048;

/// Vouchers that were listed to be deleted.
#[derive(Debug, Clone)]
#[must_use = "nothing is deleted before it runs"]
pub struct Purge {
    site: Site,
    filter: Filter<Voucher>,
    vouchers: Vec<Voucher>,
    undecided: Vec<Voucher>,
    unreadable: Vec<UnreadableRow>,
}

impl Purge {
    pub(super) fn new(
        site: Site,
        filter: Filter<Voucher>,
        vouchers: Vec<Voucher>,
        unreadable: Vec<UnreadableRow>,
    ) -> Self {
        let is_match = condition(Some(&(&filter).into()));
        let (vouchers, undecided) = vouchers
            .into_iter()
            .partition(|voucher| is_match.as_ref().is_some_and(|condition| is_meant(condition, voucher).0));
        Self { site, filter, vouchers, undecided, unreadable }
    }

    /// The vouchers to be deleted.
    pub fn vouchers(&self) -> &[Voucher] {
        &self.vouchers
    }

    /// Vouchers that the console sent for the filter, and of which the client cannot decide whether they match. They are not deleted.
    pub fn undecided(&self) -> &[Voucher] {
        &self.undecided
    }

    /// Rows that the console sent for the filter and that could not be read. They are not deleted.
    pub fn unreadable(&self) -> &[UnreadableRow] {
        &self.unreadable
    }

    /// Deletes the vouchers that were listed, if they still match the filter, and returns their number. A voucher that was not listed
    /// is never deleted, and neither is one that has changed since: an unused voucher that a guest has meanwhile used stays.
    ///
    /// First, one request with a filter that matches no voucher checks that the console applies filters.
    ///
    /// # Errors
    /// - [`Error::Unexpected`] if the console ignores filters. Nothing was deleted.
    /// - Otherwise as for any call. Some of the vouchers may be gone; running it again deletes the rest.
    pub async fn run(&self) -> Result<i64, Error> {
        let no_voucher = Voucher::ID.eq(Uuid::nil());
        if !self.vouchers.is_empty() && self.site.count_vouchers(no_voucher).await? != 0 {
            return Err(Unexpected::read(Operation::ListVouchers.id(), Reason::Unasked).into());
        }
        let mut deleted = 0_i64;
        let mut ids = Vec::new();
        let mut length = self.filter.to_string().len();
        for (index, voucher) in self.vouchers.iter().enumerate() {
            ids.push(voucher.id);
            length += voucher.id.to_string().len() + ", ".len();
            if length >= LONGEST_FILTER_BYTES || index + 1 == self.vouchers.len() {
                deleted = deleted.saturating_add(self.delete(&ids).await?);
                ids.clear();
                length = self.filter.to_string().len();
            }
        }
        Ok(deleted)
    }

    /// Deletes those of some vouchers that the filter still means, and counts them: where the console does not tell how many they
    /// were, by those that are left.
    async fn delete(&self, ids: &[Uuid]) -> Result<i64, Error> {
        let batch = Voucher::ID.is_in(ids.iter().copied())?;
        match self.site.delete_vouchers(&batch.clone().and(self.filter.clone())).await? {
            Some(deleted) => Ok(deleted),
            None => {
                let left = self.site.count_vouchers(batch).await?;
                Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX).saturating_sub(left))
            }
        }
    }
}
