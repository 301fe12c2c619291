//! Creates vouchers once for each key.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use jiff::Timestamp;
use serde::Deserialize;
use tokio::time::Instant;

use super::create::{OPERATION, count, handed_out, has_other_settings, name, ordered};
use super::error::Error;
use super::filter::Pattern;
use super::generated::types::{CreateVouchers, Voucher};
use super::site::Site;
use crate::error::Moved;
use crate::idempotency_key::IdempotencyKey;
use crate::list::{List, UnreadableRow};
use crate::unexpected::{Reason, Unexpected};
use crate::validate::{Problem, Violations};

/// How long to wait before the next look; then twice as long each time, up to the longest. The last look begins this long before
/// the deadline.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

impl Site {
    /// Creates vouchers once, however often it is called with the key, and returns them with their codes.
    ///
    /// The key identifies the sale, such as the number of its receipt. The names of the vouchers begin with the key's
    /// [`marker`](IdempotencyKey::marker): `76zxnbs18mww Lobby`. The client first looks up vouchers with that marker, and returns
    /// them if there are as many as ordered. After a failure that leaves the outcome unknown, after a 429, and if the response
    /// does not match the request, the client looks them up again before it does anything else. If only a part of the vouchers
    /// is found, it looks again until all are there or the deadline passes.
    ///
    /// Calls with the same key through clones of one client wait for each other. Through two clients, or from two processes, two
    /// calls with the same key at the same time can both create vouchers. So can a later call, if the console takes up the create
    /// of an earlier one only after both have looked.
    ///
    /// ```
    /// use hotspot_vouchers::IdempotencyKey;
    /// use hotspot_vouchers::unifi::{CreateVouchers, Error, Site};
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
    /// The vendor's pages and codes: [`createVouchers`](super::generated::Client::create_vouchers) and
    /// [`listVouchers`](super::generated::Client::list_vouchers).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the request breaks a documented rule, or if vouchers with other settings were created with the key.
    ///   Nothing is created.
    /// - [`Error::Api`] if the console refuses.
    /// - [`Error::Unclear`] if the vouchers may exist and could not be found in the ordered number. It has the ids of those that
    ///   were found. Call again with the same key later. If some of the vouchers were deleted meanwhile, or if the console
    ///   removes the marker from their names, a later call does not find them either.
    /// - [`Error::Moved`] if the list changed during every look before the create. Nothing is created.
    /// - [`Error::Unreadable`] if the vouchers exist and none of them could be read.
    pub async fn create_vouchers_once(
        &self,
        vouchers: &CreateVouchers,
        key: &IdempotencyKey,
    ) -> Result<List<Voucher>, Error> {
        vouchers.validate()?;
        let order = CreateVouchers { name: key.mark(&vouchers.name), ..vouchers.clone() };
        order.validate()?;
        let (site, since) = (self.with_deadline(), Timestamp::now());
        let _turn = site.line().turn(OPERATION, &site.id(), key).await?;
        Box::pin(Sale { site: &site, order: &order, key, since }.sold()).await
    }
}

/// A keyed create.
struct Sale<'a> {
    site: &'a Site,
    order: &'a CreateVouchers,
    key: &'a IdempotencyKey,
    since: Timestamp,
}

/// What a look found.
#[derive(Default)]
struct Found {
    /// What carries the marker.
    vouchers: List<Voucher>,
    /// The ids of vouchers without a name, which could carry it.
    nameless: Vec<String>,
    moved: Option<Moved>,
}

impl Found {
    fn is_nothing(&self) -> bool {
        count(&self.vouchers) == 0 && self.nameless.is_empty()
    }
}

/// The refusal of a console that is busy, after a look that found nothing.
fn settled(error: Error) -> Error {
    match error {
        Error::Api(refusal) => Error::Api(Box::new(refusal.settled())),
        error => error,
    }
}

impl Sale<'_> {
    async fn sold(&self) -> Result<List<Voucher>, Error> {
        let found = self.first_look().await?;
        if !found.is_nothing() {
            self.check_settings(&found.vouchers)?;
            let cause = mismatch("another number of vouchers than were ordered carries the key's marker");
            return self.settle(Some(found), Vec::new(), cause).await;
        }
        let mut pause = FIRST_PAUSE;
        loop {
            let (candidates, cause) = match self.site.try_to_create(self.order).await {
                Ok(created) => match self.site.mismatch(&created, self.order, |name| self.key.is_in(name)) {
                    None => return handed_out(created),
                    Some(cause) => (self.site.unknown(&created), cause),
                },
                Err(error) if error.is_busy() => {
                    // Something in front of the console may report this although the console has created the vouchers.
                    let wait = pause.max(error.retry_after().unwrap_or_default());
                    let is_repeated = self.site.line().attempts() > 1 && self.site.line().pause(wait).await;
                    match self.look().await {
                        Ok(found) if !found.is_nothing() => return self.settle(Some(found), Vec::new(), error).await,
                        Ok(Found { moved: None, .. }) if is_repeated => {
                            pause = LONGEST_PAUSE.min(pause * 2);
                            continue;
                        }
                        Ok(Found { moved: None, .. }) => return Err(settled(error)),
                        _ => (Vec::new(), error),
                    }
                }
                Err(error) if error.is_unclear() => (Vec::new(), error),
                Err(error) => return Err(error),
            };
            return self.settle(None, candidates, cause).await;
        }
    }

    /// Looks before anything is created. Nothing found in a list that changed meanwhile may have been missed.
    async fn first_look(&self) -> Result<Found, Error> {
        let mut looks = 1;
        loop {
            match self.look().await? {
                Found { moved: Some(moved), vouchers, .. } if count(&vouchers) == 0 => {
                    if looks >= self.site.line().attempts() || !self.site.line().pause(FIRST_PAUSE).await {
                        return Err(Error::Moved(moved));
                    }
                    looks += 1;
                }
                found => return Ok(found),
            }
        }
    }

    /// Looks until as many vouchers as ordered are there, or the deadline passes.
    async fn settle(
        &self,
        mut found: Option<Found>,
        mut candidates: Vec<String>,
        cause: Error,
    ) -> Result<List<Voucher>, Error> {
        let (wanted, mut before, mut pause) = (ordered(self.order), 0, FIRST_PAUSE);
        let mut last = Found::default();
        loop {
            let looked = match found.take() {
                Some(found) => Ok(found),
                None => self.look().await,
            };
            let is_over = match looked {
                Ok(found) => {
                    let now = count(&found.vouchers);
                    // What has grown is looked at once more, as it may go on growing.
                    let is_still = before == 0 || before == now;
                    last = found;
                    if now == wanted && is_still {
                        break;
                    }
                    before = now;
                    now > wanted
                }
                // A response that belongs to another request, or none, says nothing. A refusal would come again.
                Err(error) => !(error.is_unclear() || error.is_passing() || error.is_notice()),
            };
            if is_over || !self.pause(pause).await {
                break;
            }
            pause = LONGEST_PAUSE.min(pause * 2);
        }
        if count(&last.vouchers) == wanted && self.check_settings(&last.vouchers).is_ok() {
            self.site.line().sales().remember(last.vouchers.iter().map(|voucher| voucher.id));
            return handed_out(last.vouchers);
        }
        let found = last.vouchers.iter().map(|voucher| voucher.id.to_string()).chain(last.nameless);
        let mut seen: HashSet<String> = candidates.iter().cloned().collect();
        candidates.extend(found.filter(|id| seen.insert(id.clone())));
        Err(self.site.unclear(&self.order.name, self.since, candidates, cause))
    }

    /// Waits before the next look. Returns false if there is no time for one. The last look is near the deadline.
    async fn pause(&self, pause: Duration) -> bool {
        let line = self.site.line();
        let left = line.deadline().saturating_duration_since(Instant::now());
        let last = left.saturating_sub(FIRST_PAUSE);
        last >= FIRST_PAUSE && line.pause(pause.min(last)).await
    }

    /// The vouchers that carry the marker, each once: one more than ordered at the most. What the console returns is compared
    /// here, because something on the way may drop the filter.
    async fn look(&self) -> Result<Found, Error> {
        let marker = self.key.marker();
        let either = [marker.to_ascii_uppercase(), marker];
        let [upper, lower] = either.map(|marker| Voucher::NAME.like(Pattern::starts_with(&marker)));
        let list = self.site.unchecked_vouchers(Some(lower.or(upper).into()));
        pin_mut!(list);
        let (mut vouchers, mut unreadable, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        let (mut nameless, mut moved) = (Vec::new(), None);
        while vouchers.len() + unreadable.len().max(nameless.len()) <= ordered(self.order)
            && let Some(row) = list.next().await
        {
            match row {
                Ok(voucher) => match name(&voucher) {
                    Some(name) if !self.key.is_in(&name) => {}
                    Some(_) => vouchers.extend(seen.insert(voucher.id).then_some(voucher)),
                    None => nameless.push(voucher.id.to_string()),
                },
                Err(Error::Moved(change)) => moved = Some(change),
                Err(Error::Unreadable(told)) => {
                    unreadable.extend(told.rows.into_iter().filter(|row| self.may_have_marker(row)));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Found { vouchers: List::from_parts(vouchers, unreadable), nameless, moved })
    }

    /// Whether a row that could not be read carries the marker, or does not show its name.
    fn may_have_marker(&self, row: &UnreadableRow) -> bool {
        #[derive(Deserialize)]
        struct Named {
            name: String,
        }
        serde_json::from_str::<Named>(row.json()).map_or(true, |row| self.key.is_in(&row.name))
    }

    /// Checks that vouchers which carry the marker were ordered like this.
    fn check_settings(&self, found: &[Voucher]) -> Result<(), Violations> {
        match found.iter().find(|voucher| has_other_settings(voucher, self.order)) {
            None => Ok(()),
            Some(other) => {
                let why = format!("the voucher {} was created with this key, and has other settings", other.id);
                Err(Violations::one("idempotencyKey", Problem::Failed { why }))
            }
        }
    }
}

fn mismatch(difference: &'static str) -> Error {
    Unexpected::read(OPERATION, Reason::Mismatch(difference)).into()
}
