//! Creates voucher groups, each once.

use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use jiff::Timestamp;
use tokio::time::Instant;

use super::error::Error;
use super::generated::Operation;
use super::generated::types::{CreateVoucherGroup, ErrorCode, VoucherGroup, VoucherGroupListQuery};
use super::ids::GroupId;
use super::site::Site;
use crate::connection::CLOCK_ERROR;
use crate::error::{Moved, Unclear};
use crate::unexpected::{Reason, Unexpected};

pub(super) const OPERATION: &str = Operation::CreateVoucherGroup.id();

/// How long to wait before the next attempt.
const PAUSE: Duration = Duration::from_millis(500);

impl Site {
    /// Creates a voucher group and returns its id. The controller generates the codes asynchronously: wait for them with
    /// [`codes_of_group`](Self::codes_of_group). For a point of sale,
    /// [`create_voucher_group_once`](Self::create_voucher_group_once) does both, once for each key.
    ///
    /// The group is created once. If an attempt fails so that it may have taken effect, the client looks up the group by its name,
    /// which only one group of a site can have, and retries only if there is none. A group is taken for the new one only if its
    /// settings are those of the request, and if it was created during this call by the controller's own clock. So give each
    /// group a name that no other program gives to one like it at the same time.
    ///
    /// Needs the permissions Site Hotspot Manager Modify and, to look the group up, Site Hotspot Manager View Only.
    ///
    /// The vendor's pages and codes: [`createVoucherGroup`](super::generated::Client::create_voucher_group) and, for the lookup,
    /// [`listVoucherGroups`](super::generated::Client::list_voucher_groups).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the request breaks a documented rule. Nothing is sent.
    /// - [`Error::Api`] if the controller refuses, for example with
    ///   [`GroupNameTaken`](super::ErrorCode::GroupNameTaken). After these two, and whenever [`Error::is_unclear`] is false, there
    ///   is no new group.
    /// - [`Error::Unclear`] if the client could not find out whether there is. It has the id of a group with the name that could
    ///   be the new one. Look up the name with [`voucher_group_named`](Self::voucher_group_named) when the controller is back.
    pub async fn create_voucher_group(&self, group: &CreateVoucherGroup) -> Result<GroupId, Error> {
        group.validate()?;
        let site = self.with_deadline();
        let began = Began { time: Timestamp::now(), moment: Instant::now(), dates: site.client().line().dates() };
        match site.try_to_create(group).await {
            Err(error) if error.is_unclear() || is_taken_by_itself(&error) => {
                Box::pin(site.settle(group, began, error)).await
            }
            outcome => outcome,
        }
    }

    /// Finds the group with exactly this name.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listVoucherGroups`](super::generated::Client::list_voucher_groups).
    ///
    /// # Errors
    /// - [`Error::Moved`] if groups were added or removed meanwhile and none with the name was found: call it again.
    /// - Otherwise as for any call.
    pub async fn voucher_group_named(&self, name: &str) -> Result<Option<VoucherGroup>, Error> {
        match self.with_deadline().search(name).await? {
            (None, Some(change)) => Err(Error::Moved(change)),
            (found, _) => Ok(found),
        }
    }

    /// The first group with exactly this name, and whether groups moved while all with the like were read.
    async fn search(&self, name: &str) -> Result<(Option<VoucherGroup>, Option<Moved>), Error> {
        let groups = self.voucher_groups(VoucherGroupListQuery::full_pages().search_key(name).build());
        pin_mut!(groups);
        let (mut found, mut moved) = (None, None);
        while let Some(group) = groups.next().await {
            match group {
                Ok(group) if group.name.as_deref() == Some(name) => found = found.or(Some(group)),
                Ok(_) => {}
                Err(Error::Moved(change)) => moved = Some(change),
                Err(error) => return Err(error),
            }
        }
        Ok((found, moved))
    }

    /// Sends a create, and returns the id of the group, which no create may have returned before.
    pub(super) async fn try_to_create(&self, group: &CreateVoucherGroup) -> Result<GroupId, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        let created = raw.create_voucher_group(omadac_id, site_id, group).await?;
        let id = created.id.and_then(|id| GroupId::new(id).ok());
        let id = id.ok_or_else(|| Unexpected::lacking(OPERATION))?;
        match self.client().line().sales().are_new([&id]) {
            true => Ok(id),
            false => {
                let difference = "it has the id of a group that an earlier create returned";
                Err(Unexpected::read(OPERATION, Reason::Mismatch(difference)).into())
            }
        }
    }

    /// Settles the outcome of an attempt, and tries again if that cannot create the group twice.
    async fn settle(&self, group: &CreateVoucherGroup, began: Began, mut cause: Error) -> Result<GroupId, Error> {
        let mut candidates = Vec::new();
        // What the controller said about the name, once it has said so.
        let mut refusal = Some(&cause).filter(|cause| is_taken(cause)).cloned();
        for repeats_left in (0..self.client().line().attempts()).rev() {
            let found = match self.search(&group.name).await {
                Ok((found, None)) => found,
                // What stands in a list that moves is not sure to be there.
                Ok((_, Some(_))) if self.client().line().pause(PAUSE).await => continue,
                Ok((_, Some(_))) | Err(_) => break,
            };
            let line = self.client().line();
            let time = [began.moment, Instant::now()].map(|moment| line.steady_time_at(moment, began.dates));
            match (found.map(|found| Kinship::of(found, group, time)), refusal.take()) {
                (Some(Kinship::Same(id)), _) => {
                    line.sales().remember([&id]);
                    return Ok(id);
                }
                (Some(Kinship::Alike(id)), _) => {
                    candidates.push(id);
                    break;
                }
                // The name belongs to another group, so there can be none of ours.
                (Some(Kinship::Stranger), Some(refusal)) => return Err(refusal),
                (None, Some(_)) => break,
                (Some(Kinship::Stranger) | None, None) => {}
            }
            if repeats_left == 0 || !self.client().line().pause(PAUSE).await {
                break;
            }
            // Only one group can have the name, so that this cannot create a second one.
            match self.try_to_create(group).await {
                Ok(id) => return Ok(id),
                Err(error) if is_taken(&error) => refusal = Some(error),
                Err(error) if error.is_unclear() => cause = error,
                // It says that this attempt came to nothing, but not that the one before it has.
                Err(_) => break,
            }
        }
        Err(self.unclear(&group.name, began.time, candidates, cause))
    }

    /// The error for an unknown outcome. The client remembers the candidates, because the caller may hand out their codes.
    pub(super) fn unclear(&self, name: &str, since: Timestamp, candidates: Vec<String>, cause: Error) -> Error {
        self.client().line().sales().remember(candidates.iter().filter_map(|id| GroupId::new(id).ok()));
        Error::Unclear(Box::new(Unclear { operation: OPERATION, name: name.to_owned(), since, candidates, cause }))
    }
}

/// When a create began.
struct Began {
    /// By the clock of this machine.
    time: Timestamp,
    moment: Instant,
    /// How many responses had shown the controller's clock by then.
    dates: usize,
}

/// Whether the controller refused because another group of the site has the name.
pub(super) fn is_taken(error: &Error) -> bool {
    matches!(error, Error::Api(refusal) if refusal.code == ErrorCode::GroupNameTaken)
}

/// The same, after another request of the same call, whose group it could be.
fn is_taken_by_itself(error: &Error) -> bool {
    matches!(error, Error::Api(refusal) if refusal.is_repeated) && is_taken(error)
}

/// What a group with the right name is to the group that was to be created.
enum Kinship {
    /// It is that group.
    Same(GroupId),
    /// It could be, but its settings or the time of its creation are others, or the time is not known.
    Alike(String),
    /// It is another one.
    Stranger,
}

impl Kinship {
    /// `time` is when the create began and what time it is now, by the controller's clock.
    fn of(found: VoucherGroup, wanted: &CreateVoucherGroup, time: [Option<Timestamp>; 2]) -> Self {
        // What the controller does not tell speaks for neither.
        fn agree<T: PartialEq>(found: Option<T>, wanted: T) -> bool {
            found.is_none_or(|found| found == wanted)
        }
        // The vouchers come after the group, and nobody has the codes of a new one.
        let is_alike = found.total_count.is_none_or(|count| count <= wanted.amount)
            && agree(found.used_count, 0)
            && agree(found.in_use_count, 0)
            && agree(found.limit_type, wanted.limit_type)
            && agree(found.duration, wanted.duration);
        let created = found.created_time.and_then(|time| time.timestamp());
        let [began, now] = time;
        let is_old = created.zip(began).map(|(created, began)| created < began - CLOCK_ERROR);
        // What was created later than now was created by another clock.
        let is_early = created.zip(now).map(|(created, now)| created <= now + CLOCK_ERROR);
        match (is_alike, is_old, found.id) {
            (true, Some(false), Some(id)) if is_early == Some(true) => {
                GroupId::new(&id).map_or(Self::Alike(id), Self::Same)
            }
            (false, Some(true), _) => Self::Stranger,
            (_, _, id) => Self::Alike(id.unwrap_or_default()),
        }
    }
}
