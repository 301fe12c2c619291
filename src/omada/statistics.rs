//! How many vouchers a site or a group has and had, and how many were used.

use std::ops::Range;

use futures_util::Stream;
use jiff::{SignedDuration, Timestamp};

use super::error::Error;
use super::generated::types::{
    AllTimeVoucherSummary, GroupDurationDistributionQuery, GroupPriceDistributionQuery, VoucherDurationDistribution,
    VoucherDurationDistributionPage, VoucherStatisticsHistory, VoucherUnitPriceDistribution,
    VoucherUnitPriceDistributionPage, VoucherUsage,
};
use super::ids::GroupId;
use super::period::Period;
use super::rows::rows;
use super::site::Site;

impl Site {
    /// Reads how many vouchers the site has and had, and what they add up to, from the beginning.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucherSummary`](super::generated::Client::read_voucher_summary).
    ///
    /// # Errors
    /// As for any call.
    pub async fn voucher_summary(&self) -> Result<AllTimeVoucherSummary, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher_summary(omadac_id, site_id).await
    }

    /// Reads how many vouchers a group has and had, and what they add up to, from the beginning.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`readVoucherSummaryOfGroup`](super::generated::Client::read_voucher_summary_of_group).
    ///
    /// # Errors
    /// As for any call.
    pub async fn voucher_summary_of_group(&self, id: &GroupId) -> Result<AllTimeVoucherSummary, Error> {
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher_summary_of_group(omadac_id, site_id, id).await
    }

    /// Reads how many vouchers a period counts, in total and bucket by bucket. The vendor does not say whether a voucher counts
    /// when it is issued or when it is used. The controller takes whole seconds.
    ///
    /// Each bucket is stamped with its end; [`VoucherUsage::period`] tells from when to when it counts.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucherHistory`](super::generated::Client::read_voucher_history).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_history(&self, period: Range<Timestamp>) -> Result<VoucherStatisticsHistory, Error> {
        let Period { start, end } = Period::of(&period)?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher_history(omadac_id, site_id, &end, &start).await
    }

    /// Reads how many vouchers of a group a period counts, in total and bucket by bucket, as
    /// [`voucher_history`](Self::voucher_history) does for the site.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`readVoucherHistoryOfGroup`](super::generated::Client::read_voucher_history_of_group).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_history_of_group(
        &self,
        id: &GroupId,
        period: Range<Timestamp>,
    ) -> Result<VoucherStatisticsHistory, Error> {
        let Period { start, end } = Period::of(&period)?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher_history_of_group(omadac_id, site_id, id, &end, &start).await
    }

    /// Reads how many vouchers were used in a period, price by price. The answer has the form of a page, although no page can
    /// be asked for.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucherDistributionByPrice`](super::generated::Client::read_voucher_distribution_by_price).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_distribution_by_price(
        &self,
        period: Range<Timestamp>,
    ) -> Result<VoucherUnitPriceDistributionPage, Error> {
        let Period { start, end } = Period::of(&period)?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher_distribution_by_price(omadac_id, site_id, &end, &start).await
    }

    /// How many vouchers of a group were used in a period, price by price. The pages are as large as they can be, and asked for
    /// as the stream is read, up to four at a time.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`readVoucherDistributionByPriceOfGroup`](super::generated::Client::read_voucher_distribution_by_price_of_group).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. The stream tells with
    /// [`Error::Moved`] that rows came or went meanwhile, and with [`Error::Unreadable`] that some could not be read, and goes on.
    pub fn voucher_distribution_by_price_of_group(
        &self,
        id: &GroupId,
        period: Range<Timestamp>,
    ) -> Result<impl Stream<Item = Result<VoucherUnitPriceDistribution, Error>> + use<>, Error> {
        let Period { start, end } = Period::of(&period)?;
        let query = GroupPriceDistributionQuery::full_pages().filters_time_start(start).filters_time_end(end).build();
        let (site, id) = (self.clone(), id.clone());
        Ok(rows(query, move |query| {
            let (site, id) = (site.clone(), id.clone());
            async move { site.voucher_distribution_page_by_price_of_group(&id, &query).await }
        }))
    }

    /// Reads a page of how many vouchers of a group were used, price by price. The query has its period in seconds;
    /// [`voucher_distribution_by_price_of_group`](Self::voucher_distribution_by_price_of_group) reads all of them.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`readVoucherDistributionByPriceOfGroup`](super::generated::Client::read_voucher_distribution_by_price_of_group).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the query breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_distribution_page_by_price_of_group(
        &self,
        id: &GroupId,
        query: &GroupPriceDistributionQuery,
    ) -> Result<VoucherUnitPriceDistributionPage, Error> {
        query.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        let GroupPriceDistributionQuery { filters_time_end, filters_time_start, page, page_size } = query;
        raw.read_voucher_distribution_by_price_of_group(
            omadac_id,
            site_id,
            id,
            filters_time_end,
            filters_time_start,
            *page,
            *page_size,
        )
        .await
    }

    /// Reads how many vouchers were used in a period, duration by duration. The answer has the form of a page, although no page
    /// can be asked for.
    ///
    /// Needs the permission Site Hotspot Manager View Only.
    ///
    /// The vendor's page and codes: [`readVoucherDistributionByDuration`](super::generated::Client::read_voucher_distribution_by_duration).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_distribution_by_duration(
        &self,
        period: Range<Timestamp>,
    ) -> Result<VoucherDurationDistributionPage, Error> {
        let Period { start, end } = Period::of(&period)?;
        let (raw, omadac_id, site_id) = self.parts();
        raw.read_voucher_distribution_by_duration(omadac_id, site_id, &end, &start).await
    }

    /// How many vouchers of a group were used in a period, duration by duration, read as
    /// [price by price](Self::voucher_distribution_by_price_of_group).
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`readVoucherDistributionByDurationOfGroup`](super::generated::Client::read_voucher_distribution_by_duration_of_group).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the period ends before it starts; nothing is sent then. The stream tells with
    /// [`Error::Moved`] that rows came or went meanwhile, and with [`Error::Unreadable`] that some could not be read, and goes on.
    pub fn voucher_distribution_by_duration_of_group(
        &self,
        id: &GroupId,
        period: Range<Timestamp>,
    ) -> Result<impl Stream<Item = Result<VoucherDurationDistribution, Error>> + use<>, Error> {
        let Period { start, end } = Period::of(&period)?;
        let query = GroupDurationDistributionQuery::full_pages().filters_time_start(start).filters_time_end(end);
        let (site, id) = (self.clone(), id.clone());
        Ok(rows(query.build(), move |query| {
            let (site, id) = (site.clone(), id.clone());
            async move { site.voucher_distribution_page_by_duration_of_group(&id, &query).await }
        }))
    }

    /// Reads a page of how many vouchers of a group were used, duration by duration. The query has its period in seconds;
    /// [`voucher_distribution_by_duration_of_group`](Self::voucher_distribution_by_duration_of_group) reads all of them.
    ///
    /// Needs the permission Site Hotspot Manager View Only, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`readVoucherDistributionByDurationOfGroup`](super::generated::Client::read_voucher_distribution_by_duration_of_group).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the query breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn voucher_distribution_page_by_duration_of_group(
        &self,
        id: &GroupId,
        query: &GroupDurationDistributionQuery,
    ) -> Result<VoucherDurationDistributionPage, Error> {
        query.validate()?;
        let (raw, omadac_id, site_id) = self.parts();
        let GroupDurationDistributionQuery { filters_time_end, filters_time_start, page, page_size } = query;
        raw.read_voucher_distribution_by_duration_of_group(
            omadac_id,
            site_id,
            id,
            filters_time_end,
            filters_time_start,
            *page,
            *page_size,
        )
        .await
    }
}

impl VoucherUsage {
    /// From when to when the bucket counts: it is stamped with its end, and so many hours long. Nothing where the controller
    /// left one of them out.
    pub fn period(&self) -> Option<Range<Timestamp>> {
        let end = self.time?.timestamp()?;
        let hours = self.time_interval.filter(|hours| *hours > 0)?;
        let start = end.checked_sub(SignedDuration::from_hours(i64::from(hours))).ok()?;
        Some(start..end)
    }
}
