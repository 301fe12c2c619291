//! One site of a controller. What can be done with it stands in the files of its nouns.

use tokio::time::Instant;

use super::client::Client;
use super::generated;
use super::ids::{OmadacId, SiteId};

/// A site of a controller.
#[derive(Debug, Clone)]
pub struct Site {
    client: Client,
    id: SiteId,
}

impl Site {
    pub(crate) fn new(client: Client, id: SiteId) -> Self {
        Self { client, id }
    }

    /// The id of the site.
    pub fn id(&self) -> &SiteId {
        &self.id
    }

    /// The client of the site.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The same site, with one deadline for everything from now on.
    pub(super) fn with_deadline(&self) -> Self {
        Self { client: self.client.with_deadline(), id: self.id.clone() }
    }

    /// The same site, with one deadline, and that at a moment at the latest.
    pub(super) fn ending_at(&self, end: Option<Instant>) -> Self {
        Self { client: self.client.ending_at(end), id: self.id.clone() }
    }

    /// The generated client, with the ids that every call of a site begins with.
    pub(super) fn parts(&self) -> (&generated::Client, &OmadacId, &SiteId) {
        (self.client.generated(), self.client.omadac_id(), &self.id)
    }
}
