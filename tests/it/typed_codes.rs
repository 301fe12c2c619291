//! Codes as people type them, on both vendors.

use serde_json::{Value, json};

use crate::own_server::{Server, Target, grid, page, voucher};

/// A console that compares whole codes, as consoles do.
fn console(codes: &'static [&'static str]) -> Server {
    Server::start(move |_, target: &Target| {
        let filter = target.query("filter").unwrap_or_default().to_owned();
        let rows: Vec<Value> = codes
            .iter()
            .enumerate()
            .filter(|(_, code)| filter.contains(&format!("'{code}'")))
            .map(|(number, code)| voucher(number, "lobby", code))
            .collect();
        page(&rows, target, 1000)
    })
}

/// A controller with a group for each code, which searches for parts of codes, and in which case counts.
fn controller(codes: &'static [&'static str]) -> Server {
    Server::start(move |_, target: &Target| {
        let rows: Vec<Value> = match target.path.split_once("/voucher-groups/g") {
            None => (0..codes.len()).map(|number| json!({"id": format!("g{number}"), "totalCount": 2})).collect(),
            Some((_, group)) => {
                let code = codes[group.parse::<usize>().expect("a number")];
                let key = target.query("searchKey").unwrap_or_default();
                let rows = [json!({"id": "0", "code": "00000000"}), json!({"id": code, "code": code})];
                rows.into_iter().filter(|row| row["code"].as_str().is_some_and(|code| code.contains(key))).collect()
            }
        };
        grid(&rows, target, 1000)
    })
}

async fn of_unifi(server: &Server, typed: &str) -> Option<String> {
    let found = server.unifi().voucher_by_code(typed).await.expect("a list");
    found.map(|voucher| voucher.code.to_string())
}

async fn of_omada(server: &Server, typed: &str) -> Option<String> {
    let found = server.omada().find_voucher(typed).await.expect("a search");
    found.and_then(|(_, voucher)| voucher.code).map(|code| code.to_string())
}

#[tokio::test]
async fn separators_do_not_count() {
    const CODES: &[&str] = &["4861409510", "0300459449", "12345-67890", "123-456-7890"];
    let (console, controller) = (console(CODES), controller(CODES));
    for (typed, expected) in [
        ("4861409510", Some("4861409510")),
        (" 48614 09510 ", Some("4861409510")),
        ("48614\u{2011}09510", Some("4861409510")),
        ("48614\u{2013}09510", Some("4861409510")),
        ("\u{feff}486\u{200b}14\u{ad}0\u{a0}95\u{2212}10", Some("4861409510")),
        ("４８６１４－０９５１０", Some("4861409510")),
        ("03004-59449", Some("0300459449")),
        ("300459449", None),
        ("12345\u{2014}67890", None),
    ] {
        // Two stored codes are the same without dashes, and neither is what was typed.
        if expected.is_none() && typed.starts_with('1') {
            assert!(console.unifi().voucher_by_code(typed).await.expect_err("two").is_invalid());
            assert!(controller.omada().find_voucher(typed).await.expect_err("two").is_invalid());
            continue;
        }
        assert_eq!(of_unifi(&console, typed).await.as_deref(), expected, "{typed:?}");
        assert_eq!(of_omada(&controller, typed).await.as_deref(), expected, "{typed:?}");
    }
    for typed in ["", " ", "-", "\u{2013}\u{a0}\u{200b}"] {
        let (console, controller) = (self::console(CODES), self::controller(CODES));
        assert!(console.unifi().voucher_by_code(typed).await.expect_err("no code").is_invalid());
        assert!(controller.omada().find_voucher(typed).await.expect_err("no code").is_invalid());
        assert!(console.received("").is_empty() && controller.received("").is_empty(), "nothing is sent");
    }
}

#[tokio::test]
async fn a_stored_code_may_have_separators() {
    const CODES: &[&str] = &["4861409510", "12345-67890", "AB-12-cd", "987 654 321"];
    let (console, controller) = (console(CODES), controller(CODES));
    for (typed, expected) in [
        ("1234567890", Some("12345-67890")),
        ("12345-67890", Some("12345-67890")),
        ("123 4567890", Some("12345-67890")),
        ("987654321", Some("987 654 321")),
        ("AB12cd", Some("AB-12-cd")),
        ("AB12-cd", Some("AB-12-cd")),
        ("1234567", None),
    ] {
        assert_eq!(of_unifi(&console, typed).await.as_deref(), expected, "{typed:?}");
        assert_eq!(of_omada(&controller, typed).await.as_deref(), expected, "{typed:?}");
    }
    let calls = console.received("GET").len();
    of_unifi(&console, "4861409510").await;
    assert_eq!(console.received("GET").len(), calls + 1, "one call finds a code without separators");
    of_unifi(&console, "1234567890").await;
    assert_eq!(console.received("GET").len(), calls + 3, "and two find one with them");
}

#[tokio::test]
async fn case_counts_only_between_several() {
    const CODES: &[&str] = &["ABCD1234", "efgh5678", "JKLM9999", "jklm9999", "Nopq7777"];
    let (console, controller) = (console(CODES), controller(CODES));
    for (typed, expected) in [
        ("abcd1234", "ABCD1234"),
        ("abcd-1234", "ABCD1234"),
        ("EFGH5678", "efgh5678"),
        ("JKLM9999", "JKLM9999"),
        ("jklm9999", "jklm9999"),
    ] {
        assert_eq!(of_unifi(&console, typed).await.as_deref(), Some(expected), "{typed:?}");
        assert_eq!(of_omada(&controller, typed).await.as_deref(), Some(expected), "{typed:?}");
    }
    // All vouchers are read on Omada, so that any mixture of case is found.
    assert_eq!(of_omada(&controller, "NOPQ7777").await.as_deref(), Some("Nopq7777"));
    let refused = controller.omada().find_voucher("Jklm9999").await.expect_err("two");
    assert!(refused.is_invalid() && !refused.to_string().contains("9999"), "{refused}");
    assert!(console.unifi().voucher_by_code("Jklm9999").await.expect_err("two").is_invalid());
}
