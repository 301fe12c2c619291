//! Controllers and clients in virtual time, with something on the controllers to read and to delete.

use hotspot_vouchers::{Connection, Error, error::Refusal, omada, unifi};
use hotspot_vouchers_sandbox::{Issued, Sandbox};

use crate::support::{World, group, vouchers};

/// What was created before anything failed.
pub struct Stage {
    pub world: World,
    pub groups: Vec<omada::GroupId>,
    pub omada_vouchers: Vec<omada::VoucherId>,
    pub unifi_vouchers: Vec<unifi::Uuid>,
    pub cloud_site: unifi::Site,
}

/// Why a call failed, as far as it matters here.
#[derive(Debug)]
pub struct Failure {
    pub is_unclear: bool,
    pub shown: String,
}

impl Failure {
    pub fn of<A: Refusal>(error: &Error<A>) -> Self {
        Self { is_unclear: error.is_unclear(), shown: error.to_string() }
    }
}

impl Stage {
    pub async fn set() -> Self {
        let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
        // The sandbox is reached without TLS. To read the certificates that the system trusts would only take time.
        let connection = Connection::new().danger_trust_any_certificate();
        let world = World::on(sandbox, connection.clone());
        let (omada, unifi) = (world.omada_site(), world.unifi_site());
        let mut groups = Vec::new();
        for name in ["first", "second", "third"] {
            groups.push(omada.create_voucher_group(&group(name)).await.expect("a group"));
        }
        let query = omada::VoucherGroupQuery::full_pages().build();
        let rows = omada.voucher_group(&groups[0], &query).await.expect("the group").data.expect("vouchers");
        let id = |row: &omada::SimpleVoucher| omada::VoucherId::new(row.id.as_deref().expect("an id")).expect("an id");
        let omada_vouchers = rows.iter().map(id).collect();
        let created = unifi.create_vouchers(&vouchers("first")).await.expect("vouchers");
        let unifi_vouchers = created.iter().map(|voucher| voucher.id).collect();
        let console = world.sandbox.unifi();
        let cloud = unifi::Cloud::builder().url(console.cloud_url()).api_key(console.cloud_api_key());
        let cloud = cloud.connection(connection).build();
        let client = cloud.expect("an account").console(console.console_id()).expect("an id");
        let cloud_site = client.site(console.site_id().parse().expect("an id"));
        Self { world, groups, omada_vouchers, unifi_vouchers, cloud_site }
    }

    /// Everything that was ever issued.
    pub fn books(&self) -> Vec<Issued> {
        let (omada, unifi) = (self.world.sandbox.omada(), self.world.sandbox.unifi());
        omada.books().into_iter().chain(unifi.books()).collect()
    }

    /// The ids of what is there: groups and vouchers.
    pub fn existing(&self) -> Vec<String> {
        let books = self.books();
        let groups = books.iter().filter_map(|issued| issued.group.as_ref()).filter(|group| group.exists);
        let vouchers = books.iter().flat_map(|issued| &issued.vouchers).filter(|voucher| voucher.exists);
        groups.map(|group| group.id.clone()).chain(vouchers.map(|voucher| voucher.id.clone())).collect()
    }
}
