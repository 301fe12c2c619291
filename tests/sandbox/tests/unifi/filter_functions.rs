use hotspot_vouchers_sandbox::check_filter;

use crate::caller::{Caller, with_filter};

const INVALID: &str = "api.request.invalid-filter";
const FUNCTIONS: [&str; 16] = [
    "isNull",
    "isNotNull",
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "like",
    "in",
    "notIn",
    "isEmpty",
    "contains",
    "containsAny",
    "containsAll",
    "containsExactly",
];

const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";
const TEXT: &str = "'text'";
const NUMBER: &str = "123";
const MOMENT: &str = "2025-01-29T12:39:11Z";
const MEMBER: &str = "eq ne in notIn";
const ORDER: &str = "eq ne gt ge lt le";
const OPTIONAL_MEMBER: &str = "isNull isNotNull eq ne in notIn";
const OPTIONAL_ORDER: &str = "isNull isNotNull eq ne gt ge lt le";

const VOUCHERS: [(&str, &str, &str); 13] = [
    ("id", UUID, MEMBER),
    ("createdAt", MOMENT, ORDER),
    ("name", TEXT, "eq ne in notIn like"),
    ("code", TEXT, MEMBER),
    ("authorizedGuestLimit", NUMBER, OPTIONAL_ORDER),
    ("authorizedGuestCount", NUMBER, ORDER),
    ("activatedAt", MOMENT, ORDER),
    ("expiresAt", MOMENT, ORDER),
    ("expired", "true", "eq ne"),
    ("timeLimitMinutes", NUMBER, ORDER),
    ("dataUsageLimitMBytes", NUMBER, OPTIONAL_ORDER),
    ("rxRateLimitKbps", NUMBER, OPTIONAL_ORDER),
    ("txRateLimitKbps", NUMBER, OPTIONAL_ORDER),
];

const SITES: [(&str, &str, &str); 3] =
    [("id", UUID, MEMBER), ("internalReference", TEXT, MEMBER), ("name", TEXT, MEMBER)];

const CLIENTS: [(&str, &str, &str); 7] = [
    ("id", UUID, MEMBER),
    ("type", TEXT, MEMBER),
    ("macAddress", TEXT, OPTIONAL_MEMBER),
    ("ipAddress", TEXT, OPTIONAL_MEMBER),
    ("connectedAt", MOMENT, OPTIONAL_ORDER),
    ("access.type", TEXT, MEMBER),
    ("access.authorized", "true", "isNull isNotNull eq ne"),
];

/// Every pair of a property and a function, and what the console should say of it.
fn pairs(table: &[(&str, &str, &str)]) -> Vec<(String, Result<(), String>)> {
    let pair = |(property, literal, allowed): &(&str, &str, &str), function: &str| {
        let argument = if function.starts_with("is") { "" } else { literal };
        let refusal = format!("'{function}' is not allowed for '{property}' at 1:{}", property.len() + 2);
        let expected = if allowed.split(' ').any(|it| it == function) { Ok(()) } else { Err(refusal) };
        (format!("{property}.{function}({argument})"), expected)
    };
    table.iter().flat_map(|row| FUNCTIONS.map(|function| pair(row, function))).collect()
}

#[test]
fn each_property_has_its_functions() {
    for (filter, expected) in pairs(&VOUCHERS) {
        assert_eq!(check_filter(&filter), expected, "{filter}");
    }
}

#[tokio::test]
async fn each_list_has_its_properties() {
    let caller = Caller::start().await;
    let clients = format!("/v1/sites/{}/clients", caller.unifi().site_id());
    let lists = [("/v1/sites", &SITES[..]), (&clients, &CLIENTS), (&caller.vouchers(), &VOUCHERS)];
    for (path, table) in lists {
        for (filter, expected) in pairs(table) {
            let answer = caller.get(&with_filter(path, &filter)).await;
            match expected {
                Ok(()) => assert_eq!(answer.status, 200, "{filter}: {answer:?}"),
                Err(detail) => {
                    answer.assert_refused(400, INVALID, &format!("failed to parse filter expression: {detail}"));
                }
            }
        }
    }
}

#[test]
fn each_property_takes_one_kind_of_literal() {
    let kinds = [
        (UUID, "UUID"),
        (TEXT, "STRING"),
        (NUMBER, "INTEGER"),
        ("123.321", "DECIMAL"),
        (MOMENT, "TIMESTAMP"),
        ("true", "BOOLEAN"),
    ];
    for (property, literal, allowed) in VOUCHERS {
        let wanted = kinds.iter().find(|(example, _)| *example == literal).map(|(_, kind)| *kind);
        for function in allowed.split(' ').filter(|function| !function.starts_with("is")) {
            for (example, kind) in kinds {
                let filter = format!("{property}.{function}({example})");
                let refusal = |wanted| {
                    let column = property.len() + function.len() + 3;
                    format!("expected {wanted}, actual {kind} at 1:{column}")
                };
                let expected = wanted.filter(|wanted| *wanted != kind).map_or(Ok(()), |wanted| Err(refusal(wanted)));
                assert_eq!(check_filter(&filter), expected, "{filter}");
            }
        }
    }
}
