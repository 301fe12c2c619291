//! Where controllers are, and how they are found.

use std::fmt::Write;

use hotspot_vouchers::omada::{Client, Endpoint, SiteListQuery};
use hotspot_vouchers_sandbox::Canned;
use serde_json::json;

use crate::support::World;

#[test]
fn the_cloud_has_three_regions() {
    let mut urls = String::new();
    for endpoint in [Endpoint::UnitedStates, Endpoint::Europe, Endpoint::AsiaPacific, "https://10.0.0.1".into()] {
        writeln!(urls, "{endpoint:?}: {}", endpoint.url()).expect("text");
        Client::builder(endpoint).omadac_id("id").client_credentials("id", "secret").build().expect("a client");
    }
    insta::assert_snapshot!(urls, @r#"
    UnitedStates: https://use1-omada-northbound.tplinkcloud.com
    Europe: https://euw1-omada-northbound.tplinkcloud.com
    AsiaPacific: https://aps1-omada-northbound.tplinkcloud.com
    Local("https://10.0.0.1"): https://10.0.0.1
    "#);
}

#[tokio::test]
async fn a_local_controller_tells_its_id() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let builder = || Client::builder(omada.url()).client_credentials(omada.client_id(), omada.client_secret());
    let client = builder().connect().await.expect("a client");
    assert_eq!(client.omadac_id().as_str(), omada.omadac_id());
    let calls = (0..10).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.site_page(&SiteListQuery::full_pages().build()).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("no panic").expect("the sites");
    }
    let paths: Vec<String> = omada.received().into_iter().map(|call| call.path).collect();
    assert_eq!(paths.iter().filter(|path| path.as_str() == "/api/info").count(), 1);
    assert_eq!(omada.received()[0].header("authorization"), None);

    // What is known is not asked for.
    omada.clear_received();
    world.omada_builder().connect().await.expect("a client");
    assert!(omada.received().is_empty());
}

#[tokio::test]
async fn an_id_that_nobody_tells_is_missing() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let local = || Client::builder(omada.url()).client_credentials(omada.client_id(), omada.client_secret());
    let mut messages = String::new();
    let error = local().build().expect_err("no id");
    writeln!(messages, "build: {}", world.shown(&error)).expect("text");
    let cloud = Client::builder(Endpoint::Europe).client_credentials("id", "secret");
    writeln!(messages, "cloud: {}", world.shown(&cloud.connect().await.expect_err("no id"))).expect("text");
    for (name, answer) in [
        ("no id", Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": {"controllerVer": "5"}}))),
        ("empty", Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": {"omadacId": ""}}))),
        ("bad id", Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": {"omadacId": ".."}}))),
        ("refused", Canned::status(200).json(json!({"errorCode": -1600, "msg": "Unsupported request path."}))),
        ("no page", Canned::status(404).header("Content-Type", "text/html").body("<title>Not Found</title>")),
    ] {
        omada.answer_next(answer);
        let error = local().connect().await.expect_err("no id");
        writeln!(messages, "{name}: {}", world.shown(&error)).expect("text");
    }
    insta::assert_snapshot!("omadac_ids_that_nobody_tells", messages);
}
