//! Reads lists page after page.

use std::future::Future;
use std::marker::PhantomData;

use futures_util::Stream;

use super::error::Error;
use super::generated::types::{
    AuthClient, AuthClientPage, AuthedRecordListQuery, AuthedRecordListQueryBuilder, GroupDurationDistributionQuery,
    GroupDurationDistributionQueryBuilder, GroupPriceDistributionQuery, GroupPriceDistributionQueryBuilder,
    SimpleVoucher, SiteListQuery, SiteListQueryBuilder, SiteSummary, SiteSummaryPage, VoucherDurationDistribution,
    VoucherDurationDistributionPage, VoucherGroup, VoucherGroupGrid, VoucherGroupListQuery,
    VoucherGroupListQueryBuilder, VoucherGroupOption, VoucherGroupOptionListQuery, VoucherGroupOptionListQueryBuilder,
    VoucherGroupOptionPage, VoucherGroupPage, VoucherGroupQuery, VoucherGroupQueryBuilder,
    VoucherUnitPriceDistribution, VoucherUnitPriceDistributionPage, authed_record_list_query_builder,
    group_duration_distribution_query_builder, group_price_distribution_query_builder, site_list_query_builder,
    voucher_group_list_query_builder, voucher_group_option_list_query_builder, voucher_group_query_builder,
};
use crate::error::Moved;
use crate::list::List;
use crate::rows::{Place, Taken};

/// A query for a page of a list.
pub(crate) trait Query: Clone {
    /// The number of the page, and how many rows it holds.
    fn place(&mut self) -> (&mut i32, i32);
}

/// A page of a list.
pub(crate) trait Page {
    type Row: Clone + PartialEq;

    /// What the spec calls the operation that reads it.
    const OPERATION: &'static str;

    /// How many rows the list has, where that is told, and the rows of this page.
    fn split(self) -> (Option<i64>, List<Self::Row>);
}

macro_rules! query {
    ($query:ident, $builder:ident, $module:ident) => {
        impl Query for $query {
            fn place(&mut self) -> (&mut i32, i32) {
                (&mut self.page, self.page_size)
            }
        }

        impl $query {
            /// Begins a query for the first page, as large as a page can be. With it, a list is read in the fewest calls.
            pub fn full_pages() -> $builder<$module::SetPageSize<$module::SetPage>> {
                Self::builder().page(Self::PAGE_MIN).page_size(Self::PAGE_SIZE_MAX)
            }
        }
    };
}

macro_rules! page {
    ($page:ty, $row:ty, $operation:literal) => {
        impl Page for $page {
            type Row = $row;

            const OPERATION: &'static str = $operation;

            fn split(self) -> (Option<i64>, List<$row>) {
                (self.total_rows, self.data.unwrap_or_default())
            }
        }
    };
}

query!(SiteListQuery, SiteListQueryBuilder, site_list_query_builder);
query!(VoucherGroupListQuery, VoucherGroupListQueryBuilder, voucher_group_list_query_builder);
query!(VoucherGroupOptionListQuery, VoucherGroupOptionListQueryBuilder, voucher_group_option_list_query_builder);
query!(VoucherGroupQuery, VoucherGroupQueryBuilder, voucher_group_query_builder);
query!(AuthedRecordListQuery, AuthedRecordListQueryBuilder, authed_record_list_query_builder);
query!(GroupPriceDistributionQuery, GroupPriceDistributionQueryBuilder, group_price_distribution_query_builder);
query!(
    GroupDurationDistributionQuery,
    GroupDurationDistributionQueryBuilder,
    group_duration_distribution_query_builder
);

page!(SiteSummaryPage, SiteSummary, "listSites");
page!(VoucherGroupPage, VoucherGroup, "listVoucherGroups");
page!(VoucherGroupOptionPage, VoucherGroupOption, "listVoucherGroupOptions");
page!(VoucherGroupGrid, SimpleVoucher, "readVoucherGroup");
page!(AuthClientPage, AuthClient, "listAuthedRecords");
page!(VoucherUnitPriceDistributionPage, VoucherUnitPriceDistribution, "readVoucherDistributionByPriceOfGroup");
page!(VoucherDurationDistributionPage, VoucherDurationDistribution, "readVoucherDistributionByDurationOfGroup");

/// A place in a list that is counted in pages.
///
/// The controller has no cursor, so rows that come or go meanwhile move others from page to page. That shows where the list has
/// another length than before, or the same page again. It ends where its length says so, or at an empty page; the size that a page claims to have was
/// seen to be wrong.
struct Numbered<Q, P: Page> {
    query: Q,
    /// How each page began so far that a controller may send once more: the first and the last one.
    begins: Vec<P::Row>,
    /// How many rows the list had on the last page that told it.
    total: Option<i64>,
    /// How many rows lie before the next page.
    passed: i64,
    of: PhantomData<fn() -> P>,
}

/// The rows of a list from the page of a query on, in pages of the same size, as `read` reads them.
pub(crate) fn rows<Q, F, C, P>(mut query: Q, mut read: F) -> impl Stream<Item = Result<P::Row, Error>>
where
    Q: Query,
    F: FnMut(Q) -> C,
    C: Future<Output = Result<P, Error>>,
    P: Page,
{
    let (page, size) = query.place();
    let passed = i64::from(*page).saturating_sub(1).saturating_mul(i64::from(size));
    let start = Numbered { query, begins: Vec::new(), total: None, passed, of: PhantomData };
    crate::rows::rows(start, move |place: &Numbered<Q, P>| read(place.query.clone()))
}

impl<Q: Query, P: Page> Place for Numbered<Q, P> {
    type Page = P;
    type Row = P::Row;

    const OPERATION: &'static str = P::OPERATION;

    fn take(&mut self, page: P) -> Taken<P::Row> {
        let (total, rows) = page.split();
        let (mut rows, unreadable) = rows.into_parts();
        let change = self.total.zip(total).filter(|(before, after)| before != after);
        let mut moved = change.map(|(before, after)| Moved { before, after });
        let is_empty = rows.is_empty() && unreadable.is_empty();
        if self.repeats(&rows) {
            let length = total.or(self.total).unwrap_or_default();
            moved = moved.or(Some(Moved { before: length, after: length }));
            rows.clear();
        }
        self.total = total.or(self.total);
        let (page, size) = self.query.place();
        *page = page.saturating_add(1);
        self.passed = self.passed.saturating_add(i64::from(size));
        let is_over = is_empty || self.total.is_some_and(|total| self.passed >= total);
        let pages = self.total.map(|total| total / i64::from(size).max(1));
        Taken { rows, unreadable, moved, is_over, pages }
    }
}

impl<Q, P: Page> Numbered<Q, P> {
    /// Whether a page begins as the first or the last one did.
    fn repeats(&mut self, rows: &[P::Row]) -> bool {
        let Some(begin) = rows.first() else { return false };
        let is_repeated = self.begins.contains(begin);
        self.begins.truncate(1);
        self.begins.push(begin.clone());
        is_repeated
    }
}
