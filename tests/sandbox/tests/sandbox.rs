//! The sandbox itself: its clock, its ports, its ids and its end.

use std::net::TcpStream;
use std::time::Duration;

use hotspot_vouchers_sandbox::{Identity, Sandbox};

fn is_open(url: &str) -> bool {
    TcpStream::connect(url.trim_start_matches("http://")).is_ok()
}

#[tokio::test]
async fn dropping_it_frees_both_ports() {
    let sandbox = Sandbox::start().await;
    let urls = [sandbox.omada().url(), sandbox.unifi().url()].map(str::to_owned);
    assert!(urls.iter().all(|url| is_open(url)));
    drop(sandbox);
    assert!(!urls.iter().any(|url| is_open(url)));
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let sandbox = Sandbox::start().await;
    let port = |url: &str| url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let omada = port(sandbox.omada().url());
    let unifi = port(sandbox.unifi().url());
    for (builder, port) in [
        (Sandbox::builder().omada_port(omada), omada),
        (Sandbox::builder().unifi_port(unifi), unifi),
        (Sandbox::builder().unifi_cloud_port(omada), omada),
        (Sandbox::builder().control_port(unifi), unifi),
    ] {
        let error = builder.start().await.expect_err("a taken port");
        assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
        let message = error.to_string();
        assert!(message.starts_with(&format!("cannot listen on 127.0.0.1:{port}: ")), "{message}");
    }
    drop(sandbox);
    let again = Sandbox::builder().omada_port(omada).unifi_port(unifi).start().await;
    let again = again.expect("the ports are free again");
    assert_eq!((port(again.omada().url()), port(again.unifi().url())), (omada, unifi));
}

#[test]
fn it_outlives_the_runtime_that_started_it() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let sandbox = runtime().block_on(Sandbox::start());
    let url = sandbox.unifi().url().to_owned();
    let status = runtime().block_on(async { reqwest::get(url).await.map(|answer| answer.status()) });
    assert_eq!(status.expect("an answer"), 401);
}

#[tokio::test]
async fn ids_and_keys_differ_between_sandboxes() {
    let (one, other) = (Sandbox::start().await, Sandbox::start().await);
    let secrets = |sandbox: &Sandbox| {
        let omada = sandbox.omada();
        let keys = [omada.omadac_id(), omada.client_id(), omada.client_secret(), sandbox.unifi().api_key()];
        assert!(keys.iter().all(|key| key.len() == 32));
        let portals = omada.portal_ids().iter().map(String::as_str);
        let ids: Vec<&str> = [omada.site_id(), omada.rate_limit_profile_id()].into_iter().chain(portals).collect();
        assert_eq!(ids.iter().map(|id| id.len()).collect::<Vec<_>>(), [24; 4]);
        keys.into_iter().chain(ids).map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, other) = (secrets(&one), secrets(&other));
    assert!(one.iter().all(|secret| !other.contains(secret)));
}

/// A value that fits each identity.
fn given(identity: Identity) -> String {
    let place = Identity::ALL.iter().position(|other| *other == identity).expect("one of all");
    match identity.name() {
        "omada-id" => "a1".repeat(16),
        "unifi-console" => format!("{}:1-{place}", "B2".repeat(20)),
        name if name.ends_with("key") || name.contains("client") => format!("it's \"{place}\""),
        "omada-username" | "omada-password" => "x".to_owned(),
        _ => format!("{place:024x}"),
    }
    .replace(' ', "")
}

#[tokio::test]
async fn every_id_and_key_can_be_given() {
    let builder = Identity::ALL.into_iter().try_fold(Sandbox::builder(), |builder, it| builder.fixed(it, given(it)));
    let builder = builder.expect("they all fit");
    assert!(!format!("{builder:?}").contains(&given(Identity::OmadaClientSecret)));
    let sandbox = builder.start().await.expect("a sandbox");
    let (omada, unifi) = (sandbox.omada(), sandbox.unifi());
    let shown = [
        omada.omadac_id(),
        omada.client_id(),
        omada.client_secret(),
        omada.username(),
        omada.password(),
        omada.site_id(),
        &omada.portal_ids()[0],
        &omada.portal_ids()[1],
        &omada.ssid_ids()[0],
        &omada.ssid_ids()[1],
        &omada.network_ids()[0],
        &omada.network_ids()[1],
        omada.rate_limit_profile_id(),
        unifi.api_key(),
        unifi.cloud_api_key(),
        unifi.console_id(),
    ];
    assert_eq!(shown, Identity::ALL.map(given).each_ref().map(String::as_str));
}

#[tokio::test]
async fn an_id_or_a_key_has_its_form() {
    for (identity, wrong) in [
        (Identity::OmadaId, "1".repeat(31)),
        (Identity::OmadaId, "g".repeat(32)),
        (Identity::OmadaSite, String::new()),
        (Identity::OmadaPortal2, "1".repeat(32)),
        (Identity::OmadaClientSecret, String::new()),
        (Identity::OmadaPassword, "two words".to_owned()),
        (Identity::UnifiApiKey, "caf\u{e9}".to_owned()),
        (Identity::UnifiApiKey, "line\n".to_owned()),
        (Identity::UnifiCloudApiKey, "x".repeat(129)),
        (Identity::UnifiConsole, "1".repeat(23)),
        (Identity::UnifiConsole, format!("{}/..", "1".repeat(24))),
    ] {
        let error = Sandbox::builder().fixed(identity, wrong.as_str()).expect_err(identity.name());
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
        let message = error.to_string();
        assert!(message.starts_with(&format!("{} is not ", identity.name())), "{message}");
        assert!(wrong.is_empty() || !message.contains(&wrong));
    }
    let same = [
        (Identity::UnifiApiKey, Identity::UnifiCloudApiKey, "k".to_owned()),
        (Identity::OmadaPortal1, Identity::OmadaNetwork2, "1".repeat(24)),
    ];
    for (one, other, value) in same {
        let builder = Sandbox::builder().fixed(one, value.as_str()).and_then(|builder| builder.fixed(other, value));
        let error = builder.expect("both fit").start().await.expect_err("equal values");
        assert_eq!(error.to_string(), format!("{} and {} must differ", one.name(), other.name()));
    }
}

#[tokio::test]
async fn the_clock_stops_moves_and_runs_again() {
    let sandbox = Sandbox::start().await;
    let clock = sandbox.clock();
    let system = clock.now_unix_millis();
    clock.advance(Duration::from_secs(3600));
    let ahead = clock.now_unix_millis() - system;
    assert!((3_600_000..3_660_000).contains(&ahead), "{ahead}");
    clock.set_unix_millis(5);
    clock.advance(Duration::from_millis(2));
    assert_eq!(clock.now_unix_millis(), 7);
    clock.advance(Duration::MAX);
    assert_eq!(clock.now_unix_millis(), i64::MAX);
    clock.release();
    assert!((system..system + 60_000).contains(&clock.now_unix_millis()));
}

#[test]
fn it_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Sandbox>();
}
