//! Deadlines hold in every phase of a response, whatever a controller sends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use hotspot_vouchers::{Connection, Error, blocking, unifi};
use hotspot_vouchers_sandbox::Sandbox;
use tokio::runtime::Builder;

/// What a controller sends after a request, over and over.
struct Flood {
    name: &'static str,
    /// What is sent once.
    start: &'static str,
    /// What is sent again and again.
    rest: String,
    /// How long the controller pauses between two writes.
    pause: Duration,
}

fn floods() -> Vec<Flood> {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let flood = |name, start, rest: &str, pause| {
        let times = if pause == 0 { 65_536 / rest.len() } else { 1 };
        Flood { name, start, rest: rest.repeat(times), pause: Duration::from_millis(pause) }
    };
    vec![
        flood("chunk size of zeros", CHUNKED, "0", 0),
        flood("chunk extension", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "a", 0),
        flood("tiny chunks of blanks", CHUNKED, "1\r\n \r\n", 0),
        flood("trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n", "A: b\r\n", 0),
        flood("interim responses", "", "HTTP/1.1 100 Continue\r\n\r\n", 0),
        flood("interim responses with headers", "", "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n", 0),
        flood("headers", "HTTP/1.1 200 OK\r\n", "A: b\r\n", 0),
        flood("a header", "HTTP/1.1 200 OK\r\nA: ", "b", 0),
        flood("line breaks before the status", "", "\r\n", 0),
        flood("slow status", "HTTP/1.1 ", "2", 20),
        flood("slow headers", "HTTP/1.1 200 OK\r\n", "A: b\r\n", 20),
        flood("slow body", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", " ", 20),
        flood("slow chunks", CHUNKED, "1\r\n \r\n", 20),
        flood("slow interim responses", "", "HTTP/1.1 100 Continue\r\n\r\n", 20),
        flood("silence", "", " ", 60_000),
    ]
}

fn serve(flood: Flood) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let flood = Arc::new(flood);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let flood = flood.clone();
            thread::spawn(move || answer(stream, &flood));
        }
    });
    url
}

fn answer(mut stream: TcpStream, flood: &Flood) -> std::io::Result<()> {
    let mut head = [0; 4096];
    let _ = stream.read(&mut head)?;
    if flood.name == "silence" {
        thread::sleep(flood.pause);
    }
    stream.write_all(flood.start.as_bytes())?;
    loop {
        stream.write_all(flood.rest.as_bytes())?;
        thread::sleep(flood.pause);
    }
}

const DEADLINE: Duration = Duration::from_millis(300);

/// Without a limit, a call took as long as the controller had something to send. On a machine that is busy with other tests, a
/// call may end later than it should.
const SLACK: Duration = Duration::from_secs(1);

fn connection(deadline: Duration) -> Connection {
    Connection::new().deadline(deadline).attempts(1).largest_answer_bytes(usize::MAX)
}

fn client(url: &str, deadline: Duration) -> unifi::Client {
    unifi::Client::builder(url).api_key("key").connection(connection(deadline)).build().expect("a client")
}

fn without_async(url: &str, deadline: Duration) -> blocking::unifi::Client {
    let builder = blocking::unifi::Client::builder(url).api_key("key").connection(connection(deadline));
    builder.build().expect("a client")
}

/// That a call ends in time, in an error.
fn ends_in_time(name: &str, kind: &str, call: impl FnOnce() -> Result<(), unifi::Error>) {
    let begin = Instant::now();
    let error = call().expect_err("no answer");
    let elapsed = begin.elapsed();
    assert!(elapsed < DEADLINE + SLACK, "{name}, {kind}: {elapsed:?}");
    assert!(matches!(error, Error::Transport(_)), "{name}, {kind}: {error:?}");
}

#[test]
fn a_deadline_holds_whatever_is_sent() {
    for flood in floods() {
        let name = flood.name;
        let url = serve(flood);
        let runtimes = [("one thread", Builder::new_current_thread()), ("two threads", Builder::new_multi_thread())];
        for (kind, mut builder) in runtimes {
            let runtime = builder.worker_threads(2).enable_all().build().expect("a runtime");
            let client = client(&url, DEADLINE);
            ends_in_time(name, kind, || runtime.block_on(client.info()).map(|_| ()));
        }
        let client = without_async(&url, DEADLINE);
        ends_in_time(name, "without async", || client.info().map(|_| ()));
    }
}

/// Long enough for calls to another controller on any machine, and shorter than the flood used to hold them up.
const WHILE: Duration = Duration::from_secs(3);
const CALLS: usize = 20;

#[test]
fn a_hostile_controller_holds_up_no_calls_to_others() {
    let sandbox = Sandbox::builder().start_without_async().expect("a sandbox on a thread of its own");
    for name in ["chunk size of zeros", "interim responses"] {
        let flood = floods().into_iter().find(|flood| flood.name == name).expect("a flood");
        let url = serve(flood);
        let key = sandbox.unifi().api_key();
        let healthy = blocking::unifi::Client::builder(sandbox.unifi().url()).api_key(key).build().expect("a client");
        // It has met the controller before, so that only the calls count.
        healthy.info().expect("an answer");
        let hostile = without_async(&url, WHILE);
        let flooded = thread::spawn(move || hostile.info().map(|_| ()));
        thread::sleep(WHILE / 10);
        for _ in 0..CALLS {
            healthy.info().expect("an answer");
        }
        assert!(!flooded.is_finished(), "{name}: the calls to the other controller waited for the end of the flood");
        flooded.join().expect("no panic").expect_err("no answer");

        // The same in a runtime of one thread.
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let key = sandbox.unifi().api_key();
        let healthy = unifi::Client::builder(sandbox.unifi().url()).api_key(key).build().expect("a client");
        let hostile = client(&url, WHILE);
        runtime.block_on(async {
            healthy.info().await.expect("an answer");
            let flooded = tokio::spawn(async move { hostile.info().await });
            tokio::time::sleep(WHILE / 10).await;
            for _ in 0..CALLS {
                healthy.info().await.expect("an answer");
            }
            assert!(
                !flooded.is_finished(),
                "{name}: the calls to the other controller waited for the end of the flood"
            );
            flooded.await.expect("no panic").expect_err("no answer");
        });
    }
}
