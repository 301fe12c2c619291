use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::Response;
use tokio::sync::{broadcast, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::serve::{Body, Counters};
use crate::shared::Shared;

/// Where a controller listens: what has come through, and whether anything can.
///
/// Whatever happens to its door, the controller keeps its vouchers and tokens.
pub struct Door {
    address: SocketAddr,
    url: String,
    pub(crate) shut: watch::Sender<Shut>,
    pub(crate) listening: watch::Sender<bool>,
    pub(crate) connections: watch::Sender<usize>,
    pub(crate) hang_ups: broadcast::Sender<HangUp>,
    pub(crate) counters: Shared<Counters>,
    /// The requests that are being carried out, and the openings to come.
    work: Shared<JoinSet<()>>,
}

/// Why a door has no listener.
#[derive(Default)]
pub(crate) struct Shut {
    by_hand: bool,
    for_a_while: usize,
}

impl Shut {
    pub(crate) fn is_shut(&self) -> bool {
        self.by_hand || self.for_a_while > 0
    }
}

/// How connections end that are open.
#[derive(Clone, Copy)]
pub(crate) enum HangUp {
    /// After the request that is being answered.
    Politely,
    /// Now, with a reset.
    Abruptly,
}

impl Door {
    pub(crate) fn new(address: SocketAddr, url: String) -> Self {
        Self {
            address,
            url,
            shut: watch::Sender::default(),
            listening: watch::Sender::new(true),
            connections: watch::Sender::new(0),
            hang_ups: broadcast::Sender::new(16),
            counters: Shared::default(),
            work: Shared::default(),
        }
    }

    /// What has come through so far.
    pub fn counters(&self) -> Counters {
        Counters { connections_open: *self.connections.borrow(), ..self.counters.lock().clone() }
    }

    /// Pulls the plug: every connection is reset, and connecting is refused until [`Door::open`], because the port has no
    /// listener. It stays reserved, so that nobody else gets it. What was asked for is still carried out.
    pub async fn close(&self) {
        self.shut.send_modify(|shut| shut.by_hand = true);
        self.await_listening(false).await;
        let _ = self.hang_ups.send(HangUp::Abruptly);
        self.await_no_connection().await;
    }

    /// Listens again after [`Door::close`], unless a [`Fault::Refuse`](crate::Fault::Refuse) still lasts.
    pub async fn open(&self) {
        self.shut.send_modify(|shut| shut.by_hand = false);
        if !self.shut.borrow().is_shut() {
            self.await_listening(true).await;
        }
    }

    /// Ends every connection that is open, each after the request that is being answered, and returns when all have
    /// ended. The next request needs a new connection, and under TLS another handshake.
    pub async fn hang_up(&self) {
        let _ = self.hang_ups.send(HangUp::Politely);
        self.await_no_connection().await;
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets nobody connect for a while, and returns when that has begun.
    pub(crate) async fn refuse_for(&self, span: Duration) {
        self.shut.send_modify(|shut| shut.for_a_while += 1);
        self.await_listening(false).await;
        let shut = self.shut.clone();
        self.work.lock().spawn(async move {
            sleep(span).await;
            shut.send_modify(|shut| shut.for_a_while -= 1);
        });
    }

    /// Does what a request asks for to its end, even where its caller hangs up before.
    pub(crate) async fn carry_out(
        self: Arc<Self>,
        operation: String,
        work: impl Future<Output = Option<Response<Body>>> + Send + 'static,
    ) -> Option<Response<Body>> {
        self.counters.lock().begin(operation);
        let under_way = UnderWay(Arc::clone(&self));
        let (done, answer) = oneshot::channel();
        {
            let mut tasks = self.work.lock();
            while tasks.try_join_next().is_some() {}
            tasks.spawn(async move {
                // Nobody may be left to hear it.
                let _ = done.send(work.await);
                drop(under_way);
            });
        }
        // A request that fails in the sandbox itself is one that gets no answer.
        answer.await.ok().flatten()
    }

    /// Ends all that is still to be done.
    pub(crate) fn demolish(&self) {
        self.work.lock().abort_all();
    }

    async fn await_listening(&self, wanted: bool) {
        // The sender is a part of this door, so that waiting cannot fail.
        let _ = self.listening.subscribe().wait_for(|listening| *listening == wanted).await;
    }

    async fn await_no_connection(&self) {
        let _ = self.connections.subscribe().wait_for(|connections| *connections == 0).await;
        // A client on the same runtime hears of the end only when it gets a turn, and must not send into it before.
        for _ in 0..8 {
            tokio::task::yield_now().await;
        }
    }
}

/// Counts a request as open until it is dropped.
struct UnderWay(Arc<Door>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.counters.lock().requests_open -= 1;
    }
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door")
            .field("url", &self.url)
            .field("listening", &*self.listening.borrow())
            .finish_non_exhaustive()
    }
}
