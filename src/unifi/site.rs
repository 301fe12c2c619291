//! The vouchers of one site.

use futures_util::{Stream, StreamExt, pin_mut};
use uuid::Uuid;

use super::client::Client;
use super::error::Error;
use super::filter::{Filter, FilterExpression};
use super::generated::types::{Voucher, VoucherPage, VoucherQuery};
use super::generated::{self, Operation};
use super::purge::Purge;
use super::rows::{asked_for, rows};
use crate::connection::Line;
use crate::unexpected::{Reason, Unexpected};
use crate::voucher_code::{Candidates, Likeness, TypedCode};

/// A site of a console.
#[derive(Debug, Clone)]
pub struct Site {
    client: Client,
    id: Uuid,
}

impl Site {
    pub(crate) fn new(client: Client, id: Uuid) -> Self {
        Self { client, id }
    }

    /// The id of the site.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// What leads to the console.
    pub(super) fn line(&self) -> &Line {
        self.client.line()
    }

    /// The same site, with one deadline for everything from now on.
    pub(super) fn with_deadline(&self) -> Self {
        Self { client: self.client.with_deadline(), id: self.id }
    }

    pub(super) fn generated(&self) -> &generated::Client {
        self.client.generated()
    }

    /// Reads a page of vouchers. [`vouchers`](Self::vouchers) reads them all.
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the query breaks a documented rule; nothing is sent.
    /// - [`Error::Unexpected`] if the page has vouchers that the filter does not mean, as consoles and proxies send that ignore it.
    ///
    /// Otherwise as for any call.
    pub async fn voucher_page(&self, query: &VoucherQuery) -> Result<VoucherPage, Error> {
        query.validate()?;
        asked_for(self.unchecked_page(query).await?, query.filter.as_ref())
    }

    /// Reads a page of vouchers, whether or not the filter means them.
    async fn unchecked_page(&self, query: &VoucherQuery) -> Result<VoucherPage, Error> {
        let VoucherQuery { filter, limit, offset } = query;
        self.generated().list_vouchers(&self.id, filter.as_ref(), *limit, *offset).await
    }

    /// All vouchers of the site, or those that a filter means, in no order, each once. The console is asked for pages as long as it
    /// makes them, up to four at a time as the stream is read, and no more than these and the page whose rows are given are held,
    /// with up to 21 bytes for each voucher that was given.
    ///
    /// If vouchers are added or removed meanwhile, the stream yields [`Error::Moved`] and goes on. Without it, each voucher that
    /// existed throughout is yielded. The stream also yields [`Error::Unreadable`] for rows that could not be read, and goes on. Any
    /// other error ends it: [`Error::Unexpected`] if the console sends vouchers that the filter does not mean.
    ///
    /// ```
    /// use futures_util::{StreamExt, pin_mut};
    /// use hotspot_vouchers::unifi::{Site, Voucher};
    ///
    /// # async fn example(site: &Site) -> Result<(), hotspot_vouchers::unifi::Error> {
    /// let unused = site.vouchers(Voucher::AUTHORIZED_GUEST_COUNT.eq(0));
    /// pin_mut!(unused);
    /// while let Some(voucher) = unused.next().await {
    ///     println!("{}", voucher?.code);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    pub fn vouchers<F>(&self, filter: F) -> impl Stream<Item = Result<Voucher, Error>> + use<F>
    where
        F: Into<Option<Filter<Voucher>>>,
    {
        let (site, filter) = (self.clone(), filter.into().map(FilterExpression::from));
        rows(move |offset, limit| {
            let (site, filter) = (site.clone(), filter.clone());
            async move {
                let query = VoucherQuery::builder().limit(limit).offset(offset).maybe_filter(filter);
                site.voucher_page(&query.build()).await
            }
        })
    }

    /// The vouchers that the console sends for a filter, whether or not the filter means them.
    pub(super) fn unchecked_vouchers(
        &self,
        filter: Option<FilterExpression>,
    ) -> impl Stream<Item = Result<Voucher, Error>> + use<> {
        let site = self.clone();
        rows(move |offset, limit| {
            let (site, filter) = (site.clone(), filter.clone());
            async move {
                let query = VoucherQuery::builder().limit(limit).offset(offset).maybe_filter(filter);
                site.unchecked_page(&query.build()).await
            }
        })
    }

    /// How many vouchers the site has, or a filter means. None of them is sent, so that the number is the console's: if it ignores
    /// the filter, it is the number of all vouchers.
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// As for any call.
    pub async fn count_vouchers(&self, filter: impl Into<Option<Filter<Voucher>>>) -> Result<i64, Error> {
        let query = VoucherQuery::builder().limit(VoucherQuery::LIMIT_MIN).maybe_filter(filter.into());
        Ok(self.voucher_page(&query.build()).await?.total_count)
    }

    /// The voucher with this code, as a guest may type it: blanks, hyphens, dashes and invisible characters do not count, neither in
    /// the given nor in the stored code, and full-width digits and letters are taken for the usual ones. Letters in another case
    /// match if exactly one voucher has them.
    ///
    /// This takes one call, and a second one if the console does not have the code as it is without dashes.
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if nothing but blanks and dashes is given; nothing is sent. Also if several vouchers match that differ
    ///   only in dashes or in case, and none is exactly the given code.
    /// - [`Error::Unexpected`] if the console sends vouchers with other codes.
    /// - [`Error::Unreadable`] if what was found could not be read.
    /// - [`Error::Moved`] if vouchers were added or removed meanwhile and none was found: call it again.
    ///
    /// Otherwise as for any call.
    pub async fn voucher_by_code(&self, code: &str) -> Result<Option<Voucher>, Error> {
        let typed = TypedCode::new(code)?;
        let found = self.search_code(&typed, Voucher::CODE.eq(typed.as_str())).await?;
        let spellings = typed.spellings();
        if found.is_some() || spellings.is_empty() {
            return Ok(found);
        }
        self.search_code(&typed, Voucher::CODE.is_in(spellings)?).await
    }

    /// The voucher among those that a filter means whose code is closest to a typed one.
    async fn search_code(&self, typed: &TypedCode, filter: Filter<Voucher>) -> Result<Option<Voucher>, Error> {
        let vouchers = self.unchecked_vouchers(Some(filter.into()));
        pin_mut!(vouchers);
        let (mut candidates, mut notice) = (Candidates::new(), None);
        while let Some(voucher) = vouchers.next().await {
            match voucher {
                Err(told) if told.is_notice() => notice = Some(told),
                voucher => {
                    let voucher = voucher?;
                    let likeness = typed.likeness(&voucher.code);
                    let likeness =
                        likeness.ok_or_else(|| Unexpected::read(Operation::ListVouchers.id(), Reason::Unasked))?;
                    candidates.add(likeness, voucher);
                    if candidates.likeness() == Some(Likeness::Same) {
                        break;
                    }
                }
            }
        }
        let found = candidates.closest()?;
        notice.filter(|_| found.is_none()).map_or(Ok(found), Err)
    }

    /// Deletes one voucher, and says whether it was there; where an answer was lost on the way, and it is gone now, it counts as
    /// that. Guests who use it go offline.
    ///
    /// The vendor's page and codes: [`deleteVoucher`](super::generated::Client::delete_voucher).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the voucher may be gone; deleting it once more does no harm.
    pub async fn delete_voucher(&self, id: Uuid) -> Result<bool, Error> {
        match self.generated().delete_voucher(&self.id, &id).await {
            Ok(deleted) => Ok(deleted.vouchers_deleted != Some(0)),
            Err(error) if error.is_gone() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Deletes all vouchers that a filter means, and counts them, where the console tells how many they were: not where an answer
    /// was lost on the way, so that the call was repeated. The console does not say which they were, and nothing checks here that it
    /// heeds the filter: a console or proxy that ignores it deletes others. [Plan](Self::plan_purge) it to know before.
    ///
    /// The vendor's page and codes: [`deleteVouchers`](super::generated::Client::delete_vouchers).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the vouchers may be gone; deleting them once more does no harm.
    pub async fn delete_vouchers(&self, filter: &Filter<Voucher>) -> Result<Option<i64>, Error> {
        Ok(self.generated().delete_vouchers(&self.id, &filter.into()).await?.vouchers_deleted)
    }

    /// Lists the vouchers that a filter means, to be deleted by [`Purge::run`]. Those that could not be read are listed apart,
    /// and stay. So are those of which it cannot be decided here whether the filter means them, such as with `ne` of something that
    /// a voucher lacks, or with a raw filter that is not understood.
    ///
    /// At most 150,000 vouchers are listed.
    ///
    /// ```
    /// use hotspot_vouchers::unifi::{Error, Site, Voucher};
    ///
    /// # async fn example(site: &Site) -> Result<(), Error> {
    /// let unused = Voucher::AUTHORIZED_GUEST_COUNT.eq(0);
    /// let purge = site.plan_purge(Voucher::EXPIRED.eq(true).or(unused)).await?;
    /// for voucher in purge.vouchers() {
    ///     println!("{:?}: {:?}", voucher.name, voucher.state());
    /// }
    /// println!("{} vouchers were deleted", purge.run().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's page and codes: [`deleteVouchers`](super::generated::Client::delete_vouchers).
    ///
    /// # Errors
    /// - [`Error::Moved`] if vouchers were added or removed meanwhile: plan it again.
    /// - [`Error::Unexpected`] if the console sends vouchers that the filter does not mean, or more than are listed at a time, with
    ///   the number of those that were read: give a filter that means fewer.
    ///
    /// Otherwise as for any call.
    pub async fn plan_purge(&self, filter: Filter<Voucher>) -> Result<Purge, Error> {
        let (vouchers, unreadable) = self.gather(filter.clone()).await?.into_parts();
        Ok(Purge::new(self.clone(), filter, vouchers, unreadable))
    }

    /// Reads one voucher.
    ///
    /// The vendor's page and codes: [`readVoucher`](super::generated::Client::read_voucher).
    ///
    /// # Errors
    /// As for any call; [`Error::is_not_found`] where there is no such voucher.
    pub async fn voucher(&self, id: Uuid) -> Result<Voucher, Error> {
        self.generated().read_voucher(&self.id, &id).await
    }
}
