//! Nothing below the library repeats a request, whatever the connections are adjusted to.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use hotspot_vouchers::{Connection, Error, unifi};
use reqwest::retry;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{once, vouchers};

/// What a server sends after it has read a request.
const ANSWERS: [(&str, &str); 3] = [
    ("nothing", ""),
    ("half a head", "HTTP/1.1 200 OK\r\nContent-"),
    ("a failure", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
];

/// A server that answers every request alike and hangs up, and how many requests have come.
fn server(answer: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let requests = Arc::new(AtomicUsize::new(0));
    let counter = requests.clone();
    thread::spawn(move || {
        for mut stream in listener.incoming().map(|stream| stream.expect("a connection")) {
            let mut heard = [0; 8192];
            let read = stream.read(&mut heard).unwrap_or_default();
            if heard[..read].starts_with(b"POST ") {
                counter.fetch_add(1, Ordering::SeqCst);
            }
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (url, requests)
}

/// Whatever makes reqwest repeat a request.
fn eager() -> Connection {
    once().adjust(|builder| {
        let policy = retry::for_host("127.0.0.1").no_budget().max_retries_per_request(5);
        builder.retry(policy.classify_fn(|answer| answer.retryable()))
    })
}

#[tokio::test]
async fn a_retry_policy_of_the_connections_does_not_count() {
    for (name, answer) in ANSWERS {
        let (url, posts) = server(answer);
        let client = unifi::Client::builder(url).api_key("key").connection(eager()).build().expect("a client");
        let site = client.site(unifi::Uuid::from_u128(1));
        let error = site.create_vouchers(&vouchers("once")).await.expect_err("no vouchers");
        assert!(error.is_unclear(), "{name}: {error}");
        assert_eq!(posts.load(Ordering::SeqCst), 1, "{name}");
    }
}

#[tokio::test]
async fn a_timeout_of_the_connections_does_not_count() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 8192]);
        // Longer than the timeout of the adjustment.
        thread::sleep(Duration::from_millis(200));
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n{\"applicationVersion\": \"10.1.68\"}");
    });
    let short = Duration::from_millis(20);
    let hasty = once().adjust(move |builder| builder.read_timeout(short).timeout(short).connect_timeout(short));
    let client = unifi::Client::builder(url).api_key("key").connection(hasty).build().expect("a client");
    let outcome = client.info().await;
    assert!(!matches!(&outcome, Err(Error::Transport(transport)) if transport.is_timeout()), "{outcome:?}");
}

/// Traces as they are written.
#[derive(Clone, Default)]
struct Traces(Arc<std::sync::Mutex<Vec<u8>>>);

impl Write for Traces {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Traces {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn the_bytes_of_connections_are_not_traced() {
    let traces = Traces::default();
    let filter = EnvFilter::new("trace");
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(traces.clone()).finish();
    let (url, _) = server(ANSWERS[2].1);
    tracing::subscriber::with_default(subscriber, || {
        let verbose = once().adjust(|builder| builder.connection_verbose(true));
        let client = hotspot_vouchers::blocking::unifi::Client::builder(url).api_key("hunter2").connection(verbose);
        client.build().expect("a client").info().expect_err("a failure");
    });
    let written = String::from_utf8_lossy(&traces.0.lock().expect("no panic")).into_owned();
    assert!(!written.contains("hunter2"), "{written}");
}
