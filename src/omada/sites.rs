//! What a controller says of itself, and its sites.

use futures_util::Stream;

use super::client::Client;
use super::error::Error;
use super::generated::types::{ControllerInfo, SiteListQuery, SiteSummary, SiteSummaryPage};
use super::rows::{asked_for, rows};

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
    /// - [`Error::Invalid`] if the query breaks a documented rule; nothing is sent.
    /// - [`Error::Unexpected`] if the page has sites of another type, or without the tag of the query. A search is fuzzy, so that its
    ///   rows are not checked.
    ///
    /// Otherwise as for any call.
    pub async fn site_page(&self, query: &SiteListQuery) -> Result<SiteSummaryPage, Error> {
        query.validate()?;
        let page = self
            .generated()
            .list_sites(
                self.omadac_id(),
                query.filters_tag.as_deref(),
                query.filters_type.as_ref(),
                query.page,
                query.page_size,
                query.search_key.as_deref(),
                query.sorts_name.as_ref(),
            )
            .await?;
        let is_other = |site: &SiteSummary| {
            let other_type =
                query.filters_type.as_ref().zip(site.type_.as_ref()).is_some_and(|(asked, is)| asked != is);
            let other_tag =
                query.filters_tag.as_ref().zip(site.tag_ids.as_ref()).is_some_and(|(asked, is)| !is.contains(asked));
            other_type || other_tag
        };
        asked_for(page, |page| page.data.as_ref(), is_other)
    }

    /// The sites that the app may see, from the page of the query on, each once, read as
    /// [`voucher_groups`](super::Site::voucher_groups) reads groups: with notices of [`Error::Moved`] and [`Error::Unreadable`],
    /// behind which the stream goes on. Any other error ends it.
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
