//! The client of a controller.

use tokio::time::Instant;

use super::auth::{Session, Token};
use super::client_builder::ClientBuilder;
use super::endpoint::Endpoint;
use super::error::Error;
use super::generated;
use super::ids::{OmadacId, SiteId};
use super::site::Site;
use crate::connection::Line;

/// A client of one Omada controller.
///
/// It is cheap to clone, and its clones share connections and sign-in. It connects to nothing before the first call.
///
/// Calls are signed with a token. The client requests it when it needs one, keeps it, and renews it a minute before it expires:
/// with the refresh token, or by signing in again if that token no longer works. However many calls wait for a token, one call
/// requests it. If the controller refuses a token before it expires, the call is sent again with a new one.
///
/// Wrong credentials are sent once: after the controller has rejected them, every call fails with that refusal until
/// [`sign_in_again`](Self::sign_in_again) is called. Other credentials need a new client. The vendor does not
/// document with which code it rejects a user's password. After three undocumented codes in a row, calls fail with that refusal
/// for a minute before the client signs in again, then for twice as long each time, up to 15 minutes. Any other failure to sign
/// in fails the calls that wait for it, and the next call tries again.
#[derive(Debug, Clone)]
pub struct Client {
    generated: generated::Client,
    session: Session,
    omadac_id: OmadacId,
}

impl Client {
    /// Begins to set up a client of a controller in the cloud or, by its address, of a local one.
    ///
    /// ```
    /// use hotspot_vouchers::omada::{Client, Endpoint};
    ///
    /// # fn main() -> Result<(), hotspot_vouchers::omada::Error> {
    /// # let (omadac_id, client_id, client_secret) = ("66f0c0ffee66f0c0ffee66f066f0c0ff", "an app", "its secret");
    /// let cloud = Client::builder(Endpoint::Europe).omadac_id(omadac_id);
    /// let cloud = cloud.client_credentials(client_id, client_secret).build()?;
    /// let local = Client::builder("https://192.168.1.1:8043").omadac_id(omadac_id);
    /// let local = local.client_credentials(client_id, client_secret).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(endpoint: impl Into<Endpoint>) -> ClientBuilder {
        ClientBuilder::new(endpoint.into())
    }

    pub(super) fn new(session: Session, omadac_id: OmadacId) -> Self {
        Self { generated: session.client(), session, omadac_id }
    }

    /// A site of the controller. This sends nothing, so it does not find out whether the site exists.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the id cannot stand in a path.
    pub fn site(&self, id: impl AsRef<str>) -> Result<Site, Error> {
        Ok(Site::new(self.clone(), SiteId::new(id)?))
    }

    /// What leads to the controller.
    pub(super) fn line(&self) -> &Line {
        self.session.line()
    }

    /// The same client, with one deadline for everything from now on.
    pub(crate) fn with_deadline(&self) -> Self {
        Self::new(self.session.with_deadline(), self.omadac_id.clone())
    }

    /// The same client, with one deadline, and that at a moment at the latest.
    pub(super) fn ending_at(&self, end: Option<Instant>) -> Self {
        Self::new(self.session.ending_at(end), self.omadac_id.clone())
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

    /// Returns the token that calls are signed with now, for [`ClientBuilder::token`] in another process. If there is none, or if it
    /// is about to expire, this signs in.
    ///
    /// A refresh token works once: of two processes that hold it, the second to renew signs in afresh. Processes that share a
    /// token for longer share a [`TokenStore`](super::TokenStore).
    ///
    /// The vendor's pages and codes: [`requestToken`](super::generated::Client::request_token) and
    /// [`refreshToken`](super::generated::Client::refresh_token).
    ///
    /// # Errors
    /// As for any call that signs in.
    pub async fn token(&self) -> Result<Token, Error> {
        self.session.token().await
    }

    /// Signs in again, even if the controller rejected the credentials before or the client has a token. All clones of the client
    /// use the new token.
    ///
    /// Use it after the app or the user was corrected on the controller, instead of building a new client.
    ///
    /// The vendor's page and codes: [`requestToken`](super::generated::Client::request_token).
    ///
    /// # Errors
    /// - [`Error::Api`] if the controller rejects the sign-in. If it rejects the credentials, later calls fail with the same error.
    /// - [`Error::TokenStore`] if the new token could not be saved. The client uses it all the same.
    /// - [`Error::Transport`] and [`Error::Unexpected`] as for any call that signs in.
    pub async fn sign_in_again(&self) -> Result<(), Error> {
        self.session.sign_in_again().await
    }
}
