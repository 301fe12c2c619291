//! How a client is set up.

use std::fmt;
use std::sync::Arc;

use super::auth::{App, Session, Token, TokenStore, User};
use super::client::Client;
use super::endpoint::Endpoint;
use super::error::Error;
use super::ids::OmadacId;
use crate::connection::{Connection, Line};
use crate::secret::Secret;
use crate::validate::{Problem, Violations};

/// What traces call the vendor.
const VENDOR: &str = "omada";

const WHERE_THE_ID_IS: &str = "it is shown where the app was created, and a local controller tells it to `connect`";
const WHERE_THE_APP_IS: &str = "give the id and the secret of an app, made in Settings, Platform Integration, Open API";

/// How a client is set up.
#[derive(Clone)]
pub struct ClientBuilder {
    endpoint: Endpoint,
    omadac_id: Option<String>,
    credentials: Option<(String, Secret)>,
    user: Option<User>,
    token: Option<Token>,
    token_store: Option<Arc<dyn TokenStore>>,
    connection: Connection,
}

impl ClientBuilder {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            omadac_id: None,
            credentials: None,
            user: None,
            token: None,
            token_store: None,
            connection: Connection::new(),
        }
    }

    /// Names the controller by its Omada ID, or the customer of an MSP controller by theirs: 32 hexadecimal digits. It is
    /// shown with the address where the app was created, in Settings, Platform Integration, Open API. A local controller tells
    /// it to whoever asks, which is what [`connect`](Self::connect) does.
    pub fn omadac_id(mut self, omadac_id: impl Into<String>) -> Self {
        self.omadac_id = Some(omadac_id.into());
        self
    }

    /// Signs in with the id and the secret of an app. Without a [`user`](Self::user) the app has to be in client mode.
    pub fn client_credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.credentials = Some((client_id.into(), client_secret.into()));
        self
    }

    /// Signs in as a user of the controller, with the user's rights, which an app in authorization code mode needs. The user
    /// is signed in without a browser, so the app must not have a redirect URL.
    pub fn user(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.user = Some(User { username: username.into(), password: password.into() });
        self
    }

    /// Begins with a token that [`Client::token`] handed out, perhaps in another process. When it is about to expire, or is
    /// refused, it is renewed as if it were the client's own.
    pub fn token(mut self, token: Token) -> Self {
        self.token = Some(token);
        self
    }

    /// Keeps the token in a store that other processes may share. By default it is kept in memory.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// Reaches the controller in another way than by default: with another trust, other timeouts, at another pace.
    pub fn connection(mut self, connection: Connection) -> Self {
        self.connection = connection;
        self
    }

    /// Makes the client. This sends nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the Omada ID is missing, where the address, the ID, the credentials or the token cannot be used,
    /// or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let missing = || Violations::one("omadac_id", Problem::Forgotten { advice: WHERE_THE_ID_IS });
        let id = self.omadac_id.as_ref().ok_or_else(missing).and_then(OmadacId::new);
        let (id, session) = Violations::both(id, self.session())?;
        Ok(Client::new(session, id))
    }

    /// Makes the client, and asks a local controller for its Omada ID where it was not given. The controller is asked once, by
    /// [`/api/info`](Client::controller_info), which takes no credentials; all clones of the client know the answer. It does not
    /// sign in. Where an app was created for a customer of an MSP controller, give the customer's ID instead.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), hotspot_vouchers::omada::Error> {
    /// use hotspot_vouchers::omada::Client;
    ///
    /// let client = Client::builder("https://192.168.1.1:8043").client_credentials("an app", "its secret").connect().await?;
    /// println!("{}", client.omadac_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] as for [`build`](Self::build), for the cloud, which does not tell the ID, and nothing is sent there; and
    /// for a controller that answers without it. Otherwise as for any call: [`Error::Unexpected`] and [`Error::Api`] mean that
    /// something else than a local controller answered.
    pub async fn connect(self) -> Result<Client, Error> {
        if self.omadac_id.is_some() || !matches!(self.endpoint, Endpoint::Local(_)) {
            return self.build();
        }
        let info = self.clone().session()?.client().read_controller_info().await?;
        let expected = "told by the controller; give the one that is shown where the app was created";
        let told = info.omadac_id.filter(|id| !id.is_empty()).ok_or_else(|| unknown_id(expected))?;
        self.omadac_id(told).build()
    }

    fn session(self) -> Result<Session, Violations> {
        let missing = || Violations::one("client_credentials", Problem::Forgotten { advice: WHERE_THE_APP_IS });
        let omadac_id = self.omadac_id.clone().unwrap_or_default();
        let app = self.credentials.ok_or_else(missing).and_then(|(client_id, client_secret)| {
            let omadac_id = self.omadac_id.unwrap_or_default();
            App { omadac_id, client_id, client_secret, user: self.user }.checked()
        });
        let (address, app) = Violations::both(self.endpoint.address(), app)?;
        let line = Line::new(VENDOR, &address, self.connection, || self.endpoint.pace(VENDOR, &omadac_id))?;
        let base_url = address.checked(line.allows_plain_http())?;
        Session::new(line, base_url, app, self.token, self.token_store)
    }
}

fn unknown_id(expected: &'static str) -> Violations {
    Violations::one("omadac_id", Problem::Unusable { value: None, expected })
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("endpoint", &self.endpoint)
            .field("omadac_id", &self.omadac_id)
            .field("credentials", &self.credentials)
            .field("user", &self.user)
            .field("token", &self.token)
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}
