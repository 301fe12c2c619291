//! A controller of a test's own: it answers requests as the test decides, over real sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use hotspot_vouchers::{omada, unifi};
use serde_json::{Value, json};

type Decide = dyn Fn(&str, &Target) -> Value + Send + Sync;

/// What a request is about.
pub struct Target {
    pub path: String,
    query: Vec<(String, String)>,
}

impl Target {
    fn of(target: &str) -> Self {
        let url = reqwest::Url::parse(&format!("http://localhost{target}")).expect("a target");
        let query = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Self { path: url.path().to_owned(), query }
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> usize {
        self.query(name).and_then(|value| value.parse().ok()).unwrap_or_default()
    }
}

/// The server, and what it received: method, path and query.
pub struct Server {
    url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start(decide: impl Fn(&str, &Target) -> Value + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (decide, received): (Arc<Decide>, Arc<Mutex<Vec<String>>>) = (Arc::new(decide), Arc::default());
        let log = received.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let (decide, log) = (decide.clone(), log.clone());
                std::thread::spawn(move || serve(&connection, &*decide, &log));
            }
        });
        Self { url, received }
    }

    pub fn console(&self) -> unifi::Client {
        unifi::Client::builder(&self.url).api_key("key").build().expect("a client")
    }

    pub fn unifi(&self) -> unifi::Site {
        self.console().site(unifi::Uuid::nil())
    }

    pub fn controller(&self) -> omada::Client {
        let client = omada::Client::builder(self.url.as_str()).omadac_id("id").client_credentials("id", "secret");
        client.build().expect("a client")
    }

    pub fn omada(&self) -> omada::Site {
        self.controller().site("site").expect("an id")
    }

    /// The requests whose method and target begin like this.
    pub fn received(&self, beginning: &str) -> Vec<String> {
        let received = self.received.lock().expect("a log");
        received.iter().filter(|request| request.starts_with(beginning)).cloned().collect()
    }
}

/// Answers what comes over a connection until it is closed.
fn serve(mut connection: &TcpStream, decide: &Decide, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|read| read > 0) {
        if !head.ends_with("\r\n\r\n") {
            continue;
        }
        let lower = head.to_lowercase();
        let length = lower.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next()?.parse().ok());
        let mut body = vec![0; length.unwrap_or_default()];
        reader.read_exact(&mut body).expect("the body");
        let mut words = head.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        log.lock().expect("a log").push(format!("{method} {target}"));
        let body = match target.contains("/authorize/") {
            true => envelope(json!({"accessToken": "AT-1", "tokenType": "bearer", "expiresIn": 7200})),
            false => decide(method, &Target::of(target)),
        };
        let body = body.to_string();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        if connection.write_all(answer.as_bytes()).is_err() {
            return;
        }
        head.clear();
    }
}

/// A success of Omada.
pub fn envelope(result: Value) -> Value {
    json!({"errorCode": 0, "msg": "Success.", "result": result})
}

/// A page of Omada, of at most a number of rows.
pub fn grid(rows: &[Value], target: &Target, cap: usize) -> Value {
    let size = target.number("pageSize").min(cap);
    let data: Vec<&Value> = rows.iter().skip((target.number("page") - 1) * size).take(size).collect();
    envelope(json!({"totalRows": rows.len(), "currentPage": target.number("page"), "currentSize": size, "data": data}))
}

/// A page of UniFi, of at most a number of rows.
pub fn page(rows: &[Value], target: &Target, cap: usize) -> Value {
    let (offset, limit) =
        (target.number("offset"), target.query("limit").map_or(25, |_| target.number("limit")).min(cap));
    let data: Vec<&Value> = rows.iter().skip(offset).take(limit).collect();
    json!({"offset": offset, "limit": limit, "count": data.len(), "totalCount": rows.len(), "data": data})
}

/// A voucher of UniFi.
pub fn voucher(number: usize, name: &str, code: &str) -> Value {
    json!({
        "id": unifi::Uuid::from_u128(number as u128 + 1), "createdAt": "2026-09-20T19:40:57Z", "name": name, "code": code,
        "authorizedGuestCount": 0, "expired": false, "timeLimitMinutes": 1440,
    })
}
