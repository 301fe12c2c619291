//! Deadlines hold in every phase of a response, whatever a controller sends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use hotspot_vouchers::{Connection, blocking, unifi};

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
    let flood = std::sync::Arc::new(flood);
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
    stream.write_all(flood.start.as_bytes())?;
    loop {
        stream.write_all(flood.rest.as_bytes())?;
        thread::sleep(flood.pause);
    }
}

const DEADLINE: Duration = Duration::from_millis(700);

#[test]
fn explore() {
    for flood in floods() {
        let name = flood.name;
        let url = serve(flood);
        let connection = || Connection::new().deadline(DEADLINE).attempts(1).largest_answer_bytes(usize::MAX);
        for kind in ["current", "multi"] {
            let runtime = match kind {
                "current" => tokio::runtime::Builder::new_current_thread().enable_all().build(),
                _ => tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build(),
            }.unwrap();
            let client = unifi::Client::builder(&url).api_key("key").connection(connection()).build().expect("a client");
            let begin = Instant::now();
            let error = runtime.block_on(client.info()).expect_err("no answer");
            println!("{name}: {kind}: {:?} {error}", begin.elapsed());
        }
        let client = blocking::unifi::Client::builder(&url).api_key("key").connection(connection()).build().expect("a client");
        let begin = Instant::now();
        let error = client.info().expect_err("no answer");
        println!("{name}: blocking: {:?} {error}", begin.elapsed());
    }
}
