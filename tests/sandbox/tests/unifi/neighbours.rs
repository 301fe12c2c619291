use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, with_filter};

/// Each list with a filter that it allows, and one that it does not.
const LISTS: [(&str, &str, &str); 8] = [
    ("devices", "features.containsAny('switching', 'gateway')", "features.eq('switching')"),
    ("networks", "vlanId.in(1, 2)", "vlanId.isNull()"),
    ("wifi/broadcasts", "broadcastingFrequenciesGHz.contains(2.4)", "broadcastingFrequenciesGHz.contains('2.4')"),
    ("traffic-matching-lists", "name.like('a*')", "type.eq('PORTS')"),
    ("dns/policies", "and(enabled.eq(true), ttlSeconds.ge(60))", "ttlSeconds.ge('60')"),
    ("firewall/policies", "source.zoneId.eq(550e8400-e29b-41d4-a716-446655440000)", "source.eq(1)"),
    ("firewall/zones", "metadata.configurable.isNull()", "metadata.origin.like('U*')"),
    ("acl-rules", "sourceFilter.portFilter.containsExactly(80, 443)", "sourceFilter.portFilter.contains(80, 443)"),
];

#[tokio::test]
async fn lists_beside_the_vouchers_are_empty_pages() {
    let mut caller = Caller::start().await;
    let site = format!("/v1/sites/{}", caller.unifi().site_id());
    for (list, allowed, refused) in LISTS {
        let path = format!("{site}/{list}");
        for (query, offset, limit) in [
            ("", 0, 25),
            ("?offset=7&limit=10", 7, 10),
            ("?limit=200", 0, 200),
            ("?limit=201", 0, 200),
            ("?limit=0", 0, 0),
        ] {
            let answer = caller.get(&format!("{path}{query}")).await;
            let page = json!({"offset": offset, "limit": limit, "count": 0, "totalCount": 0, "data": []});
            assert_eq!((answer.status, answer.body), (200, page), "{list}{query}");
            assert_eq!(answer.headers["content-type"], "application/json");
        }
        for query in ["offset=-1", "limit=ten", "limit=2147483648"] {
            assert_eq!(caller.get(&format!("{path}?{query}")).await.status, 400, "{list}?{query}");
        }
        for filter in
            [allowed, "id.in(550e8400-e29b-41d4-a716-446655440000)", "not(id.ne(550e8400-e29b-41d4-a716-446655440000))"]
        {
            let answer = caller.get(&with_filter(&path, filter)).await;
            assert_eq!((answer.status, &answer.body["totalCount"]), (200, &json!(0)), "{list} {filter}: {answer:?}");
        }
        for filter in [refused, "id.like('x')", "nothing.eq(1)", ""] {
            let answer = caller.get(&with_filter(&path, filter)).await;
            assert_eq!(
                (answer.status, &answer.body["code"]),
                (400, &json!("api.request.invalid-filter")),
                "{list} {filter}"
            );
        }
        let through_cloud = caller.send_through_cloud(Method::GET, &path, None).await;
        assert_eq!((through_cloud.status, &through_cloud.body["data"]), (200, &json!([])));
        for (site, status) in [("default", 400), ("00000000-0000-4000-8000-000000000000", 404)] {
            assert_eq!(caller.get(&format!("/v1/sites/{site}/{list}")).await.status, status);
        }
        assert_eq!(caller.get(&format!("{path}/550e8400-e29b-41d4-a716-446655440000")).await.status, 404);
        let key = caller.key.take();
        assert_eq!(caller.get(&path).await.status, 401);
        caller.key = key;
    }
}

#[tokio::test]
async fn most_of_them_came_with_version_ten() {
    let caller = Caller::start().await;
    let site = format!("/v1/sites/{}", caller.unifi().site_id());
    caller.unifi().set_application_version("9.5.21");
    for (list, ..) in LISTS {
        let status = if list == "devices" { 200 } else { 404 };
        assert_eq!(caller.get(&format!("{site}/{list}")).await.status, status, "{list}");
    }
}
