//! Addresses as people paste them: from other clients, from the API's own pages, and from a browser.

use std::fmt::Write;

use hotspot_vouchers::{blocking, omada, unifi};
use hotspot_vouchers_sandbox::{Canned, Fault, Target};

use crate::support::{World, once};

/// The path of the version, behind the root of the API.
const INFO: &str = "/v1/info";

fn unifi(url: &str, key: &str) -> Result<unifi::Client, unifi::Error> {
    unifi::Client::builder(url).api_key(key).connection(once()).build()
}

/// What can be behind the address of a console that means the root of its API.
const BEHIND: [&str; 19] = [
    "",
    "/",
    "///",
    "/proxy/network",
    "/proxy/network/",
    "/proxy/network/integration",
    "/proxy/network/integration/",
    "/proxy/network/integration//",
    "/proxy/network/integration/v1",
    "/proxy/network/integration/v1/",
    "/proxy/network/integration/v1/sites",
    "/proxy/network/integration/v1/sites/88f7af54-98f8-306a-a1c7-c9349722b1f6/hotspot/vouchers/",
    "//proxy//network//integration//v1//",
    "/Proxy/Network/Integration/V1",
    "/proxy/network/api/s/default/stat/voucher",
    "/proxy/network/v2/api/site/default",
    "/v1",
    "/v1/sites/",
    "/x/../proxy/./network",
];

#[tokio::test]
async fn every_form_of_an_address_means_the_same_root() {
    let world = World::start().await;
    let console = world.sandbox.unifi();
    for behind in BEHIND {
        for url in [console.url().to_owned(), console.url().replace("http", "HTTP"), format!(" {}", console.url())] {
            let client = unifi(&format!("{url}{behind}\n"), console.api_key()).expect("an address");
            client.info().await.unwrap_or_else(|error| panic!("{behind}: {error}"));
        }
    }
    let paths = console.received().into_iter().map(|call| call.path).collect::<Vec<_>>();
    assert!(paths.iter().all(|path| *path == format!("/proxy/network/integration{INFO}")), "{paths:?}");

    console.clear_received();
    let connector = format!("{}//v1/connector/consoles/{}", console.cloud_url(), console.console_id());
    for behind in BEHIND {
        let client = unifi(&format!("{connector}{behind}"), console.cloud_api_key()).expect("an address");
        client.info().await.unwrap_or_else(|error| panic!("{connector}{behind}: {error}"));
    }
    // The connector has the API at a second root, which is used as given.
    let other = unifi(&format!("{connector}/network/integration/v1/"), console.cloud_api_key()).expect("an address");
    other.info().await.expect("the version");
    for behind in ["", "/", "/v1", "/v1/hosts/", "/v1/connector/consoles/an-id/proxy/network/integration/v1"] {
        let url = format!("{}{behind}", console.cloud_url());
        let cloud = unifi::Cloud::builder().url(url).api_key(console.cloud_api_key()).build().expect("an account");
        cloud.console_page(None).await.unwrap_or_else(|error| panic!("{behind}: {error}"));
        cloud.console(console.console_id()).expect("an id").info().await.expect("the version");
    }
}

#[tokio::test]
async fn an_address_that_names_the_root_is_used_as_given() {
    let world = World::start().await;
    let console = world.sandbox.unifi();
    for (behind, root) in [
        ("/integration", "/integration"),
        ("/integration/", "/integration"),
        ("/integration/v1", "/integration"),
        ("//integration/v1/sites/", "/integration"),
        ("/gateway/integration/v1", "/gateway/integration"),
        ("/integration/unifi/integration/v1", "/integration/unifi/integration"),
        ("/gateway/proxy/network/integration/v1", "/gateway/proxy/network/integration"),
        ("/gateway", "/gateway/proxy/network/integration"),
        ("/network/proxy/network/integration", "/network/proxy/network/integration"),
    ] {
        console.clear_received();
        console.answer_next(Canned::status(200).json(serde_json::json!({"applicationVersion": "10.1.68"})));
        let client = unifi(&format!("{}{behind}", console.url()), console.api_key()).expect("an address");
        client.info().await.expect("the version");
        assert_eq!(console.received()[0].path, format!("{root}{INFO}"), "{behind}");
    }
}

#[tokio::test]
async fn omada_takes_the_address_out_of_its_api() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    for behind in ["", "/", "//", "/openapi", "/openapi/v1/", "/OpenAPI/v1/sites", "/api/info"] {
        let client = omada::Client::builder(format!("{}{behind}", omada.url())).omadac_id(omada.omadac_id());
        let client = client.client_credentials(omada.client_id(), omada.client_secret()).build().expect("a client");
        client.controller_info().await.unwrap_or_else(|error| panic!("{behind}: {error}"));
    }
    for region in [omada::Endpoint::UnitedStates, omada::Endpoint::Europe, omada::Endpoint::AsiaPacific] {
        for url in [region.url().to_uppercase(), format!("{}//", region.url()), format!(" {}/openapi/v1", region.url())]
        {
            assert_eq!(omada::Endpoint::from(url), region);
        }
    }
}

#[test]
fn an_address_of_a_browser_is_refused_with_the_expected_form() {
    let mut messages = String::new();
    for behind in [
        "/network/default/dashboard",
        "/network/default/hotspot/vouchers",
        "/login",
        "/login?redirect=%2Fnetwork%2Fdefault",
        "/manage/account/login",
        "/manage/site/default/dashboard",
        "/unifi-os/settings",
        "/unifi-api/network",
        "/guest/s/default/",
        "/api/s/default/stat/voucher",
        "/api/auth/login",
        "/#/dashboard",
        "/network/#token=hunter2",
        "/setup/configure/controller-name",
    ] {
        let url = format!("https://192.168.1.1{behind}");
        let error = unifi(&url, "key").expect_err(&url).to_string();
        writeln!(messages, "{error}").expect("text");
    }
    for url in [
        "https://unifi.ui.com/consoles/0A1B:123/network/default/dashboard",
        "https://unifi.ui.com",
        "https://api.ui.com",
        "https://api.ui.com/v1/hosts",
        "https://api.ui.com/v1/connector/consoles/",
        "http://192.168.1.1:8080/inform",
        "https://admin:hunter2@192.168.1.1/login",
    ] {
        let error = unifi(url, "key").expect_err(url).to_string();
        writeln!(messages, "{error}").expect("text");
    }
    let cloud = unifi::Cloud::builder().url("https://unifi.ui.com/consoles").api_key("key").build();
    writeln!(messages, "{}", cloud.expect_err("a page")).expect("text");
    for behind in [
        "/login",
        "/login#dashboard",
        "/66f0c0ffee66f0c0ffee66f066f0c0ff/login",
        "/66f0c0ffee66f0c0ffee66f066f0c0ff",
        "/66F0C0FFEE66F0C0FFEE66F066F0C0FF/#dashboard",
        "/#dashboard",
        "/#/sites/hotspot?token=hunter2",
        "/index.html",
        "/doc.html#/home",
        "/?code=hunter2",
    ] {
        let url = format!("https://192.168.1.1:8043{behind}");
        let builder = omada::Client::builder(url.as_str()).omadac_id("id").client_credentials("id", "secret");
        let shown = format!("{builder:?} {:?}", unifi::Client::builder(url.as_str()));
        assert!(!shown.contains("hunter2"), "{shown}");
        writeln!(messages, "{}", builder.build().expect_err(&url)).expect("text");
    }
    let blocking = blocking::unifi::Client::builder("https://192.168.1.1/login").api_key("key");
    assert!(blocking.build().is_err_and(|error| error.is_invalid()));
    assert!(!messages.contains("hunter2"), "{messages}");
    insta::assert_snapshot!("addresses_of_a_browser", messages);
}

/// What cannot be told from the address is told by the first response.
#[tokio::test]
async fn a_page_at_the_address_is_told_with_the_requested_url() {
    let world = World::start().await;
    let (console, controller) = (world.sandbox.unifi(), world.sandbox.omada());
    let secret = "0123456789";
    let mut messages = String::new();
    for (name, page) in [
        ("page", Canned::status(200).text("text/html", "<title>UniFi OS</title>")),
        ("none", Canned::status(404).text("text/html", "<title>Not Found</title>")),
        ("empty", Canned::status(200)),
        ("relative", Canned::status(302).header("Location", "/login?redirect=%2F0123456789")),
        (
            "elsewhere",
            Canned::status(307)
                .header("Location", "https://a:0123456789@sso.example/12345-67890?to=0123456789#0123456789"),
        ),
        ("nowhere", Canned::status(301)),
        ("no address", Canned::status(308).header("Location", "http://[")),
        ("script", Canned::status(303).header("Location", "javascript:0123456789")),
        ("long", Canned::status(302).header("Location", &format!("https://sso.example/{}", "x/".repeat(4000)))),
    ] {
        console.answer_next(page.clone());
        let error = world.unifi_site().voucher_by_code(secret).await.expect_err("no response of the API");
        writeln!(messages, "{name}: {}", world.shown(&error)).expect("text");
        controller.answer_next(page);
        let error = world.omada.controller_info().await.expect_err("no response of the API");
        writeln!(messages, "{name}: {}", world.shown(&error)).expect("text");
    }
    assert!(!messages.contains(secret), "{messages}");
    let messages = messages.replace(console.url(), "UNIFI").replace(controller.url(), "OMADA");
    insta::assert_snapshot!("pages_at_the_address", messages);

    console.faults().next(Fault::Redirect { status: 302, to: Target::OtherHost });
    let error = world.unifi.info().await.expect_err("a redirect").to_string();
    assert!(error.contains(world.sandbox.elsewhere().url()), "{error}");
}
