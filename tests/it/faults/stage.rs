//! Controllers and clients in virtual time, with something on the controllers to read and to delete.

use std::time::Duration;

use hotspot_vouchers::{Connection, Error, error::Refusal, omada, unifi};
use hotspot_vouchers_sandbox::{Issued, Sandbox};
use tokio::runtime::{Builder, Runtime};

use crate::support::{World, group, vouchers};

/// What was created before anything failed.
pub struct Stage {
    pub world: World,
    pub groups: Vec<omada::GroupId>,
    pub omada_vouchers: Vec<omada::VoucherId>,
    pub unifi_vouchers: Vec<unifi::Uuid>,
    pub cloud_site: unifi::Site,
}

/// A runtime of one thread in virtual time, which passes wherever all tasks wait.
///
/// Loopback is part of the machine, whose time is real: what was sent a moment ago is given a moment to arrive, before it
/// counts as late.
pub fn virtual_time() -> Runtime {
    let arrive = || std::thread::sleep(Duration::from_micros(20));
    let runtime = Builder::new_current_thread().enable_all().start_paused(true).on_thread_park(arrive).build();
    runtime.expect("a runtime")
}

/// Why a call failed, as far as it matters here.
#[derive(Debug)]
pub struct Failure {
    pub is_unclear: bool,
    /// Every form in which the error and its causes can be printed.
    pub shown: String,
}

impl Failure {
    pub fn of<A: Refusal + std::error::Error + 'static>(error: &Error<A>) -> Self {
        let mut shown = format!("{error}\n{error:?}\n{error:#?}");
        let mut cause = std::error::Error::source(error);
        while let Some(source) = cause {
            shown += &format!("\n{source}\n{source:?}");
            cause = source.source();
        }
        Self { is_unclear: error.is_unclear(), shown }
    }
}

impl Stage {
    pub async fn set() -> Self {
        Self::reached_by(Connection::new()).await
    }

    pub async fn reached_by(connection: Connection) -> Self {
        let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
        // The sandbox is reached without TLS. To read the certificates that the system trusts would only take time.
        let connection = connection.danger_trust_any_certificate();
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

    /// Searches what was printed for secrets, and for the texts of requests and answers.
    #[track_caller]
    pub fn assert_no_secret(&self, printed: &str) {
        self.world.assert_no_secret(printed);
        for text in ["the lobby", "Welcome"] {
            assert!(!printed.contains(text), "the text {text:?} of a body is in: {printed}");
        }
    }

    /// The ids of what is there: groups and vouchers.
    pub fn existing(&self) -> Vec<String> {
        let books = self.books();
        let groups = books.iter().filter_map(|issued| issued.group.as_ref()).filter(|group| group.exists);
        let vouchers = books.iter().flat_map(|issued| &issued.vouchers).filter(|voucher| voucher.exists);
        groups.map(|group| group.id.clone()).chain(vouchers.map(|voucher| voucher.id.clone())).collect()
    }
}
