use serde_json::{Value, json};

use crate::caller::{Caller, group, remove};

#[tokio::test]
async fn one_field_decides_about_another() {
    let caller = Caller::start().await;
    let now = caller.sandbox.clock().now_unix_millis();
    let profile = json!(caller.omada().rate_limit_profile_id());
    let validity = |kind: i64| ("validityType", json!(kind));
    let (start, end) = (("effectiveTime", json!(now)), ("expirationTime", json!(now + 1)));
    let daily = json!({
        "type": 0, "dailyStartHour": 8, "dailyStartMin": 0, "dailyEndHour": 18, "dailyEndMin": 0,
    });
    let weekly = ("schedule", json!({"type": 1, "weeklyEnableDays": [1, 5]}));
    let custom = |mode: i64, profile: &Value, limit: Value| {
        let rate_limit = json!({"mode": mode, "rateLimitProfileId": profile, "customRateLimit": limit});
        vec![("rateLimit", rate_limit)]
    };
    let limit = json!({"downLimitEnable": false, "upLimitEnable": false});
    let mut table = vec![
        (vec![("limitType", json!(0))], "limitNum"),
        (vec![("limitType", json!(1))], "limitNum"),
        (vec![("limitType", json!(0)), ("limitNum", json!(1))], ""),
        (vec![("limitType", json!(1)), ("limitNum", json!(1))], ""),
        (vec![("limitType", json!(2)), ("limitNum", json!(1))], ""),
        (vec![validity(0)], ""),
        (vec![validity(0), start.clone()], "effectiveTime"),
        (vec![validity(0), end.clone()], "expirationTime"),
        (vec![validity(0), weekly.clone()], "schedule"),
        (vec![validity(1), start.clone(), end.clone()], ""),
        (vec![validity(1), start.clone()], "expirationTime"),
        (vec![validity(1), end.clone()], "effectiveTime"),
        (vec![validity(1), start.clone(), end.clone(), weekly.clone()], "schedule"),
        (vec![validity(2), weekly.clone()], ""),
        (vec![validity(2), ("schedule", daily.clone())], ""),
        (vec![validity(2)], "schedule"),
        (vec![validity(2), weekly.clone(), start.clone()], "effectiveTime"),
        (vec![validity(2), weekly.clone(), end.clone()], "expirationTime"),
        (vec![validity(2), ("schedule", json!({"type": 1}))], "schedule.weeklyEnableDays"),
        // Without a validity type nothing governs the times and the schedule.
        (vec![start, end, weekly], ""),
        (custom(0, &json!(null), limit.clone()), ""),
        (custom(0, &json!(null), json!(null)), "rateLimit.customRateLimit"),
        (custom(0, &profile, limit.clone()), "rateLimit.rateLimitProfileId"),
        (custom(1, &profile, json!(null)), ""),
        (custom(1, &json!(null), json!(null)), "rateLimit.rateLimitProfileId"),
        (custom(1, &profile, limit), "rateLimit.customRateLimit"),
    ];
    for (field, path) in [
        ("dailyStartHour", "schedule.dailyStartHour"),
        ("dailyStartMin", "schedule.dailyStartMin"),
        ("dailyEndHour", "schedule.dailyEndHour"),
        ("dailyEndMin", "schedule.dailyEndMin"),
    ] {
        let mut schedule = daily.clone();
        remove(&mut schedule, field);
        table.push((vec![validity(2), ("schedule", schedule)], path));
    }
    for (edits, broken) in table {
        let answer = caller.post(&group(&edits)).await;
        match broken {
            "" => assert_eq!(answer.code(), 0, "{edits:?}: {answer:?}"),
            _ => answer.assert_refused(-1001, broken),
        }
    }
}

#[tokio::test]
async fn the_first_broken_rule_answers() {
    let caller = Caller::start().await;
    let edits = [("amount", json!(0)), ("limitType", json!(0)), ("currency", json!("KES"))];
    let answer = caller.post(&group(&edits)).await;
    answer.assert_refused(-1001, "amount");
    assert_eq!(answer.message(), "Parameter [amount] is outside the range 1-5000.");
}
