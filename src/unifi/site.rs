//! The vouchers of one site.

use futures_util::Stream;
use uuid::Uuid;

use super::client::Client;
use super::error::Error;
use super::filter::{Filter, FilterExpression};
use super::generated;
use super::generated::types::{Voucher, VoucherPage, VoucherQuery};
use super::purge::Purge;
use super::rows::rows;
use crate::connection::Line;
use crate::error::Unreadable;

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

    /// The same site, with one deadline, for calls that look before they repeat what was reported to be busy.
    pub(super) fn with_own_repeats(&self) -> Self {
        Self { client: self.client.with_own_repeats(), id: self.id }
    }

    pub(super) fn generated(&self) -> &generated::Client {
        self.client.generated()
    }

    /// Reads a page of vouchers. [`vouchers`](Self::vouchers) reads them all.
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the query breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_page(&self, query: &VoucherQuery) -> Result<VoucherPage, Error> {
        query.validate()?;
        let VoucherQuery { filter, limit, offset } = query;
        self.generated().list_vouchers(&self.id, filter.as_ref(), *limit, *offset).await
    }

    /// All vouchers of the site, or those that a filter means, in no order. The console is asked for pages as long as it makes
    /// them, up to four at a time as the stream is read, and no more than these and the page whose rows are given are held.
    ///
    /// Where vouchers come or go meanwhile, the stream says so with [`Error::Moved`] and goes on; so it does with
    /// [`Error::Unreadable`] where rows could not be read. Any other error ends it.
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
        rows(move |offset| {
            let (site, filter) = (site.clone(), filter.clone());
            async move {
                let query = VoucherQuery::builder().limit(VoucherQuery::LIMIT_MAX).offset(offset).maybe_filter(filter);
                site.voucher_page(&query.build()).await
            }
        })
    }

    /// How many vouchers the site has, or a filter means. None of them is sent.
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// As for any call.
    pub async fn count_vouchers(&self, filter: impl Into<Option<Filter<Voucher>>>) -> Result<i64, Error> {
        let query = VoucherQuery::builder().limit(VoucherQuery::LIMIT_MIN).maybe_filter(filter.into());
        Ok(self.voucher_page(&query.build()).await?.total_count)
    }

    /// The voucher with this code. Dashes and spaces in it do not count, as portals show codes with a dash.
    ///
    /// The vendor's page and codes: [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// As for any call, and [`Error::Unreadable`] where what was found could not be read.
    pub async fn voucher_by_code(&self, code: &str) -> Result<Option<Voucher>, Error> {
        let code: String = code.chars().filter(|c| *c != '-' && !c.is_whitespace()).collect();
        let query = VoucherQuery::builder().filter(Voucher::CODE.eq(&code)).build();
        let (found, unreadable) = self.voucher_page(&query).await?.data.unwrap_or_default().into_parts();
        match found.into_iter().find(|voucher| voucher.code.as_str() == code) {
            None if !unreadable.is_empty() => Err(Unreadable::listed(unreadable).into()),
            found => Ok(found),
        }
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
    /// was lost on the way, so that the call was repeated. The console does not say which they were: to know before,
    /// [plan](Self::plan_purge) it.
    ///
    /// The vendor's page and codes: [`deleteVouchers`](super::generated::Client::delete_vouchers).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the vouchers may be gone; deleting them once more does no harm.
    pub async fn delete_vouchers(&self, filter: &Filter<Voucher>) -> Result<Option<i64>, Error> {
        Ok(self.generated().delete_vouchers(&self.id, &filter.into()).await?.vouchers_deleted)
    }

    /// Lists the vouchers that a filter means, to be deleted by [`Purge::run`]. Those that could not be read are listed apart,
    /// and stay.
    ///
    /// ```
    /// use hotspot_vouchers::unifi::{Error, Site, Voucher};
    ///
    /// # async fn example(site: &Site) -> Result<(), Error> {
    /// let unused = Voucher::AUTHORIZED_GUEST_COUNT.eq(0);
    /// let purge = site.plan_purge(Voucher::EXPIRED.eq(true).or(unused)).await?;
    /// for voucher in purge.vouchers() {
    ///     println!("{}: {:?}", voucher.name, voucher.state());
    /// }
    /// println!("{} vouchers were deleted", purge.run().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's page and codes: [`deleteVouchers`](super::generated::Client::delete_vouchers).
    ///
    /// # Errors
    /// As for any call, and [`Error::Moved`] where vouchers came or went meanwhile: plan it again.
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
