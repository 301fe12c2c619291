//! The vouchers of one site.

use uuid::Uuid;

use super::client::Client;
use super::error::Error;
use super::generated::types::{CreateVouchers, Voucher};
use crate::unexpected::Unexpected;

/// A site of a console.
#[derive(Debug, Clone)]
pub struct Site {
    client: Client,
    id: Uuid,
}

impl Site {
    pub(crate) fn new(client: Client, id: Uuid) -> Self {
        Self { client, id }
    }

    /// The id of the site.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Creates vouchers, and answers them with their codes.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the request breaks a documented rule; nothing is sent then. [`Error::Api`] where the console
    /// refuses. After [`Error::Transport`] and [`Error::Unexpected`] the vouchers may exist, and a repeat would create others:
    /// look for vouchers of that name that were created since.
    pub async fn create_vouchers(&self, vouchers: &CreateVouchers) -> Result<Vec<Voucher>, Error> {
        vouchers.validate()?;
        let created = self.client.generated().create_vouchers(&self.id, vouchers).await?;
        let vouchers = created.vouchers.or(created.data);
        Ok(vouchers.ok_or_else(|| Unexpected::lacking("createVouchers"))?)
    }

    /// Reads one voucher.
    ///
    /// # Errors
    /// As for any call; [`Error::is_not_found`] where there is no such voucher.
    pub async fn voucher(&self, id: Uuid) -> Result<Voucher, Error> {
        self.client.generated().read_voucher(&self.id, &id).await
    }
}
