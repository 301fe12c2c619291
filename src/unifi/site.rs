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
    /// - [`Error::Unexpected`] if the page has vouchers that the filter excludes: a console or proxy ignored it.
    ///
    /// Otherwise as for any call.
    pub async fn voucher_page(&self, query: &VoucherQuery) -> Result<VoucherPage, Error> {
        query.validate()?;
        asked_for(self.unchecked_page(query).await?, query.filter.as_ref())
    }

    /// Reads a page of vouchers, whether or not they match the filter.
    async fn unchecked_page(&self, query: &VoucherQuery) -> Result<VoucherPage, Error> {
        let VoucherQuery { filter, limit, offset } = query;
        self.generated().list_vouchers(&self.id, filter.as_ref(), *limit, *offset).await
    }

    /// Returns all vouchers of the site, or those that match a filter, each once and in no order. The client requests full pages, up
    /// to four at a time as the stream is read. It holds no more than these and the page whose rows are yielded, and up to 21 bytes
    /// for each voucher that was yielded.
    ///
    /// If vouchers are added or removed meanwhile, the stream yields [`Error::Moved`] and goes on. Without it, each voucher that
    /// existed throughout is yielded. The stream also yields [`Error::Unreadable`] for rows that could not be read, and goes on. Any
    /// other error ends it: [`Error::Unexpected`] if the console sends vouchers that the filter excludes.
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

    /// The vouchers that the console sends for a filter, whether or not they match it.
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

    /// Returns the number of vouchers of the site, or of those that match a filter. With a filter, the client reads a page of them and checks
    /// that they match it.
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// As for any call.
    pub async fn count_vouchers(&self, filter: impl Into<Option<Filter<Voucher>>>) -> Result<i64, Error> {
        let filter = filter.into();
        // A page of rows shows whether the console heeds the filter.
        let limit = filter.is_none().then_some(VoucherQuery::LIMIT_MIN);
        let query = VoucherQuery::builder().maybe_limit(limit).maybe_filter(filter);
        Ok(self.voucher_page(&query.build()).await?.total_count)
    }

    /// Finds the voucher with this code, as a guest may type it. Blanks, hyphens, dashes and invisible characters are ignored, in the
    /// given code and in the stored ones. Full-width digits and letters are the same as the usual ones. Letters in another case match
    /// if exactly one voucher has them.
    ///
    /// This takes one call, and a second one if no stored code is the given one without its dashes.
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

    /// The voucher whose code is closest to a typed one, among those that match a filter.
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

    /// Deletes one voucher and returns whether it existed. If a response was lost and the voucher is gone when the call is retried,
    /// it existed. Guests who use it go offline.
    ///
    /// The vendor's page and codes: [`deleteVoucher`](super::generated::Client::delete_voucher).
    ///
    /// # Errors
    /// As for any call. If [`Error::is_unclear`] is true, the voucher may be gone; deleting it again does no harm.
    pub async fn delete_voucher(&self, id: Uuid) -> Result<bool, Error> {
        match self.generated().delete_voucher(&self.id, &id).await {
            Ok(deleted) => Ok(deleted.vouchers_deleted != Some(0)),
            Err(error) if error.is_gone() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Deletes all vouchers that match a filter and returns their number, if the console reports it. It is `None` if a response was
    /// lost and the call was retried. The console does not report which vouchers it deleted, and the client cannot check that the
    /// console applies the filter: one that ignores it deletes other vouchers. [`plan_purge`](Self::plan_purge) lists them first.
    ///
    /// The vendor's page and codes: [`deleteVouchers`](super::generated::Client::delete_vouchers).
    ///
    /// # Errors
    /// As for any call. If [`Error::is_unclear`] is true, the vouchers may be gone; deleting them again does no harm.
    pub async fn delete_vouchers(&self, filter: &Filter<Voucher>) -> Result<Option<i64>, Error> {
        Ok(self.generated().delete_vouchers(&self.id, &filter.into()).await?.vouchers_deleted)
    }

    /// Lists the vouchers that match a filter, to be deleted by [`Purge::run`]. Vouchers that could not be read are listed apart and
    /// are not deleted. Neither are those of which the client cannot decide whether they match, for example by `ne` of a field that
    /// the voucher lacks, or by a raw filter that the client does not understand.
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
    /// The vendor's pages and codes: [`listVouchers`](super::generated::Client::list_vouchers); [`Purge::run`] calls
    /// [`deleteVouchers`](super::generated::Client::delete_vouchers) as well.
    ///
    /// # Errors
    /// - [`Error::Moved`] if vouchers were added or removed meanwhile: plan it again.
    /// - [`Error::Unexpected`] if the console sends vouchers that the filter excludes, or more than are listed at a time, with the
    ///   number of those that were read: give a filter that fewer vouchers match.
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
    /// As for any call; [`Error::is_not_found`] is true if there is no such voucher.
    pub async fn voucher(&self, id: Uuid) -> Result<Voucher, Error> {
        self.generated().read_voucher(&self.id, &id).await
    }
}
