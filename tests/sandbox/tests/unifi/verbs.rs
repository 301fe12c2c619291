use reqwest::Method;
use serde_json::json;

use crate::caller::Caller;

const VERBS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"];

/// Every path of the console with its verbs; `{site}` and `{id}` stand for ids.
const PATHS: [(&str, &str); 15] = [
    ("/v1/info", "GET"),
    ("/v1/sites", "GET"),
    ("/v1/sites/{site}/clients", "GET"),
    ("/v1/sites/{site}/clients/{id}", "GET"),
    ("/v1/sites/{site}/clients/{id}/actions", "POST"),
    ("/v1/sites/{site}/hotspot/vouchers", "GET, POST, DELETE"),
    ("/v1/sites/{site}/hotspot/vouchers/{id}", "GET, DELETE"),
    ("/v1/sites/{site}/devices", "GET"),
    ("/v1/sites/{site}/networks", "GET"),
    ("/v1/sites/{site}/wifi/broadcasts", "GET"),
    ("/v1/sites/{site}/traffic-matching-lists", "GET"),
    ("/v1/sites/{site}/dns/policies", "GET"),
    ("/v1/sites/{site}/firewall/policies", "GET"),
    ("/v1/sites/{site}/firewall/zones", "GET"),
    ("/v1/sites/{site}/acl-rules", "GET"),
];

#[tokio::test]
async fn a_wrong_verb_is_405_whatever_the_ids() {
    let caller = Caller::start().await;
    let unknown = "00000000-0000-4000-8000-000000000000";
    for (path, allowed) in PATHS {
        for site in [caller.unifi().site_id(), unknown, "default"] {
            let path = path.replace("{site}", site).replace("{id}", "x");
            for verb in VERBS.into_iter().filter(|verb| !allowed.split(", ").any(|it| it == *verb)) {
                let verb = Method::from_bytes(verb.as_bytes()).expect("a verb");
                for cloud in [false, true] {
                    let answer = if cloud && ["OPTIONS", "PURGE"].contains(&verb.as_str()) {
                        continue;
                    } else if cloud {
                        caller.unifi().set_cloud_limit(10_000);
                        caller.send_through_cloud(verb.clone(), &path, None).await
                    } else {
                        caller.send(verb.clone(), &path, None).await
                    };
                    assert_eq!(answer.status, 405, "{verb} {path}: {answer:?}");
                    assert_eq!(answer.headers["allow"], allowed, "{verb} {path}");
                    let (body, message) = (&answer.body, format!("Request method '{verb}' is not supported"));
                    assert_eq!([&body["statusCode"], &body["statusName"]], [&json!(405), &json!("METHOD_NOT_ALLOWED")]);
                    assert_eq!([&body["message"], &body["code"]], [&json!(message), &json!("api.request.error")]);
                    assert_eq!(body["requestPath"], format!("/integration{path}"));
                }
            }
        }
    }
    let head = caller.send(Method::HEAD, "/v1/info", None).await;
    assert_eq!((head.status, &head.headers["allow"]), (405, &"GET".parse().expect("a header")));
}

#[tokio::test]
async fn the_key_comes_before_the_verb_and_the_version_before_both() {
    let mut caller = Caller::start().await;
    let vouchers = caller.vouchers();
    caller.unifi().set_application_version("9.1.118");
    let too_old = caller.send(Method::PUT, &vouchers, None).await;
    assert_eq!((too_old.status, too_old.headers.contains_key("allow")), (404, false));
    caller.key = None;
    assert_eq!(caller.send(Method::PUT, "/v1/info", None).await.status, 401);
}

#[tokio::test]
async fn nothing_is_carried_out_by_a_wrong_verb() {
    let caller = Caller::start().await;
    caller.unifi().before_next_list(|_| panic!("no list is made"));
    caller.send(Method::PATCH, &caller.vouchers(), Some("{}".to_owned())).await;
    assert!(caller.unifi().carried_out().is_empty());
}
