//! How a client is set up.

use super::auth::{Session, VENDOR, checked};
use super::client::Client;
use super::error::Error;
use super::root::Root;
use crate::connection::{Address, Connection, Given, Line};
use crate::secret::Secret;
use crate::unexpected::{Reason, Unexpected};
use crate::validate::Violations;

const WHERE_KEYS_ARE: &str = "give one of the console, made in Settings, Control Plane, Integrations";

/// How a client is set up.
#[derive(Debug, Clone)]
pub struct ClientBuilder {
    url: Given<String>,
    api_key: Option<Secret>,
    connection: Connection,
}

impl ClientBuilder {
    pub(super) fn new(url: String) -> Self {
        Self { url: Given(url), api_key: None, connection: Connection::new() }
    }

    /// Signs in with an API key of the console: Settings, Control Plane, Integrations.
    pub fn api_key(mut self, api_key: impl Into<Secret>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Reaches the console in another way than by default: with another trust, other timeouts, at another pace.
    pub fn connection(mut self, connection: Connection) -> Self {
        self.connection = connection;
        self
    }

    /// Makes the client. This sends nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the address or the key cannot be used, or if TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let (root, api_key, line) = self.parts()?;
        client_at(&root.candidates().0, api_key, line)
    }

    /// Creates the client, and finds out whether the address is that of a console or of a Network application without one, which
    /// have the API at different roots. The client requests [`info`](Client::info) at both roots, once each, and keeps the root that
    /// responds as the API, even if the API refuses the key. If the first root grants the request, the second one is not requested.
    /// An address that names the root is used unchanged, and nothing is sent.
    ///
    /// The key is sent to the host of the address alone, never along a redirect, and never in plain HTTP unless
    /// [`build`](Self::build) allows that too.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), hotspot_vouchers::unifi::Error> {
    /// use hotspot_vouchers::unifi::Client;
    ///
    /// let client = Client::builder("https://192.168.1.1:8443").api_key("a-key").connect().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// - [`Error::Invalid`] as for [`build`](Self::build); nothing was sent.
    /// - [`Error::Unexpected`] if neither root responds as the API. It has both requested addresses; check them.
    /// - [`Error::Transport`] if there was no response; check the address, or try again.
    pub async fn connect(self) -> Result<Client, Error> {
        let (root, api_key, line) = self.parts()?;
        let (first, second) = root.candidates();
        let at = |root: &Address, line: &Line| client_at(root, api_key.clone(), line.clone());
        let Some(second) = second else { return at(&first, &line) };
        let probes = line.once().with_deadline();
        let Err(error) = at(&first, &probes)?.info().await else { return at(&first, &line) };
        // Where nothing listens, the other root is not found either.
        if error.is_connect() {
            return Err(error);
        }
        match at(&second, &probes)?.info().await {
            Ok(_) => at(&second, &line),
            Err(_) if is_of_api(&error) => at(&first, &line),
            Err(other) if is_of_api(&other) => at(&second, &line),
            Err(_) => Err(of_neither(error, &first, &second)),
        }
    }

    /// The root of the API, the key, and what leads to the console.
    fn parts(self) -> Result<(Root, Secret, Line), Error> {
        let (root, api_key) = Violations::both(Root::parse(&self.url.0), checked(self.api_key, WHERE_KEYS_ARE))?;
        let line = Line::new(VENDOR, root.address(), self.connection, || root.pace(&api_key))?;
        Ok((root, api_key, line))
    }
}

/// A client of the API at a root.
pub(super) fn client_at(root: &Address, api_key: Secret, line: Line) -> Result<Client, Error> {
    let base_url = root.checked(line.allows_plain_http())?;
    Ok(Client::new(Session::new(base_url, api_key, line)?))
}

/// Whether the API itself failed, rather than something else at its address.
fn is_of_api(error: &Error) -> bool {
    matches!(error, Error::Api(refusal) if refusal.since.is_none() && refusal.status != 404)
}

/// The failure of the first of two roots at which there is no API.
fn of_neither(error: Error, first: &Address, second: &Address) -> Error {
    let probed = |root: &Address| Some(format!("{root}/v1/info"));
    match error {
        Error::Unexpected(unexpected) => Unexpected {
            url: unexpected.url.clone().or_else(|| probed(first)),
            other_url: probed(second),
            ..*unexpected
        }
        .into(),
        Error::Api(refusal) => Unexpected {
            url: probed(first),
            other_url: probed(second),
            status: refusal.status,
            body_start: refusal.message.clone(),
            ..Unexpected::read(refusal.operation, Reason::NoApi)
        }
        .into(),
        error => error,
    }
}
