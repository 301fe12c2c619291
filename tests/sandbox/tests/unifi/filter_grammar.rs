use hotspot_vouchers_sandbox::check_filter;
use reqwest::Method;

use crate::caller::Caller;

const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";

#[test]
fn understands_what_the_pages_show() {
    for filter in [
        "name.eq('')",
        "name.eq('it''s')",
        "name.eq('''')",
        "name.eq('Hello, ''World''!')",
        "name.eq('(, not a.token) ä 😀')",
        "name.in('a','b', 'c',  'd')",
        "name.like('*\\.\\*')",
        "authorizedGuestCount.eq(0)",
        "authorizedGuestCount.eq(9223372036854775807)",
        "createdAt.gt(2025-01-29)",
        "createdAt.gt(2025-01-29T12:39:11Z)",
        "createdAt.gt(2025-01-29T12:39:11.123456789Z)",
        "createdAt.gt(2025-01-29T12:39:11+02:00)",
        "expired.eq(false)",
        &format!("id.in({UUID},{})", UUID.to_uppercase()),
        "id.eq(abcdef00-e29b-41d4-a716-446655440000)",
        "and(expired.eq(true),name.like('a*'))",
        "or(expired.eq(true), authorizedGuestLimit.isNull(), code.in('1'))",
        "not(name.like('guest*'))",
        "not(not(and(or(expired.eq(true),\n\texpired.eq(false)), not(expired.ne(true)))))",
    ] {
        assert_eq!(check_filter(filter), Ok(()), "{filter}");
    }
}

#[test]
fn tells_the_first_mistake_and_its_place() {
    for (filter, detail) in [
        ("", "expected expression, actual end of expression at 1:1"),
        (" expired.eq(true)", "unexpected character ' ' at 1:1"),
        ("expired.eq(true) ", "unexpected character ' ' at 1:17"),
        ("expired.eq( true)", "unexpected character ' ' at 1:12"),
        ("nonexistent.eq('x')", "unknown filter property 'nonexistent' at 1:1"),
        ("and(expired.eq(true), access.type.eq('x'))", "unknown filter property 'access.type' at 1:23"),
        ("Name.eq('x')", "unknown filter property 'Name' at 1:1"),
        ("name.EQ('x')", "'EQ' is not allowed for 'name' at 1:6"),
        ("name", "expected '.', actual end of expression at 1:5"),
        ("name.", "expected function, actual end of expression at 1:6"),
        ("name.eq", "expected '(', actual end of expression at 1:8"),
        ("name.eq(", "expected STRING, actual end of expression at 1:9"),
        ("name.eq()", "expected STRING, actual ')' at 1:9"),
        ("name.in()", "expected STRING, actual ')' at 1:9"),
        ("name.in('a',)", "expected STRING, actual ')' at 1:13"),
        ("name.in('a',1)", "expected STRING, actual INTEGER at 1:13"),
        ("name.eq('a'", "expected ')', actual end of expression at 1:12"),
        ("name.eq('a','b')", "expected ')', actual ',' at 1:12"),
        ("name.eq('a'))", "expected end of expression, actual ')' at 1:13"),
        ("name.eq('a'),expired.eq(true)", "expected end of expression, actual ',' at 1:13"),
        ("name.eq(a)", "expected STRING, actual 'a' at 1:9"),
        ("name.eq(\"a\")", "unexpected character '\"' at 1:9"),
        ("name.eq('a", "unterminated STRING at 1:9"),
        ("name.eq('a'')", "unterminated STRING at 1:9"),
        ("authorizedGuestLimit.isNull(1)", "expected ')', actual INTEGER at 1:29"),
        ("authorizedGuestCount.eq(-1)", "unexpected character '-' at 1:25"),
        ("authorizedGuestCount.eq(1.)", "invalid literal '1.' at 1:25"),
        ("authorizedGuestCount.eq(12x)", "invalid literal '12x' at 1:25"),
        ("authorizedGuestCount.eq(9223372036854775808)", "invalid literal '9223372036854775808' at 1:25"),
        ("createdAt.gt(2025-13-01)", "invalid literal '2025-13-01' at 1:14"),
        ("createdAt.gt(2025-01-29T12:39:11)", "invalid literal '2025-01-29T12:39:11' at 1:14"),
        ("createdAt.gt(20250129)", "expected TIMESTAMP, actual INTEGER at 1:14"),
        ("createdAt.gt('2025-01-29')", "expected TIMESTAMP, actual STRING at 1:14"),
        ("id.eq('550e8400-e29b-41d4-a716-446655440000')", "expected UUID, actual STRING at 1:7"),
        ("id.eq(550e8400e29b41d4a716446655440000)", "invalid literal '550e8400e29b41d4a716446655440000' at 1:7"),
        ("expired.eq(TRUE)", "expected BOOLEAN, actual 'TRUE' at 1:12"),
        ("expired.eq([true])", "unexpected character '[' at 1:12"),
        ("and(expired.eq(true))", "expected ',', actual ')' at 1:21"),
        ("or()", "expected expression, actual ')' at 1:4"),
        ("not(expired.eq(true), expired.eq(true))", "expected ')', actual ',' at 1:21"),
        ("not()", "expected expression, actual ')' at 1:5"),
        ("xor(expired.eq(true))", "unknown operator 'xor' at 1:1"),
        ("and", "expected '(', actual end of expression at 1:4"),
        ("'a'.eq('a')", "expected expression, actual STRING at 1:1"),
        ("or(name.eq('ä😀'),\n  nam.eq('x'))", "unknown filter property 'nam' at 2:3"),
        ("name.in('ä😀',1)", "expected STRING, actual INTEGER at 1:14"),
    ] {
        assert_eq!(check_filter(filter), Err(detail.to_owned()), "{filter}");
    }
}

#[test]
fn nesting_is_bounded_and_length_is_not() {
    let nested = |depth| format!("{}expired.eq(true){}", "not(".repeat(depth), ")".repeat(depth));
    assert_eq!(check_filter(&nested(64)), Ok(()));
    for depth in [65, 100_000] {
        assert_eq!(check_filter(&nested(depth)), Err("expression is nested too deeply at 1:261".to_owned()));
    }
    assert_eq!(check_filter(&format!("id.in({})", vec![UUID; 10_000].join(","))), Ok(()));
}

#[tokio::test]
async fn every_filtered_call_refuses_with_the_detail() {
    let caller = Caller::start().await;
    caller.create(&crate::caller::request(&[])).await;
    for method in [Method::GET, Method::DELETE] {
        for (filter, detail) in [
            ("code.like('1*')", "'like' is not allowed for 'code' at 1:6"),
            ("", "expected expression, actual end of expression at 1:1"),
        ] {
            let answer = caller.filtered(method.clone(), filter).await;
            let message = format!("failed to parse filter expression: {detail}");
            answer.assert_refused(400, "api.request.invalid-filter", &message);
        }
    }
    assert_eq!(caller.unifi().codes().len(), 1);
}
