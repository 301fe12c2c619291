//! The connected clients of a site, and the guests among them.

use futures_util::Stream;
use uuid::Uuid;

use super::error::Error;
use super::filter::{Filter, FilterExpression};
use super::generated::types::{ClientAction, ClientActionResult, ClientPage, ClientQuery, ConnectedClient};
use super::rows::{asked_for, rows};
use super::site::Site;

impl Site {
    /// Reads a page of connected clients. [`clients`](Self::clients) reads them all.
    ///
    /// The vendor's page and codes: [`listClients`](super::generated::Client::list_clients).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the query breaks a documented rule; nothing is sent.
    /// - [`Error::Unexpected`] if the page has clients that the filter excludes.
    ///
    /// Otherwise as for any call.
    pub async fn client_page(&self, query: &ClientQuery) -> Result<ClientPage, Error> {
        query.validate()?;
        let ClientQuery { filter, limit, offset } = query;
        let page = self.generated().list_clients(&self.id(), filter.as_ref(), *limit, *offset).await?;
        asked_for(page, filter.as_ref())
    }

    /// All connected clients, or those that a filter means. A client that joined seconds ago may not be there yet.
    ///
    /// Each client is yielded once, for which the stream keeps up to 21 bytes a client. If clients are added or removed meanwhile, the
    /// stream yields [`Error::Moved`] and goes on. It also yields [`Error::Unreadable`] for rows that could not be read, and goes on.
    /// Any other error ends it: [`Error::Unexpected`] if the console sends clients that the filter excludes.
    ///
    /// The vendor's page and codes: [`listClients`](super::generated::Client::list_clients).
    pub fn clients<F>(&self, filter: F) -> impl Stream<Item = Result<ConnectedClient, Error>> + use<F>
    where
        F: Into<Option<Filter<ConnectedClient>>>,
    {
        let (site, filter) = (self.clone(), filter.into().map(FilterExpression::from));
        rows(move |offset, limit| {
            let (site, filter) = (site.clone(), filter.clone());
            async move {
                let query = ClientQuery::builder().limit(limit).offset(offset).maybe_filter(filter);
                site.client_page(&query.build()).await
            }
        })
    }

    /// Returns the number of connected clients, or of those that match a filter. With a filter, the client reads a page of them and
    /// checks that they match it.
    ///
    /// The vendor's page and codes: [`listClients`](super::generated::Client::list_clients).
    ///
    /// # Errors
    /// As for any call.
    pub async fn count_clients(&self, filter: impl Into<Option<Filter<ConnectedClient>>>) -> Result<i64, Error> {
        let filter = filter.into();
        // A page of rows shows whether the console heeds the filter.
        let limit = filter.is_none().then_some(ClientQuery::LIMIT_MIN);
        let query = ClientQuery::builder().maybe_limit(limit).maybe_filter(filter);
        Ok(self.client_page(&query.build()).await?.total_count)
    }

    /// Reads one connected client. For a guest who is let in, it says until when and with which limits.
    ///
    /// The vendor's page and codes: [`readClient`](super::generated::Client::read_client).
    ///
    /// # Errors
    /// As for any call; [`Error::is_not_found`] where there is no such client.
    pub async fn client(&self, id: Uuid) -> Result<ConnectedClient, Error> {
        self.generated().read_client(&self.id(), &id).await
    }

    /// Lets a guest in without a voucher, or sends one out. Letting in once more begins anew with the new limits.
    ///
    /// The vendor's page and codes: [`executeClientAction`](super::generated::Client::execute_client_action).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. Otherwise as for any call. Where
    /// [`Error::is_unclear`] is true, the guest may be in, or out: look with [`client`](Self::client), as a repeat would begin
    /// anew.
    pub async fn execute_client_action(&self, id: Uuid, action: &ClientAction) -> Result<ClientActionResult, Error> {
        action.validate()?;
        self.generated().execute_client_action(&self.id(), &id, action).await
    }
}
