use std::fmt;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::elsewhere::Elsewhere;
use crate::omada::Omada;
use crate::serve::{Controller, Desk, Door, Server, Tls, bind};
use crate::unifi::{Cloud, Unifi};

/// Both controllers, and the cloud before one of them, serving on loopback until this is dropped.
///
/// They run on a thread of their own, so one sandbox may be shared by tests that each have their
/// own runtime, unless they are asked to run [on this one](SandboxBuilder::on_this_runtime).
pub struct Sandbox {
    omada: Arc<Omada>,
    unifi: Arc<Unifi>,
    elsewhere: Arc<Elsewhere>,
    tls: Option<Arc<Tls>>,
    clock: Arc<Clock>,
    _server: Server,
}

impl Sandbox {
    /// Starts both controllers on free ports of 127.0.0.1.
    ///
    /// # Panics
    ///
    /// When loopback cannot be bound: no test could go on from there. [`SandboxBuilder::start`]
    /// returns the error instead.
    pub async fn start() -> Self {
        match Self::builder().start().await {
            Ok(sandbox) => sandbox,
            Err(error) => panic!("the sandbox cannot listen on 127.0.0.1: {error}"),
        }
    }

    /// Starts on chosen ports, or with codes that lag from the beginning.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// The fake Omada controller.
    pub fn omada(&self) -> &Omada {
        &self.omada
    }

    /// The fake UniFi console.
    pub fn unifi(&self) -> &Unifi {
        &self.unifi
    }

    /// The host that a redirect may point to.
    pub fn elsewhere(&self) -> &Elsewhere {
        &self.elsewhere
    }

    /// The certificates of both controllers and the cloud; none without [`SandboxBuilder::tls`].
    pub fn tls(&self) -> Option<&Tls> {
        self.tls.as_deref()
    }

    /// The time that both controllers live by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("omada", &self.omada).field("unifi", &self.unifi).finish_non_exhaustive()
    }
}

/// What can be chosen before a [`Sandbox`] starts.
#[derive(Clone, Debug, Default)]
pub struct SandboxBuilder {
    omada_port: u16,
    unifi_port: u16,
    unifi_cloud_port: u16,
    code_lag: Duration,
    tls: bool,
    on_this_runtime: bool,
}

impl SandboxBuilder {
    /// The port of the Omada controller; 0, which is the default, takes a free one.
    #[must_use]
    pub fn omada_port(mut self, port: u16) -> Self {
        self.omada_port = port;
        self
    }

    /// The port of the UniFi console; 0, which is the default, takes a free one.
    #[must_use]
    pub fn unifi_port(mut self, port: u16) -> Self {
        self.unifi_port = port;
        self
    }

    /// The port of the cloud before the UniFi console; 0, which is the default, takes a free one.
    #[must_use]
    pub fn unifi_cloud_port(mut self, port: u16) -> Self {
        self.unifi_cloud_port = port;
        self
    }

    /// How long the codes of a new Omada group stay hidden, on the sandbox clock; none by default.
    #[must_use]
    pub fn code_lag(mut self, lag: Duration) -> Self {
        self.code_lag = lag;
        self
    }

    /// Serves HTTPS at every door, with [certificates](Tls) of an authority that is made at start.
    #[must_use]
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Serves on the runtime that starts the sandbox, instead of a thread of its own.
    ///
    /// On a runtime of one thread whose clock is paused (`#[tokio::test(start_paused = true)]`), every delay of the sandbox
    /// and its [`Clock`] then run on the same virtual time as the client's timeouts: an hour passes at once, and in the
    /// right order. A sandbox on a thread of its own waits in real time, while a paused clock jumps ahead whenever the
    /// client waits for it.
    #[must_use]
    pub fn on_this_runtime(mut self) -> Self {
        self.on_this_runtime = true;
        self
    }

    /// Binds all ports and starts to serve.
    ///
    /// Binding loopback does not wait for anything, but callers are asynchronous and need not know
    /// that.
    ///
    /// # Errors
    ///
    /// When a port is taken, or loopback cannot be bound at all.
    pub async fn start(self) -> io::Result<Sandbox> {
        self.start_without_async()
    }

    /// The same, for a till that is written without async.
    ///
    /// # Errors
    ///
    /// When a port is taken, or loopback cannot be bound at all, or it is to run
    /// [on this runtime](Self::on_this_runtime) where there is none.
    pub fn start_without_async(self) -> io::Result<Sandbox> {
        let tls = if self.tls { Some(Arc::new(Tls::new().map_err(io::Error::other)?)) } else { None };
        let clock = if self.on_this_runtime { Clock::of_this_runtime() } else { Clock::of_the_system() };
        let clock = Arc::new(clock);
        let (omada_listener, omada_door) = door(self.omada_port, tls.as_ref())?;
        let (unifi_listener, unifi_door) = door(self.unifi_port, tls.as_ref())?;
        let (cloud_listener, cloud_door) = door(self.unifi_cloud_port, tls.as_ref())?;
        let (elsewhere_listener, address) = bind(0)?;
        let elsewhere_door = Door::new(address, format!("http://localhost:{}", address.port()));
        let elsewhere = Arc::new(Elsewhere::new(elsewhere_door.url().to_owned()));
        let omada = Arc::new(Omada::new(Arc::clone(&omada_door), Arc::clone(&clock)));
        omada.set_code_lag(self.code_lag);
        let doors = (Arc::clone(&unifi_door), Arc::clone(&cloud_door));
        let unifi = Arc::new(Unifi::new(doors.0, doors.1, Arc::clone(&clock)));
        let desk = |controller: Arc<dyn Controller>, door, tls| {
            let (clock, elsewhere_url) = (Arc::clone(&clock), elsewhere.url().to_owned());
            Arc::new(Desk { controller, door, tls, clock, elsewhere_url })
        };
        let desks = vec![
            (omada_listener, desk(Arc::clone(&omada) as _, omada_door, tls.clone())),
            (unifi_listener, desk(Arc::clone(&unifi) as _, unifi_door, tls.clone())),
            (cloud_listener, desk(Arc::new(Cloud::new(Arc::clone(&unifi))), cloud_door, tls.clone())),
            (elsewhere_listener, desk(Arc::clone(&elsewhere) as _, Arc::new(elsewhere_door), None)),
        ];
        let server = if self.on_this_runtime { Server::here(desks)? } else { Server::on_a_thread(desks)? };
        Ok(Sandbox { omada, unifi, elsewhere, tls, clock, _server: server })
    }
}

/// A listener of a controller, and the door that it belongs to.
fn door(port: u16, tls: Option<&Arc<Tls>>) -> io::Result<(TcpListener, Arc<Door>)> {
    let (listener, address) = bind(port)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    Ok((listener, Arc::new(Door::new(address, format!("{scheme}://{address}")))))
}
