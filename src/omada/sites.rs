//! What a controller says of itself, and its sites.

use futures_util::Stream;

use super::client::Client;
use super::error::Error;
use super::generated::types::{ControllerInfo, SiteListQuery, SiteSummary, SiteSummaryPage};
use super::rows::rows;

impl Client {
    /// Reads what a controller says of itself to anybody, such as its version. This sends no credentials. Only local controllers
    /// are known to answer it, and the vendor does not document it.
    ///
    /// The vendor's page and codes: [`readControllerInfo`](super::generated::Client::read_controller_info).
    ///
    /// # Errors
    /// As for any call.
    pub async fn controller_info(&self) -> Result<ControllerInfo, Error> {
        self.generated().read_controller_info().await
    }

    /// Reads a page of the sites that the app may see. [`sites`](Self::sites) reads them all.
    ///
    /// The vendor's page and codes: [`listSites`](super::generated::Client::list_sites).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the query breaks a documented rule; nothing is sent then. Otherwise as for any call.
    pub async fn site_page(&self, query: &SiteListQuery) -> Result<SiteSummaryPage, Error> {
        query.validate()?;
        self.generated()
            .list_sites(
                self.omadac_id(),
                query.filters_tag.as_deref(),
                query.filters_type.as_ref(),
                query.page,
                query.page_size,
                query.search_key.as_deref(),
                query.sorts_name.as_ref(),
            )
            .await
    }

    /// The sites that the app may see, from the page of the query on, in pages of its size. They are asked for one after the
    /// other as the stream is read, and no more than one of them is held.
    ///
    /// Where sites come or go meanwhile, the stream says so with [`Error::Moved`] and goes on; so it does with
    /// [`Error::Unreadable`] where rows could not be read. Any other error ends it.
    ///
    /// The vendor's page and codes: [`listSites`](super::generated::Client::list_sites).
    pub fn sites(&self, query: SiteListQuery) -> impl Stream<Item = Result<SiteSummary, Error>> + use<> {
        let client = self.clone();
        rows(query, move |query| {
            let client = client.clone();
            async move { client.site_page(&query).await }
        })
    }
}
