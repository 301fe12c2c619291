use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, request};

#[tokio::test]
async fn vouchers_came_with_a_version() {
    let caller = Caller::start().await;
    let site = format!("/v1/sites/{}", caller.unifi().site_id());
    let client = caller.unifi().add_guest("aa:bb:cc:dd:ee:ff");
    for (version, has_vouchers) in
        [("9.0.99", false), ("9.1.118", false), ("9.1.119", true), ("9.1.120", true), ("11.0.97", true)]
    {
        caller.unifi().set_application_version(version);
        assert_eq!(caller.get("/v1/info").await.body, json!({"applicationVersion": version}));
        for path in ["/v1/sites", &format!("{site}/clients")] {
            assert_eq!(caller.get(path).await.status, 200);
        }
        for path in [format!("{site}/hotspot/vouchers"), format!("{site}/clients/{client}")] {
            let answer = caller.get(&path).await;
            assert_eq!(answer.status, if has_vouchers { 200 } else { 404 }, "{version}: {answer:?}");
            if !has_vouchers {
                assert_eq!(answer.body["message"], format!("No endpoint GET /integration{path}"));
            }
        }
        assert_eq!(caller.post(&request(&[])).await.status, if has_vouchers { 201 } else { 404 });
    }
}

#[tokio::test]
async fn errors_have_a_code_since_version_ten() {
    let caller = Caller::start().await;
    for (version, has_code) in [("9.5.21", false), ("10.0.162", true)] {
        caller.unifi().set_application_version(version);
        let answer = caller.send(Method::DELETE, &caller.vouchers(), None).await;
        assert_eq!((answer.status, answer.body.get("code").is_some()), (400, has_code));
    }
}

#[tokio::test]
#[should_panic(expected = "numbers with dots")]
async fn a_version_is_numbers() {
    Caller::start().await.unifi().set_application_version("latest");
}
