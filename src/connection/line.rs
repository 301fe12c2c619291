//! What leads to one controller: connections, and how fast and how long they are used.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use std::{fmt, io};

use jiff::Timestamp;
use reqwest::redirect::Policy;
use reqwest::retry;
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep, timeout_at};

use super::address::Address;
use super::clock::Clock;
use super::network::Home;
use super::pace::{LONGEST, Pace};
use super::runtime::Process;
use super::settings::Connection;
use super::tls;
use crate::error::{Error, Transport};
use crate::idempotency_key::IdempotencyKey;
use crate::sales::Sales;
use crate::validate::{Problem, Violations};

/// What leads to one controller. Its clones share everything but the deadline.
#[derive(Clone)]
pub(crate) struct Line {
    shared: Arc<Shared>,
    pace: Pace,
    /// What the controller's clock shows.
    clock: Arc<Clock>,
    /// Whether there was ever a response, so that the address is right.
    has_answered: Arc<AtomicBool>,
    /// What the client remembers of its creates.
    sales: Arc<Sales>,
    /// How often a call may be tried.
    attempts: u32,
    /// When everything has to be over, where several calls are one to the caller.
    deadline: Option<Instant>,
}

struct Shared {
    vendor: &'static str,
    http_client: reqwest::Client,
    settings: Connection,
    home: Home,
    process: Process,
}

impl Line {
    /// Sets up the connections to an address; none is made yet. `pace` is that of the vendor, where the user set none.
    pub(crate) fn new(
        vendor: &'static str,
        address: &Address,
        settings: Connection,
        pace: impl FnOnce() -> Pace,
    ) -> Result<Self, Violations> {
        let http_client = connections(address, &settings)?;
        let pace = settings.pace.clone().unwrap_or_else(pace);
        let attempts = settings.attempts;
        let (home, process) = (Home::default(), Process::default());
        let shared = Arc::new(Shared { vendor, http_client, settings, home, process });
        Ok(Self {
            shared,
            pace,
            clock: Arc::default(),
            has_answered: Arc::default(),
            sales: Arc::default(),
            attempts,
            deadline: None,
        })
    }

    /// The same connections, on which each call is tried once.
    #[allow(dead_code, reason = "a vendor may search for its API")]
    pub(crate) fn once(&self) -> Self {
        Self { attempts: 1, ..self.clone() }
    }

    /// The same connections to another controller, which is asked at a pace of its own.
    #[allow(dead_code, reason = "a vendor may have one way to many controllers")]
    pub(crate) fn at_pace(&self, pace: Pace) -> Self {
        let pace = self.shared.settings.pace.clone().unwrap_or(pace);
        Self { pace, clock: Arc::default(), ..self.clone() }
    }

    /// The same line, with one deadline for all that is done on it from now on.
    pub(crate) fn with_deadline(&self) -> Self {
        Self { deadline: Some(self.deadline()), ..self.clone() }
    }

    /// The same line, on which everything has to be over at a moment, if that is before its own deadline.
    #[allow(dead_code, reason = "a vendor may have no call with a deadline of its own")]
    pub(crate) fn ending_at(&self, end: Option<Instant>) -> Self {
        let deadline = self.deadline();
        Self { deadline: Some(end.map_or(deadline, |end| deadline.min(end))), ..self.clone() }
    }

    /// The same line, with a deadline that begins now, whatever deadline there was.
    #[allow(dead_code, reason = "a vendor may sign in with each call")]
    pub(crate) fn with_new_deadline(&self) -> Self {
        Self { deadline: None, ..self.clone() }.with_deadline()
    }

    /// Checks that an operation can be called on this runtime and in this process.
    pub(crate) fn check<A>(&self, operation: &'static str) -> Result<(), Error<A>> {
        Ok(self.shared.process.check().map_err(|lack| Transport::lacking(operation, lack))?)
    }

    /// Returns the runtime of the connections, or `None` if it is the runtime of the caller.
    pub(super) fn home(&self) -> io::Result<Option<Handle>> {
        self.shared.home.handle()
    }

    /// Returns the error of a call that was not sent before its deadline, perhaps because the controller requested a pause.
    pub(crate) fn too_late(&self, operation: &'static str) -> Transport {
        match self.pace.is_held() {
            true => Transport::held(operation),
            false => Transport::too_late(operation),
        }
    }

    /// Returns `true` if trust may depend on a decision on first use.
    pub(super) fn asks(&self) -> bool {
        self.shared.settings.trust.asks()
    }

    /// When a call that begins now has to be over.
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline.unwrap_or_else(|| Instant::now() + self.shared.settings.deadline.min(LONGEST))
    }

    /// What the controller's clock shows at a moment, if it has told that.
    #[allow(dead_code, reason = "a vendor may need to know whether the clock was set meanwhile")]
    pub(crate) fn time_at(&self, moment: Instant) -> Option<Timestamp> {
        self.clock.time_at(moment)
    }

    /// How many responses have shown what the controller's clock shows.
    #[allow(dead_code, reason = "a vendor may need no clock to know what it created")]
    pub(crate) fn dates(&self) -> usize {
        self.clock.count()
    }

    /// What the controller's clock shows at a moment, by the responses after the first ones of this number: nothing if it was set
    /// meanwhile.
    #[allow(dead_code, reason = "a vendor may need no clock to know what it created")]
    pub(crate) fn steady_time_at(&self, moment: Instant, first: usize) -> Option<Timestamp> {
        self.clock.steady_time_at(moment, first)
    }

    /// What the client remembers of its creates.
    pub(crate) fn sales(&self) -> &Sales {
        &self.sales
    }

    /// Waits for the turn of a keyed create: calls with the same key on the same site come one after the other.
    ///
    /// # Errors
    /// If the deadline passes before, or if no call can be made where this is called.
    pub(crate) async fn turn(
        &self,
        operation: &'static str,
        site: &impl fmt::Display,
        key: &IdempotencyKey,
    ) -> Result<OwnedMutexGuard<()>, Transport> {
        self.shared.process.check().map_err(|lack| Transport::lacking(operation, lack))?;
        let turn = self.sales.turn(format!("{site} {key}"));
        timeout_at(self.deadline(), turn).await.map_err(|_| Transport::too_late(operation))
    }

    /// Waits before something is looked for again, where the deadline leaves the time for that; answers whether it does.
    pub(crate) async fn pause(&self, pause: Duration) -> bool {
        let is_in_time = Instant::now() + pause < self.deadline();
        if is_in_time {
            sleep(pause).await;
        }
        is_in_time
    }

    pub(crate) fn http_client(&self) -> &reqwest::Client {
        &self.shared.http_client
    }

    pub(crate) fn allows_plain_http(&self) -> bool {
        self.shared.settings.allows_plain_http
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(super) fn has_answered(&self) -> &AtomicBool {
        &self.has_answered
    }

    pub(super) fn vendor(&self) -> &'static str {
        self.shared.vendor
    }

    pub(super) fn pace(&self) -> &Pace {
        &self.pace
    }

    /// How often a call may be tried.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(super) fn timeout(&self) -> Duration {
        self.shared.settings.timeout
    }

    pub(super) fn largest_answer_bytes(&self) -> usize {
        self.shared.settings.largest_answer_bytes
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("settings", &self.shared.settings)
            .field("pace", &self.pace)
            .finish_non_exhaustive()
    }
}

/// The connections of a client. They follow no redirect, because it would carry the credentials to somewhere else.
fn connections(address: &Address, settings: &Connection) -> Result<reqwest::Client, Violations> {
    let unusable = |why: String| Violations::one("connection", Problem::Failed { why });
    let mut builder = reqwest::Client::builder();
    // What goes to this machine in plain HTTP would go to a proxy of the environment in plain HTTP too.
    if address.is_local() && !settings.allows_plain_http {
        builder = builder.no_proxy();
    }
    if let Some(adjust) = &settings.adjust {
        builder = adjust(builder);
    }
    builder = builder.redirect(Policy::none()).connect_timeout(settings.connect_timeout).timeout(settings.timeout);
    // reqwest would repeat a request on its own, whether or not a create may be repeated.
    builder = builder.retry(retry::never());
    // It writes every byte to the log, keys and codes included.
    builder = builder.connection_verbose(false);
    // A timeout as long as the whole attempt only costs, unless it replaces a shorter one of the adjustment.
    if settings.read_timeout < settings.timeout || settings.adjust.is_some() {
        builder = builder.read_timeout(settings.read_timeout);
    }
    let builder = tls::secure(builder, &settings.trust, address.host())
        .map_err(|why| Violations::one("trust", Problem::Failed { why }))?;
    // Where a program has reqwest's `rustls-no-provider` and neither feature of ours, reqwest panics.
    let built = catch_unwind(AssertUnwindSafe(|| builder.build()));
    built
        .map_err(|_| unusable("TLS has no cryptography; turn on the feature `rustls` or `native-tls`".to_owned()))?
        .map_err(|error| unusable(error.to_string()))
}
