use reqwest::Method;

use crate::caller::{At, Caller, EVERYWHERE, json_of, outcome};

#[tokio::test]
async fn the_books_say_what_was_issued_by_which_request_and_what_is_left() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        caller.sandbox.clock().set_unix_millis(caller.sandbox.clock().now_unix_millis());
        let now = caller.sandbox.clock().now_unix_millis();
        outcome(caller.page(at, 0, 1)).await.expect("an answer");
        let one = json_of(caller.create(at, "One").send().await.expect("an answer")).await;
        outcome(caller.create(at, "")).await.expect("a refusal");
        outcome(caller.create(at, "Two")).await.expect("an answer");
        let books = caller.books(at);
        let summary: Vec<_> =
            books.iter().map(|issued| (&*issued.name, issued.unix_millis, issued.vouchers.len())).collect();
        assert_eq!(summary, [("One", now, 2), ("Two", now, 2)], "{at:?}");
        // At Omada the token call was the first request.
        let first = if at == At::Omada { 3 } else { 2 };
        let requests: Vec<_> = books.iter().map(|issued| issued.request).collect();
        assert_eq!(requests, [Some(first), Some(first + 2)], "{at:?}");
        let codes: Vec<_> =
            books.iter().flat_map(|issued| &issued.vouchers).map(|voucher| voucher.code.clone()).collect();
        match at {
            At::Omada => assert_eq!(codes, caller.sandbox.omada().codes()),
            _ => assert_eq!(codes, caller.sandbox.unifi().codes()),
        }
        let gone = match at {
            At::Omada => {
                let group = books[0].group.as_ref().expect("a group");
                assert!(group.exists && group.id == one["result"]["id"]);
                &group.id
            }
            _ => {
                assert!(books[0].group.is_none() && books[0].vouchers[1].id == one["vouchers"][1]["id"]);
                &books[0].vouchers[1].id
            }
        };
        outcome(caller.request(at, Method::DELETE, &format!("/{gone}"))).await.expect("an answer");
        let books = caller.books(at);
        let left: Vec<bool> = books.iter().flat_map(|issued| &issued.vouchers).map(|voucher| voucher.exists).collect();
        assert_eq!(left, [at != At::Omada, false, true, true], "{at:?}");
        assert_eq!(books[0].group.as_ref().map(|group| group.exists), (at == At::Omada).then_some(false));
        assert!(!codes.iter().any(|code| format!("{books:?}").contains(code)), "{at:?}: Debug shows a code");
    }
}

#[tokio::test]
async fn what_a_test_adds_comes_of_no_request() {
    let caller = Caller::start().await;
    let id = caller.sandbox.unifi().add_voucher(&serde_json::Map::new());
    let books = caller.books(At::Unifi);
    assert_eq!((books[0].request, &books[0].name, &books[0].vouchers[0].id), (None, &"Lobby".to_owned(), &id));
}
