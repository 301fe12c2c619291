//! An HTTP server of a few lines, and on it a console that stores vouchers and a controller that stores groups.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hotspot_vouchers::{Connection, omada, unifi};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

/// A request.
pub struct Asked {
    pub method: String,
    /// With its query, unescaped.
    pub path: String,
    pub body: Value,
}

/// A response.
#[derive(Clone)]
pub enum Reply {
    /// A status, a `Date` that differs from the right one by so many seconds, and a body.
    Http(u16, Option<i64>, String),
    /// The same after a while.
    Late(Duration, Box<Reply>),
    /// The connection is closed.
    Nothing,
}

impl Reply {
    pub fn json(status: u16, body: &Value) -> Self {
        Self::Http(status, Some(0), body.to_string())
    }

    pub fn with_date(self, seconds: Option<i64>) -> Self {
        match self {
            Self::Http(status, _, body) => Self::Http(status, seconds, body),
            other => other,
        }
    }
}

/// Where requests are answered.
pub type Answer = Box<dyn FnMut(&Asked) -> Reply + Send>;

/// Starts a server, and returns its address and the requests that it got.
pub async fn serve(answer: Answer) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (answer, asked): (_, Arc<Mutex<Vec<String>>>) = (Arc::new(Mutex::new(answer)), Arc::default());
    let seen = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, answer.clone(), seen.clone()));
        }
    });
    (url, asked)
}

async fn talk(mut stream: TcpStream, answer: Arc<Mutex<Answer>>, seen: Arc<Mutex<Vec<String>>>) {
    while let Some(asked) = read(&mut stream).await {
        seen.lock().expect("no panic").push(format!("{} {}", asked.method, asked.path));
        let mut reply = answer.lock().expect("no panic")(&asked);
        if let Reply::Late(pause, then) = reply {
            sleep(pause).await;
            reply = *then;
        }
        let Reply::Http(status, date, body) = reply else { return };
        let date = date.map(|seconds| {
            let time = Timestamp::now() + SignedDuration::from_secs(seconds);
            format!("date: {}\r\n", time.strftime("%a, %d %b %Y %H:%M:%S GMT"))
        });
        let head = format!(
            "HTTP/1.1 {status} Told\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{}\r\n",
            body.len(),
            date.unwrap_or_default()
        );
        if stream.write_all(format!("{head}{body}").as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let body = &bytes[end + 4..];
            if body.len() >= length.unwrap_or(0) {
                let mut words = head.split(' ');
                let (method, path) = (words.next()?.to_owned(), words.next()?);
                let path = unescaped(path);
                return Some(Asked { method, path, body: serde_json::from_slice(body).unwrap_or_default() });
            }
        }
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
        }
    }
}

fn unescaped(text: &str) -> String {
    let address = reqwest::Url::parse(&format!("http://x{text}")).expect("an address");
    let query: Vec<String> = address.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}?{}", address.path(), query.join("&"))
}

/// What becomes of a create.
#[derive(Clone)]
pub enum Twist {
    /// It is carried out, and this is returned instead of the vouchers.
    Committed(Reply),
    /// It is not carried out, and this is returned.
    Refused(Reply),
    /// It is carried out one row a second, and this is returned.
    RowByRow(Reply),
}

/// The vouchers of a console, and what it does with requests.
#[derive(Default)]
pub struct Console {
    pub rows: Vec<(Instant, Value)>,
    pub twists: Vec<Twist>,
    /// What it does to names.
    pub rename: Option<fn(&str) -> String>,
    /// Whether something on the way drops the query.
    pub drops_query: bool,
    /// How far its clock is away from the right time, in seconds.
    pub clock: i64,
    /// Whether its responses have a `Date`.
    pub is_dateless: bool,
    /// Responses to lists, before the right ones.
    pub lists: Vec<Reply>,
    /// The number of the next voucher.
    pub next: u128,
}

impl Console {
    pub fn voucher(&mut self, name: &str) -> Value {
        self.next += 1;
        let created = Timestamp::now() + SignedDuration::from_secs(self.clock);
        let name = self.rename.map_or_else(|| name.to_owned(), |rename| rename(name));
        json!({
            "id": unifi::Uuid::from_u128(self.next).to_string(), "name": name, "code": format!("{:010}", self.next),
            "createdAt": created.to_string(), "authorizedGuestCount": 0, "timeLimitMinutes": 60, "expired": false,
        })
    }

    fn create(&mut self, order: &Value, seconds_each: u64) -> Vec<Value> {
        let count = order["count"].as_u64().unwrap_or(1);
        let name = order["name"].as_str().expect("a name").to_owned();
        let rows: Vec<Value> = (0..count).map(|_| self.voucher(&name)).collect();
        let visible = |row: usize| Instant::now() + Duration::from_secs(seconds_each * row as u64);
        self.rows.extend(rows.iter().enumerate().map(|(row, voucher)| (visible(row), voucher.clone())));
        rows
    }

    fn list(&self, path: &str) -> Value {
        let quoted: Vec<&str> = path.split('\'').skip(1).step_by(2).collect();
        let since =
            path.split("createdAt.ge(").nth(1).and_then(|rest| rest.split(')').next()?.parse::<Timestamp>().ok());
        let means = |row: &Value| {
            let name = row["name"].as_str().unwrap_or_default();
            let fits = quoted.iter().any(|text| match text.strip_suffix('*') {
                Some(start) => name.starts_with(start),
                None => name == *text,
            });
            let created = row["createdAt"].as_str().and_then(|time| time.parse::<Timestamp>().ok());
            self.drops_query
                || (fits || quoted.is_empty()) && since.is_none_or(|since| created.is_some_and(|time| time >= since))
        };
        let visible = self.rows.iter().filter(|(from, _)| *from <= Instant::now()).map(|(_, row)| row);
        let data: Vec<&Value> = visible.filter(|row| means(row)).collect();
        json!({"offset": 0, "limit": 1000, "count": data.len(), "totalCount": data.len(), "data": data})
    }

    pub fn answer(&mut self, asked: &Asked) -> Reply {
        let date = (!self.is_dateless).then_some(self.clock);
        if asked.method == "GET" {
            let reply = if self.lists.is_empty() { None } else { Some(self.lists.remove(0)) };
            return reply.unwrap_or_else(|| Reply::json(200, &self.list(&asked.path)).with_date(date));
        }
        let twist = if self.twists.is_empty() { None } else { Some(self.twists.remove(0)) };
        match twist {
            None => {
                let rows = self.create(&asked.body, 0);
                Reply::json(201, &json!({"vouchers": rows})).with_date(date)
            }
            Some(Twist::Refused(reply)) => reply,
            Some(Twist::Committed(reply)) => {
                self.create(&asked.body, 0);
                reply
            }
            Some(Twist::RowByRow(reply)) => {
                self.create(&asked.body, 1);
                reply
            }
        }
    }
}

/// Starts a console, and a client of it.
pub async fn console(
    console: Console,
    connection: Connection,
) -> (Arc<Mutex<Console>>, unifi::Site, Arc<Mutex<Vec<String>>>) {
    let console = Arc::new(Mutex::new(console));
    let state = console.clone();
    let (url, asked) = serve(Box::new(move |asked| state.lock().expect("no panic").answer(asked))).await;
    let client = unifi::Client::builder(url).api_key("key").connection(connection).build().expect("a client");
    (console, client.site(unifi::Uuid::from_u128(1)), asked)
}

/// Starts a controller, and a client of it. Signing in is answered here.
pub async fn controller(mut answer: Answer, connection: Connection) -> (omada::Site, Arc<Mutex<Vec<String>>>) {
    let token = json!({"accessToken": "token", "tokenType": "bearer", "expiresIn": 7200, "refreshToken": "refresh"});
    let (url, asked) = serve(Box::new(move |asked| match asked.path.contains("/token") {
        true => result(&token),
        false => answer(asked),
    }))
    .await;
    let client = omada::Client::builder(url).omadac_id("id").client_credentials("id", "secret");
    let client = client.connection(connection).build().expect("a client");
    (client.site("site").expect("an id"), asked)
}

/// A result in the envelope of Omada.
pub fn result(result: &Value) -> Reply {
    Reply::json(200, &json!({"errorCode": 0, "msg": "Success.", "result": result}))
}

/// How many requests begin with these words.
pub fn sent(asked: &Arc<Mutex<Vec<String>>>, beginning: &str) -> usize {
    asked.lock().expect("no panic").iter().filter(|line| line.starts_with(beginning)).count()
}
