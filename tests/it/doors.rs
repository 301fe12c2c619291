//! Whom a client lets in: certificates, plain addresses, proxies and redirects.

use std::fmt::Write;
use std::sync::{Arc, Mutex};

use hotspot_vouchers::connection::Untrusted;
use hotspot_vouchers::{Connection, Error, Fingerprint, Trust, omada, unifi};
use hotspot_vouchers_sandbox::{Certificate, Fault, Sandbox, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn sandbox() -> Sandbox {
    Sandbox::builder().tls().start().await.expect("a free port")
}

fn unifi(sandbox: &Sandbox, connection: Connection) -> unifi::Client {
    let builder = unifi::Client::builder(sandbox.unifi().url()).api_key(sandbox.unifi().api_key());
    builder.connection(connection).build().expect("a client")
}

fn omada(sandbox: &Sandbox, connection: Connection) -> omada::Client {
    let omada = sandbox.omada();
    let builder = omada::Client::builder(omada.url()).omadac_id(omada.omadac_id());
    let builder = builder.client_credentials(omada.client_id(), omada.client_secret());
    builder.connection(connection).build().expect("a client")
}

fn trusting(trust: Trust) -> Connection {
    Connection::new().trust(trust)
}

fn authority(sandbox: &Sandbox) -> Trust {
    Trust::authority(sandbox.tls().expect("TLS").authority_pem())
}

fn pinned(sandbox: &Sandbox) -> Trust {
    Trust::pinned(Fingerprint::new(sandbox.tls().expect("TLS").sha256()))
}

/// Shows another certificate to whoever connects from now on.
async fn show(sandbox: &Sandbox, certificate: Certificate) {
    sandbox.tls().expect("TLS").show(certificate);
    hang_up(sandbox).await;
}

async fn hang_up(sandbox: &Sandbox) {
    sandbox.omada().door().hang_up().await;
    sandbox.unifi().door().hang_up().await;
}

#[track_caller]
fn untrusted<T: std::fmt::Debug, A: std::fmt::Debug>(outcome: Result<T, Error<A>>) -> Untrusted {
    match outcome {
        Err(Error::Transport(transport)) => {
            assert!(transport.is_unsent());
            transport.untrusted().expect("a certificate is why").clone()
        }
        other => panic!("expected an untrusted certificate, got {other:?}"),
    }
}

#[tokio::test]
async fn an_unknown_certificate_is_refused_at_once_with_its_fingerprint() {
    let sandbox = sandbox().await;
    let shown = Fingerprint::new(sandbox.tls().expect("TLS").sha256());
    let client = unifi(&sandbox, Connection::new());
    let refused = client.info().await;
    let text = refused.as_ref().expect_err("a certificate of nobody").to_string().replace(&shown.to_string(), "SHOWN");
    let text = text.replace(sandbox.unifi().url(), "UNIFI");
    assert!(!refused.as_ref().expect_err("refused").is_retryable(), "trying again does not help");
    let untrusted = untrusted(refused);
    assert_eq!((untrusted.presented, untrusted.expected), (shown, None));
    insta::assert_snapshot!("unknown_certificate", text);
    let counters = sandbox.unifi().door().counters();
    assert_eq!((counters.connections, counters.requests), (1, 0));

    let group = omada(&sandbox, Connection::new()).sites(omada::SiteListQuery::full_pages().build());
    let rows: Vec<_> = futures_util::StreamExt::collect(group).await;
    assert!(matches!(rows.as_slice(), [Err(Error::Transport(_))]));
    assert_eq!(sandbox.omada().door().counters().requests, 0, "no secret was sent");
}

#[tokio::test]
async fn a_private_authority_vouches_for_names_and_times() {
    let sandbox = sandbox().await;
    let client = unifi(&sandbox, trusting(authority(&sandbox)));
    client.info().await.expect("a certificate of the authority");
    assert!(omada(&sandbox, trusting(authority(&sandbox))).controller_info().await.is_ok());
    sandbox.tls().expect("TLS").change_certificate();
    hang_up(&sandbox).await;
    client.info().await.expect("another certificate of the authority");
    for certificate in [Certificate::OtherAuthority, Certificate::OtherName, Certificate::Expired] {
        show(&sandbox, certificate).await;
        untrusted(client.info().await);
        client.info().await.expect_err("still another one");
    }
    show(&sandbox, Certificate::Valid).await;
    client.info().await.expect("the right one again");
}

#[tokio::test]
async fn a_pinned_certificate_is_taken_for_what_it_is() {
    let sandbox = sandbox().await;
    for certificate in [Certificate::Valid, Certificate::OtherName, Certificate::Expired, Certificate::OtherAuthority] {
        show(&sandbox, certificate).await;
        unifi(&sandbox, trusting(pinned(&sandbox))).info().await.expect("the pinned certificate");
    }
    let (client, before) = (unifi(&sandbox, trusting(pinned(&sandbox))), sandbox.tls().expect("TLS").sha256());
    client.info().await.expect("the pinned certificate");
    let sent = sandbox.unifi().door().counters().requests;
    sandbox.tls().expect("TLS").change_certificate();
    hang_up(&sandbox).await;
    let after = Fingerprint::new(sandbox.tls().expect("TLS").sha256());
    let refused = client.info().await;
    let text = refused.as_ref().expect_err("another certificate").to_string();
    assert!(text.contains(&after.to_string()) && text.contains(&Fingerprint::new(before).to_string()), "{text}");
    let untrusted = untrusted(refused);
    assert_eq!((untrusted.presented, untrusted.expected), (after, Some(Fingerprint::new(before))));
    assert_eq!(sandbox.unifi().door().counters().requests, sent, "nothing was sent to a stranger");
    let text = text.replace(&after.to_string(), "AFTER").replace(&Fingerprint::new(before).to_string(), "BEFORE");
    let text = text.replace(sandbox.unifi().url(), "UNIFI");
    insta::assert_snapshot!("changed_certificate", text);
}

#[tokio::test]
async fn who_is_met_first_is_shown_and_then_pinned() {
    let sandbox = sandbox().await;
    let met: Arc<Mutex<Vec<Fingerprint>>> = Arc::default();
    let ask = |answer: bool| {
        let met = met.clone();
        Trust::on_first_use(move |fingerprint| {
            met.lock().expect("no panic while it is held").push(*fingerprint);
            answer
        })
    };
    let shown = Fingerprint::new(sandbox.tls().expect("TLS").sha256());
    let doubtful = unifi(&sandbox, trusting(ask(false)).attempts(1));
    for _ in 0..2 {
        assert_eq!(untrusted(doubtful.info().await).presented, shown);
    }
    assert_eq!(*met.lock().expect("no panic"), [shown, shown], "asked about each connection");
    assert_eq!(sandbox.unifi().door().counters().requests, 0);

    met.lock().expect("no panic").clear();
    let trustful = unifi(&sandbox, trusting(ask(true)));
    trustful.info().await.expect("the first certificate");
    hang_up(&sandbox).await;
    trustful.info().await.expect("the same certificate");
    sandbox.tls().expect("TLS").change_certificate();
    hang_up(&sandbox).await;
    assert_eq!(untrusted(trustful.info().await).expected, Some(shown));
    assert_eq!(*met.lock().expect("no panic"), [shown], "asked once");
}

#[tokio::test]
async fn anything_goes_only_by_its_loud_name() {
    let sandbox = sandbox().await;
    show(&sandbox, Certificate::OtherAuthority).await;
    let client = unifi(&sandbox, Connection::new().danger_trust_any_certificate());
    client.info().await.expect("any certificate");

    let mut messages = String::new();
    let plain =
        ["http://192.168.1.1", "http://console.example:8080", "http://[2001:db8::1]", "http://127.0.0.1.example"];
    for url in plain {
        let builder = || unifi::Client::builder(url).api_key("key");
        writeln!(messages, "{url}: {}", builder().build().expect_err("anybody could listen")).expect("text");
        builder().connection(Connection::new().danger_allow_plain_http()).build().expect("who wants it gets it");
        omada::Client::builder(url).omadac_id("id").client_credentials("id", "secret").build().expect_err("the same");
    }
    for url in
        ["http://127.0.0.1:1", "http://127.8.8.8", "http://localhost", "http://LOCALHOST:80", "http://[::1]:8043"]
    {
        unifi::Client::builder(url).api_key("key").build().expect("the machine itself");
    }
    for pem in ["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let connection = trusting(Trust::authority(pem));
        let error = unifi::Client::builder("https://x.example").api_key("key").connection(connection).build();
        writeln!(messages, "{pem:?}: {}", error.expect_err("no certificate")).expect("text");
    }
    for text in ["", "3F:2A", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), "é"] {
        let error = text.parse::<Fingerprint>().expect_err("no fingerprint");
        writeln!(messages, "{text:?}: {error}").expect("text");
    }
    insta::assert_snapshot!("loud_names", messages);
    let forms = ["ab".repeat(32), "AB:".repeat(32).trim_end_matches(':').to_owned(), "Ab ".repeat(32)];
    for form in forms {
        assert_eq!(form.parse::<Fingerprint>().expect("a fingerprint"), Fingerprint::new([0xab; 32]));
    }
}

#[tokio::test]
async fn a_redirect_gets_nothing_whatever_the_connection_is_adjusted_to() {
    let sandbox = Sandbox::start().await;
    let follow = Connection::new().adjust(|builder| builder.redirect(reqwest::redirect::Policy::limited(5)));
    for to in [Target::OtherHost, Target::Same] {
        for status in [301, 302, 303, 307, 308] {
            sandbox.unifi().faults().next(Fault::Redirect { status, to });
            sandbox.omada().faults().next(Fault::Redirect { status, to });
            unifi(&sandbox, follow.clone()).info().await.expect_err("a redirect");
            omada(&sandbox, follow.clone()).controller_info().await.expect_err("a redirect");
        }
    }
    assert!(sandbox.elsewhere().received().is_empty());
    assert_eq!((sandbox.unifi().received().len(), sandbox.omada().received().len()), (10, 10));
}

/// A proxy to one controller, and the first line of each connection to it.
pub async fn proxy(controller: &str) -> (reqwest::Proxy, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let proxy = format!("http://{}", listener.local_addr().expect("an address"));
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let (lines, target) = (seen.clone(), controller.split_once("://").expect("an address").1.to_owned());
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let (mut head, mut far) = (vec![0; 4096], TcpStream::connect(&target).await.expect("the console"));
            let read = near.read(&mut head).await.expect("a request");
            let line = String::from_utf8_lossy(&head[..read]).lines().next().unwrap_or_default().to_owned();
            match line.starts_with("CONNECT ") {
                true => near.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.expect("the client listens"),
                false => far.write_all(&head[..read]).await.expect("the console listens"),
            }
            lines.lock().expect("no panic").push(line);
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
        }
    });
    (reqwest::Proxy::all(proxy).expect("an address"), seen)
}

#[tokio::test]
async fn a_proxy_is_used_where_one_is_set() {
    let (plain, secure) = (Sandbox::start().await, sandbox().await);
    for (sandbox, trust) in [(&plain, Trust::system()), (&secure, pinned(&secure))] {
        let url = sandbox.unifi().url();
        let (proxy, seen) = proxy(url).await;
        let connection = trusting(trust).adjust(move |builder| builder.proxy(proxy.clone()));
        unifi(sandbox, connection).info().await.expect("an answer through the proxy");
        let begins = match url.strip_prefix("https://") {
            // The proxy sees the address alone.
            Some(address) => format!("CONNECT {address} "),
            None => format!("GET {url}/"),
        };
        let lines = seen.lock().expect("no panic").clone();
        assert!(lines.len() == 1 && lines[0].starts_with(&begins), "{lines:?}");
    }
}

#[tokio::test]
async fn loopback_is_reached_without_a_proxy() {
    let sandbox = Sandbox::start().await;
    unifi(&sandbox, Connection::new()).info().await.expect("an answer");
    omada(&sandbox, Connection::new()).controller_info().await.expect("an answer");
}

#[test]
fn a_proxy_of_the_environment_is_told_nothing_that_is_meant_for_this_machine() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let proxy = format!("http://{}", listener.local_addr().expect("an address"));
    listener.set_nonblocking(true).expect("a socket");
    // The test above, as a program of its own with an environment of its own.
    let mut program = std::process::Command::new(std::env::current_exe().expect("this program"));
    program.args(["--exact", "doors::loopback_is_reached_without_a_proxy"]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        program.env(name, &proxy);
    }
    let told = program.env_remove("NO_PROXY").env_remove("no_proxy").output().expect("this program again");
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(listener.accept().is_err(), "the proxy was asked: {told}");
    assert!(told.contains("1 passed"), "{told}");
}
