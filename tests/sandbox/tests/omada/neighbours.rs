use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller, UNREADABLE_PAGES, WRONG_PAGES, column, column_of};

fn path(caller: &Caller, rest: &str) -> String {
    format!("/openapi/v1/{}/sites{rest}", caller.omada().omadac_id())
}

fn of_site(caller: &Caller, rest: &str) -> String {
    path(caller, &format!("/{}/{rest}", caller.omada().site_id()))
}

async fn create_profile(caller: &Caller, profile: &Value) -> Answer {
    caller.send(Method::POST, &of_site(caller, "rate-limit-profiles"), Some(profile.to_string())).await
}

#[tokio::test]
async fn the_only_site_is_listed_even_when_it_is_busy() {
    let caller = Caller::start().await;
    caller.omada().set_site_busy(true);
    let table = [
        ("page=1&pageSize=10", 1, 1),
        ("page=2&pageSize=10", 1, 0),
        ("page=1&pageSize=10&sorts.name=desc", 1, 1),
        ("page=1&pageSize=10&searchKey=Sand", 1, 1),
        ("page=1&pageSize=10&searchKey=Beach", 0, 0),
        ("page=1&pageSize=10&filters.type=0", 1, 1),
        ("page=1&pageSize=10&filters.type=1", 0, 0),
        ("page=1&pageSize=10&filters.type=", 1, 1),
        ("page=1&pageSize=10&filters.type=0&filters.type=x", 1, 1),
        ("page=1&pageSize=10&filters.tag=x", 0, 0),
    ];
    for (query, total, rows) in table {
        let sites = caller.send(Method::GET, &path(&caller, &format!("?{query}")), None).await.result().clone();
        assert_eq!((&sites["totalRows"], column(&sites, "siteId").len()), (&json!(total), rows), "{query}");
        assert!(column(&sites, "siteId").iter().all(|id| id == caller.omada().site_id()));
    }
    for query in UNREADABLE_PAGES {
        let answer = caller.send(Method::GET, &path(&caller, &format!("?{query}")), None).await;
        answer.assert_bad_request(&path(&caller, ""));
    }
    for (query, name) in WRONG_PAGES.into_iter().chain([("page=1&pageSize=1&sorts.name=up", "sorts.name")]) {
        caller.send(Method::GET, &path(&caller, &format!("?{query}")), None).await.assert_refused(-1001, name);
    }
    for kind in ["2", "-1", "00", "0.0", "%200", "x", "basic", "0,1"] {
        let query = format!("?page=1&pageSize=1&filters.tag=x&filters.type={kind}");
        caller.send(Method::GET, &path(&caller, &query), None).await.assert_refused(-1001, "filters.type");
    }
}

#[tokio::test]
async fn portals_and_profiles_are_bare_lists() {
    let caller = Caller::start().await;
    let portals = caller.send(Method::GET, &of_site(&caller, "portals"), None).await.result().clone();
    assert_eq!(column_of(&portals, "id"), caller.omada().portal_ids());
    let second = json!({
        "id": caller.omada().portal_ids()[1],
        "name": "Portal 2",
        "enable": true,
        "ssidList": [caller.omada().ssid_ids()[1]],
        "networkList": [caller.omada().network_ids()[1]],
        "authType": 11,
        "hotspotTypes": [3],
    });
    assert_eq!(portals[1], second);
    let profiles = caller.send(Method::GET, &of_site(&caller, "rate-limit-profiles"), None).await.result().clone();
    let expected = json!([{
        "profileId": caller.omada().rate_limit_profile_id(),
        "name": "Default",
        "downLimitEnable": false,
        "upLimitEnable": false,
        "defaultProfile": true,
    }]);
    assert_eq!(profiles, expected);
    for (rest, code) in [("portals", -33000), ("rate-limit-profiles", -33000), ("nothing", -1600)] {
        caller.send(Method::GET, &path(&caller, &format!("/wrong/{rest}")), None).await.assert_refused(code, "");
    }
}

#[tokio::test]
async fn a_new_profile_is_found_by_its_name_and_can_be_used() {
    let caller = Caller::start().await;
    let profile =
        json!({"name": "Fast", "downLimitEnable": true, "downLimit": 9, "upLimitEnable": false, "upLimit": 9});
    create_profile(&caller, &profile).await.assert_done();
    create_profile(&caller, &profile).await.assert_refused(-33733, "");
    let profiles = caller.send(Method::GET, &of_site(&caller, "rate-limit-profiles"), None).await.result().clone();
    let id = profiles[1]["profileId"].as_str().expect("an id");
    let expected = json!({
        "profileId": id,
        "name": "Fast",
        "downLimitEnable": true,
        "downLimit": 9,
        "upLimitEnable": false,
        "defaultProfile": false,
    });
    assert_eq!((&profiles[1], id.len()), (&expected, 24));
    caller.create(&[("rateLimit", json!({"mode": 1, "rateLimitProfileId": id}))]).await;
}

#[tokio::test]
async fn refuses_a_wrong_profile() {
    let caller = Caller::start().await;
    let table = [
        ("name", json!("x"), ""),
        ("name", json!("x".repeat(64)), ""),
        ("name", json!("a b"), ""),
        ("name", json!("x".repeat(65)), "name"),
        ("name", json!(""), "name"),
        ("name", json!(" "), "name"),
        ("name", json!(" a"), "name"),
        ("name", json!("a "), "name"),
        ("name", json!("a\nb"), "name"),
        ("name", json!(null), "name"),
        ("downLimitEnable", json!(null), "downLimitEnable"),
        ("upLimitEnable", json!(1), "upLimitEnable"),
        ("downLimit", json!(null), "downLimit"),
        ("upLimit", json!(null), "upLimit"),
        ("downLimit", json!(0), "downLimit"),
        ("downLimit", json!(10_485_761), "downLimit"),
        ("upLimit", json!(10_485_760), ""),
    ];
    for (field, value, name) in table {
        let mut profile = json!({
            "name": "Profile", "downLimitEnable": true, "downLimit": 1, "upLimitEnable": true, "upLimit": 1,
        });
        profile[field] = value;
        let answer = create_profile(&caller, &profile).await;
        match name {
            "" => answer.assert_done(),
            _ => answer.assert_refused(-1001, name),
        }
    }
}
