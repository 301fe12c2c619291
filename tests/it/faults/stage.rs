//! Controllers and clients in virtual time, with something on the controllers to read and to delete.

use std::thread::JoinHandle;
use std::time::Duration;

use hotspot_vouchers::{Connection, Error, VoucherCode, error::Refusal, omada, unifi};
use hotspot_vouchers_sandbox::{Door, Faults, Issued, IssuedVoucher, Sandbox};
use tokio::runtime::{Builder, Runtime};

use crate::support::{World, group, vouchers};

/// What a client says of the picture that is there.
pub const LOGO_MD5: &str = "0cc175b9c0f1b6a831c399e269772661";

/// The names of what was created before anything failed.
pub const NAMES: [&str; 4] = ["first", "second", "third", "fourth"];

/// Longer than the vouchers of a group last.
const USED_UP: Duration = Duration::from_secs(61 * 60);

/// What was created before anything failed.
pub struct Stage {
    pub world: World,
    /// Three groups. A voucher of the last one has expired, and a guest is online with one of the second.
    pub groups: Vec<omada::GroupId>,
    /// Those of the first group.
    pub omada_vouchers: Vec<omada::VoucherId>,
    /// A code of the last group, so that all groups are searched for it.
    pub code: VoucherCode,
    pub expired_voucher: String,
    pub online_record: omada::AuthedRecordId,
    pub logo: omada::PictureId,
    pub unifi_vouchers: Vec<unifi::Uuid>,
    pub guest: unifi::Uuid,
    pub cloud: unifi::Cloud,
    pub cloud_site: unifi::Site,
}

/// A runtime of one thread in virtual time, which passes wherever all tasks wait.
///
/// Loopback is part of the machine, whose time is real: what was sent a moment ago is given a moment to arrive, before it
/// counts as late.
pub fn virtual_time() -> Runtime {
    /// A machine that is busy with other tests delivers some of what was sent later than this, which is as good as any other
    /// time.
    const MOMENT: Duration = Duration::from_micros(20);
    let arrive = || std::thread::sleep(MOMENT);
    let runtime = Builder::new_current_thread().enable_all().start_paused(true).on_thread_park(arrive).build();
    runtime.expect("a runtime")
}

/// A thread in a virtual time of its own, with as little stack as the first thread of a program has on some systems: no call may
/// need more, unoptimised as it is here.
pub fn thread<F: Future>(task: impl FnOnce() -> F + Send + 'static) -> JoinHandle<F::Output>
where
    F::Output: Send + 'static,
{
    const STACK_BYTES: usize = 1 << 20;
    let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
    builder.spawn(move || virtual_time().block_on(task())).expect("a thread")
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
        Self::on(sandbox, connection.danger_trust_any_certificate()).await
    }

    pub async fn on(sandbox: Sandbox, connection: Connection) -> Self {
        let world = World::on(sandbox, connection.clone());
        let (omada, unifi) = (world.omada_site(), world.unifi_site());
        let mut groups = Vec::new();
        for name in NAMES {
            groups.push(omada.create_voucher_group(&group(name)).await.expect("a group"));
        }
        let controller = world.sandbox.omada();
        let issued = controller.books();
        controller.mark_used(groups[2].as_str(), &issued[2].vouchers[0].code);
        world.sandbox.clock().advance(USED_UP);
        controller.mark_used(groups[1].as_str(), &issued[1].vouchers[0].code);
        let records = omada::AuthedRecordListQuery::full_pages().build();
        let records = omada.authed_record_page(&records).await.expect("records").data.expect("records");
        let online = records.iter().find(|record| record.valid == Some(true)).expect("a guest who is online");
        let logo = omada::UploadVoucherLogo::builder().md5(LOGO_MD5).build();
        let logo = omada.upload_voucher_logo(&logo, "a picture").await.expect("a picture");

        let created = unifi.create_vouchers(&vouchers("first")).await.expect("vouchers");
        let console = world.sandbox.unifi();
        let cloud = unifi::Cloud::builder().url(console.cloud_url()).api_key(console.cloud_api_key());
        let cloud = cloud.connection(connection).build().expect("an account");
        let client = cloud.console(console.console_id()).expect("an id");
        let id = |issued: &IssuedVoucher| omada::VoucherId::new(&issued.id).expect("an id");
        Self {
            groups,
            omada_vouchers: issued[0].vouchers.iter().map(id).collect(),
            code: issued[2].vouchers[1].code.as_str().into(),
            expired_voucher: issued[2].vouchers[0].id.clone(),
            online_record: omada::AuthedRecordId::new(online.id.as_deref().expect("an id")).expect("an id"),
            logo: omada::PictureId::new(logo.id.expect("an id")).expect("an id"),
            unifi_vouchers: created.iter().map(|voucher| voucher.id).collect(),
            guest: console.add_guest("02:00:00:00:00:01").parse().expect("an id"),
            cloud_site: client.site(console.site_id().parse().expect("an id")),
            cloud,
            world,
        }
    }

    /// The group of which a voucher has expired.
    pub fn used_group(&self) -> &omada::GroupId {
        &self.groups[2]
    }

    /// Everything that was ever issued.
    pub fn books(&self) -> Vec<Issued> {
        let (omada, unifi) = (self.world.sandbox.omada(), self.world.sandbox.unifi());
        omada.books().into_iter().chain(unifi.books()).collect()
    }

    /// What goes wrong at both controllers.
    pub fn faults(&self) -> [&Faults; 2] {
        [self.world.sandbox.omada().faults(), self.world.sandbox.unifi().faults()]
    }

    /// How many requests were struck.
    pub fn strikes(&self) -> usize {
        self.faults().map(|faults| faults.strikes().len()).iter().sum()
    }

    /// All ways in.
    pub fn doors(&self) -> [&Door; 3] {
        let (omada, unifi) = (self.world.sandbox.omada(), self.world.sandbox.unifi());
        [omada.door(), unifi.door(), unifi.cloud_door()]
    }

    /// The operation of every request that was carried out and may have changed something.
    pub fn carried_out(&self) -> impl Iterator<Item = String> + use<> {
        let (omada, unifi) = (self.world.sandbox.omada(), self.world.sandbox.unifi());
        omada.carried_out().into_iter().chain(unifi.carried_out()).map(|request| request.operation())
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
