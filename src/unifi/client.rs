//! The client of a console, and how it is set up.

use uuid::Uuid;

use super::auth::Session;
use super::error::Error;
use super::generated;
use super::site::Site;
use crate::http;
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::validate::{Problem, Violations};

/// Where a console has its Network Integration API.
const PATH: &str = "/proxy/network/integration";

/// A client of one UniFi console.
///
/// It is cheap to clone, and its clones share connections. It connects to nothing before the first call.
#[derive(Debug, Clone)]
pub struct Client {
    generated: generated::Client,
}

impl Client {
    /// Begins to set up a client.
    ///
    /// `url` is the console's address: `https://192.168.1.1` for a console, `https://192.168.1.1:11443` for a UniFi OS Server.
    pub fn builder(url: impl Into<String>) -> ClientBuilder {
        ClientBuilder { url: url.into(), api_key: None, http_client: None }
    }

    /// A site of the console. This sends nothing, so it does not find out whether the site exists.
    ///
    /// The id is a UUID; the name `default` is not.
    pub fn site(&self, id: Uuid) -> Site {
        Site::new(self.clone(), id)
    }

    /// The client as it is generated, signed in: every operation as the vendor documents it, and nothing is checked before it
    /// is sent.
    pub fn generated(&self) -> &generated::Client {
        &self.generated
    }
}

/// How a client is set up.
#[derive(Debug, Clone)]
pub struct ClientBuilder {
    url: String,
    api_key: Option<Secret>,
    http_client: Option<reqwest::Client>,
}

impl ClientBuilder {
    /// Signs in with an API key of the console: Settings, Control Plane, Integrations.
    pub fn api_key(mut self, api_key: impl Into<Secret>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Makes connections in another way than the default, for example with a certificate authority of one's own. It should not
    /// follow redirects, which would carry the key to somewhere else.
    ///
    /// By default a connection may take 10 seconds to be made and a call 30 seconds in all, and redirects are not followed.
    pub fn http_client(mut self, http_client: reqwest::Client) -> Self {
        self.http_client = Some(http_client);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the address or the key cannot be used or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let base_url = http::base_url(&self.url)?;
        let base_url = format!("{}{PATH}", base_url.strip_suffix(PATH).unwrap_or(&base_url));
        let missing = || Violations::one("api_key", Problem::Missing { because: None });
        let api_key = self.api_key.ok_or_else(missing)?;
        let header = http::secret_header("api_key", api_key.expose())?;
        let http_client = self.http_client.map_or_else(http::client, Ok)?;
        let session = Session::new(http_client, base_url, header, Redactor::new([api_key]));
        Ok(Client { generated: session.client() })
    }
}
