//! The client of a controller, and how it is set up.

use super::auth::Session;
use super::error::Error;
use super::generated;
use super::ids::{OmadacId, SiteId};
use super::site::Site;
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
        ClientBuilder { url: url.into(), omadac_id: omadac_id.into(), credentials: None, http_client: None }
    }

    /// A site of the controller. This sends nothing, so it does not find out whether the site exists.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the id cannot stand in a path.
    pub fn site(&self, id: impl AsRef<str>) -> Result<Site, Error> {
        Ok(Site::new(self.clone(), SiteId::new(id)?))
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
    http_client: Option<reqwest::Client>,
}

impl ClientBuilder {
    /// Signs in with the id and the secret of an app in client mode.
    pub fn client_credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.credentials = Some((client_id.into(), client_secret.into()));
        self
    }

    /// Makes connections in another way than the default, for example with a certificate authority of one's own. It should not
    /// follow redirects, which would carry the token to somewhere else.
    ///
    /// By default a connection may take 10 seconds to be made and a call 30 seconds in all, and redirects are not followed.
    pub fn http_client(mut self, http_client: reqwest::Client) -> Self {
        self.http_client = Some(http_client);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the address, the id or the credentials cannot be used or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let base_url = http::base_url(&self.url)?;
        let omadac_id = OmadacId::new(&self.omadac_id)?;
        let missing = || Violations::one("client_credentials", Problem::Missing { because: None });
        let (client_id, client_secret) = self.credentials.ok_or_else(missing)?;
        for (field, text) in [("client_id", client_id.as_str()), ("client_secret", client_secret.expose())] {
            http::credential(field, text)?;
        }
        let http_client = self.http_client.map_or_else(http::client, Ok)?;
        let session = Session::new(http_client, base_url, omadac_id.clone(), client_id, client_secret);
        Ok(Client { generated: session.client(), omadac_id })
    }
}
