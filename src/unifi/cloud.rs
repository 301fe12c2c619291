//! The way to consoles through Ubiquiti's cloud.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::Stream;

use super::auth::{Session, VENDOR, checked};
use super::client::Client;
use super::client_builder::client_at;
use super::error::Error;
use super::generated::types::{Host, HostPage};
use super::generated::{self, Operation};
use super::ids::ConsoleId;
use super::root;
use crate::connection::{Address, Connection, Given, Line, Pace};
use crate::rows::{Place, Taken, mark, rows};
use crate::secret::Secret;
use crate::validate::Violations;

/// Where the cloud is.
const URL: &str = generated::Client::CLOUD;

const WHERE_KEYS_ARE: &str = "give one of the Site Manager, made at unifi.ui.com";

/// A cloud account, and the consoles that it reaches.
///
/// The cloud takes a key of the Site Manager; that of a console does not fit. It passes on 100 requests a minute to each
/// console, and gives up on a request after 25 seconds: a create that got no answer may have taken effect.
///
/// ```
/// use futures_util::{TryStreamExt, pin_mut};
/// # use hotspot_vouchers_sandbox::Sandbox;
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = Sandbox::start().await;
/// # let key = sandbox.unifi().cloud_api_key();
/// use hotspot_vouchers::unifi::Cloud;
///
/// let cloud = Cloud::builder();
/// # let cloud = cloud.url(sandbox.unifi().cloud_url());
/// let cloud = cloud.api_key(key).build()?;
/// let consoles = cloud.consoles();
/// pin_mut!(consoles);
/// while let Some(console) = consoles.try_next().await? {
///     println!("{}: {}", console.id, cloud.console(&console.id)?.info().await?.application_version);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Cloud {
    generated: generated::Client,
    address: Address,
    api_key: Secret,
    line: Line,
    /// The rate limit of each console. It lasts as long as this account.
    paces: Arc<Mutex<HashMap<ConsoleId, Pace>>>,
}

impl Cloud {
    /// Begins to set up an account.
    pub fn builder() -> CloudBuilder {
        CloudBuilder { url: Given(URL.to_owned()), api_key: None, connection: Connection::new() }
    }

    /// The consoles that the account reaches, page after page. Where one of them could not be read, the stream says so with
    /// [`Error::Unreadable`] and goes on. Any other error ends it.
    ///
    /// The vendor's page and codes: [`listHosts`](super::generated::Client::list_hosts).
    pub fn consoles(&self) -> impl Stream<Item = Result<Host, Error>> + use<> {
        let generated = self.generated.clone();
        rows(Token(None), move |token| {
            let generated = generated.clone();
            async move { generated.list_hosts(token.as_deref(), None).await }
        })
    }

    /// Reads a page of consoles: the first one, or the one behind a page, to which its `next_token` leads.
    /// [`consoles`](Self::consoles) reads them all.
    ///
    /// The vendor's page and codes: [`listHosts`](super::generated::Client::list_hosts).
    ///
    /// # Errors
    /// As for any call.
    pub async fn console_page(&self, next_token: Option<&str>) -> Result<HostPage, Error> {
        self.generated.list_hosts(next_token, None).await
    }

    /// A client of one of the consoles. This sends nothing, so it does not find out whether the account reaches it.
    ///
    /// The vendor's page and codes: [`listHosts`](super::generated::Client::list_hosts).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the id cannot stand in a path.
    pub fn console(&self, id: impl AsRef<str>) -> Result<Client, Error> {
        let id = ConsoleId::new(id)?;
        let console = root::console(&self.address, id.as_str());
        let pace = root::console_pace(self.address.origin(), &self.api_key, id.as_str());
        self.paces.lock().unwrap_or_else(PoisonError::into_inner).insert(id, pace.clone());
        client_at(&console, self.api_key.clone(), self.line.at_pace(pace))
    }
}

/// What leads to the next page of consoles; nothing for the first.
struct Token(Option<String>);

impl Place for Token {
    type Page = HostPage;
    type Row = Host;
    type Ask = Option<String>;

    const OPERATION: &'static str = Operation::ListHosts.id();

    fn ask(&self) -> Option<String> {
        self.0.clone()
    }

    /// Only a page leads to the next one.
    fn ahead(&self, _: &Option<String>) -> Option<Option<String>> {
        None
    }

    fn take(&mut self, page: HostPage) -> Taken<Host> {
        let (rows, unreadable) = page.data.unwrap_or_default().into_parts();
        let first = rows.first().map(|host: &Host| mark(&host.id));
        let next = page.next_token.filter(|next| !next.is_empty());
        // A page that is empty, or leads to itself, would be asked for again and again.
        let is_empty = rows.is_empty() && unreadable.is_empty();
        let is_over = is_empty || next.is_none() || next == self.0;
        self.0 = next;
        Taken { rows, unreadable, moved: None, first, is_over, total: None }
    }
}

/// How an account is set up.
#[derive(Debug, Clone)]
pub struct CloudBuilder {
    url: Given<String>,
    api_key: Option<Secret>,
    connection: Connection,
}

impl CloudBuilder {
    /// Signs in with an API key of the Site Manager.
    pub fn api_key(mut self, api_key: impl Into<Secret>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Goes to another address than the vendor's, for tests.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Given(url.into());
        self
    }

    /// Reaches the cloud in another way than by default: with other timeouts, at another pace, through a proxy. A pace that is
    /// given here is that of all consoles together.
    pub fn connection(mut self, connection: Connection) -> Self {
        self.connection = connection;
        self
    }

    /// Makes the account.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the address or the key cannot be used or TLS cannot be set up.
    pub fn build(self) -> Result<Cloud, Error> {
        let (address, api_key) = Violations::both(root::cloud(&self.url.0), checked(self.api_key, WHERE_KEYS_ARE))?;
        let line = Line::new(VENDOR, &address, self.connection, Pace::unlimited)?;
        let url = address.checked(line.allows_plain_http())?;
        let session = Session::new(url, api_key.clone(), line.clone())?;
        Ok(Cloud { generated: session.client(), address, api_key, line, paces: Arc::default() })
    }
}
