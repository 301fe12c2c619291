//! Creates vouchers.

use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use jiff::Timestamp;
use tokio::time::Instant;

use super::error::Error;
use super::filter::Filter;
use super::generated::types::{CreateVouchers, Voucher};
use super::once::IdempotencyKey;
use super::site::Site;
use crate::connection::CLOCK_ERROR;
use crate::error::{Unclear, Unreadable};
use crate::list::List;
use crate::rows::Budget;
use crate::unexpected::Unexpected;

const OPERATION: &str = "createVouchers";

/// How long to wait before it is looked again; then twice as long each time, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

impl Site {
    /// Creates vouchers, and answers them with their codes. Where something in the answer is odd, the codes of the other vouchers
    /// are there all the same, and [`List::unreadable`] has what could not be read. Where nothing of it can be read, that is
    /// [`Error::Unreadable`], with everything that came. For a till, [`create_vouchers_once`](Self::create_vouchers_once) is
    /// safer.
    ///
    /// It is repeated only where it is known not to have happened: the connection was not made, or the console said that it is
    /// busy. The console cannot tell vouchers of one call from those of another, so nothing else settles what happened.
    ///
    /// The vendor's page and codes: [`createVouchers`](super::generated::Client::create_vouchers).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. [`Error::Api`] where the console
    /// refuses. After these two, and wherever [`Error::is_unclear`] is false, there are no new vouchers. [`Error::Unclear`]
    /// where the vouchers may exist, with the ids of those that have the name and were created since.
    pub async fn create_vouchers(&self, vouchers: &CreateVouchers) -> Result<List<Voucher>, Error> {
        vouchers.validate()?;
        let (site, since, began) = (self.with_deadline(), Timestamp::now(), Instant::now());
        match site.try_to_create(vouchers).await {
            Err(cause) if cause.is_unclear() && !matches!(cause, Error::Unreadable(_)) => {
                let began = site.line().time_at(began).unwrap_or(since);
                let filter = named(&vouchers.name).and(Voucher::CREATED_AT.ge(began - CLOCK_ERROR));
                let found = site.gather(filter).await.unwrap_or_default();
                Err(unclear(&vouchers.name, since, &found, cause))
            }
            outcome => outcome,
        }
    }

    /// Creates vouchers once, however often it is called with the key, and answers them with their codes.
    ///
    /// The key is what makes a sale this sale, such as the number of its receipt, and stands behind the name of the vouchers:
    /// `Lobby #1042`. Before they are created it is looked for vouchers of that name, and those are answered where there are
    /// any, without some that were deleted meanwhile. Where the create fails so that it may have taken effect, it is looked for
    /// them again, until they are there or the deadline passes.
    ///
    /// Two calls with the same key at the same time can both create vouchers. So can a later call, where the console takes up the
    /// create of an earlier one only after both have looked.
    ///
    /// ```
    /// use hotspot_vouchers::unifi::{CreateVouchers, Error, IdempotencyKey, Site};
    ///
    /// # async fn example(site: &Site) -> Result<(), Error> {
    /// let voucher = CreateVouchers::builder().name("Lobby").time_limit_minutes(1440).build();
    /// let sold = site.create_vouchers_once(&voucher, &IdempotencyKey::new("1042")?).await?;
    /// let again = site.create_vouchers_once(&voucher, &IdempotencyKey::new("1042")?).await?;
    /// assert_eq!(sold[0].code, again[0].code);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's page and codes: [`createVouchers`](super::generated::Client::create_vouchers).
    ///
    /// # Errors
    /// As [`create_vouchers`](Self::create_vouchers), and as any call where looking fails. [`Error::Unclear`] where the vouchers
    /// may exist and were not found yet: call it again with the same key later.
    pub async fn create_vouchers_once(
        &self,
        vouchers: &CreateVouchers,
        key: &IdempotencyKey,
    ) -> Result<List<Voucher>, Error> {
        vouchers.validate()?;
        let (site, since) = (self.with_deadline(), Timestamp::now());
        let marked = CreateVouchers { name: key.mark(&vouchers.name), ..vouchers.clone() };
        let found = site.gather(named(&marked.name)).await?;
        if count(&found) > 0 {
            return sold(found);
        }
        let cause = match site.try_to_create(&marked).await {
            Err(cause) if cause.is_unclear() && !matches!(cause, Error::Unreadable(_)) => cause,
            outcome => return outcome,
        };
        // Without a count the console makes one voucher.
        let wanted = usize::try_from(marked.count.unwrap_or(1)).unwrap_or_default();
        let (mut found, mut pause) = (List::default(), FIRST_PAUSE);
        loop {
            match site.gather(named(&marked.name)).await {
                Ok(vouchers) if count(&vouchers) >= wanted => return sold(vouchers),
                Ok(vouchers) => found = vouchers,
                Err(Error::Moved(_)) => {}
                Err(_) => break,
            }
            if !site.line().pause(pause).await {
                break;
            }
            pause = LONGEST_PAUSE.min(pause * 2);
        }
        Err(unclear(&marked.name, since, &found, cause))
    }

    async fn try_to_create(&self, vouchers: &CreateVouchers) -> Result<List<Voucher>, Error> {
        let created = self.generated().create_vouchers(&self.id(), vouchers).await?;
        let vouchers = created.vouchers.or(created.data).ok_or_else(|| Unexpected::lacking(OPERATION))?;
        match count(&vouchers) {
            0 => Err(Unexpected::lacking(OPERATION).into()),
            _ => sold(vouchers),
        }
    }

    /// The vouchers that a filter means, all at once.
    pub(super) async fn gather(&self, filter: Filter<Voucher>) -> Result<List<Voucher>, Error> {
        let (mut rows, mut unreadable) = (Vec::new(), Vec::new());
        let mut budget = Budget::of("listVouchers");
        let vouchers = self.vouchers(filter);
        pin_mut!(vouchers);
        while let Some(voucher) = vouchers.next().await {
            match voucher {
                Err(Error::Unreadable(told)) => {
                    budget.spend_unreadable(&told.rows)?;
                    unreadable.extend(told.rows);
                }
                voucher => {
                    let voucher = voucher?;
                    budget.spend(&voucher)?;
                    rows.push(voucher);
                }
            }
        }
        Ok(List::from_parts(rows, unreadable))
    }
}

/// How many vouchers there are, readable or not.
fn count(vouchers: &List<Voucher>) -> usize {
    vouchers.len() + vouchers.unreadable().len()
}

/// Vouchers that are there, unless there is none of them that can be handed out.
fn sold(vouchers: List<Voucher>) -> Result<List<Voucher>, Error> {
    match vouchers.is_empty() {
        true => Err(Unreadable::created(vouchers.into_parts().1).into()),
        false => Ok(vouchers),
    }
}

fn named(name: &str) -> Filter<Voucher> {
    Voucher::NAME.eq(name)
}

fn unclear(name: &str, since: Timestamp, found: &[Voucher], cause: Error) -> Error {
    let candidates = found.iter().map(|voucher| voucher.id.to_string()).collect();
    Error::Unclear(Box::new(Unclear { operation: OPERATION, name: name.to_owned(), since, candidates, cause }))
}
