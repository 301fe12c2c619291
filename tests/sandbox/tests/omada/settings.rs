use reqwest::Method;
use serde_json::json;

use crate::caller::Caller;

#[tokio::test]
async fn a_group_has_a_limit() {
    let caller = Caller::start().await;
    assert_eq!(*caller.get("voucher-groups/config-limit").await.result(), json!([{"amountLimit": 5000}]));
}

#[tokio::test]
async fn a_site_chooses_one_of_the_currencies() {
    let caller = Caller::start().await;
    let path = "voucher-groups/currency-list";
    let list = caller.get(path).await.result().clone();
    assert_eq!((list["currencyList"].as_array().map(Vec::len), list.get("selectedCurrency")), (Some(41), None));
    let table = [
        (json!({"currency": "EUR"}), 0, "", "EUR"),
        (json!({"currency": "KES"}), -42060, "", "EUR"),
        (json!({"currency": 5}), -1001, "currency", "EUR"),
        (json!({"currency": null}), 0, "", "EUR"),
        (json!({}), 0, "", "EUR"),
        (json!({"currency": "JPY"}), 0, "", "JPY"),
    ];
    for (setting, code, name, selected) in table {
        let answer = caller.send_json(Method::PATCH, "setting", &setting).await;
        match code {
            0 => answer.assert_done(),
            _ => answer.assert_refused(code, name),
        }
        assert_eq!(caller.get(path).await.result()["selectedCurrency"], selected, "{setting}");
    }
    caller.get("setting").await.assert_refused(-1600, "");
}

#[tokio::test]
async fn an_export_is_taken_and_sends_no_file() {
    let caller = Caller::start().await;
    let path = |site_id: &str| {
        format!("/openapi/v1/{}/files/hotspot/sites/{site_id}/vouchers/export", caller.omada().omadac_id())
    };
    let site = path(caller.omada().site_id());
    let table = [
        (json!({"format": 0, "type": 0}), ""),
        (json!({"format": 1, "type": 1, "groupIds": ["a"]}), ""),
        (json!({"format": 0, "type": 0, "queryData": {"page": 1, "pageSize": 1000, "sorts": {}, "filters": {}}}), ""),
        (json!({"type": 0}), "format"),
        (json!({"format": 2, "type": 0}), "format"),
        (json!({"format": 0}), "type"),
        (json!({"format": 0, "type": 0, "groupIds": []}), "groupIds"),
        (json!({"format": 0, "type": 2}), "groupIds"),
        (json!({"format": 0, "type": 0, "queryData": {"pageSize": 1}}), "queryData.page"),
        (json!({"format": 0, "type": 0, "queryData": {"page": 0, "pageSize": 1}}), "queryData.page"),
        (json!({"format": 0, "type": 0, "queryData": {"page": 1, "pageSize": 1001}}), "queryData.pageSize"),
        (json!({"format": 0, "type": 0, "queryData": {"page": 1, "pageSize": 1, "sorts": []}}), "queryData.sorts"),
    ];
    for (body, name) in table {
        let answer = caller.send(Method::POST, &site, Some(body.to_string())).await;
        match name {
            "" => answer.assert_done(),
            _ => answer.assert_refused(-1001, name),
        }
    }
    caller.send(Method::POST, &path("wrong"), Some("{}".to_owned())).await.assert_refused(-33000, "");
    caller.omada().set_site_busy(true);
    caller.send(Method::POST, &site, Some("{}".to_owned())).await.assert_refused(-33004, "");
}
