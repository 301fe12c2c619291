//! Every list, while it changes and from consoles that cap pages.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::generated::types::{ClientPage, SitePage, VoucherPage};
use super::{Page, Row, rows};
use crate::rows::model::{Model, Random, is_sound, read, schedules};

/// The numbers that a list yields of a model, and how many notices.
fn list<P: Page + DeserializeOwned + 'static>(model: &Model) -> (Vec<u64>, usize) {
    let pages = model.clone();
    let stream = rows::<_, _, P>(move |offset, limit| {
        let pages = pages.clone();
        async move {
            let (offset, size) = (usize::try_from(offset).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
            let (total, rows) = pages.at(offset, size);
            let data: Vec<Value> = rows.iter().map(|row| self::row(*row)).collect();
            let count = data.len();
            let page = json!({"offset": offset, "limit": limit, "count": count, "totalCount": total, "data": data});
            Ok(serde_json::from_value(page).expect("a page"))
        }
    });
    read(stream, |row| u64::try_from(row.id().as_u128()).expect("a number"))
}

/// A voucher, a site and a client at once.
fn row(number: u64) -> Value {
    json!({
        "id": Uuid::from_u128(number.into()), "createdAt": "2026-09-20T19:40:57Z", "name": "row", "code": "0123456789",
        "authorizedGuestCount": 0, "expired": false, "timeLimitMinutes": 1, "internalReference": "row", "type": "WIRELESS",
        "access": {"type": "DEFAULT"},
    })
}

type Reader = fn(&Model) -> (Vec<u64>, usize);

const LISTS: [Reader; 3] = [list::<VoucherPage>, list::<SitePage>, list::<ClientPage>];

#[test]
fn nothing_is_missed_in_silence() {
    for list in LISTS {
        for seed in 0..schedules() {
            let mut random = Random::of(seed);
            let (length, changes) = (random.below(40), [20, 50, 100][random.below(3)]);
            let model = Model::new(seed, u64::try_from(length).unwrap_or_default(), changes, 2 + random.below(12));
            let read = list(&model);
            assert!(is_sound(&model, &read), "seed {seed}: {read:?} of {:?}", model.throughout());
        }
    }
}

#[test]
fn pages_of_any_size_are_read_in_order() {
    for list in LISTS {
        for length in [0, 1, 2, 3, 7, 12, 13, 40, 201, 401] {
            let expected: Vec<u64> = (1..=length).collect();
            for cap in [1, 2, 3, 4, 7, 12, 199, 200, 201] {
                let model = Model::new(0, length, 0, cap);
                assert_eq!(list(&model), (expected.clone(), 0), "{length} rows, pages up to {cap}");
            }
        }
    }
}
