//! A client that finds out which of its two roots the API has.

use std::fmt::Write;

use hotspot_vouchers::{Connection, Error, blocking, unifi};
use hotspot_vouchers_sandbox::{Canned, Sandbox};
use serde_json::json;

use crate::support::World;

fn builder(world: &World) -> unifi::ClientBuilder {
    unifi::Client::builder(world.sandbox.unifi().url()).api_key(world.sandbox.unifi().api_key())
}

fn version() -> Canned {
    Canned::status(200).json(json!({"applicationVersion": "10.1.68"}))
}

fn refused() -> Canned {
    Canned::status(401).json(json!({"error": {"code": 401, "message": "Unauthorized"}}))
}

fn page(status: u16) -> Canned {
    Canned::status(status).text("text/html", "<title>UniFi</title>")
}

fn no_endpoint() -> Canned {
    let message = "No endpoint GET /v1/info.";
    Canned::status(404).json(json!({"statusCode": 404, "statusName": "NOT_FOUND", "message": message}))
}

const ROOTS: [&str; 2] = ["/proxy/network/integration", "/integration"];

#[tokio::test]
async fn the_root_that_responds_as_the_api_is_kept() {
    let world = World::start().await;
    let console = world.sandbox.unifi();
    for (name, answers, kept) in [
        ("console", vec![version()], 0),
        ("application, pages elsewhere", vec![page(200), version()], 1),
        ("application, redirects elsewhere", vec![Canned::status(302).header("Location", "/manage"), version()], 1),
        ("application, nothing elsewhere", vec![page(404), version()], 1),
        ("application, no such operation elsewhere", vec![no_endpoint(), version()], 1),
        ("application, keys are refused elsewhere", vec![refused(), version()], 1),
        ("console, wrong key", vec![refused(), page(404)], 0),
        ("console, wrong key everywhere", vec![refused(), refused()], 0),
        ("application, wrong key", vec![page(200), refused()], 1),
        (
            "console, busy",
            vec![
                Canned::status(429).json(json!({"code": "api.rate-limit.exceeded", "message": "Too many."})),
                page(404),
            ],
            0,
        ),
    ] {
        console.clear_received();
        let sent = answers.len();
        answers.into_iter().for_each(|answer| console.answer_next(answer));
        // However often calls are tried, each root is requested once.
        let client = builder(&world).connect().await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let paths = |received: Vec<hotspot_vouchers_sandbox::Received>| {
            received.into_iter().map(|call| call.path).collect::<Vec<_>>()
        };
        let probed = ROOTS[..sent].iter().map(|root| format!("{root}/v1/info")).collect::<Vec<_>>();
        assert_eq!(paths(console.received()), probed, "{name}");
        console.clear_received();
        console.answer_next(version());
        client.info().await.expect("the version");
        assert_eq!(paths(console.received()), [format!("{}/v1/info", ROOTS[kept])], "{name}");
    }
}

#[tokio::test]
async fn where_there_is_no_api_both_addresses_are_told() {
    let world = World::start().await;
    let console = world.sandbox.unifi();
    let mut messages = String::new();
    let elsewhere = world.sandbox.elsewhere().url().to_owned();
    for (name, answers) in [
        ("pages", [page(200), page(200)]),
        ("nothing", [page(404), no_endpoint()]),
        ("no operation", [no_endpoint(), page(404)]),
        ("redirects", [(); 2].map(|()| Canned::status(307).header("Location", &format!("{elsewhere}/login")))),
        ("starting", [page(503), page(503)]),
    ] {
        answers.into_iter().for_each(|answer| console.answer_next(answer));
        let error = builder(&world).connect().await.expect_err("no API");
        assert!(matches!(&error, Error::Unexpected(_)), "{name}: {error:?}");
        writeln!(messages, "{name}: {}", world.shown(&error)).expect("text");
    }
    assert!(world.sandbox.elsewhere().received().is_empty(), "the key went elsewhere");
    insta::assert_snapshot!("no_api", messages.replace(console.url(), "UNIFI").replace(&elsewhere, "ELSEWHERE"));
}

#[tokio::test]
async fn nothing_is_sent_where_nothing_is_unknown() {
    let world = World::start().await;
    let console = world.sandbox.unifi();
    for behind in ["/proxy/network", "/integration", "/proxy/network/integration/v1/"] {
        let client = unifi::Client::builder(format!("{}{behind}", console.url())).api_key(console.api_key());
        client.connect().await.expect("a client");
    }
    let connector = format!("{}/v1/connector/consoles/{}", console.cloud_url(), console.console_id());
    unifi::Client::builder(connector).api_key(console.cloud_api_key()).connect().await.expect("a client");
    // Plain HTTP shows the key.
    let open = unifi::Client::builder("http://192.168.1.1").api_key("key").connect().await;
    assert!(open.is_err_and(|error| error.is_invalid()));
    assert!(console.received().is_empty());

    console.door().close().await;
    let error = builder(&world).connection(Connection::new()).connect().await.expect_err("nobody listens");
    assert!(error.is_retryable() && error.to_string().contains("connection refused"), "{error}");
}

#[test]
fn it_works_without_async() {
    let sandbox = Sandbox::builder().start_without_async().expect("a sandbox");
    let client = blocking::unifi::Client::builder(sandbox.unifi().url()).api_key(sandbox.unifi().api_key());
    client.connect().expect("a client").info().expect("the version");
    assert_eq!(sandbox.unifi().received().len(), 2);
}
