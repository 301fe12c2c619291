use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller};
use crate::cloud::assert_cloud_refused;

async fn hosts(caller: &Caller, query: &str) -> Answer {
    let url = format!("{}/v1/hosts{query}", caller.unifi().cloud_url());
    caller.send_to(Method::GET, &url, Some(caller.unifi().cloud_api_key()), None).await
}

#[tokio::test]
async fn lists_the_console() {
    let caller = Caller::start().await;
    for query in ["", "?pageSize=1", "?pageSize=100"] {
        let answer = hosts(&caller, query).await;
        assert_eq!((answer.status, &answer.body["httpStatusCode"]), (200, &json!(200)));
        assert_eq!(answer.body["data"].as_array().map(Vec::len), Some(1));
        assert_eq!(answer.body["data"][0]["id"], caller.unifi().console_id());
        assert!(answer.body["traceId"].is_string());
        assert_eq!(answer.body.get("nextToken"), None);
    }
}

#[tokio::test]
async fn pages_hang_together_by_a_token() {
    let caller = Caller::start().await;
    let others = [(); 2].map(|()| caller.unifi().add_console());
    let mut query = "?pageSize=2".to_owned();
    let mut found = Vec::new();
    for (rows, last) in [(2, false), (1, true)] {
        let body = hosts(&caller, &query).await.body;
        let data = body["data"].as_array().expect("hosts");
        assert_eq!(data.len(), rows);
        found.extend(data.iter().map(|host| host["id"].clone()));
        assert_eq!(body.get("nextToken").is_none(), last);
        query = format!("?pageSize=2&nextToken={}", body["nextToken"].as_str().unwrap_or_default());
    }
    assert_eq!(found, [caller.unifi().console_id(), &others[0], &others[1]]);
}

#[tokio::test]
async fn a_console_that_was_never_reached_times_out() {
    let caller = Caller::start().await;
    let id = caller.unifi().add_console();
    assert_eq!(hosts(&caller, "").await.body["data"][1]["reportedState"], Value::Null);
    let url = format!("{}/v1/connector/consoles/{id}/proxy/network/integration/v1/info", caller.unifi().cloud_url());
    let answer = caller.send_to(Method::GET, &url, Some(caller.unifi().cloud_api_key()), None).await;
    assert_cloud_refused(&answer, 408, "DeviceTimeout");
}

#[tokio::test]
async fn refuses_wrong_pages() {
    let caller = Caller::start().await;
    for query in ["?pageSize=0", "?pageSize=x", "?pageSize=-1", "?nextToken=1", "?nextToken="] {
        assert_cloud_refused(&hosts(&caller, query).await, 400, "parameter_invalid");
    }
}
