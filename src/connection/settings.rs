//! What a user can set of how a client reaches a controller.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::pace::Pace;
use super::trust::Trust;

/// How a client reaches a controller. The defaults suit a till: every call ends within a minute and a half,
/// which is as long as the slowest cloud may let it wait for its turn, and some time to spare.
///
/// | setting | default |
/// |---|---|
/// | [`trust`](Self::trust) | the certificates that the system trusts |
/// | [`connect_timeout`](Self::connect_timeout) | 10 seconds for a connection to be made |
/// | [`read_timeout`](Self::read_timeout) | 30 seconds without a byte |
/// | [`timeout`](Self::timeout) | 30 seconds for an attempt |
/// | [`deadline`](Self::deadline) | 90 seconds for a call with all its attempts and pauses |
/// | [`attempts`](Self::attempts) | 4 |
/// | [`pace`](Self::pace) | what the vendor allows in its cloud; no limit for a controller of one's own |
/// | [`largest_answer_bytes`](Self::largest_answer_bytes) | 32 MiB |
/// | proxies | those that the environment names, as for most programs; none for plain HTTP to the machine itself |
/// | redirects | never followed |
///
/// ```
/// use std::time::Duration;
///
/// use hotspot_vouchers::Connection;
///
/// let connection = Connection::new().deadline(Duration::from_secs(20)).attempts(2);
/// ```
#[derive(Clone)]
#[must_use = "it has to be given to a client's builder"]
pub struct Connection {
    pub(super) trust: Trust,
    pub(super) allows_plain_http: bool,
    pub(super) connect_timeout: Duration,
    pub(super) read_timeout: Duration,
    pub(super) timeout: Duration,
    pub(super) deadline: Duration,
    pub(super) attempts: u32,
    pub(super) largest_answer_bytes: usize,
    pub(super) pace: Option<Pace>,
    pub(super) adjust: Option<Arc<Adjust>>,
}

/// How large the body of an answer may be by default.
pub(super) const LARGEST_ANSWER_BYTES: usize = 32 * 1024 * 1024;

/// A last word on how connections are made.
pub(super) type Adjust = dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync;

impl Connection {
    /// The defaults.
    pub fn new() -> Self {
        Self {
            trust: Trust::system(),
            allows_plain_http: false,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(30),
            deadline: Duration::from_secs(90),
            attempts: 4,
            largest_answer_bytes: LARGEST_ANSWER_BYTES,
            pace: None,
            adjust: None,
        }
    }

    /// Whom to trust to be the controller, for example one whose self-signed certificate has a known fingerprint.
    pub fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// Takes any certificate for the controller's. Whoever stands between can then read the keys and every code.
    ///
    /// [`Trust::pinned`] costs as little, and is safe.
    pub fn danger_trust_any_certificate(self) -> Self {
        self.trust(Trust::anything())
    }

    /// Goes to addresses that begin with `http://` too. Whoever stands between can then read the keys and every code.
    ///
    /// Plain HTTP to the machine itself needs no permission.
    pub fn danger_allow_plain_http(mut self) -> Self {
        self.allows_plain_http = true;
        self
    }

    /// How long a connection may take to be made, with its TLS.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long the controller may be silent, before its answer and within it.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// How long one attempt may take, from the connection to the last byte of the answer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a call may take, with everything in it: waiting for its turn, signing in, all attempts and the pauses between
    /// them. What is longer than about 30 years is that.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How many times a call is sent at most if it fails and may be retried. 1 is never to retry; 0 counts as 1.
    ///
    /// If the controller reports that it is busy, or if no connection can be made although it has responded to this client before,
    /// the call is retried until the deadline, however often that is, unless this is 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// How large the body of an answer may be; what is compressed counts as what it inflates to.
    pub fn largest_answer_bytes(mut self, bytes: usize) -> Self {
        self.largest_answer_bytes = bytes;
        self
    }

    /// How fast the controller may be asked. Give the same pace to several clients to have them share it.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// A last word on how connections are made, for example through a proxy:
    ///
    /// ```
    /// use hotspot_vouchers::Connection;
    ///
    /// # fn main() -> Result<(), reqwest::Error> {
    /// let proxy = reqwest::Proxy::https("http://proxy.example:3128")?;
    /// let connection = Connection::new().adjust(move |connections| connections.proxy(proxy.clone()));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Timeouts, trust and redirects are set afterwards, and so cannot be set here. Retries by reqwest itself and its log of
    /// all bytes (`connection_verbose`) are turned off afterwards: the one could create vouchers twice, and the other would show
    /// keys and codes.
    pub fn adjust(
        mut self,
        adjust: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.adjust = Some(Arc::new(adjust));
        self
    }
}

impl Default for Connection {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("trust", &self.trust)
            .field("allows_plain_http", &self.allows_plain_http)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("attempts", &self.attempts)
            .field("largest_answer_bytes", &self.largest_answer_bytes)
            .field("pace", &self.pace)
            .finish_non_exhaustive()
    }
}
