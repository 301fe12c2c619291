use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Answer, Caller, column};

const LOGOS: &str = "files/voucher/logos";

/// One part of a form, with its headers.
fn part(head: &str, content: &str) -> String {
    format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
}

fn data(content: &Value) -> String {
    part("name=\"data\"\r\nContent-Type: application/json", &content.to_string())
}

async fn upload(caller: &Caller, parts: &[String]) -> Answer {
    let body = format!("{}--edge--\r\n", parts.concat()).into_bytes();
    let kind = [("Content-Type", "multipart/form-data; boundary=edge")];
    caller.send_with(Method::POST, &caller.hotspot(LOGOS), &kind, body).await
}

#[tokio::test]
async fn a_logo_is_uploaded_once_and_found_by_its_digest() {
    let caller = Caller::start().await;
    let file = part("name=\"file\"; filename=\"logo.png\"\r\nContent-Type: image/png", "\u{1}\r\n--edg\r\n");
    let digest = json!({"fileName": "named.png", "md5": "d41d8c"});
    let first = upload(&caller, &[file.clone(), data(&digest)]).await.result().clone();
    assert_eq!((first["fileName"].as_str(), first["id"].as_str().map(str::len)), (Some("named.png"), Some(24)));
    assert!(first["url"].is_string());
    let same = upload(&caller, &[data(&json!({"md5": "d41d8c"}))]).await;
    assert_eq!(*same.result(), first);
    let alone = upload(&caller, &[file.clone(), data(&json!({}))]).await.result().clone();
    assert_eq!(alone["fileName"], "logo.png");
    assert_ne!(alone["id"], first["id"]);
    let read = caller.get(&format!("{LOGOS}/{}", first["id"].as_str().expect("an id"))).await;
    assert_eq!(*read.result(), first);
    caller.get(&format!("{LOGOS}/unknown")).await.assert_refused(-42069, "");
}

#[tokio::test]
async fn an_upload_needs_a_file_or_a_digest() {
    let caller = Caller::start().await;
    let empty = part("name=\"file\"; filename=\"logo.png\"", "");
    for (parts, name) in [
        (vec![data(&json!({}))], "file"),
        (vec![empty, data(&json!({"fileName": "a"}))], "file"),
        (vec![data(&json!({"md5": "unknown"}))], "md5"),
        (vec![data(&json!({"md5": 5}))], "md5"),
    ] {
        upload(&caller, &parts).await.assert_refused(-1001, name);
    }
    let file = part("name=\"file\"", "bytes");
    // The page requires the part `data`, whatever else there is.
    let other = part("name=\"Data\"\r\nContent-Type: application/json", "{}");
    for parts in [vec![], vec![file.clone()], vec![file.clone(), other]] {
        upload(&caller, &parts).await.assert_bad_request(&caller.hotspot(LOGOS));
    }
    let plain = part("name=\"data\"", "{}");
    upload(&caller, &[file.clone(), plain]).await.assert_bad_request(&caller.hotspot(LOGOS));
    let path = caller.hotspot(LOGOS);
    let kinds = ["application/json", "multipart/form-data", "multipart/form-data; boundary=other"];
    for (kind, body) in kinds.map(|kind| (kind, format!("{file}--edge--"))) {
        let answer = caller.send_with(Method::POST, &path, &[("Content-Type", kind)], body.into_bytes()).await;
        answer.assert_bad_request(&path);
    }
    let kind = [("Content-Type", "multipart/form-data; boundary=edge")];
    caller.send_with(Method::POST, &path, &kind, file.into_bytes()).await.assert_bad_request(&path);
}

#[tokio::test]
async fn an_edited_pattern_is_shown_everywhere() {
    let caller = Caller::start().await;
    let group_id = caller.create(&[("printComments", json!("Old"))]).await;
    let logo = upload(&caller, &[part("name=\"file\"", "bytes"), data(&json!({}))]).await.result().clone();
    let (ssid, network) = (&caller.omada().ssid_ids()[1], &caller.omada().network_ids()[0]);
    assert_eq!(caller.detail(&group_id, "").await.get("voucherPattern"), None);
    let path = format!("voucher-groups/{group_id}/pattern");
    let edit = json!({
        "durationEnable": true,
        "limitEnable": false,
        "logoPictureId": logo["id"],
        "logoSize": 100,
        "networkList": [network],
        "patternType": 0,
        "position": 1,
        "printComments": "New",
        "ssidList": [ssid],
        "ssidNetworkenable": true,
        "title": "Welcome",
        "titleSize": 12,
    });
    caller.send_json(Method::PATCH, &path, &edit).await.assert_done();
    caller.send_json(Method::PATCH, &path, &json!({"patternType": 2, "titleSize": null})).await.assert_done();
    let detail = caller.detail(&group_id, "").await;
    let expected = json!({
        "durationEnable": true,
        "limitEnable": false,
        "logoPicture": logo,
        "logoSize": 100,
        "networkList": [network],
        "patternType": 2,
        "position": 1,
        "printComments": "New",
        "ssidList": [ssid],
        "ssidNetworkEnable": true,
        "ssidNetworkNameList": ["SSID 2", "Network 1"],
        "title": "Welcome",
        "titleSize": 12,
    });
    assert_eq!(detail["voucherPattern"], expected);
    let printed = [
        ("logoSize", json!(100)),
        ("networkNameList", json!(["Network 1"])),
        ("picId", logo["id"].clone()),
        ("position", json!(1)),
        ("printComments", json!("New")),
        ("ssidNameList", json!(["SSID 2"])),
        ("title", json!("Welcome")),
        ("titleSize", json!(12)),
    ];
    let id = column(&detail, "id").remove(0);
    let voucher = caller.get(&format!("vouchers/{}", id.as_str().expect("an id"))).await.result().clone();
    let brief = caller.get(&format!("voucher-groups/{group_id}/print-unused")).await.result()[0].clone();
    for (name, value) in printed {
        assert_eq!((&voucher[name], &brief[name]), (&value, &value), "{name}");
    }
    assert_eq!((voucher.get("patternType"), &brief["patternType"]), (None, &json!(3)));
    caller.send_json(Method::PATCH, &path, &json!({"ssidNetworkenable": false, "patternType": 1})).await.assert_done();
    let brief = caller.get(&format!("voucher-groups/{group_id}/print-unused")).await.result()[0].clone();
    assert_eq!((brief.get("ssidNameList"), &brief["patternType"]), (None, &json!(1)));
}

#[tokio::test]
async fn refuses_a_wrong_pattern() {
    let caller = Caller::start().await;
    let bound = [("applyToAllPortals", json!(false)), ("portals", json!([caller.omada().portal_ids()[0]]))];
    let group_id = caller.create(&bound).await;
    let (ssids, networks) = (caller.omada().ssid_ids(), caller.omada().network_ids());
    let table = [
        (json!({}), 0, ""),
        (json!({"ssidList": [ssids[0]], "networkList": [networks[0]]}), 0, ""),
        (json!({"ssidList": ["unknown"]}), -34338, ""),
        (json!({"networkList": [ssids[0]]}), -34340, ""),
        (json!({"ssidList": [ssids[1]]}), -42068, ""),
        (json!({"networkList": [networks[0], networks[1]]}), -42068, ""),
        (json!({"logoPictureId": "unknown"}), -42069, ""),
        (json!({"logoSize": 50, "titleSize": 12}), 0, ""),
        (json!({"logoSize": 175, "titleSize": 18}), 0, ""),
        (json!({"logoSize": 49}), -1001, "logoSize"),
        (json!({"logoSize": 176}), -1001, "logoSize"),
        (json!({"titleSize": 11}), -1001, "titleSize"),
        (json!({"titleSize": 19}), -1001, "titleSize"),
        (json!({"patternType": 3}), -1001, "patternType"),
        (json!({"position": 3}), -1001, "position"),
        (json!({"ssidNetworkenable": 1}), -1001, "ssidNetworkenable"),
        // The capital is for answers only, and an unknown field is ignored.
        (json!({"ssidNetworkEnable": 1}), 0, ""),
    ];
    for (edit, code, name) in table {
        let answer = caller.send_json(Method::PATCH, &format!("voucher-groups/{group_id}/pattern"), &edit).await;
        match code {
            0 => answer.assert_done(),
            _ => answer.assert_refused(code, name),
        }
    }
    caller.send_json(Method::PATCH, "voucher-groups/x/pattern", &json!({})).await.assert_refused(-1001, "groupId");
}
