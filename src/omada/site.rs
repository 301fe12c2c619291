//! The vouchers of one site.

use std::ops::Range;

use jiff::Timestamp;

use super::client::Client;
use super::error::Error;
use super::generated::types::{CreateVoucherGroup, VoucherGroupGrid, VoucherGroupQuery, VoucherStatisticsHistory};
use super::ids::{GroupId, SiteId};
use super::time::UnixSeconds;
use crate::unexpected::Unexpected;
use crate::validate::{Problem, Violations};

/// A site of a controller.
#[derive(Debug, Clone)]
pub struct Site {
    client: Client,
    id: SiteId,
}

impl Site {
    pub(crate) fn new(client: Client, id: SiteId) -> Self {
        Self { client, id }
    }

    /// The id of the site.
    pub fn id(&self) -> &SiteId {
        &self.id
    }

    /// Creates a group of vouchers, and answers its id. The codes come later: read them with
    /// [`voucher_group`](Self::voucher_group), which may show none for some seconds.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. [`Error::Api`] where the controller
    /// refuses, for example with [`GroupNameTaken`](super::ErrorCode::GroupNameTaken). After [`Error::Transport`] and
    /// [`Error::Unexpected`] the group may exist: as its name is unique on the site, look for it, or create it again under the
    /// same name, which is refused where it exists.
    pub async fn create_voucher_group(&self, group: &CreateVoucherGroup) -> Result<GroupId, Error> {
        group.validate()?;
        let created = self.client.generated().create_voucher_group(self.client.omadac_id(), &self.id, group).await?;
        let id = created.id.and_then(|id| GroupId::new(id).ok());
        Ok(id.ok_or_else(|| Unexpected::lacking("createVoucherGroup"))?)
    }

    /// Reads the settings of a group, its counters, and one page of its vouchers with their codes.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the query breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_group(&self, id: &GroupId, query: &VoucherGroupQuery) -> Result<VoucherGroupGrid, Error> {
        query.validate()?;
        let VoucherGroupQuery { filters_status, page, page_size, search_key, sorts_code } = query;
        self.client
            .generated()
            .read_voucher_group(
                self.client.omadac_id(),
                &self.id,
                id,
                filters_status.as_ref(),
                *page,
                *page_size,
                search_key.as_ref(),
                sorts_code.as_ref(),
            )
            .await
    }

    /// Reads how many vouchers were used in a period, in total and bucket by bucket. The controller counts in whole seconds.
    ///
    /// Each bucket is stamped with its end, in [`VoucherUsage::time`](super::VoucherUsage::time).
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_history(&self, period: Range<Timestamp>) -> Result<VoucherStatisticsHistory, Error> {
        if period.end < period.start {
            let problem =
                Problem::Unusable { value: Some(period.start.to_string()), expected: "before `filters.timeEnd`" };
            return Err(Violations::one("filters.timeStart", problem).into());
        }
        let (start, end) = (UnixSeconds::from(period.start), UnixSeconds::from(period.end));
        self.client.generated().read_voucher_history(self.client.omadac_id(), &self.id, &end, &start).await
    }
}
