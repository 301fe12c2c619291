//! A server that costs next to nothing: it reads requests only as far as it has to, and its answers are made beforehand.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::answers::Answers;

/// A server in a process of its own, so that neither its instructions nor its memory are taken for a client's. It ends with
/// whoever started it.
pub struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts the program `server` for a console with so many vouchers, as far away as `latency`.
    pub fn start(program: &Path, vouchers: usize, latency: Duration) -> io::Result<Self> {
        let mut process = Command::new(program)
            .args([vouchers.to_string(), latency.as_millis().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        BufReader::new(process.stdout.as_mut().expect("a pipe")).read_line(&mut url)?;
        Ok(Self { process, url: url.trim_end().to_owned() })
    }

    /// Starts the program `server` that was built beside this one.
    pub fn beside(vouchers: usize, latency: Duration) -> io::Result<Self> {
        Self::start(&std::env::current_exe()?.with_file_name("server"), vouchers, latency)
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many requests waited for their answers at the same time, at most.
    pub async fn most_waiting(&self) -> usize {
        let told = reqwest::get(format!("{}{MOST_WAITING}", self.url)).await.expect("an answer of the server");
        told.text().await.expect("a number").parse().expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends by itself as well, when its standard input does.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves until the standard input ends; prints its address first.
pub async fn serve(vouchers: usize, latency: Duration) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let answers = Arc::new(Answers::new(vouchers));
    let waiting = Arc::new(Waiting::default());
    println!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (answers, waiting) = (Arc::clone(&answers), Arc::clone(&waiting));
            // A client that goes away ends its connection, and nothing else.
            tokio::spawn(async move { converse(stream, &answers, &waiting, latency).await });
        }
    });
    tokio::io::stdin().read_to_end(&mut Vec::new()).await.map(|_| ())
}

/// How many requests wait for their answers, and how many did at most.
#[derive(Default)]
struct Waiting {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Waiting {
    fn begin(&self) {
        let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(now, Ordering::Relaxed);
    }

    fn end(&self) {
        self.now.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn converse(mut stream: TcpStream, answers: &Answers, waiting: &Waiting, latency: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = BytesMut::with_capacity(16 * 1024);
    loop {
        let Some(request) = Request::read(&received)? else {
            match stream.read_buf(&mut received).await? {
                0 => return Ok(()),
                _ => continue,
            }
        };
        let (target, length) = (request.target, request.length);
        if target == MOST_WAITING {
            let most = waiting.most.load(Ordering::Relaxed).to_string();
            stream
                .write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{most}", most.len()).as_bytes())
                .await?;
            received.advance(length);
            continue;
        }
        waiting.begin();
        let answer = answers.to(request.method, target);
        received.advance(length);
        if !latency.is_zero() {
            sleep(latency).await;
        }
        // Controllers tell the time with every answer.
        let head = format!(
            "HTTP/1.1 {} Canned\r\nContent-Type: application/json\r\nDate: Tue, 20 Jan 2026 12:34:56 GMT\r\nContent-Length: {}\r\n\r\n",
            answer.status,
            answer.length()
        );
        waiting.end();
        let [begin, rows, end] = answer.body;
        let mut pieces = Bytes::from(head).chain(begin).chain(rows).chain(end);
        stream.write_all_buf(&mut pieces).await?;
    }
}

/// Where the server tells how many requests waited at most.
const MOST_WAITING: &str = "/most-waiting";

/// A request that has come in full.
struct Request<'a> {
    method: &'a str,
    target: &'a str,
    /// Of the head and of the body.
    length: usize,
}

impl<'a> Request<'a> {
    /// The request that these bytes begin with, if it is there in full.
    fn read(bytes: &'a [u8]) -> io::Result<Option<Self>> {
        let mut headers = [httparse::EMPTY_HEADER; 32];
        let mut head = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(length) = head.parse(bytes).map_err(io::Error::other)? else {
            return Ok(None);
        };
        let body = head.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
        let body: usize = body.and_then(|body| str::from_utf8(body.value).ok()?.parse().ok()).unwrap_or(0);
        let length = length + body;
        let (method, target) = (head.method.unwrap_or_default(), head.path.unwrap_or_default());
        Ok((bytes.len() >= length).then_some(Self { method, target, length }))
    }
}
