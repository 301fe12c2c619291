//! Reads lists page after page.

use std::collections::HashSet;
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
use crate::rows::{Place, Taken, mark};

/// A query for a page of a list.
pub(crate) trait Query: Clone + PartialEq {
    /// The number of the page, and how many rows it holds.
    fn place(&mut self) -> (&mut i32, &mut i32);

    /// The size of the smallest page.
    const SMALLEST: i32;
}

/// A page of a list.
pub(crate) trait Page: Send {
    type Row;

    /// What the spec calls the operation that reads it.
    const OPERATION: &'static str;

    /// Whether rows can come to the list at any time. The vouchers of a group can only go.
    const GROWS: bool;

    /// The id of a row, where it has one.
    fn id(row: &Self::Row) -> Option<&str>;

    /// How many rows the list has, where that is told, and the rows of this page.
    fn split(self) -> (Option<i64>, List<Self::Row>);
}

macro_rules! query {
    ($query:ident, $builder:ident, $module:ident) => {
        impl Query for $query {
            const SMALLEST: i32 = Self::PAGE_SIZE_MIN;

            fn place(&mut self) -> (&mut i32, &mut i32) {
                (&mut self.page, &mut self.page_size)
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
    ($page:ty, $row:ty, $operation:literal, $id:expr, grows: $grows:literal) => {
        impl Page for $page {
            type Row = $row;

            const OPERATION: &'static str = $operation;

            const GROWS: bool = $grows;

            fn id(row: &$row) -> Option<&str> {
                let id: fn(&$row) -> Option<&str> = $id;
                id(row)
            }

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

page!(SiteSummaryPage, SiteSummary, "listSites", |site| site.site_id.as_deref(), grows: true);
page!(VoucherGroupPage, VoucherGroup, "listVoucherGroups", |group| group.id.as_deref(), grows: true);
page!(VoucherGroupOptionPage, VoucherGroupOption, "listVoucherGroupOptions", |group| group.group_id.as_deref(), grows: true);
page!(VoucherGroupGrid, SimpleVoucher, "readVoucherGroup", |voucher| voucher.id.as_deref(), grows: false);
page!(AuthClientPage, AuthClient, "listAuthedRecords", |record| record.id.as_deref(), grows: true);
page!(VoucherUnitPriceDistributionPage, VoucherUnitPriceDistribution, "readVoucherDistributionByPriceOfGroup", |_| None, grows: false);
page!(VoucherDurationDistributionPage, VoucherDurationDistribution, "readVoucherDistributionByDurationOfGroup", |_| None, grows: false);

/// A place in a list that is counted in pages.
///
/// The controller has no cursor, so rows that come or go meanwhile move others from page to page. That shows where the list has
/// another length than before, where a page has not as many rows as that length leaves for it, where a row comes once more, and
/// where another row than before stands at the end of the page before: as many may have come as went. That row is asked for once
/// more with each page, on a page of its own.
///
/// A list ends where its length says so, unless it has more rows than that, or at an empty page; the size that a page claims to
/// have was seen to be wrong.
struct Numbered<Q, P> {
    query: Q,
    /// How many rows the list had on the last page that told it.
    total: Option<i64>,
    /// How many rows lie before the next page.
    passed: i64,
    /// The ids of the last page, from which rows may move on.
    seen: HashSet<String>,
    /// The id of the last row of the last page, where it was full.
    last: Option<String>,
    of: PhantomData<fn() -> P>,
}

/// The rows of a list from the page of a query on, in pages of the same size, as `read` reads them.
pub(crate) fn rows<Q, F, C, P>(mut query: Q, mut read: F) -> impl Stream<Item = Result<P::Row, Error>>
where
    Q: Query,
    F: FnMut(Q) -> C,
    C: Future<Output = Result<P, Error>> + Send + 'static,
    P: Page,
{
    let (page, size) = query.place();
    let passed = i64::from(*page).saturating_sub(1).saturating_mul(i64::from(*size));
    let start = Numbered { query, total: None, passed, seen: HashSet::new(), last: None, of: PhantomData };
    crate::rows::rows::<Numbered<Q, P>, _, _, _>(start, move |(page, end)| {
        let (page, end) = (read(page), end.map(&mut read));
        async move {
            let page = page.await?;
            let end = match end {
                Some(end) => Some(end.await?),
                None => None,
            };
            Ok((page, end))
        }
    })
}

impl<Q: Query, P: Page> Numbered<Q, P> {
    /// The page on which the last row of the page before stands alone.
    fn end_of_the_page_before(&self) -> Option<Q> {
        self.last.as_ref().filter(|_| P::GROWS)?;
        let mut query = self.query.clone();
        let (page, size) = query.place();
        (*page, *size) = (i32::try_from(self.passed / i64::from(Q::SMALLEST)).ok()?, Q::SMALLEST);
        Some(query)
    }
}

impl<Q: Query, P: Page> Place for Numbered<Q, P> {
    type Page = (P, Option<P>);
    type Row = P::Row;
    /// The page, and the one on which the last row of the page before stands alone.
    type Ask = (Q, Option<Q>);

    const OPERATION: &'static str = P::OPERATION;

    fn ask(&self) -> Self::Ask {
        (self.query.clone(), self.end_of_the_page_before())
    }

    /// Where rows can come, the end of a page has to be looked at after the page was read and the next one too, so one comes
    /// after the other.
    fn ahead(&self, (asked, _): &Self::Ask) -> Option<Self::Ask> {
        let mut query = asked.clone();
        let (page, size) = query.place();
        let passed = i64::from(*page).saturating_mul(i64::from(*size));
        *page = page.checked_add(1)?;
        (!P::GROWS && passed < self.total?).then_some((query, None))
    }

    fn take(&mut self, (page, end): Self::Page) -> Taken<P::Row> {
        let (total, list) = page.split();
        let change = self.total.zip(total).filter(|(before, after)| before != after);
        let is_in_place = end.is_none_or(|end| {
            let (_, rows) = end.split();
            rows.first().and_then(P::id) == self.last.as_deref()
        });
        self.total = total.or(self.total);
        let (page, size) = self.query.place();
        let size = i64::from(*size);
        *page = page.saturating_add(1);
        let length = i64::try_from(list.len() + list.unreadable().len()).unwrap_or(i64::MAX);
        let is_full = length == size;
        // How many rows there should be on the page.
        let due = self.total.map(|total| total.saturating_sub(self.passed).clamp(0, size));
        let is_whole = due.is_none_or(|due| due == length);
        self.passed = self.passed.saturating_add(size);
        let is_over = length == 0 || self.total.is_some_and(|total| self.passed >= total) && is_whole;

        let last = list.in_order().last().and_then(Result::ok).and_then(P::id).filter(|_| is_full).map(str::to_owned);
        let first = list.first().and_then(P::id).map(|id| mark(&id));
        let ids = list.iter().filter_map(P::id).map(str::to_owned).collect();
        let (mut rows, unreadable) = list.into_parts();
        let count = rows.len();
        rows.retain(|row| P::id(row).is_none_or(|id| !self.seen.contains(id)));
        let stands_still = is_in_place && is_whole && rows.len() == count;
        (self.last, self.seen) = (last, ids);
        let moved = change.or(self.total.filter(|_| !stands_still).map(|total| (total, total)));
        let moved = moved.map(|(before, after)| Moved { before, after });
        let pages = self.total.map(|total| total / size.max(1));
        Taken { rows, unreadable, moved, first, is_over, pages }
    }
}
