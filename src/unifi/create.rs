//! Creates vouchers.

use std::collections::HashSet;

use futures_util::{StreamExt, pin_mut};
use jiff::Timestamp;
use tokio::time::Instant;

use super::error::Error;
use super::filter::Filter;
use super::generated::Operation;
use super::generated::types::{CreateVouchers, Voucher, VoucherQuery};
use super::name::resembles;
use super::site::Site;
use crate::connection::CLOCK_ERROR;
use crate::error::{Unclear, Unreadable};
use crate::list::List;
use crate::rows::Budget;
use crate::unexpected::{Reason, Unexpected};

pub(super) const OPERATION: &str = Operation::CreateVouchers.id();

/// How many vouchers are named at the most that could be the new ones.
const MOST_CANDIDATES: usize = 1 << 10;

impl Site {
    /// Creates vouchers and returns them with their codes. If something in the response is malformed, the codes of the other
    /// vouchers are returned all the same, and [`List::unreadable`] has what could not be read. For a point of sale,
    /// [`create_vouchers_once`](Self::create_vouchers_once) is safer.
    ///
    /// The request is sent again only if it was never sent, because no connection was made. It is not sent again after a 429: the
    /// cloud connector's means that nothing happened, but the vendor documents none of a console. A console has no field by which
    /// the client could recognize the vouchers of a call, so no lookup settles the outcome.
    ///
    /// The response is compared with the request. The vouchers have to be as many as were ordered, each once, under the name that
    /// was sent, and none of them may have been returned by this client before.
    ///
    /// The vendor's pages and codes: [`createVouchers`](super::generated::Client::create_vouchers) and, after a failure,
    /// [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the request breaks a documented rule. Nothing is sent.
    /// - [`Error::Api`] if the console refuses. After these two, and whenever [`Error::is_unclear`] is false, there are no new
    ///   vouchers.
    /// - [`Error::Unclear`] if the vouchers may exist, or if the response does not match the request. It has the ids of those that
    ///   have the name and were created since, and of what the response contains. Look at them before you create others.
    /// - [`Error::Unreadable`] if the vouchers were created and none of them could be read. It has the rows as they were sent.
    pub async fn create_vouchers(&self, vouchers: &CreateVouchers) -> Result<List<Voucher>, Error> {
        vouchers.validate()?;
        let (site, since, began) = (self.with_deadline(), Timestamp::now(), Instant::now());
        let (mut candidates, cause) = match site.try_to_create(vouchers).await {
            Ok(created) => {
                let is_ours = |name: &str| resembles(name, &vouchers.name);
                match site.mismatch(&created, vouchers, is_ours) {
                    None => return handed_out(created),
                    Some(cause) => (site.unknown(&created), cause),
                }
            }
            Err(cause) if cause.is_unclear() && !matches!(cause, Error::Unreadable(_)) => (Vec::new(), cause),
            Err(error) => return Err(error),
        };
        site.look_for_candidates(&vouchers.name, began, &mut candidates).await;
        Err(site.unclear(&vouchers.name, since, candidates, cause))
    }

    /// Sends a create, and returns the vouchers of the response, whatever they are.
    pub(super) async fn try_to_create(&self, vouchers: &CreateVouchers) -> Result<List<Voucher>, Error> {
        let created = self.generated().create_vouchers(&self.id(), vouchers).await?;
        let vouchers = created.vouchers.or(created.data).ok_or_else(|| Unexpected::lacking(OPERATION))?;
        match count(&vouchers) {
            0 => Err(Unexpected::lacking(OPERATION).into()),
            _ => Ok(vouchers),
        }
    }

    /// Compares the response to a create with the request. If they match, the client remembers that these vouchers were
    /// returned.
    pub(super) fn mismatch(
        &self,
        created: &List<Voucher>,
        order: &CreateVouchers,
        is_ours: impl Fn(&str) -> bool,
    ) -> Option<Error> {
        // A name that the console does not return says nothing.
        let is_strange = |voucher: &Voucher| name(voucher).is_some_and(|name| !is_ours(&name));
        let difference = if count(created) != ordered(order) && !created.is_empty() {
            "it has another number of vouchers than were ordered"
        } else if created.iter().any(is_strange) {
            "it has vouchers of another name"
        } else if created.iter().map(|voucher| voucher.code.as_str()).collect::<HashSet<_>>().len() < created.len() {
            "it has two vouchers with one code"
        } else if !self.line().sales().are_new(created.iter().map(|voucher| voucher.id)) {
            "it has a voucher twice, or one that an earlier create returned"
        } else {
            return None;
        };
        Some(Unexpected::read(OPERATION, Reason::Mismatch(difference)).into())
    }

    /// The ids of vouchers of a response that no create returned before.
    pub(super) fn unknown(&self, created: &List<Voucher>) -> Vec<String> {
        let sales = self.line().sales();
        created.iter().filter(|voucher| !sales.is_known(voucher.id)).map(|voucher| voucher.id.to_string()).collect()
    }

    /// Adds the ids of the vouchers that have the name and were created since a moment, as far as they can be found.
    async fn look_for_candidates(&self, sent: &str, began: Instant, candidates: &mut Vec<String>) {
        // Any response shows what the console's clock shows now.
        let _ = self.voucher_page(&VoucherQuery::builder().limit(VoucherQuery::LIMIT_MIN).build()).await;
        let since = self.line().time_at(began).map(|began| began - CLOCK_ERROR);
        let filter = since.map_or_else(|| Voucher::NAME.eq(sent), |since| Voucher::CREATED_AT.ge(since));
        let vouchers = self.unchecked_vouchers(Some(filter.into()));
        pin_mut!(vouchers);
        while let Some(voucher) = vouchers.next().await {
            let voucher = match voucher {
                Ok(voucher) => voucher,
                Err(error) if error.is_notice() => continue,
                Err(_) => return,
            };
            let is_since = since.zip(created_at(&voucher)).is_none_or(|(since, created)| created >= since);
            let is_ours = name(&voucher).is_none_or(|name| resembles(&name, sent));
            let id = voucher.id.to_string();
            if is_since && is_ours && !self.line().sales().is_known(voucher.id) && !candidates.contains(&id) {
                candidates.push(id);
            }
            if candidates.len() >= MOST_CANDIDATES {
                return;
            }
        }
    }

    /// The error for an unknown outcome. The client remembers the candidates, because the caller may hand them out.
    pub(super) fn unclear(&self, name: &str, since: Timestamp, candidates: Vec<String>, cause: Error) -> Error {
        self.line().sales().remember(candidates.iter().filter_map(|id| id.parse::<uuid::Uuid>().ok()));
        Error::Unclear(Box::new(Unclear { operation: OPERATION, name: name.to_owned(), since, candidates, cause }))
    }

    /// All vouchers that match a filter.
    pub(super) async fn gather(&self, filter: Filter<Voucher>) -> Result<List<Voucher>, Error> {
        let (mut rows, mut unreadable) = (Vec::new(), Vec::new());
        let mut budget = Budget::of(Operation::ListVouchers.id());
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

/// Whether a voucher has other settings than were ordered. What the console does not return is not compared.
pub(super) fn has_other_settings(voucher: &Voucher, order: &CreateVouchers) -> bool {
    let differs = |found: Option<i64>, ordered: Option<i64>| found.zip(ordered).is_some_and(|(one, two)| one != two);
    differs(voucher.time_limit_minutes, Some(order.time_limit_minutes))
        || differs(voucher.authorized_guest_limit, order.authorized_guest_limit)
        || differs(voucher.data_usage_limit_mbytes, order.data_usage_limit_mbytes)
        || differs(voucher.rx_rate_limit_kbps, order.rx_rate_limit_kbps)
        || differs(voucher.tx_rate_limit_kbps, order.tx_rate_limit_kbps)
}

/// How many vouchers there are, readable or not.
pub(super) fn count(vouchers: &List<Voucher>) -> usize {
    vouchers.len() + vouchers.unreadable().len()
}

/// How many vouchers a request orders. Without a count the console creates one.
pub(super) fn ordered(order: &CreateVouchers) -> usize {
    usize::try_from(order.count.unwrap_or(1)).unwrap_or_default()
}

/// Vouchers that were created, unless none of them can be handed out.
pub(super) fn handed_out(vouchers: List<Voucher>) -> Result<List<Voucher>, Error> {
    match vouchers.is_empty() {
        true => Err(Unreadable::created(vouchers.into_parts().1).into()),
        false => Ok(vouchers),
    }
}

/// The name of a voucher, if the console returns one.
pub(super) fn name(voucher: &Voucher) -> Option<String> {
    voucher.name.clone().filter(|name| !name.is_empty())
}

/// When a voucher was created, if the console returns that.
fn created_at(voucher: &Voucher) -> Option<Timestamp> {
    voucher.created_at
}
