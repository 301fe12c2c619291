use serde_json::{Value, json};

use crate::canned::Canned;
use crate::fault::Paging;
use crate::order::Order;
use crate::unifi::call::Call;
use crate::unifi::filter::{Filter, Property};

/// How every list says which page it is asked for.
pub(crate) const PAGING: Paging = Paging {
    place: "offset",
    first: 0,
    size: "limit",
    place_told: "/offset",
    size_told: "/count",
    total: "/totalCount",
    rows: "/data",
    total_after: |offset, limit| offset.saturating_add(2 * limit),
    // A page may begin with the last row of the one before.
    page_number: |offset, rows| offset.div_ceil(rows.max(1)),
};

/// The sizes of one list's pages, and what it may be filtered by.
pub(crate) struct List {
    pub(crate) default_limit: usize,
    pub(crate) largest_limit: usize,
    pub(crate) properties: &'static [Property],
}

/// What a request asks of a list.
pub(crate) struct Page {
    offset: usize,
    limit: usize,
    filter: Option<Filter>,
    order: Order,
}

impl List {
    /// A limit beyond the largest is not refused: the page says what it was cut to.
    pub(crate) fn page(&self, call: &Call) -> Result<Page, Canned> {
        let offset = call.count("offset", 0)?;
        let limit = call.count("limit", self.default_limit)?.min(self.largest_limit);
        let filter = call.filter(self.properties)?;
        Ok(Page { offset, limit, filter, order: call.order })
    }
}

impl Page {
    pub(crate) fn of(&self, rows: impl Iterator<Item = Value>) -> Canned {
        let mut matching: Vec<Value> =
            rows.filter(|row| self.filter.as_ref().is_none_or(|it| it.matches(row))).collect();
        self.order.arrange(&mut matching, |row| row["id"].as_str().unwrap_or_default());
        let total = matching.len();
        let data: Vec<Value> = matching.into_iter().skip(self.offset).take(self.limit).collect();
        Canned::status(200).json(json!({
            "offset": self.offset,
            "limit": self.limit,
            "count": data.len(),
            "totalCount": total,
            "data": data,
        }))
    }
}
