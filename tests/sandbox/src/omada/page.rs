use serde_json::{Value, json};

use crate::canned::Canned;
use crate::fault::Paging;
use crate::omada::call::Call;
use crate::omada::envelope;

/// How every list says which page it is asked for.
pub(crate) const PAGING: Paging = Paging {
    place: "page",
    first: 1,
    size: "pageSize",
    place_told: "/result/currentPage",
    size_told: "/result/currentSize",
    total: "/result/totalRows",
    rows: "/result/data",
    total_after: |page, size| page.saturating_add(1).saturating_mul(size),
    page_number: |page, _| page.saturating_sub(1),
};

/// Which part of a list is asked for.
pub(crate) struct Page {
    pub(crate) number: usize,
    pub(crate) size: usize,
}

impl Page {
    pub(crate) fn read(call: &Call<'_>) -> Result<Self, Canned> {
        // A negative number is as wrong as 0, and reads as 0 from here on.
        let number = |name| call.required_number(name).map(|number: i32| usize::try_from(number).unwrap_or(0));
        let page = Self { number: number("page")?, size: number("pageSize")? };
        let rules = [
            (page.number >= 1, "page", "is less than 1"),
            ((1..=1000).contains(&page.size), "pageSize", "is outside the range 1-1000"),
        ];
        match rules.into_iter().find(|(holds, ..)| !holds) {
            Some((_, name, complaint)) => Err(envelope::invalid(name, complaint)),
            None => Ok(page),
        }
    }

    /// A page that holds every row, for the lists that are a grid but are not asked for by page.
    pub(crate) fn whole(rows: &[Value]) -> Self {
        Self { number: 1, size: rows.len() }
    }

    pub(crate) fn of<'r, T>(&self, rows: &'r [T]) -> impl Iterator<Item = &'r T> + use<'r, T> {
        rows.iter().skip((self.number - 1).saturating_mul(self.size)).take(self.size)
    }

    pub(crate) fn grid(&self, rows: &[Value]) -> Value {
        json!({
            "totalRows": rows.len(),
            "currentPage": self.number,
            "currentSize": self.size,
            "data": self.of(rows).collect::<Vec<_>>(),
        })
    }
}
