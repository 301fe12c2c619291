//! The client of a console.

use futures_util::{Stream, StreamExt, pin_mut};
use uuid::Uuid;

use super::auth::Session;
use super::client_builder::ClientBuilder;
use super::error::Error;
use super::filter::{Condition, Filter, FilterExpression};
use super::generated;
use super::generated::types::{ApplicationInfo, SiteOverview, SitePage, SiteQuery};
use super::rows::{asked_for, condition, is_meant, rows};
use super::site::Site;
use crate::connection::Line;
use crate::validate::{Problem, Violations};

/// A client of one UniFi console.
///
/// It is cheap to clone, and its clones share connections. It connects to nothing before the first call.
#[derive(Debug, Clone)]
pub struct Client {
    generated: generated::Client,
    session: Session,
}

impl Client {
    /// Begins to set up a client.
    ///
    /// `url` is the console's address: `https://192.168.1.1` for a console, `https://192.168.1.1:11443` for a UniFi OS Server.
    /// It may also be the address of the API or of anything in it, such as
    /// `https://192.168.1.1/proxy/network/integration/v1/sites`: the client takes the root of the API from it. A Network
    /// application without a console has the API at another root; give `https://192.168.1.1:8443/integration`, or let
    /// [`ClientBuilder::connect`] find it.
    pub fn builder(url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(url.into())
    }

    /// A site of the console. This sends nothing, so it does not find out whether the site exists.
    ///
    /// The id is a UUID; the name `default` is not.
    pub fn site(&self, id: Uuid) -> Site {
        Site::new(self.clone(), id)
    }

    /// The version of the Network application. The cheapest call that finds out whether address and key are right.
    ///
    /// The vendor's page and codes: [`readInfo`](super::generated::Client::read_info).
    ///
    /// # Errors
    /// As for any call.
    pub async fn info(&self) -> Result<ApplicationInfo, Error> {
        self.generated.read_info().await
    }

    /// Returns all sites of the console, or those that match a filter. Begin here to work with the vouchers of many sites.
    ///
    /// Each site is yielded once, for which the stream keeps up to 21 bytes a site. If sites are added or removed meanwhile, the stream
    /// yields [`Error::Moved`] and goes on. It also yields [`Error::Unreadable`] for rows that could not be read, and goes on. Any
    /// other error ends it: [`Error::Unexpected`] if the console sends sites that the filter excludes.
    ///
    /// The vendor's page and codes: [`listSites`](super::generated::Client::list_sites).
    pub fn sites<F>(&self, filter: F) -> impl Stream<Item = Result<SiteOverview, Error>> + use<F>
    where
        F: Into<Option<Filter<SiteOverview>>>,
    {
        let (client, filter) = (self.clone(), filter.into().map(FilterExpression::from));
        rows(move |offset, limit| {
            let (client, filter) = (client.clone(), filter.clone());
            async move {
                let query = SiteQuery::builder().limit(limit).offset(offset).maybe_filter(filter);
                client.site_page(&query.build()).await
            }
        })
    }

    /// The sites that the console sends for a filter, whether or not they match it.
    fn unchecked_sites(&self, filter: FilterExpression) -> impl Stream<Item = Result<SiteOverview, Error>> + use<> {
        let generated = self.generated.clone();
        rows(move |offset, limit| {
            let (generated, filter) = (generated.clone(), filter.clone());
            async move { generated.list_sites(Some(&filter), Some(limit), Some(offset)).await }
        })
    }

    /// Reads a page of sites. [`sites`](Self::sites) reads them all.
    ///
    /// The vendor's page and codes: [`listSites`](super::generated::Client::list_sites).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if the query breaks a documented rule; nothing is sent.
    /// - [`Error::Unexpected`] if the page has sites that the filter excludes.
    ///
    /// Otherwise as for any call.
    pub async fn site_page(&self, query: &SiteQuery) -> Result<SitePage, Error> {
        query.validate()?;
        let SiteQuery { filter, limit, offset } = query;
        asked_for(self.generated.list_sites(filter.as_ref(), *limit, *offset).await?, filter.as_ref())
    }

    /// Returns the number of sites of the console, or of those that match a filter. With a filter, the client reads a page of them and
    /// checks that they match it.
    ///
    /// The vendor's page and codes: [`listSites`](super::generated::Client::list_sites).
    ///
    /// # Errors
    /// As for any call.
    pub async fn count_sites(&self, filter: impl Into<Option<Filter<SiteOverview>>>) -> Result<i64, Error> {
        let filter = filter.into();
        // A page of rows shows whether the console heeds the filter.
        let limit = filter.is_none().then_some(SiteQuery::LIMIT_MIN);
        let query = SiteQuery::builder().maybe_limit(limit).maybe_filter(filter);
        Ok(self.site_page(&query.build()).await?.total_count)
    }

    /// Finds the site with exactly this internal reference, such as `default`, or otherwise with exactly this name. The client
    /// compares them itself, because consoles may ignore filters, as those of version 9.0 do.
    ///
    /// The vendor's page and codes: [`listSites`](super::generated::Client::list_sites).
    ///
    /// # Errors
    /// - [`Error::Invalid`] if several sites have the name: give the internal reference, or use the id.
    /// - [`Error::Moved`] and [`Error::Unreadable`] if no site was found while the list changed or could not be read in full.
    ///
    /// Otherwise as for any call.
    pub async fn find_site(&self, name: &str) -> Result<Option<Site>, Error> {
        let (named, referred) = (SiteOverview::NAME.eq(name), SiteOverview::INTERNAL_REFERENCE.eq(name));
        let filter = FilterExpression::from(named.clone().or(referred.clone()));
        let [named, referred] = [named, referred].map(|filter| condition(Some(&filter.into())));
        let is = |condition: &Option<Condition>, site: &SiteOverview| {
            condition.as_ref().is_some_and(|it| is_meant(it, site).0)
        };
        let sites = self.with_deadline().unchecked_sites(filter);
        pin_mut!(sites);
        let (mut found, mut count, mut notice) = (None, 0, None);
        while let Some(site) = sites.next().await {
            match site {
                Err(error) if error.is_notice() => notice = Some(error),
                site => {
                    let site = site?;
                    if is(&referred, &site) {
                        return Ok(Some(self.site(site.id)));
                    }
                    if is(&named, &site) {
                        (found, count) = (Some(site.id), count + 1);
                    }
                }
            }
        }
        match (found, notice) {
            (Some(_), _) if count > 1 => {
                let expected = "the name of one site: several have it, so give an internal reference or use the id";
                Err(Violations::one("name", Problem::Unusable { value: Some(name.to_owned()), expected }).into())
            }
            (Some(id), _) => Ok(Some(self.site(id))),
            (None, notice) => notice.map_or(Ok(None), Err),
        }
    }

    pub(super) fn new(session: Session) -> Self {
        Self { generated: session.client(), session }
    }

    /// What leads to the console.
    pub(super) fn line(&self) -> &Line {
        self.session.line()
    }

    /// The same client, with one deadline for everything from now on.
    pub(super) fn with_deadline(&self) -> Self {
        Self::new(self.session.with_deadline())
    }

    /// The client as it is generated, signed in: every operation as the vendor documents it, and nothing is checked before it
    /// is sent.
    pub fn generated(&self) -> &generated::Client {
        &self.generated
    }
}
