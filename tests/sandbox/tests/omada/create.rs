use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, all_of_it, group, remove};

#[tokio::test]
async fn accepts_the_smallest_and_the_largest_request() {
    let mut caller = Caller::start().await;
    // Near enough to the expiration time that the full request names.
    caller.sandbox.clock().set_unix_millis(3_990_000_000_000);
    caller.sign_in().await;
    let schedule = all_of_it("schedule");
    for edits in [&[][..], &all_of_it(""), &schedule, &[("notOnThePage", json!({"a": 1}))]] {
        let id = caller.create(edits).await;
        assert!(id.len() == 24 && id.chars().all(|digit| digit.is_ascii_hexdigit()), "{id}");
    }
}

#[tokio::test]
async fn a_required_field_can_be_neither_absent_nor_null() {
    let caller = Caller::start().await;
    let required = [
        "name",
        "amount",
        "codeLength",
        "codeForm",
        "limitType",
        "durationType",
        "duration",
        "timingType",
        "rateLimit",
        "rateLimit.mode",
        "rateLimit.customRateLimit",
        "rateLimit.customRateLimit.downLimitEnable",
        "rateLimit.customRateLimit.upLimitEnable",
        "trafficLimitEnable",
        "applyToAllPortals",
        "schedule.type",
    ];
    for name in required {
        let full = all_of_it(name);
        let mut absent = group(&full);
        remove(&mut absent, name);
        caller.post(&absent).await.assert_refused(-1001, name);
        let null = group(&[full, vec![(name, json!(null))]].concat());
        caller.post(&null).await.assert_refused(-1001, name);
    }
}

#[tokio::test]
async fn an_optional_null_is_as_good_as_nothing() {
    let caller = Caller::start().await;
    let optional = [
        "limitNum",
        "rateLimit.rateLimitProfileId",
        "rateLimit.customRateLimit.downLimit",
        "rateLimit.customRateLimit.upLimit",
        "trafficLimit",
        "trafficLimitFrequency",
        "unitPrice",
        "currency",
        "portals",
        "effectiveTime",
        "expirationTime",
        "logout",
        "description",
        "printComments",
        "validityType",
        "schedule",
    ];
    caller.create(&optional.map(|name| (name, json!(null)))).await;
    for name in optional {
        caller.create(&[(name, json!(null)), ("validityType", json!(0))]).await;
    }
}

#[tokio::test]
async fn a_field_of_the_wrong_type_is_refused() {
    let caller = Caller::start().await;
    let integers = [
        "amount",
        "codeLength",
        "limitType",
        "limitNum",
        "durationType",
        "duration",
        "timingType",
        "rateLimit.mode",
        "rateLimit.customRateLimit.downLimit",
        "rateLimit.customRateLimit.upLimit",
        "trafficLimit",
        "trafficLimitFrequency",
        "unitPrice",
        "effectiveTime",
        "expirationTime",
        "validityType",
        "schedule.type",
        "schedule.dailyStartHour",
        "schedule.dailyStartMin",
        "schedule.dailyEndHour",
        "schedule.dailyEndMin",
    ];
    let booleans = [
        "rateLimit.customRateLimit.downLimitEnable",
        "rateLimit.customRateLimit.upLimitEnable",
        "trafficLimitEnable",
        "applyToAllPortals",
        "logout",
    ];
    let texts = ["name", "currency", "description", "printComments", "rateLimit.rateLimitProfileId"];
    let lists = ["codeForm", "portals", "schedule.weeklyEnableDays"];
    let objects = ["rateLimit", "rateLimit.customRateLimit", "schedule"];
    let number = json!(1);
    let text = json!("1");
    let kinds = [
        (&integers[..], [&text, &json!(1.5), &json!(true), &json!(u64::MAX)]),
        (&booleans[..], [&text, &number, &json!([]), &json!({})]),
        (&texts[..], [&number, &json!(false), &json!([]), &json!({})]),
        (&lists[..], [&number, &text, &json!({}), &json!(true)]),
        (&objects[..], [&number, &text, &json!([]), &json!(true)]),
    ];
    for (names, values) in kinds {
        for (name, value) in names.iter().flat_map(|name| values.map(|value| (*name, value))) {
            let body = group(&[all_of_it(name), vec![(name, value.clone())]].concat());
            caller.post(&body).await.assert_refused(-1001, name);
        }
    }
    for (list, item) in [
        ("codeForm", json!("0")),
        ("codeForm", json!(null)),
        ("portals", json!(1)),
        ("schedule.weeklyEnableDays", json!("1")),
    ] {
        let body = group(&[all_of_it(list), vec![(list, json!([item]))]].concat());
        caller.post(&body).await.assert_refused(-1001, &format!("{list}[0]"));
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object_never_reaches_the_controller() {
    let caller = Caller::start().await;
    let path = caller.hotspot("voucher-groups");
    for body in [None, Some(""), Some("{"), Some("[]"), Some("null"), Some("\"text\"")] {
        let answer = caller.send(Method::POST, &path, body.map(str::to_owned)).await;
        answer.assert_bad_request(&path);
    }
}
