//! Reads lists page after page.

use std::future::Future;
use std::marker::PhantomData;

use futures_util::Stream;
use serde::Serialize;

use super::error::Error;
use super::generated::Operation;
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
use crate::list::List;
use crate::rows::{Ask, Paging, Sizes, Window, Windows, mark, with_before};
use crate::unexpected::{Reason, Unexpected};

/// A query for a page of a list.
pub(crate) trait Query: Clone + PartialEq {
    /// The number of the page, and how many rows it holds.
    fn place(&mut self) -> (&mut i32, &mut i32);

    /// The size of the largest page.
    const LARGEST: i32;
}

/// A page of a list.
pub(crate) trait Page: Send {
    type Row: Serialize;

    /// What the spec calls the operation that reads it.
    const OPERATION: &'static str;

    /// A number for the identity of a row, if the controller sent it.
    fn mark(row: &Self::Row) -> Option<u64>;

    /// How many rows the list has, where that is told, and the rows of this page.
    fn split(self) -> (Option<i64>, List<Self::Row>);
}

macro_rules! query {
    ($query:ident, $builder:ident, $module:ident) => {
        impl Query for $query {
            const LARGEST: i32 = Self::PAGE_SIZE_MAX;

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
    ($page:ty, $row:ty, $operation:ident, $id:expr) => {
        impl Page for $page {
            type Row = $row;

            const OPERATION: &'static str = Operation::$operation.id();

            fn mark(row: &$row) -> Option<u64> {
                let id: fn(&$row) -> Option<u64> = $id;
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

page!(SiteSummaryPage, SiteSummary, ListSites, |site| site.site_id.as_ref().map(mark));
page!(VoucherGroupPage, VoucherGroup, ListVoucherGroups, |group| group.id.as_ref().map(mark));
page!(VoucherGroupOptionPage, VoucherGroupOption, ListVoucherGroupOptions, |group| group.group_id.as_ref().map(mark));
page!(VoucherGroupGrid, SimpleVoucher, ReadVoucherGroup, |voucher| voucher.id.as_ref().map(mark));
page!(AuthClientPage, AuthClient, ListAuthedRecords, |record| record.id.as_ref().map(mark));
page!(
    VoucherUnitPriceDistributionPage,
    VoucherUnitPriceDistribution,
    ReadVoucherDistributionByPriceOfGroup,
    |vouchers| vouchers.unit_price.as_ref().map(|price| content(&(price, &vouchers.currency)))
);
page!(
    VoucherDurationDistributionPage,
    VoucherDurationDistribution,
    ReadVoucherDistributionByDurationOfGroup,
    |vouchers| vouchers.duration.map(|duration| content(&(duration, &vouchers.duration_type)))
);

/// A number for all that is in a row. What cannot be written as JSON was not read from it.
fn content(row: &impl Serialize) -> u64 {
    mark(&serde_json::to_string(row).unwrap_or_default())
}

/// A page, unless it has a row that the request excludes.
pub(super) fn asked_for<P, R>(
    page: P,
    rows: impl FnOnce(&P) -> Option<&List<R>>,
    is_other: impl Fn(&R) -> bool,
) -> Result<P, Error>
where
    P: Page,
{
    match rows(&page).is_some_and(|rows| rows.iter().any(is_other)) {
        true => Err(Unexpected::read(P::OPERATION, Reason::Unasked).into()),
        false => Ok(page),
    }
}

/// How many rows a page may be enlarged to if pages of the wanted size cannot overlap.
const ENLARGED: i64 = 16;

/// A list that is counted in pages: a window begins at a multiple of its size.
struct Numbered<P>(PhantomData<fn() -> P>);

impl<P: Page> Paging for Numbered<P> {
    type Page = P;
    type Row = P::Row;

    const OPERATION: &'static str = P::OPERATION;

    const SHIFTS: bool = true;

    /// The window with the most rows behind the row. After a page of the wanted size that is one with a row less, then one with two
    /// rows less, and so on: they overlap by one row, two rows, and so on.
    fn overlapping(row: i64, sizes: Sizes) -> Option<Window> {
        let behind = |size: i64| size - row % size - 1;
        let (mut best, mut most) = (1, 0);
        for size in (2..=sizes.wanted).rev() {
            if size - 1 <= most {
                break;
            }
            if behind(size) > most {
                (best, most) = (size, behind(size));
            }
        }
        let enough = (sizes.wanted / 2).max(1);
        let enlarged = (sizes.wanted + 1..=sizes.most).find(|size| most < enough && behind(*size) >= enough);
        let size = enlarged.unwrap_or(best);
        (behind(size) > 0).then_some(Window { start: row - row % size, size })
    }

    fn beginning(row: i64, sizes: Sizes) -> Window {
        let size = (1..=sizes.wanted).rev().find(|size| row % size == 0).unwrap_or(1);
        Window { start: row, size }
    }

    fn mark(row: &P::Row) -> Option<u64> {
        P::mark(row)
    }

    fn content(row: &P::Row) -> u64 {
        content(row)
    }

    fn split(page: P) -> (Option<i64>, List<P::Row>) {
        page.split()
    }
}

/// The rows of a list from the page of a query on, as `read` reads pages. They have at most the size of the query, or up to 16
/// rows if they would not overlap otherwise.
pub(crate) fn rows<Q, F, C, P>(mut query: Q, mut read: F) -> impl Stream<Item = Result<P::Row, Error>>
where
    Q: Query,
    F: FnMut(Q) -> C,
    C: Future<Output = Result<P, Error>> + Send + 'static,
    P: Page + 'static,
{
    let (page, size) = query.place();
    let (page, size) = (i64::from(*page), i64::from(*size));
    let first = Window { start: page.saturating_sub(1).saturating_mul(size), size };
    let sizes = Sizes { wanted: size, most: ENLARGED.min(i64::from(Q::LARGEST)).max(size) };
    let start = Windows::from(first, sizes);
    crate::rows::rows::<Windows<Numbered<P>>, _, _, _>(start, move |Ask { window, before }| {
        let mut page = |window: Window| {
            let mut query = query.clone();
            let (page, size) = query.place();
            // The page of the caller may be none that there is. It is sent as it is, to be refused.
            if window != first {
                *page = i32::try_from(window.start / window.size.max(1) + 1).unwrap_or(i32::MAX);
                *size = i32::try_from(window.size).unwrap_or(i32::MAX);
            }
            read(query)
        };
        with_before(page(window), before.map(&mut page))
    })
}

#[cfg(test)]
mod model;
