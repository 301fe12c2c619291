use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::omada::Omada;
use crate::server::{self, Server};
use crate::unifi::{Cloud, Unifi};

/// Both controllers, and the cloud before one of them, serving on loopback until this is dropped.
///
/// They run on a thread of their own, so one sandbox may be shared by tests that each have their
/// own runtime.
pub struct Sandbox {
    omada: Arc<Omada>,
    unifi: Arc<Unifi>,
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

    /// Binds all ports and starts to serve.
    ///
    /// Binding loopback does not wait for anything, but callers are asynchronous and need not know
    /// that.
    ///
    /// # Errors
    ///
    /// When a port is taken, or loopback cannot be bound at all.
    pub async fn start(self) -> io::Result<Sandbox> {
        let clock = Arc::new(Clock::new());
        let (omada_listener, omada_url) = server::bind(self.omada_port)?;
        let (unifi_listener, unifi_url) = server::bind(self.unifi_port)?;
        let (cloud_listener, cloud_url) = server::bind(self.unifi_cloud_port)?;
        let omada = Arc::new(Omada::new(omada_url, Arc::clone(&clock)));
        omada.set_code_lag(self.code_lag);
        let unifi = Arc::new(Unifi::new(unifi_url, cloud_url, Arc::clone(&clock)));
        let cloud = Arc::new(Cloud::new(Arc::clone(&unifi)));
        let server = Server::start(
            (omada_listener, Arc::clone(&omada)),
            (unifi_listener, Arc::clone(&unifi)),
            (cloud_listener, cloud),
        )?;
        Ok(Sandbox { omada, unifi, clock, _server: server })
    }
}
