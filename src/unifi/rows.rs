//! Reads lists from their first page to their last.

use std::future::Future;
use std::marker::PhantomData;

use futures_util::Stream;
use serde::Serialize;
use uuid::Uuid;

use super::error::Error;
use super::filter::{Condition, FilterExpression, Known};
use super::generated::Operation;
use super::generated::types::{
    ClientPage, ClientQuery, ConnectedClient, SiteOverview, SitePage, SiteQuery, Voucher, VoucherPage, VoucherQuery,
};
use crate::list::List;
use crate::rows::{Ask, Paging, Sizes, Window, Windows, mark, with_before};
use crate::unexpected::{Reason, Unexpected};

/// A page of a list.
pub(crate) trait Page: Send {
    type Row: Row;

    /// What the spec calls the operation that reads it.
    const OPERATION: &'static str;

    /// The size of the largest page.
    const LARGEST: i32;

    fn rows(&self) -> &[Self::Row];

    /// How many rows the list has, and the rows of this page.
    fn split(self) -> (i64, List<Self::Row>);
}

/// A row of a list.
pub(crate) trait Row: Serialize {
    /// The properties that filters name.
    const PROPERTIES: &'static [Known];

    fn id(&self) -> Uuid;
}

const fn known(name: &'static str) -> Known {
    Known { name, is_optional: false }
}

const fn optional(name: &'static str) -> Known {
    Known { name, is_optional: true }
}

macro_rules! page {
    ($page:ty, $row:ty, $operation:ident, $query:ty, [$($property:expr),* $(,)?]) => {
        impl Page for $page {
            type Row = $row;

            const OPERATION: &'static str = Operation::$operation.id();

            const LARGEST: i32 = <$query>::LIMIT_MAX;

            fn rows(&self) -> &[$row] {
                self.data.as_deref().unwrap_or_default()
            }

            fn split(self) -> (i64, List<$row>) {
                (self.total_count, self.data.unwrap_or_default())
            }
        }

        impl Row for $row {
            const PROPERTIES: &'static [Known] = &[$($property),*];

            fn id(&self) -> Uuid {
                self.id
            }
        }
    };
}

page!(
    VoucherPage,
    Voucher,
    ListVouchers,
    VoucherQuery,
    [
        known("id"),
        known("createdAt"),
        known("name"),
        known("code"),
        optional("authorizedGuestLimit"),
        known("authorizedGuestCount"),
        optional("activatedAt"),
        optional("expiresAt"),
        known("expired"),
        known("timeLimitMinutes"),
        optional("dataUsageLimitMBytes"),
        optional("rxRateLimitKbps"),
        optional("txRateLimitKbps"),
    ]
);
page!(SitePage, SiteOverview, ListSites, SiteQuery, [known("id"), known("internalReference"), known("name")]);
page!(
    ClientPage,
    ConnectedClient,
    ListClients,
    ClientQuery,
    [
        known("id"),
        known("type"),
        optional("macAddress"),
        optional("ipAddress"),
        optional("connectedAt"),
        known("access.type"),
        optional("access.authorized"),
    ]
);

/// A filter in the form in which the client checks it.
pub(super) fn condition(filter: Option<&FilterExpression>) -> Option<Condition> {
    filter.map(|filter| Condition::read(&filter.to_string()))
}

/// Whether a row matches a condition, and whether it is another one. If neither, it cannot be decided here.
pub(super) fn is_meant<R: Row>(condition: &Condition, row: &R) -> (bool, bool) {
    // A row that cannot be written as JSON was not read from it.
    let row = serde_json::to_value(row).unwrap_or_default();
    let verdict = condition.verdict(&row, R::PROPERTIES);
    (verdict.is_match(), verdict.is_other())
}

/// The page, unless it has a row that the filter excludes.
pub(super) fn asked_for<P: Page>(page: P, filter: Option<&FilterExpression>) -> Result<P, Error> {
    match condition(filter) {
        Some(condition) if page.rows().iter().any(|row| is_meant(&condition, row).1) => {
            Err(Unexpected::read(P::OPERATION, Reason::Unasked).into())
        }
        _ => Ok(page),
    }
}

/// A list that is counted in rows: a page begins at any of them.
struct Counted<P>(PhantomData<fn() -> P>);

impl<P: Page> Paging for Counted<P> {
    type Page = P;
    type Row = P::Row;

    const OPERATION: &'static str = P::OPERATION;

    const SHIFTS: bool = false;

    fn overlapping(row: i64, sizes: Sizes) -> Option<Window> {
        (sizes.wanted > 1).then_some(Window { start: row, size: sizes.wanted })
    }

    fn beginning(row: i64, sizes: Sizes) -> Window {
        Window { start: row, size: sizes.wanted }
    }

    fn mark(row: &P::Row) -> Option<u64> {
        Some(mark(&row.id()))
    }

    fn content(row: &P::Row) -> u64 {
        mark(&row.id())
    }

    fn split(page: P) -> (Option<i64>, List<P::Row>) {
        let (total, rows) = page.split();
        (Some(total), rows)
    }
}

/// All rows of a list, page after page. `read` reads a page of at most a number of rows, behind an offset.
pub(crate) fn rows<F, C, P>(mut read: F) -> impl Stream<Item = Result<P::Row, Error>>
where
    F: FnMut(i32, i32) -> C,
    C: Future<Output = Result<P, Error>> + Send + 'static,
    P: Page + 'static,
{
    let size = i64::from(P::LARGEST);
    let start = Windows::from(Window { start: 0, size }, Sizes { wanted: size, most: size });
    crate::rows::rows::<Windows<Counted<P>>, _, _, _>(start, move |Ask { window, before }| {
        let number = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        let mut page = |window: Window| read(number(window.start), number(window.size));
        with_before(page(window), before.map(&mut page))
    })
}

#[cfg(test)]
mod model;
