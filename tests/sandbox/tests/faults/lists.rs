use std::collections::HashSet;

use hotspot_vouchers_sandbox::{Fault, Lie, Rows};
use serde_json::Value;

use crate::caller::{At, Caller, EVERYWHERE, json_of, outcome};

/// Three creates: three groups at Omada, six vouchers at UniFi.
async fn filled(at: At) -> Caller {
    let caller = Caller::start().await;
    for name in ["One", "Two", "Three"] {
        outcome(caller.create(at, name)).await.expect("an answer");
    }
    caller
}

struct Page {
    total: u64,
    place: u64,
    ids: Vec<String>,
}

async fn page(caller: &Caller, at: At, number: usize, rows: usize) -> Page {
    let body = json_of(caller.page(at, number, rows).send().await.expect("an answer")).await;
    let list = if at == At::Omada { &body["result"] } else { &body };
    let names = if at == At::Omada { ["totalRows", "currentPage"] } else { ["totalCount", "offset"] };
    let [total, place] = names.map(|name| list[name].as_u64().expect("a number"));
    let id = |row: &Value| row["id"].as_str().expect("an id").to_owned();
    Page { total, place, ids: list["data"].as_array().expect("rows").iter().map(id).collect() }
}

#[tokio::test]
async fn totals_lie_beside_the_right_rows() {
    for at in EVERYWHERE {
        let caller = filled(at).await;
        let honest = page(&caller, at, 0, 2).await;
        let lies =
            [(Lie::TooMany, honest.total + 1000), (Lie::TooFew, honest.total / 2), (Lie::Largest, i64::MAX as u64)];
        for (lie, total) in lies {
            caller.faults(at).next(Fault::WrongTotal(lie));
            let found = page(&caller, at, 0, 2).await;
            assert_eq!((found.total, &found.ids), (total, &honest.ids), "{at:?} {lie:?}");
        }
        caller.faults(at).on("GET *", Fault::WrongTotal(Lie::Changing), 2);
        let (one, other) = (page(&caller, at, 0, 2).await, page(&caller, at, 0, 2).await);
        assert!(one.total > honest.total && other.total != one.total, "{at:?}");
        assert_eq!(page(&caller, at, 0, 2).await.total, honest.total, "{at:?}");
    }
}

#[tokio::test]
async fn the_first_page_comes_again_and_again() {
    for at in EVERYWHERE {
        let caller = filled(at).await;
        caller.faults(at).always("GET *", Fault::RepeatPage);
        let first = page(&caller, at, 0, 1).await;
        let second = page(&caller, at, 1, 1).await;
        assert_eq!((&second.ids, second.total), (&first.ids, first.total), "{at:?}");
        assert_eq!(second.place, if at == At::Omada { 2 } else { 1 }, "{at:?}");
        assert_eq!(caller.faults(at).strikes().len(), 1, "{at:?}: the first page is what it is");
    }
}

#[tokio::test]
async fn pages_never_end_and_every_row_looks_new() {
    for at in EVERYWHERE {
        let caller = filled(at).await;
        caller.faults(at).always("GET *", Fault::EndlessPages);
        let mut seen = HashSet::new();
        for number in 0..20 {
            let found = page(&caller, at, number, 10).await;
            assert_eq!(found.ids.len(), 10);
            assert!(found.total > (number as u64 + 1) * 10, "{at:?} {number}: {}", found.total);
            seen.extend(found.ids);
        }
        assert_eq!(seen.len(), 200, "{at:?}");
    }
}

#[tokio::test]
async fn a_list_without_a_bottom_has_rows_at_any_place() {
    for at in EVERYWHERE {
        let caller = filled(at).await;
        let honest = page(&caller, at, 0, 2).await;
        for (rows, distinct) in [(Rows::New, 20), (Rows::Same, 2), (Rows::TakingTurns, 4)] {
            caller.faults(at).always("GET *", Fault::Bottomless(rows));
            let mut seen = HashSet::new();
            for number in 0..10 {
                let found = page(&caller, at, number, 2).await;
                assert_eq!((found.total, found.ids.len()), (i64::MAX as u64, 2), "{at:?} {rows:?}");
                assert_eq!(found.ids == honest.ids, rows == Rows::Same || rows == Rows::TakingTurns && number % 2 == 0);
                seen.extend(found.ids);
            }
            assert_eq!(seen.len(), distinct, "{at:?} {rows:?}");
            caller.faults(at).clear();
        }
    }
}

#[tokio::test]
async fn what_finds_nothing_to_spoil_is_no_strike() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.faults(at).next(Fault::EndlessPages);
        assert_eq!(page(&caller, at, 0, 10).await.ids.len(), 0, "{at:?}: there is no row to disguise");
        assert!(caller.faults(at).strikes().is_empty(), "{at:?}");
    }
}
