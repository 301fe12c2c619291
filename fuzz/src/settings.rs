//! Clients that are set up with anything at all.

use std::fmt::Debug;
use std::net::TcpListener;
use std::sync::LazyLock;
use std::time::Duration;

use arbitrary::Arbitrary;
use hotspot_vouchers::omada::{self, GroupId, OmadacId, SiteId, Token, VoucherId};
use hotspot_vouchers::unifi::{self, Cloud, ConsoleId, IdempotencyKey, Timestamp, Uuid};
use hotspot_vouchers::{Connection, Fingerprint, Pace, Secret, Trust, VoucherCode};

/// A part of every secret.
const MARK: &str = "hunter2-hunter2";

/// What a user may give. The numbers of a duration are its seconds and nanoseconds.
#[derive(Debug, Arbitrary)]
pub struct Settings {
    address: Address,
    id: String,
    name: String,
    before: String,
    after: String,
    has_user: bool,
    token: Option<(String, i64)>,
    trust: Whom,
    connect_timeout: Duration,
    read_timeout: Duration,
    timeout: Duration,
    deadline: Duration,
    attempts: u8,
    largest_answer_bytes: usize,
    pace: Option<(u32, Duration)>,
    allows_plain_http: bool,
    proxy: Option<String>,
}

#[derive(Debug, Arbitrary)]
enum Address {
    Any(String),
    Host { is_secure: bool, host: String, port: u16, path: String },
    WithPassword(String),
    Closed,
}

#[derive(Debug, Arbitrary)]
enum Whom {
    Pem(Vec<u8>),
    PemOf(Vec<u8>),
    Pinned(String),
    PinnedBytes([u8; 32]),
    FirstUse(bool),
    Anything,
}

/// An address of this machine where nobody listens.
static CLOSED: LazyLock<String> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}", listener.local_addr().expect("an address"))
});

impl Settings {
    fn url(&self) -> String {
        match &self.address {
            Address::Any(text) => text.clone(),
            Address::Host { is_secure, host, port, path } => {
                format!("http{}://{host}:{port}/{path}", if *is_secure { "s" } else { "" })
            }
            Address::WithPassword(host) => format!("https://admin:{MARK}@{host}"),
            Address::Closed => CLOSED.clone(),
        }
    }

    /// The address of a proxy, some of them with a password.
    fn proxy(&self) -> Option<String> {
        let proxy = self.proxy.as_ref()?;
        Some(if self.has_user { format!("http://till:{MARK}@{proxy}") } else { proxy.clone() })
    }

    fn secret(&self) -> Secret {
        Secret::from(format!("{}{MARK}{}", self.before, self.after))
    }

    fn trust(&self) -> Option<Trust> {
        Some(match &self.trust {
            Whom::Pem(pem) => Trust::authority(pem.clone()),
            Whom::PemOf(text) => {
                let text = String::from_utf8_lossy(text);
                Trust::authority(format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"))
            }
            Whom::Pinned(text) => Trust::pinned(text.parse().ok()?),
            Whom::PinnedBytes(sha256) => {
                let fingerprint = Fingerprint::new(*sha256);
                assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
                Trust::pinned(fingerprint)
            }
            Whom::FirstUse(decision) => {
                let decision = *decision;
                Trust::on_first_use(move |_| decision)
            }
            Whom::Anything => return None,
        })
    }

    fn connection(&self) -> Connection {
        let mut connection = Connection::new()
            .connect_timeout(self.connect_timeout)
            .read_timeout(self.read_timeout)
            .timeout(self.timeout)
            .deadline(self.deadline)
            // More would only take longer.
            .attempts(u32::from(self.attempts % 4))
            .largest_answer_bytes(self.largest_answer_bytes);
        connection = match self.trust() {
            Some(trust) => connection.trust(trust),
            None => connection.danger_trust_any_certificate(),
        };
        if let Some((requests, period)) = self.pace {
            connection = connection.pace(Pace::new(requests, period));
        }
        if self.allows_plain_http {
            connection = connection.danger_allow_plain_http();
        }
        if let Some(proxy) = self.proxy().and_then(|proxy| reqwest::Proxy::all(proxy).ok()) {
            connection = connection.adjust(move |connections| connections.proxy(proxy.clone()));
        }
        connection
    }

    /// Whether a call leaves nothing but this machine alone.
    fn is_closed(&self) -> bool {
        matches!(self.address, Address::Closed) && self.proxy.is_none()
    }

    /// Sets clients up, and calls what can be called without a connection to anybody. Answers what can be printed of it.
    pub async fn try_all(&self) -> String {
        let mut shown = Shown::default();
        self.parse_all(&mut shown);
        let connection = self.connection();
        let mut builder = omada::Client::builder(self.url())
            .omadac_id(&self.id)
            .client_credentials(&self.name, self.secret())
            .connection(connection.clone());
        if self.has_user {
            builder = builder.user(&self.name, self.secret());
        }
        if let Some((text, seconds)) = &self.token {
            let expiry = Timestamp::from_second(*seconds).ok();
            let access = format!("{text}{MARK}");
            builder = builder.token(Token::builder().access_token(access).maybe_expires_at(expiry).build());
        }
        shown.keep(&builder);
        if let Some(client) = shown.result(builder.build())
            && let Some(site) = shown.result(client.site(&self.name))
            && self.is_closed()
        {
            shown.result(site.voucher_summary().await);
        }
        let builder = unifi::Client::builder(self.url()).api_key(self.secret()).connection(connection.clone());
        shown.keep(&builder);
        if let Some(client) = shown.result(builder.build())
            && self.is_closed()
        {
            shown.result(client.info().await);
            shown.result(client.site(Uuid::nil()).delete_voucher(Uuid::nil()).await);
        }
        let builder = Cloud::builder().url(self.url()).api_key(self.secret()).connection(connection);
        shown.keep(&builder);
        if let Some(cloud) = shown.result(builder.build()) {
            shown.result(cloud.console(&self.id));
        }
        shown.0
    }

    fn parse_all(&self, shown: &mut Shown) {
        for text in [&self.id, &self.name] {
            shown.result(OmadacId::new(text));
            shown.result(SiteId::new(text));
            shown.result(GroupId::new(text));
            shown.result(VoucherId::new(text));
            shown.result(ConsoleId::new(text));
            shown.result(IdempotencyKey::new(text.as_str()));
            shown.result(text.parse::<Fingerprint>());
            assert_eq!(VoucherCode::from(text.as_str()).to_string(), *text);
        }
    }

    /// Whether a text that may be shown happens to hold what a secret does.
    pub fn is_mixed_up(&self) -> bool {
        let url = match &self.address {
            Address::Any(text) | Address::WithPassword(text) => text,
            Address::Host { host, path, .. } => &format!("{host}{path}"),
            Address::Closed => "",
        };
        let proxy = self.proxy.as_deref().unwrap_or_default();
        let read = [Some(self.url()), self.proxy()].map(|address| without_password(&address.unwrap_or_default()));
        [url, proxy, &self.id, &self.name, &read[0], &read[1]].iter().any(|text| text.contains(MARK))
    }
}

/// An address as it is read, in which a host can be spelled otherwise.
fn without_password(address: &str) -> String {
    let Ok(mut url) = reqwest::Url::parse(address) else { return String::new() };
    // An address that cannot hold a password holds none.
    let _ = url.set_password(None);
    url.into()
}

/// All that was printed.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn keep(&mut self, value: &impl Debug) {
        self.0 += &format!("{value:?}\n");
    }

    fn result<T: Debug, E: std::error::Error>(&mut self, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => {
                self.keep(&value);
                Some(value)
            }
            Err(error) => {
                self.0 += &format!("{error} {error:?}\n");
                let mut cause = error.source();
                while let Some(source) = cause {
                    self.0 += &format!("{source} {source:?}\n");
                    cause = source.source();
                }
                None
            }
        }
    }
}

/// Nothing that can be printed of clients, and of their errors, holds a secret.
pub async fn check(settings: &Settings) {
    if !settings.is_mixed_up() {
        let shown = settings.try_all().await;
        assert!(!shown.contains(MARK), "a secret is shown: {shown}");
    }
}
