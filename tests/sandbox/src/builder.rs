use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::control::Control;
use crate::elsewhere::Elsewhere;
use crate::identity::{Identities, Identity};
use crate::log::{Log, Sink};
use crate::omada::Omada;
use crate::order::Order;
use crate::sandbox::Sandbox;
use crate::serve::{Controller, Desk, Door, Server, Tls, bind};
use crate::unifi::{Cloud, Unifi};

/// What can be chosen before a [`Sandbox`] starts. `Debug` does not show what was [given](Self::fixed).
#[derive(Clone, Debug, Default)]
pub struct SandboxBuilder {
    omada_port: u16,
    unifi_port: u16,
    unifi_cloud_port: u16,
    code_lag: Duration,
    tls: bool,
    on_this_runtime: bool,
    identities: Identities,
    order: Order,
    control_port: Option<u16>,
    log: Option<Sink>,
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

    /// Gives an id, a key or a password, which is then the same in every run.
    ///
    /// # Errors
    ///
    /// - [`io::ErrorKind::InvalidInput`] if the value does not have the form that [`Identity`] documents. The message names
    ///   the identity, and does not show the value.
    pub fn fixed(mut self, what: Identity, value: impl Into<String>) -> io::Result<Self> {
        self.identities.give(what, value.into())?;
        Ok(self)
    }

    /// The order of lists that the caller does not sort, at both controllers; [`Order::Created`] by default. Afterwards,
    /// [`Omada::set_order`] and [`Unifi::set_order`] change it.
    #[must_use]
    pub fn order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// Serves a control port over plain HTTP on loopback; 0 takes a free port. Through it, programs in other languages do
    /// what Rust code does with [`Sandbox::omada`], [`Sandbox::unifi`] and [`Sandbox::clock`]. The
    /// [crate documentation](crate#control-port) lists its calls. Without this method there is no control port.
    #[must_use]
    pub fn control_port(mut self, port: u16) -> Self {
        self.control_port = Some(port);
        self
    }

    /// Passes a text about every request to `write`, after the response is ready: door, verb, path, query, headers, status and
    /// time. Keys, tokens, passwords, voucher codes and bodies are hidden. The text has several lines, and no line break at
    /// its end.
    #[must_use]
    pub fn log(mut self, write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.log = Some(Sink::new(write));
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
    /// As for [`SandboxBuilder::start_without_async`].
    pub async fn start(self) -> io::Result<Sandbox> {
        self.start_without_async()
    }

    /// The same, for a till that is written without async.
    ///
    /// # Errors
    ///
    /// - [`io::ErrorKind::AddrInUse`] if a port is taken. The message names the address, as for every failure to listen.
    /// - [`io::ErrorKind::InvalidInput`] if two [given](Self::fixed) values are equal that must differ: the ids of portals,
    ///   SSIDs and networks, and the two API keys.
    /// - Any other kind if loopback cannot be bound, or if it should run [on this runtime](Self::on_this_runtime) and there is
    ///   no runtime.
    pub fn start_without_async(self) -> io::Result<Sandbox> {
        self.identities.check()?;
        let tls = if self.tls { Some(Arc::new(Tls::new().map_err(io::Error::other)?)) } else { None };
        let clock = if self.on_this_runtime { Clock::of_this_runtime() } else { Clock::of_the_system() };
        let clock = Arc::new(clock);
        let (omada_listener, omada_door) = door(self.omada_port, tls.as_ref())?;
        let (unifi_listener, unifi_door) = door(self.unifi_port, tls.as_ref())?;
        let (cloud_listener, cloud_door) = door(self.unifi_cloud_port, tls.as_ref())?;
        let (elsewhere_listener, address) = bind(0)?;
        let elsewhere_door = Arc::new(Door::new(address, format!("http://localhost:{}", address.port())));
        let elsewhere = Arc::new(Elsewhere::new(elsewhere_door.url().to_owned()));
        let control = self.control_port.map(|port| door(port, None)).transpose()?;
        let control_url = control.as_ref().map(|(_, door)| door.url().to_owned());
        let omada = Arc::new(Omada::new(Arc::clone(&omada_door), Arc::clone(&clock), &self.identities));
        let doors = [Arc::clone(&unifi_door), Arc::clone(&cloud_door)];
        let unifi = Arc::new(Unifi::new(doors, Arc::clone(&clock), &self.identities));
        omada.set_code_lag(self.code_lag);
        omada.set_order(self.order);
        unifi.set_order(self.order);
        let desk = |name, controller: Arc<dyn Controller>, door, tls: Option<&Arc<Tls>>| {
            let (clock, elsewhere_url, tls) = (Arc::clone(&clock), elsewhere.url().to_owned(), tls.cloned());
            let controllers: [Arc<dyn Controller>; 2] = [Arc::clone(&omada) as _, Arc::clone(&unifi) as _];
            let log = self.log.clone().map(|sink| Log { door: name, sink, controllers: controllers.into() });
            Arc::new(Desk { controller, door, tls, clock, elsewhere_url, log })
        };
        let mut desks = vec![
            (omada_listener, desk("omada", Arc::clone(&omada) as _, omada_door, tls.as_ref())),
            (unifi_listener, desk("unifi", Arc::clone(&unifi) as _, unifi_door, tls.as_ref())),
            (cloud_listener, desk("unifi-cloud", Arc::new(Cloud::new(Arc::clone(&unifi))), cloud_door, tls.as_ref())),
            (elsewhere_listener, desk("elsewhere", Arc::clone(&elsewhere) as _, elsewhere_door, None)),
        ];
        if let Some((listener, door)) = control {
            let control = Control::new(Arc::clone(&omada), Arc::clone(&unifi), Arc::clone(&clock));
            desks.push((listener, desk("control", Arc::new(control), door, None)));
        }
        let server = if self.on_this_runtime { Server::here(desks)? } else { Server::on_a_thread(desks)? };
        Ok(Sandbox { omada, unifi, elsewhere, tls, clock, control_url, _server: server })
    }
}

/// A listener of a controller, and the door that it belongs to.
fn door(port: u16, tls: Option<&Arc<Tls>>) -> io::Result<(TcpListener, Arc<Door>)> {
    let (listener, address) = bind(port)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    Ok((listener, Arc::new(Door::new(address, format!("{scheme}://{address}")))))
}
