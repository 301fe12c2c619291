//! The records of who signed in on the portals of a site, and with what.

use std::time::Duration;

use futures_util::Stream;

use super::error::Error;
use super::generated::types::{AuthClient, AuthClientPage, AuthedRecordListQuery, DeleteFilterInfo, ExtendAuthClient};
use super::ids::AuthedRecordId;
use super::period::Period;
use super::rows::rows;
use super::site::Site;

impl Site {
    /// Reads a page of the records of sign-ins. [`authed_records`](Self::authed_records) reads them all.
    ///
    /// Needs the permission Site Hotspot Manager View Only or Site Insight Manager View Only.
    ///
    /// The vendor's page and codes: [`listAuthedRecords`](super::generated::Client::list_authed_records).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the query breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn authed_record_page(&self, query: &AuthedRecordListQuery) -> Result<AuthClientPage, Error> {
        query.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.list_authed_records(
            omadac_id,
            site_id,
            query.page,
            query.page_size,
            query.search_key.as_ref(),
            query.sorts_auth_type.as_ref(),
            query.sorts_download.as_ref(),
            query.sorts_duration.as_ref(),
            query.sorts_end.as_ref(),
            query.sorts_ip.as_ref(),
            query.sorts_mac.as_ref(),
            query.sorts_name.as_ref(),
            query.sorts_ssid_or_network.as_ref(),
            query.sorts_start.as_ref(),
            query.sorts_status.as_ref(),
            query.sorts_upload.as_ref(),
        )
        .await
    }

    /// The records of sign-ins, from the page of the query on, each once, read as [`voucher_groups`](Self::voucher_groups) reads
    /// groups: with notices of [`Error::Moved`] and [`Error::Unreadable`], behind which the stream goes on. Any other error ends it. A
    /// search is fuzzy, so that its rows are not checked.
    ///
    /// Needs the permission Site Hotspot Manager View Only or Site Insight Manager View Only.
    ///
    /// The vendor's page and codes: [`listAuthedRecords`](super::generated::Client::list_authed_records).
    pub fn authed_records(
        &self,
        query: AuthedRecordListQuery,
    ) -> impl Stream<Item = Result<AuthClient, Error>> + use<> {
        let site = self.clone();
        rows(query, move |query| {
            let site = site.clone();
            async move { site.authed_record_page(&query).await }
        })
    }

    /// Deletes the records of a period. The vendor says in one place that all of them go, and in another that only those go
    /// whose clients are no longer signed in.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteAuthedRecords`](super::generated::Client::delete_authed_records).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. Otherwise as for any call. Where
    /// [`Error::is_unclear`] is true, the records may be gone; deleting them once more does no harm.
    pub async fn delete_authed_records(&self, records: &DeleteFilterInfo) -> Result<(), Error> {
        records.validate()?;
        Period::check_body(records.start, records.end)?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_authed_records(omadac_id, site_id, records).await
    }

    /// Deletes one record. The client may be signed out by it.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`deleteAuthedRecord`](super::generated::Client::delete_authed_record).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the record may be gone.
    pub async fn delete_authed_record(&self, id: &AuthedRecordId) -> Result<(), Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.delete_authed_record(omadac_id, site_id, id).await
    }

    /// Signs out the client of a record.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`disconnectAuthedRecord`](super::generated::Client::disconnect_authed_record).
    ///
    /// # Errors
    /// As for any call. Where [`Error::is_unclear`] is true, the client may be signed out; trying once more does no harm.
    pub async fn disconnect_authed_record(&self, id: &AuthedRecordId) -> Result<(), Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.disconnect_authed_record(omadac_id, site_id, id).await
    }

    /// Lets the client of a record stay signed in for so much longer, in whole milliseconds.
    ///
    /// Needs the permission Site Hotspot Manager Modify.
    ///
    /// The vendor's page and codes: [`extendAuthedRecord`](super::generated::Client::extend_authed_record).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the time is shorter or longer than documented; nothing is sent then. Otherwise as for any call.
    /// Where [`Error::is_unclear`] is true, the time may have been added, and a repeat would add it twice.
    pub async fn extend_authed_record(&self, id: &AuthedRecordId, by: Duration) -> Result<(), Error> {
        let period = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let extension = ExtendAuthClient::builder().period(period).build();
        extension.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.extend_authed_record(omadac_id, site_id, id, &extension).await
    }
}
