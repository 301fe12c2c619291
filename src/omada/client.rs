//! The client of a controller, and how it is set up.

use super::auth::{Session, VENDOR};
use super::error::Error;
use super::generated;
use super::ids::{OmadacId, SiteId};
use super::site::Site;
use crate::connection::{Address, Connection, Line, Pace};
use crate::http;
use crate::secret::Secret;
use crate::validate::{Problem, Violations};

/// A client of one Omada controller.
///
/// It is cheap to clone, and its clones share connections and sign-in. It connects to nothing before the first call.
#[derive(Debug, Clone)]
pub struct Client {
    generated: generated::Client,
    omadac_id: OmadacId,
}

impl Client {
    /// Begins to set up a client.
    ///
    /// `url` is the controller's Interface Access Address, such as `https://192.168.1.1:8043`, and `omadac_id` its Omada ID.
    /// Both are shown where the app was created: Settings, Platform Integration, Open API.
    pub fn builder(url: impl Into<String>, omadac_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder { url: url.into(), omadac_id: omadac_id.into(), credentials: None, connection: Connection::new() }
    }

    /// A site of the controller. This sends nothing, so it does not find out whether the site exists.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the id cannot stand in a path.
    pub fn site(&self, id: impl AsRef<str>) -> Result<Site, Error> {
        Ok(Site::new(self.clone(), SiteId::new(id)?))
    }

    /// How often a call may be tried.
    pub(crate) fn attempts(&self) -> u32 {
        self.generated.session().attempts_allowed()
    }

    /// The same client, with one deadline for everything from now on.
    pub(crate) fn with_deadline(&self) -> Self {
        Self { generated: self.generated.session().with_deadline().client(), ..self.clone() }
    }

    /// The client as it is generated, signed in: every operation as the vendor documents it, and nothing is checked before it
    /// is sent.
    pub fn generated(&self) -> &generated::Client {
        &self.generated
    }

    /// The id of the controller.
    pub fn omadac_id(&self) -> &OmadacId {
        &self.omadac_id
    }
}

/// How a client is set up.
#[derive(Debug, Clone)]
pub struct ClientBuilder {
    url: String,
    omadac_id: String,
    credentials: Option<(String, Secret)>,
    connection: Connection,
}

impl ClientBuilder {
    /// Signs in with the id and the secret of an app in client mode.
    pub fn client_credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.credentials = Some((client_id.into(), client_secret.into()));
        self
    }

    /// Reaches the controller in another way than by default: with another trust, other timeouts, at another pace.
    pub fn connection(mut self, connection: Connection) -> Self {
        self.connection = connection;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the address, the id or the credentials cannot be used or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let address = Address::parse(&self.url)?;
        let omadac_id = OmadacId::new(&self.omadac_id)?;
        let missing = || Violations::one("client_credentials", Problem::Missing { because: None });
        let (client_id, client_secret) = self.credentials.ok_or_else(missing)?;
        for (field, text) in [("client_id", client_id.as_str()), ("client_secret", client_secret.expose())] {
            http::credential(field, text)?;
        }
        let line = Line::new(VENDOR, self.connection, Pace::unlimited)?;
        let base_url = address.checked(line.allows_plain_http())?;
        let session = Session::new(line, base_url, omadac_id.clone(), client_id, client_secret);
        Ok(Client { generated: session.client(), omadac_id })
    }
}
