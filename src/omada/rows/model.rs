//! Every list, while it changes and from controllers that cap pages.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::generated::types::{
    AuthClientPage, AuthedRecordListQuery, GroupDurationDistributionQuery, GroupPriceDistributionQuery, SiteListQuery,
    SiteSummaryPage, VoucherDurationDistributionPage, VoucherGroupGrid, VoucherGroupListQuery,
    VoucherGroupOptionListQuery, VoucherGroupOptionPage, VoucherGroupPage, VoucherGroupQuery,
    VoucherUnitPriceDistributionPage,
};
use super::super::time::UnixSeconds;
use super::{Page, Query, rows};
use crate::rows::model::{Model, Random, is_sound, read, schedules};

/// The numbers that a list yields of a model, in pages of a size, and how many notices.
fn list<Q: Query, P: Page + DeserializeOwned + 'static>(
    model: &Model,
    query: &Q,
    size: i32,
    field: &'static str,
) -> (Vec<u64>, usize) {
    let mut query = query.clone();
    *query.place().1 = size;
    let pages = model.clone();
    let stream = rows::<Q, _, _, P>(query, move |mut query| {
        let pages = pages.clone();
        let (page, size) = query.place();
        let (page, size) = (usize::try_from(*page).unwrap_or(1), usize::try_from(*size).unwrap_or(1));
        async move {
            let (total, rows) = pages.page(page, size);
            let data: Vec<Value> = rows.iter().map(|row| json!({field: value(field, *row)})).collect();
            let page = serde_json::from_value(json!({"totalRows": total, "data": data}));
            Ok(page.expect("a page"))
        }
    });
    read(stream, |row| {
        let row = serde_json::to_value(row).expect("JSON");
        let value = &row[field];
        value.as_u64().or_else(|| value.as_str()?.parse().ok()).expect("a number")
    })
}

fn value(field: &str, row: u64) -> Value {
    if field == "duration" { json!(row) } else { json!(row.to_string()) }
}

/// Runs a test of each list.
macro_rules! each_list {
    ($test:ident, $($argument:expr),*) => {{
        let (start, end) = (UnixSeconds(0), UnixSeconds(1));
        let price = GroupPriceDistributionQuery::full_pages().filters_time_start(start).filters_time_end(end).build();
        let duration = GroupDurationDistributionQuery::full_pages().filters_time_start(start).filters_time_end(end).build();
        $test(list::<_, SiteSummaryPage>, &SiteListQuery::full_pages().build(), "siteId", $($argument),*);
        $test(list::<_, VoucherGroupPage>, &VoucherGroupListQuery::full_pages().build(), "id", $($argument),*);
        $test(list::<_, VoucherGroupOptionPage>, &VoucherGroupOptionListQuery::full_pages().build(), "groupId", $($argument),*);
        $test(list::<_, VoucherGroupGrid>, &VoucherGroupQuery::full_pages().build(), "id", $($argument),*);
        $test(list::<_, AuthClientPage>, &AuthedRecordListQuery::full_pages().build(), "id", $($argument),*);
        $test(list::<_, VoucherUnitPriceDistributionPage>, &price, "unitPrice", $($argument),*);
        $test(list::<_, VoucherDurationDistributionPage>, &duration, "duration", $($argument),*);
    }};
}

type Reader<Q> = fn(&Model, &Q, i32, &'static str) -> (Vec<u64>, usize);

#[test]
fn nothing_is_missed_in_silence() {
    fn test<Q: Query>(list: Reader<Q>, query: &Q, field: &'static str, schedules: u64) {
        for seed in 0..schedules {
            let mut random = Random::of(seed);
            let (length, changes) = (random.below(60), [20, 50, 100][random.below(3)]);
            let size = 1 + random.below(12);
            // Pages that are smaller cannot overlap everywhere.
            let cap = if random.below(4) == 0 { 7 + random.below(8) } else { usize::MAX };
            let model = Model::new(seed, u64::try_from(length).unwrap_or_default(), changes, cap);
            let read = list(&model, query, i32::try_from(size).unwrap_or(1), field);
            assert!(is_sound(&model, &read), "{field}, seed {seed}: {read:?} of {:?}", model.throughout());
        }
    }
    each_list!(test, schedules());
}

#[test]
fn pages_of_any_size_are_read_in_order() {
    fn test<Q: Query>(list: Reader<Q>, query: &Q, field: &'static str) {
        for length in [0, 1, 2, 3, 7, 12, 13, 24, 40, 61] {
            let expected: Vec<u64> = (1..=length).collect();
            for size in [1, 2, 3, 4, 5, 10, 12, 100] {
                for cap in [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 16, 500] {
                    let model = Model::new(0, length, 0, cap);
                    let read = list(&model, query, size, field);
                    assert_eq!(read, (expected.clone(), 0), "{field}: {length} rows, pages of {size} up to {cap}");
                }
            }
        }
    }
    each_list!(test,);
}

#[test]
fn full_pages_take_few_calls() {
    let query = VoucherGroupQuery::full_pages().build();
    let size = VoucherGroupQuery::PAGE_SIZE_MAX;
    for (pages, calls) in [(1, 1), (2, 3), (5, 6), (20, 22), (100, 112)] {
        let length = u64::try_from(size).unwrap_or_default() * pages;
        let model = Model::new(0, length, 0, usize::MAX);
        assert_eq!(
            list::<_, VoucherGroupGrid>(&model, &query, size, "id").0.len(),
            usize::try_from(length).unwrap_or(0)
        );
        assert!(model.pages() <= calls, "{pages} pages took {} calls", model.pages());
    }
}
