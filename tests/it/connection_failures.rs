//! Connections that are not made, or break: each reads differently, and says what to do.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use hotspot_vouchers::{Connection, Error, Trust, omada, unifi};
use hotspot_vouchers_sandbox::Sandbox;

use crate::support::once;

/// What is at the other end of each connection.
type Server = fn(TcpStream);

/// A server that does one thing with each connection.
fn serve(server: Server) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || listener.incoming().for_each(|stream| server(stream.expect("a connection"))));
    address
}

/// Reads what comes first.
fn hear(stream: &mut TcpStream) {
    let _ = stream.read(&mut [0; 4096]);
}

fn speaks_plain_http(mut stream: TcpStream) {
    hear(&mut stream);
    let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

fn speaks_something_else(mut stream: TcpStream) {
    let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
    hear(&mut stream);
}

fn hangs_up(mut stream: TcpStream) {
    hear(&mut stream);
    let _ = stream.shutdown(Shutdown::Both);
}

/// Closes while there is something to read, which resets the connection.
fn resets(stream: TcpStream) {
    let _ = stream.peek(&mut [0; 1]);
}

fn refuses_the_handshake(mut stream: TcpStream) {
    hear(&mut stream);
    // An alert of TLS: fatal, handshake_failure.
    let _ = stream.write_all(&[0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);
    hear(&mut stream);
}

fn is_silent(stream: TcpStream) {
    // It stays open as long as the test runs.
    std::mem::forget(stream);
}

fn wants_https(mut stream: TcpStream) {
    hear(&mut stream);
    let page = "Client sent an HTTP request to an HTTPS server.\n";
    let head =
        format!("HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", page.len());
    let _ = stream.write_all(format!("{head}{page}").as_bytes());
}

async fn told(url: &str, connection: Connection) -> (String, bool) {
    let client =
        unifi::Client::builder(url).api_key("hunter2").connection(connection.clone()).build().expect("a client");
    let error = client.info().await.expect_err(url);
    let unifi = error.to_string();
    let client = omada::Client::builder(url).omadac_id("id").client_credentials("id", "hunter2");
    let client = client.connection(connection).build().expect("a client");
    let error = client.controller_info().await.expect_err(url);
    // Both vendors tell the same of the connection.
    let reason = |text: &str| text.split_once(": ").map(|(_, reason)| reason.to_owned()).unwrap_or_default();
    if matches!(error, Error::Transport(_)) {
        assert_eq!(reason(&error.to_string()), reason(&unifi));
    }
    let shown = format!("{unifi} {error} {error:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    (unifi, error.is_retryable())
}

#[tokio::test]
async fn each_failure_reads_differently() {
    let mut messages = String::new();
    let soon = || once().connect_timeout(Duration::from_millis(300)).danger_allow_plain_http();
    let unused = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let secure = Sandbox::builder().tls().start().await.expect("a free port");
    let plain = Sandbox::start().await;
    let address = |url: &str| url.split_once("://").expect("an address").1.to_owned();
    for (name, url) in [
        ("not resolved", "https://console.invalid".to_owned()),
        ("refused", format!("https://{unused}")),
        ("refused, plain", format!("http://{unused}")),
        ("unreachable network", "https://224.0.0.1".to_owned()),
        ("silent, TLS", format!("https://{}", serve(is_silent))),
        ("TLS to a plain port", format!("https://{}", address(plain.unifi().url()))),
        ("TLS to a port of HTTP/1.1 400", format!("https://{}", serve(speaks_plain_http))),
        ("TLS to another protocol", format!("https://{}", serve(speaks_something_else))),
        ("plain HTTP to a TLS port", format!("http://{}", address(secure.unifi().url()))),
        ("plain HTTP to a TLS port that says so", format!("http://{}", serve(wants_https))),
        ("plain HTTP to another protocol", format!("http://{}", serve(speaks_something_else))),
        ("closed in the handshake", format!("https://{}", serve(hangs_up))),
        ("reset in the handshake", format!("https://{}", serve(resets))),
        ("refused in the handshake", format!("https://{}", serve(refuses_the_handshake))),
        ("closed before the response", format!("http://{}", serve(hangs_up))),
        ("reset before the response", format!("http://{}", serve(resets))),
    ] {
        let (text, is_retryable) = told(&url, soon()).await;
        assert!(text.contains(&url), "{name} does not show the address: {text}");
        let text = text.replace(&url, "URL");
        // The words of the system's resolver differ.
        let text = match text.split_once("not resolved (").and_then(|(_, rest)| rest.split_once(')')) {
            Some((words, _)) => text.replace(words, "WORDS"),
            None => text,
        };
        writeln!(messages, "{name}, retryable {is_retryable}: {text}").expect("text");
    }
    insta::assert_snapshot!("connection_failures", messages);
}

#[tokio::test]
async fn a_proxy_that_does_not_connect_is_told_as_one() {
    let address = serve(speaks_plain_http);
    let proxy = reqwest::Proxy::all(format!("http://{address}")).expect("an address");
    let connection = once().adjust(move |builder| builder.proxy(proxy.clone()));
    let (text, _) = told("https://192.168.1.1", connection.trust(Trust::system())).await;
    insta::assert_snapshot!(text.replace(&address.to_string(), "PROXY"));
}
