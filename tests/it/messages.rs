//! Every kind of message, word for word.

use std::fmt::Write;
use std::time::Duration;

use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::{Error, blocking, omada, unifi};
use hotspot_vouchers_sandbox::{Canned, Fault, Moment};
use serde_json::json;

use crate::support::{World, group, once, vouchers};

#[test]
fn clients_that_are_set_up_wrong() {
    let mut messages = String::new();
    for url in [
        "",
        "omada.example",
        "ftp://omada.example",
        "https://",
        "https://user:hunter2@omada.example",
        "https://omada.example/?x=1",
        "https://omada.example/#top",
    ] {
        let builder = omada::Client::builder(url).omadac_id("id").client_credentials("id", "secret");
        let others = (
            unifi::Client::builder(url),
            unifi::Cloud::builder().url(url),
            blocking::omada::Client::builder(url),
            blocking::unifi::Client::builder(url),
            blocking::unifi::Cloud::builder().url(url),
        );
        let shown = format!("{builder:?} {others:?} {others:#?}");
        assert!(
            !shown.contains("hunter2") && shown.contains("omada.example") == url.contains("omada.example"),
            "{shown}"
        );
        let error = builder.build().expect_err("a bad address");
        assert!(!error.to_string().contains("hunter2") && !format!("{error:?}").contains("hunter2"));
        writeln!(messages, "{url:?}: {error}").expect("text");
    }
    let url = "https://omada.example:8043";
    let builders = [
        omada::Client::builder(url).omadac_id("id"),
        omada::Client::builder(url).omadac_id("").client_credentials("id", "secret"),
        omada::Client::builder(url).omadac_id("id").client_credentials("", "secret"),
        omada::Client::builder(url).omadac_id("id").client_credentials("id", ""),
        omada::Client::builder(url).omadac_id("id").client_credentials("id", "hunter2\n"),
        // Whatever is wrong is told at once.
        omada::Client::builder("192.168.1.1:8043"),
        omada::Client::builder("").omadac_id("../..").client_credentials("", "\n").user(" ", "hunter2\0"),
    ];
    for builder in builders {
        assert!(!format!("{builder:?}").contains("hunter2"));
        let error = builder.build().expect_err("a client that is set up wrong");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        writeln!(messages, "omada: {error}").expect("text");
    }
    for builder in [unifi::Client::builder(url), unifi::Client::builder(url).api_key(" "), unifi::Client::builder("")] {
        writeln!(messages, "unifi: {}", builder.build().expect_err("a client that is set up wrong")).expect("text");
    }
    for builder in [unifi::Cloud::builder(), unifi::Cloud::builder().url("api.ui.com").api_key("hunter2\n")] {
        writeln!(messages, "cloud: {}", builder.build().expect_err("an account that is set up wrong")).expect("text");
    }
    writeln!(messages, "cloud: {}", unifi::Cloud::builder().url("").build().expect_err("both")).expect("text");
    insta::assert_snapshot!("wrong_clients", messages);
}

#[tokio::test]
async fn controllers_that_do_not_answer() {
    let mut messages = String::new();
    let world = World::start().await;
    world.sandbox.omada().door().close().await;
    world.sandbox.unifi().door().close().await;
    let error = world.omada_site().create_voucher_group(&group("refused")).await.expect_err("nobody listens");
    assert!(error.is_retryable());
    let values = ["client_credentials", "hunter2"];
    assert!(!values.iter().any(|value| format!("{error:?}").contains(value)), "values may be secrets: {error:?}");
    writeln!(messages, "omada: {}", world.shown(&error)).expect("text");
    let error = world.unifi_site().create_vouchers(&vouchers("refused")).await.expect_err("nobody listens");
    assert!(error.is_retryable());
    writeln!(messages, "unifi: {}", world.shown(&error)).expect("text");

    // The system accepts the connection, and nobody ever reads from it.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", silent.local_addr().expect("an address"));
    let impatient = once().timeout(Duration::from_millis(100));
    let client = omada::Client::builder(url.as_str()).omadac_id("id").client_credentials("id", "secret");
    let client = client.connection(impatient.clone()).build().expect("a client");
    let site = client.site("site").expect("an id");
    let error = site.create_voucher_group(&group("late")).await.expect_err("no answer");
    assert!(error.is_retryable(), "only the sign-in was sent");
    writeln!(messages, "omada: {}", error.to_string().replace(&url, "SILENT")).expect("text");

    let client = unifi::Client::builder(url.as_str()).api_key("key").connection(impatient).build().expect("a client");
    let error = client.site(unifi::Uuid::from_u128(1)).create_vouchers(&vouchers("late")).await.expect_err("no answer");
    assert!(!error.is_retryable(), "the vouchers may exist");
    let Error::Unclear(unclear) = &error else { panic!("{error:?}") };
    assert!(matches!(&unclear.cause, Error::Transport(transport) if transport.is_timeout()));
    let since = format!("{:.0}", unclear.since);
    writeln!(messages, "unifi: {}", error.to_string().replace(&since, "THEN")).expect("text");
    writeln!(messages, "    because: {}", unclear.cause.to_string().replace(&url, "SILENT")).expect("text");
    insta::assert_snapshot!("no_answers", messages);
}

/// What is told of a change that was made perhaps, and would be made twice.
#[tokio::test]
async fn advice_on_repeats() {
    let faults = [
        ("502 from a proxy", Canned::status(502).text("text/html", "<title>502 Bad Gateway</title>")),
        ("half a document", Canned::status(200).body("{\"errorCode\": 0, \"result\"")),
        ("another shape", Canned::status(200).json(json!({"errorCode": 0, "result": 7}))),
        ("no verdict", Canned::status(200).json(json!({"result": {}}))),
        ("an elsewhere", Canned::status(302)),
        ("a page that is gone", Canned::status(404).text("text/html", "<title>Not Found</title>")),
        ("a failure", Canned::status(200).json(json!({"errorCode": -1, "msg": "Failed."}))),
        ("a failing front", Canned::status(503).json(json!({"message": "Starting."}))),
    ];
    let world = World::start().await;
    let (site, console) = (world.omada_site(), world.unifi_site());
    site.voucher_summary().await.expect("the sign-in, which is not scripted");
    let record = omada::AuthedRecordId::new("0123456789abcdef01234567").expect("an id");
    let voucher = omada::VoucherId::new("0123456789abcdef01234567").expect("an id");
    let profile = omada::CreateRateLimitProfile::builder().name("Guests").rate_limit_kbps(Some(5000), None).build();
    let guest = unifi::ClientAction::builder().action(unifi::ClientActionName::AuthorizeGuestAccess).build();
    let id = unifi::Uuid::from_u128(1);
    let lost = || Fault::Reset(Moment::AfterCommit);
    let mut messages = String::new();
    for (name, fault) in faults.iter().map(|(name, fault)| (*name, Some(fault))).chain([("no answer", None)]) {
        let strike = || match fault {
            Some(fault) => {
                world.sandbox.omada().answer_next(fault.clone());
                world.sandbox.unifi().answer_next(fault.clone());
            }
            None => {
                world.sandbox.omada().faults().next(lost());
                world.sandbox.unifi().faults().next(lost());
            }
        };
        writeln!(messages, "{name}").expect("text");
        strike();
        tell(&mut messages, &world, site.extend_authed_record(&record, Duration::from_secs(600)).await);
        tell(&mut messages, &world, console.execute_client_action(id, &guest).await);
        strike();
        tell(&mut messages, &world, site.create_rate_limit_profile(&profile).await);
        tell(&mut messages, &world, console.delete_voucher(id).await);
        strike();
        tell(&mut messages, &world, site.delete_voucher(&voucher).await);
        tell(&mut messages, &world, console.voucher(id).await);
    }
    insta::assert_snapshot!("advice_on_repeats", messages);
}

fn tell<T, A: Refusal>(messages: &mut String, world: &World, outcome: Result<T, Error<A>>) {
    let Err(error) = outcome else { return };
    writeln!(messages, "    unclear {}: {}", error.is_unclear(), world.shown(&error)).expect("text");
}

#[tokio::test]
async fn omada_refusals() {
    let mut messages = String::new();
    for code in omada::ErrorCode::DOCUMENTED.iter().chain(&[omada::ErrorCode::from(-4)]) {
        let world = World::start().await;
        // A refused token is replaced once, so its refusal has to come twice.
        for _ in 0..2 {
            let body = json!({"errorCode": code.value(), "msg": "In the vendor's words."});
            world.sandbox.omada().answer_next(Canned::status(200).json(body));
        }
        let error = world.omada_site().create_voucher_group(&group("refused")).await.expect_err("a refusal");
        let error = match error {
            Error::Unclear(unclear) => unclear.cause,
            error => error,
        };
        let (class, retryable) = (code.class(), error.is_retryable());
        writeln!(messages, "{code:?}, {class:?}, retryable {retryable}: {}", world.shown(&error)).expect("text");
    }
    insta::assert_snapshot!("omada_refusals", messages);
}
