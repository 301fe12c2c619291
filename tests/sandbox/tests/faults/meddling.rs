use std::collections::HashSet;

use hotspot_vouchers_sandbox::{Fault, NameChange, WrongRows};
use serde_json::Value;

use crate::caller::{At, Caller, EVERYWHERE, json_of, outcome};

#[tokio::test]
async fn a_body_is_dropped_or_marked() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        for status in [200, 204] {
            caller.faults(at).next(Fault::NoBody { status });
            assert_eq!(
                outcome(caller.create(at, &format!("Silent {status}"))).await.expect("a response"),
                (status, String::new())
            );
        }
        caller.faults(at).next(Fault::ByteOrderMark);
        let response = caller.page(at, 0, 1).send().await.expect("a response");
        let body = response.bytes().await.expect("a body");
        let json = body.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
        serde_json::from_slice::<Value>(json).expect("JSON");
        assert_eq!(caller.books(at).len(), 2, "{at:?}");
    }
}

#[tokio::test]
async fn a_date_is_another_day() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.sandbox.clock().set_unix_millis(1_800_000_000_000);
        let mut dates = Vec::new();
        for seconds in [0, -86_400, 86_400] {
            caller.faults(at).next(Fault::WrongDate { seconds });
            let response = caller.page(at, 0, 1).send().await.expect("a response");
            let mut shown = response.headers().get_all("date").iter();
            dates.push(shown.next().expect("a date").to_str().expect("text").to_owned());
            assert_eq!(shown.next(), None, "{at:?}");
        }
        let days: Vec<_> = dates.iter().map(|date| &date[..16]).collect();
        assert_eq!(days, ["Fri, 15 Jan 2027", "Thu, 14 Jan 2027", "Sat, 16 Jan 2027"], "{at:?}");
    }
}

#[tokio::test]
async fn a_stale_answer_is_that_of_the_request_before() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.faults(at).next(Fault::StaleAnswer);
        let first = outcome(caller.create(at, "First")).await.expect("a response");
        assert_eq!(caller.faults(at).strikes().len(), 0, "{at:?}: there is nothing before it");
        let second = outcome(caller.create(at, "Second")).await.expect("a response");
        assert_eq!(first, second, "{at:?}");
        let names: Vec<_> = caller.books(at).into_iter().map(|issued| issued.name).collect();
        assert_eq!(names, ["First", "Second"], "{at:?}");
    }
}

#[tokio::test]
async fn a_query_is_dropped_and_a_page_is_capped() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        for name in ["One", "Two", "Three"] {
            outcome(caller.create(at, name)).await.expect("a response");
        }
        let rows = |body: &Value| {
            let page = if at == At::Omada { &body["result"] } else { body };
            page["data"].as_array().expect("rows").len()
        };
        caller.faults(at).next(Fault::CapPage { rows: 2 });
        let capped = json_of(caller.page(at, 0, 3).send().await.expect("a response")).await;
        assert_eq!(rows(&capped), 2, "{at:?}");
        caller.faults(at).next(Fault::DropQuery);
        let (status, body) = outcome(caller.page(at, 0, 1)).await.expect("a response");
        match at {
            // Omada requires the place and the size of a page.
            At::Omada => assert!(!body.contains("\"errorCode\":0"), "{status} {body}"),
            _ => assert_eq!(rows(&serde_json::from_str(&body).expect("JSON")), 6, "{body}"),
        }
    }
}

#[tokio::test]
async fn a_name_is_changed_before_the_commit() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        for (change, name, kept) in [
            (NameChange::Trim, " Room 7 ", "Room 7"),
            (NameChange::Cut(4), "Room 8", "Room"),
            (NameChange::LowerCase, "Room 9", "room 9"),
        ] {
            caller.faults(at).next(Fault::ChangeName(change));
            outcome(caller.create(at, kept)).await.expect("a response");
            assert_eq!(caller.books(at).last().expect("an entry").name, kept, "{at:?}: it is the same name");
            caller.sandbox.omada().clear_received();
            outcome(caller.create(at, &format!("{name}{name}"))).await.expect("a response");
            assert_ne!(caller.books(at).last().expect("an entry").name, format!("{name}{name}"), "{at:?} {change:?}");
        }
        assert_eq!(caller.faults(at).strikes().len(), 3, "{at:?}");
    }
}

#[tokio::test]
async fn a_part_is_committed_and_other_vouchers_are_sent() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.faults(at).next(Fault::CommitPart);
        outcome(caller.create(at, "Half")).await.expect_err("a reset");
        assert_eq!(caller.books(at)[0].vouchers.len(), 1, "{at:?}");
        if at == At::Omada {
            continue;
        }
        for (wrong, rows, ids) in [(WrongRows::Fewer, 1, 1), (WrongRows::Repeated, 2, 1), (WrongRows::OtherName, 2, 2)]
        {
            caller.faults(at).next(Fault::WrongRows(wrong));
            let body = json_of(caller.create(at, "Room 7").send().await.expect("a response")).await;
            let vouchers = body["vouchers"].as_array().expect("vouchers");
            let found: HashSet<_> = vouchers.iter().map(|voucher| voucher["id"].as_str()).collect();
            assert_eq!((vouchers.len(), found.len()), (rows, ids), "{at:?} {wrong:?}");
            let is_other = vouchers.iter().all(|voucher| voucher["name"] != "Room 7");
            assert_eq!(is_other, wrong == WrongRows::OtherName, "{at:?} {wrong:?}");
            assert_eq!(caller.books(at).last().expect("an entry").vouchers.len(), 2, "{at:?} {wrong:?}");
        }
    }
}

#[tokio::test]
async fn a_refusal_quotes_the_request() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.faults(at).next(Fault::Quote { bytes: 1000 });
        let (status, body) = outcome(caller.create(at, "Room 7")).await.expect("a response");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        let message = body.get("msg").or(body.get("message")).and_then(Value::as_str).expect("a message");
        assert_eq!(status, 400, "{at:?}");
        assert!(message.len() >= 1000 && message.contains("Room 7") && message.contains('\u{1b}'), "{message}");
        assert!(caller.books(at).is_empty(), "{at:?}");
    }
}
