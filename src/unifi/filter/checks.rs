//! Filters against rows.

use serde_json::{Value, json};

use super::{Condition, Known};

const KNOWN: [Known; 7] = [
    Known { name: "name", is_optional: false },
    Known { name: "authorizedGuestCount", is_optional: false },
    Known { name: "authorizedGuestLimit", is_optional: true },
    Known { name: "expired", is_optional: false },
    Known { name: "createdAt", is_optional: false },
    Known { name: "id", is_optional: false },
    Known { name: "access.type", is_optional: false },
];

fn row() -> Value {
    json!({
        "name": "Lobby 1.2", "authorizedGuestCount": 2, "expired": false, "createdAt": "2026-09-20T19:40:57Z",
        "id": "88f7af54-98f8-306a-a1c7-c9349722b1f6", "access": {"type": "GUEST"}, "note": "hidden",
    })
}

#[test]
fn filters_are_decided() {
    for (filter, expected) in [
        ("name.eq('Lobby 1.2')", "yes"),
        ("name.eq('Lobby')", "no"),
        ("name.eq('LOBBY 1.2')", "open"),
        ("name.ne('Lobby')", "yes"),
        ("name.in('Bar', 'Lobby 1.2')", "yes"),
        ("name.notIn('Bar','Terrace')", "yes"),
        ("name.like('Lobby*')", "yes"),
        ("name.like('Lobby 1.')", "no"),
        (r"name.like('Lobby 1\.2')", "yes"),
        ("name.like('*1.2')", "yes"),
        ("name.like('L*b*2')", "yes"),
        ("name.like('lobby*')", "open"),
        ("name.like('')", "no"),
        ("name.eq('it''s')", "no"),
        ("authorizedGuestCount.eq(2)", "yes"),
        ("authorizedGuestCount.gt(2)", "no"),
        ("authorizedGuestCount.ge(2)", "yes"),
        ("authorizedGuestCount.lt(3)", "yes"),
        ("authorizedGuestCount.le(1)", "no"),
        ("authorizedGuestLimit.isNull()", "yes"),
        ("authorizedGuestLimit.isNotNull", "open"),
        ("authorizedGuestLimit.eq(1)", "no"),
        ("authorizedGuestLimit.ne(1)", "open"),
        ("not(authorizedGuestLimit.eq(1))", "open"),
        ("expired.eq(true)", "no"),
        ("not(expired.eq(true))", "yes"),
        ("and(expired.eq(false), or(name.eq('Bar'), authorizedGuestCount.eq(2)))", "yes"),
        ("or(expired.eq(true), authorizedGuestLimit.ne(1))", "open"),
        ("and(expired.eq(true), authorizedGuestLimit.ne(1))", "no"),
        ("createdAt.ge(2026-09-20T19:40:57Z)", "yes"),
        ("createdAt.gt(2026-09-20T19:40:57.5Z)", "open"),
        ("createdAt.lt(2026-09-20T19:40:57Z)", "no"),
        ("createdAt.gt(2026-09-20)", "yes"),
        ("id.eq(88F7AF54-98f8-306a-a1c7-c9349722b1f6)", "yes"),
        ("id.in(00000000-0000-0000-0000-000000000000)", "no"),
        ("access.type.eq('GUEST')", "yes"),
        ("access.type.in('DEFAULT')", "no"),
        ("note.eq('hidden')", "open"),
        ("name.sounds('Lobby')", "open"),
        ("name.eq('Lobby", "open"),
        ("nonsense", "open"),
    ] {
        let verdict = Condition::read(filter).verdict(&row(), &KNOWN);
        let decided = match (verdict.is_match(), verdict.is_other()) {
            (true, _) => "yes",
            (false, true) => "no",
            (false, false) => "open",
        };
        assert_eq!(decided, expected, "{filter}");
    }
    let deep = format!("{}name.eq('Bar'){}", "not(".repeat(30_000), ")".repeat(30_000));
    assert_eq!(Condition::read(&deep), Condition::Unknown);
}
