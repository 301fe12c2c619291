//! Creates voucher groups once for each key.

use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use jiff::Timestamp;
use tokio::time::Instant;

use super::create::{OPERATION, is_taken};
use super::error::Error;
use super::generated::types::{CreateVoucherGroup, VoucherGroup, VoucherGroupListQuery};
use super::ids::GroupId;
use super::site::Site;
use crate::error::{Incomplete, Moved};
use crate::idempotency_key::IdempotencyKey;
use crate::unexpected::{Reason, Unexpected};
use crate::validate::{Problem, Violations};
use crate::voucher_code::VoucherCode;

/// How long to wait before the next look.
const PAUSE: Duration = Duration::from_millis(500);

/// A voucher group that was created, with the codes of all its vouchers.
///
/// `Debug` does not show the codes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreatedGroup {
    /// The id of the group.
    pub id: GroupId,
    /// The codes of its vouchers, each once.
    pub codes: Vec<VoucherCode>,
}

impl Site {
    /// Creates a voucher group once, however often it is called with the key, waits until the controller has generated the codes,
    /// and returns the group's id with all codes.
    ///
    /// The key identifies the sale, such as the number of its receipt. The name of the group begins with the key's
    /// [`marker`](IdempotencyKey::marker): `76zxnbs18mww Lobby`. The client first looks up a group with that marker, and returns
    /// its codes if it has the settings of the request. After a failure that leaves the outcome unknown, and if the controller
    /// reports that the name is taken, the client looks up the group again before it does anything else. The marker and a space
    /// take 13 characters of the name, whose length the controller limits.
    ///
    /// The call ends when `deadline` has passed, with everything in it. Creating the group ends at the deadline of the client's
    /// [`Connection`](crate::Connection), if that is earlier.
    ///
    /// Calls with the same key through clones of one client wait for each other. Two calls through different clients create one
    /// group if their labels are the same too, because no two groups of a site can have the same name.
    ///
    /// Needs the permissions Site Hotspot Manager Modify and Site Hotspot Manager View Only.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use hotspot_vouchers::IdempotencyKey;
    /// use hotspot_vouchers::omada::{CreateVoucherGroup, Error, Site};
    ///
    /// # async fn example(site: &Site, group: &CreateVoucherGroup) -> Result<(), Error> {
    /// let (receipt, deadline) = (IdempotencyKey::new("1042")?, Duration::from_secs(30));
    /// let sold = site.create_voucher_group_once(group, &receipt, deadline).await?;
    /// let again = site.create_voucher_group_once(group, &receipt, deadline).await?;
    /// assert_eq!(sold, again);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's pages and codes: [`createVoucherGroup`](super::generated::Client::create_voucher_group),
    /// [`listVoucherGroups`](super::generated::Client::list_voucher_groups) and
    /// [`readVoucherGroup`](super::generated::Client::read_voucher_group).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the request breaks a documented rule, if the name is too long with the marker, or if a group with
    ///   other settings was created with the key. Nothing is created.
    /// - [`Error::Api`] if the controller refuses. After these two, and whenever [`Error::is_unclear`] is false, there is no new
    ///   group.
    /// - [`Error::Incomplete`] if the group exists, and the controller does not return all its codes before the deadline.
    /// - [`Error::Unclear`] if the group may exist, or exists and its codes could not be read. It has the id of the group if that
    ///   is known. After these two, call again with the same key.
    pub async fn create_voucher_group_once(
        &self,
        group: &CreateVoucherGroup,
        key: &IdempotencyKey,
        deadline: Duration,
    ) -> Result<CreatedGroup, Error> {
        group.validate()?;
        let order = CreateVoucherGroup { name: key.mark(&group.name), ..group.clone() };
        order.validate()?;
        let end = Instant::now().checked_add(deadline);
        let site = self.ending_at(end);
        let _turn = site.client().line().turn(OPERATION, site.id(), key).await?;
        Box::pin(Sale { site: &site, order: &order, key, since: Timestamp::now(), end }.sold()).await
    }
}

/// A keyed create.
struct Sale<'a> {
    site: &'a Site,
    order: &'a CreateVoucherGroup,
    key: &'a IdempotencyKey,
    since: Timestamp,
    /// When the codes have to be complete. `None` is never.
    end: Option<Instant>,
}

/// What a look found.
enum Found {
    Nothing,
    One(GroupId),
    /// A group with other settings.
    Other(String),
    /// Several groups, or one without an id.
    Several(Vec<String>),
    /// Nothing, in a list that changed meanwhile.
    Moved(Moved),
}

impl Sale<'_> {
    async fn sold(&self) -> Result<CreatedGroup, Error> {
        let (id, is_created) = match self.first_look().await? {
            Found::One(id) => (id, false),
            Found::Other(id) => {
                let why = format!("the group {id} was created with this key, and has other settings");
                return Err(Violations::one("idempotencyKey", Problem::Failed { why }).into());
            }
            Found::Several(ids) => return Err(self.unclear(ids, mismatch("several groups carry the key's marker"))),
            Found::Moved(moved) => return Err(Error::Moved(moved)),
            Found::Nothing => (self.created().await?, true),
        };
        match self.codes(&id).await {
            // The response to the create may have been that to another one.
            Err(Error::Unexpected(other)) if is_created && matches!(other.reason, Reason::Mismatch(_)) => {
                match self.look(false).await {
                    Ok(Found::One(found)) if found != id => self.codes(&found).await,
                    _ => Err(self.unclear(vec![id.to_string()], Error::Unexpected(other))),
                }
            }
            outcome => outcome,
        }
    }

    /// Looks before anything is created. Nothing found in a list that changed meanwhile may have been missed.
    async fn first_look(&self) -> Result<Found, Error> {
        let line = self.site.client().line();
        for _ in 1..line.attempts() {
            match self.look(false).await? {
                Found::Moved(_) if line.pause(PAUSE).await => {}
                found => return Ok(found),
            }
        }
        self.look(false).await
    }

    /// Creates the group. Its name is unique, so a second attempt cannot create a second group.
    async fn created(&self) -> Result<GroupId, Error> {
        let line = self.site.client().line();
        let (mut attempts, mut last, mut is_taken_now) = (line.attempts(), None, false);
        loop {
            if !is_taken_now {
                match self.site.try_to_create(self.order).await {
                    Ok(id) => return Ok(id),
                    Err(error) => {
                        is_taken_now = is_taken(&error);
                        if last.is_none() && !is_taken_now && !error.is_unclear() {
                            return self.refused(error).await;
                        }
                        // A refusal says nothing of the attempts before.
                        last = Some(last.filter(|_| !error.is_unclear()).unwrap_or(error));
                    }
                }
            }
            attempts = attempts.saturating_sub(1);
            let candidates = match self.look(is_taken_now).await {
                Ok(Found::One(id)) => {
                    line.sales().remember([&id]);
                    return Ok(id);
                }
                Ok(Found::Other(id)) => vec![id],
                Ok(Found::Several(ids)) => ids,
                Ok(Found::Nothing | Found::Moved(_)) | Err(_) if attempts > 0 && line.pause(PAUSE).await => continue,
                Ok(Found::Nothing | Found::Moved(_)) | Err(_) => Vec::new(),
            };
            let cause = last.unwrap_or_else(|| mismatch("it has no group"));
            return Err(self.unclear(candidates, cause));
        }
    }

    /// A refusal of the first attempt, unless another request of the same call reached the controller before.
    async fn refused(&self, error: Error) -> Result<GroupId, Error> {
        if matches!(&error, Error::Api(refusal) if refusal.is_repeated)
            && let Found::One(id) = self.look(false).await?
        {
            return Ok(id);
        }
        Err(error)
    }

    /// The group that carries the marker. What the controller returns is compared here, because something on the way may drop
    /// the search. A thorough look also finds a marker that the controller returns in upper case, and searches with case.
    async fn look(&self, is_thorough: bool) -> Result<Found, Error> {
        let marker = self.key.marker();
        let upper = is_thorough.then(|| marker.to_ascii_uppercase());
        let (mut found, mut moved) = (Vec::new(), None);
        for marker in [Some(marker), upper].into_iter().flatten() {
            let groups = self.site.voucher_groups(VoucherGroupListQuery::full_pages().search_key(marker).build());
            pin_mut!(groups);
            while found.len() < 2
                && let Some(group) = groups.next().await
            {
                match group {
                    Ok(group) if group.name.as_deref().is_some_and(|name| self.key.is_in(name)) => {
                        let is_known = |other: &VoucherGroup| other.id == group.id;
                        if !found.iter().any(is_known) {
                            found.push(group);
                        }
                    }
                    Ok(_) => {}
                    Err(Error::Moved(change)) => moved = Some(change),
                    Err(error) => return Err(error),
                }
            }
        }
        let ids = || found.iter().filter_map(|group| group.id.clone()).collect();
        Ok(match (found.as_slice(), moved) {
            ([], None) => Found::Nothing,
            ([], Some(moved)) => Found::Moved(moved),
            ([group], _) => match group.id.as_deref().and_then(|id| GroupId::new(id).ok()) {
                Some(id) if self.is_ordered(group) => Found::One(id),
                Some(id) => Found::Other(id.to_string()),
                None => Found::Several(ids()),
            },
            _ => Found::Several(ids()),
        })
    }

    /// Whether a group has the ordered settings. Settings that the controller does not return are not compared. Some of the vouchers
    /// may not have been generated yet, or were deleted.
    fn is_ordered(&self, group: &VoucherGroup) -> bool {
        fn agree<T: PartialEq>(found: Option<T>, wanted: T) -> bool {
            found.is_none_or(|found| found == wanted)
        }
        let order = self.order;
        group.total_count.is_none_or(|count| count <= order.amount)
            && agree(group.limit_type, order.limit_type)
            && order.limit_num.is_none_or(|limit| agree(group.limit_num, limit))
            && agree(group.duration, order.duration)
            && agree(group.duration_type, order.duration_type)
            && agree(group.timing_type, order.timing_type)
            && agree(group.traffic_limit_enable, order.traffic_limit_enable)
            && order.traffic_limit.is_none_or(|limit| agree(group.traffic_limit, limit))
    }

    /// Waits for the codes of the group. Whatever fails now, the group exists.
    async fn codes(&self, id: &GroupId) -> Result<CreatedGroup, Error> {
        let left = self.end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
        match self.site.codes_within(id, self.order.amount, left, Some(self.key)).await {
            Ok(codes) => Ok(CreatedGroup { id: id.clone(), codes }),
            Err(Error::Incomplete(incomplete)) => Err(Error::Incomplete(Incomplete { is_created: true, ..incomplete })),
            Err(Error::Unexpected(other)) if matches!(other.reason, Reason::Mismatch(_)) => {
                Err(Error::Unexpected(other))
            }
            Err(error) => Err(self.unclear(vec![id.to_string()], error)),
        }
    }

    fn unclear(&self, candidates: Vec<String>, cause: Error) -> Error {
        self.site.unclear(&self.order.name, self.since, candidates, cause)
    }
}

fn mismatch(difference: &'static str) -> Error {
    Unexpected::read(OPERATION, Reason::Mismatch(difference)).into()
}
