//! Creates voucher groups, each once.

use std::time::Duration;

use futures_util::{StreamExt, pin_mut};
use jiff::Timestamp;
use tokio::time::Instant;

use super::error::Error;
use super::generated::types::{CreateVoucherGroup, ErrorCode, VoucherGroup, VoucherGroupListQuery};
use super::ids::GroupId;
use super::site::Site;
use crate::connection::CLOCK_ERROR;
use crate::error::{Moved, Unclear};
use crate::unexpected::Unexpected;

const OPERATION: &str = "createVoucherGroup";

/// How long to wait before an attempt is repeated.
const PAUSE: Duration = Duration::from_millis(500);

impl Site {
    /// Creates a group of vouchers, and answers its id. The codes come later: wait for them with
    /// [`codes_of_group`](Self::codes_of_group).
    ///
    /// The group is created once. Where an attempt fails so that it may have taken effect, the group is looked for by its name,
    /// which only one group of a site can have, and only where it is not there the attempt is repeated. So give each group a name
    /// that nobody else gives to one like it at the same time, such as the till and the moment.
    ///
    /// Needs the permission Site Hotspot Manager Modify; to look for the group, View Only as well.
    ///
    /// The vendor's page and codes: [`createVoucherGroup`](super::generated::Client::create_voucher_group).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. [`Error::Api`] where the controller
    /// refuses, for example with [`GroupNameTaken`](super::ErrorCode::GroupNameTaken). After these two, and wherever
    /// [`Error::is_unclear`] is false, there is no new group. [`Error::Unclear`] where it could not be found out whether there
    /// is: look for the name with [`voucher_group_named`](Self::voucher_group_named) when the controller is back.
    pub async fn create_voucher_group(&self, group: &CreateVoucherGroup) -> Result<GroupId, Error> {
        group.validate()?;
        let (site, began) = (self.with_deadline(), (Timestamp::now(), Instant::now()));
        match site.try_to_create(group).await {
            Err(error) if error.is_unclear() => Box::pin(site.settle(group, began, error)).await,
            outcome => outcome,
        }
    }

    /// The group with exactly this name.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`listVoucherGroups`](super::generated::Client::list_voucher_groups).
    ///
    /// # Errors
    /// As for any call, and [`Error::Moved`] where groups came or went meanwhile and none with the name was among them.
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

    async fn try_to_create(&self, group: &CreateVoucherGroup) -> Result<GroupId, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        let created = raw.create_voucher_group(omadac_id, site_id, group).await?;
        let id = created.id.and_then(|id| GroupId::new(id).ok());
        Ok(id.ok_or_else(|| Unexpected::lacking(OPERATION))?)
    }

    /// Finds out what became of an attempt, and repeats it where that cannot create the group twice.
    async fn settle(
        &self,
        group: &CreateVoucherGroup,
        (since, began): (Timestamp, Instant),
        mut cause: Error,
    ) -> Result<GroupId, Error> {
        let mut candidates = Vec::new();
        // What the controller said about the name, once it has said so.
        let mut refusal = None;
        for repeats_left in (0..self.client().line().attempts()).rev() {
            let found = match self.search(&group.name).await {
                Ok((found, None)) => found,
                // What stands in a list that moves is not sure to be there.
                Ok((_, Some(_))) if self.client().line().pause(PAUSE).await => continue,
                Ok((_, Some(_))) | Err(_) => break,
            };
            let began = self.client().line().time_at(began);
            match (found.map(|found| Kinship::of(found, group, began)), refusal.take()) {
                (Some(Kinship::Same(id)), _) => return Ok(id),
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
                Err(Error::Api(taken)) if taken.code == ErrorCode::GroupNameTaken => refusal = Some(Error::Api(taken)),
                Err(error) if error.is_unclear() => cause = error,
                // It says that this attempt came to nothing, but not that the one before it has.
                Err(_) => break,
            }
        }
        let (operation, name) = (OPERATION, group.name.clone());
        Err(Error::Unclear(Box::new(Unclear { operation, name, since, candidates, cause })))
    }
}

/// What a group with the right name is to the group that was to be created.
enum Kinship {
    /// It is that group.
    Same(GroupId),
    /// It could be, but either its settings or the time of its creation are others, or nobody knows the time.
    Alike(String),
    /// It is another one.
    Stranger,
}

impl Kinship {
    /// `began` is when the create began, by the controller's clock.
    fn of(found: VoucherGroup, wanted: &CreateVoucherGroup, began: Option<Timestamp>) -> Self {
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
        let is_new = created.zip(began).map(|(created, began)| created >= began - CLOCK_ERROR);
        match (is_alike, is_new, found.id) {
            (true, Some(true), Some(id)) => GroupId::new(&id).map_or(Self::Alike(id), Self::Same),
            (false, Some(false), _) => Self::Stranger,
            (_, _, id) => Self::Alike(id.unwrap_or_default()),
        }
    }
}
