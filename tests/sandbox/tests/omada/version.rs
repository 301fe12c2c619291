use reqwest::Method;
use serde_json::json;

use crate::caller::Caller;

#[tokio::test]
async fn the_controller_introduces_itself_to_anybody() {
    let mut caller = Caller::start().await;
    caller.authorization = None;
    for version in ["6.0.0", "5.15.24.19"] {
        caller.omada().set_controller_version(version);
        let answer = caller.send(Method::GET, "/api/info", None).await;
        assert_eq!(answer.message(), "Success.");
        let expected = json!({
            "controllerVer": version,
            "apiVer": "3",
            "configured": true,
            "type": 1,
            "supportApp": true,
            "omadacId": caller.omada().omadac_id(),
        });
        assert_eq!(*answer.result(), expected);
    }
    caller.send(Method::POST, "/api/info", None).await.assert_refused(-1600, "");
}

#[tokio::test]
async fn eight_calls_came_with_version_six() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[]).await;
    let statistics = "vouchers/statistics";
    let query = "filters.timeStart=1&filters.timeEnd=1&page=1&pageSize=1";
    let calls = [
        (Method::PATCH, format!("voucher-groups/{group_id}/pattern")),
        (Method::POST, "files/voucher/logos".to_owned()),
        (Method::GET, "files/voucher/logos/x".to_owned()),
        (Method::GET, "voucher-group-options?page=1&pageSize=1".to_owned()),
        (Method::GET, format!("{statistics}/summary/voucher-groups/{group_id}")),
        (Method::GET, format!("{statistics}/history/voucher-groups/{group_id}?{query}")),
        (Method::GET, format!("{statistics}/history/distribution/unit-price/voucher-groups/{group_id}?{query}")),
        (Method::GET, format!("{statistics}/history/distribution/duration/voucher-groups/{group_id}?{query}")),
    ];
    let versions = [("5.15.24.19", false), ("6", true), ("5", false), ("10.1", true), ("x", false), ("6.2.0.1", true)];
    for (version, has_them) in versions {
        caller.omada().set_controller_version(version);
        for (method, path) in &calls {
            let answer = caller.send(method.clone(), &caller.hotspot(path), Some("{}".to_owned())).await;
            let is_known = answer.body["errorCode"] != -1600;
            assert_eq!(is_known, has_them, "{version} {path}");
        }
        caller.get("voucher-groups?page=1&pageSize=1").await.result();
    }
}
