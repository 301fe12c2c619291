use serde_json::{Value, json};

use crate::caller::{Caller, all_of_it, group};

#[tokio::test]
async fn ranges_hold_at_both_edges() {
    let caller = Caller::start().await;
    let ranges = [
        ("amount", 1, 5000),
        ("codeLength", 6, 10),
        ("limitType", 0, 2),
        ("limitNum", 1, 999),
        ("durationType", 0, 1),
        ("duration", 1, 14_400_000),
        ("timingType", 0, 1),
        ("rateLimit.customRateLimit.downLimit", 0, 10_485_760),
        ("rateLimit.customRateLimit.upLimit", 0, 10_485_760),
        ("trafficLimit", 1, 10_485_760),
        ("trafficLimitFrequency", 0, 3),
        ("unitPrice", 1, 999_999_999),
        ("schedule.type", 0, 1),
        ("schedule.dailyStartHour", 0, 23),
        ("schedule.dailyStartMin", 0, 59),
        ("schedule.dailyEndHour", 0, 23),
        ("schedule.dailyEndMin", 0, 59),
    ];
    for (name, min, max) in ranges {
        let edited = |value: i64| {
            let mut edits = all_of_it(name);
            // The end of 2096 is more than 1000 days away, which is another rule.
            edits.retain(|(name, _)| !name.ends_with("Time"));
            if !name.starts_with("schedule") {
                edits.retain(|(name, _)| *name != "validityType");
            }
            edits.push((name, json!(value)));
            edits
        };
        for value in [min, max] {
            caller.create(&edited(value)).await;
        }
        for value in [min - 1, max + 1, i64::MIN, i64::MAX] {
            caller.post(&group(&edited(value))).await.assert_refused(-1001, name);
        }
    }
    for (name, value) in [("rateLimit.mode", -1), ("rateLimit.mode", 2), ("validityType", 3)] {
        caller.post(&group(&[(name, json!(value))])).await.assert_refused(-1001, name);
    }
}

#[tokio::test]
async fn lengths_and_items_are_counted() {
    let caller = Caller::start().await;
    let schedule = |days: Value| {
        let edits = [("validityType", json!(2)), ("schedule.type", json!(1))];
        [&edits[..], &[("schedule.weeklyEnableDays", days)]].concat()
    };
    let accepted = [
        vec![("name", json!("x"))],
        vec![("name", json!("x".repeat(32)))],
        vec![("name", json!("ä".repeat(32)))],
        vec![("codeForm", json!([1]))],
        vec![("codeForm", json!([1, 0]))],
        vec![("description", json!("x".repeat(5000)))],
        schedule(json!([7])),
        schedule(json!([1, 2, 3, 4, 5, 6, 7])),
    ];
    for edits in accepted {
        caller.create(&edits).await;
    }
    let days = "schedule.weeklyEnableDays";
    let refused = [
        ("name", vec![("name", json!(""))]),
        ("name", vec![("name", json!("x".repeat(33)))]),
        ("name", vec![("name", json!("ä".repeat(33)))]),
        ("codeForm", vec![("codeForm", json!([]))]),
        ("codeForm", vec![("codeForm", json!([0, 0]))]),
        ("codeForm[0]", vec![("codeForm", json!([2]))]),
        ("codeForm[1]", vec![("codeForm", json!([0, -1]))]),
        (days, schedule(json!([]))),
        (days, schedule(json!([1, 2, 3, 4, 5, 6, 7, 7]))),
        (days, schedule(json!([3, 3]))),
        ("schedule.weeklyEnableDays[0]", schedule(json!([0]))),
        ("schedule.weeklyEnableDays[1]", schedule(json!([1, 8]))),
    ];
    for (name, edits) in refused {
        caller.post(&group(&edits)).await.assert_refused(-1001, name);
    }
}
