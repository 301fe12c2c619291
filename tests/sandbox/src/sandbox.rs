use std::fmt;
use std::sync::Arc;

use crate::builder::SandboxBuilder;
use crate::clock::Clock;
use crate::elsewhere::Elsewhere;
use crate::omada::Omada;
use crate::serve::{Server, Tls};
use crate::unifi::Unifi;

/// Both controllers, and the cloud before one of them, serving on loopback until this is dropped.
///
/// They run on a thread of their own, so one sandbox may be shared by tests that each have their
/// own runtime, unless they are asked to run [on this one](SandboxBuilder::on_this_runtime).
pub struct Sandbox {
    pub(crate) omada: Arc<Omada>,
    pub(crate) unifi: Arc<Unifi>,
    pub(crate) elsewhere: Arc<Elsewhere>,
    pub(crate) tls: Option<Arc<Tls>>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) control_url: Option<String>,
    pub(crate) _server: Server,
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
            Err(error) => panic!("the sandbox {error}"),
        }
    }

    /// Chooses ports, keys and behaviour before the start.
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

    /// The address of the [control port](SandboxBuilder::control_port), `http://127.0.0.1:PORT`; none without one.
    pub fn control_url(&self) -> Option<&str> {
        self.control_url.as_deref()
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
