//! The clients without async: nothing is missing, and they work wherever they are called.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use futures_util::future::join_all;
use hotspot_vouchers::Error;
use hotspot_vouchers::blocking::{omada, unifi};
use hotspot_vouchers_sandbox::{Canned, Sandbox};

use crate::support::{group, once, vouchers};

/// The text of all files in a folder of `src/`.
fn text(folder: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    files.filter_map(|file| fs::read_to_string(file).ok()).collect()
}

/// The wrappers of each vendor.
fn wrappers() -> [(&'static str, String); 2] {
    ["omada", "unifi"].map(|vendor| (vendor, text(&format!("blocking/{vendor}"))))
}

fn sandbox() -> Sandbox {
    Sandbox::builder().start_without_async().expect("a sandbox on a thread of its own")
}

fn omada(sandbox: &Sandbox) -> omada::Client {
    let controller = sandbox.omada();
    omada::Client::builder(controller.url())
        .omadac_id(controller.omadac_id())
        .client_credentials(controller.client_id(), controller.client_secret())
        .connection(once())
        .build()
        .expect("the sandbox's own address and credentials")
}

fn console(sandbox: &Sandbox) -> unifi::Client {
    let client = unifi::Client::builder(sandbox.unifi().url()).api_key(sandbox.unifi().api_key()).build();
    client.expect("the sandbox's own address and key")
}

fn unifi(sandbox: &Sandbox) -> unifi::Site {
    console(sandbox).site(sandbox.unifi().site_id().parse().expect("an id"))
}

/// The names of the public methods in a text that begin like this.
fn names<'a>(text: &'a str, beginning: &str) -> BTreeSet<&'a str> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(beginning));
    lines.filter_map(|rest| rest.split(['(', '<']).next()).collect()
}

#[test]
fn every_method_has_its_wrapper() {
    for (vendor, wrappers) in wrappers() {
        let (wrappers, text) = (names(&wrappers, "pub fn "), text(vendor));
        let mut methods = names(&text, "pub async fn ");
        // A stream is what a method returns that has no async of its own.
        for head in text.split("pub fn ").skip(1).filter_map(|rest| rest.split(" {\n").next()) {
            methods.extend(head.contains("impl Stream").then(|| head.split(['(', '<']).next()).flatten());
        }
        assert!(methods.len() > 15, "{vendor}: {methods:?}");
        for method in methods {
            assert!(wrappers.contains(method), "{vendor}: {method} has no wrapper");
        }
    }
}

#[test]
fn no_async_is_in_sight() {
    for (vendor, wrappers) in wrappers() {
        let words = ["async", "Future", "Stream", ".await", "tokio::", "futures_util"];
        // Prose may mention what is asynchronous; examples may not.
        let mut is_example = false;
        for line in wrappers.lines().map(str::trim) {
            let is_fence = line.starts_with("/// ```");
            is_example ^= is_fence;
            if is_example || !line.starts_with("//") {
                let line = line.replace("start_without_async", "");
                assert!(!words.iter().any(|word| line.contains(word)), "{vendor}: {line}");
            }
        }
        assert!(!is_example, "{vendor}: an example has no end");
    }
}

/// The docs of a wrapper are those of its original: what it needs, how it fails, and examples.
#[test]
fn docs_are_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lines =
        ["    /// # Errors", "    /// Needs the permission", "    /// The vendor's page and codes:", "    /// ```"];
    for vendor in ["omada", "unifi"] {
        let mut counts = [0; 4];
        for file in fs::read_dir(root.join("blocking").join(vendor)).expect("the wrappers") {
            let name = file.expect("a file").file_name();
            let read = |folder: &str| fs::read_to_string(root.join(folder).join(vendor).join(&name)).expect("a text");
            let count = |text: &str| lines.map(|line| text.lines().filter(|found| found.starts_with(line)).count());
            let found = count(&read("blocking"));
            assert_eq!(count(&read("")), found, "{vendor}: {name:?}: {lines:?}");
            counts = [0, 1, 2, 3].map(|index| counts[index] + found[index]);
        }
        assert!(counts[0] > 10 && counts[2] > 10 && counts[3] > 6, "{vendor}: {counts:?}");
    }
}

/// What a till does in a day, on both vendors.
fn a_day(sandbox: &Sandbox) {
    let client = omada(sandbox);
    assert_eq!(client.controller_info().expect("info").omadac_id.as_deref(), Some(client.omadac_id().as_str()));
    let site = client.site(sandbox.omada().site_id()).expect("an id");
    let group = group("Lobby");
    let id = site.create_voucher_group(&group).expect("a group");
    let codes = site.codes_of_group(&id, group.amount, Duration::from_secs(5)).expect("codes");
    let listed = site.vouchers_of_group(&id, omada::VoucherGroupQuery::full_pages().build());
    let listed: Vec<_> = listed.map(|voucher| voucher.expect("a voucher").code.expect("a code")).collect();
    assert_eq!(codes, listed);
    let purge = site.plan_purge(omada::Selection::All, omada::VoucherStatus::Unused).expect("a plan");
    assert_eq!(purge.vouchers().count(), codes.len());
    assert_eq!(purge.run().expect("a purge"), 3);

    let site = unifi(sandbox);
    let created = site.create_vouchers(&vouchers("Lobby")).expect("vouchers");
    let mut list = site.vouchers(None);
    let listed: Result<Vec<_>, _> = list.by_ref().collect();
    assert_eq!(listed.expect("a list").len(), created.len());
    assert!(list.next().is_none(), "a list that is over stays so");
    assert_eq!(console(sandbox).find_site("Default").expect("sites").map(|found| found.id()), Some(site.id()));
}

#[test]
fn they_work_outside_of_a_runtime() {
    a_day(&sandbox());
}

#[tokio::test]
async fn they_work_inside_of_a_runtime_of_one_thread() {
    a_day(&Sandbox::start().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_work_inside_of_a_runtime_of_many_threads() {
    a_day(&Sandbox::start().await);
    tokio::task::spawn_blocking(|| a_day(&sandbox())).await.expect("a day");
    tokio::spawn(async { a_day(&sandbox()) }).await.expect("a day");
}

#[test]
fn clients_are_shared_between_threads() {
    let sandbox = sandbox();
    let client = omada(&sandbox);
    let site = client.site(sandbox.omada().site_id()).expect("an id");
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| site.voucher_summary().expect("a summary"));
        }
    });
    assert_eq!(sandbox.omada().tokens_issued(), 1);
}

/// A task of a runtime may do so much at a time. That must not hold up what waits within it.
#[tokio::test]
async fn the_budget_of_a_task_does_not_count() {
    let sandbox = Sandbox::start().await;
    let site = unifi(&sandbox);
    let calls = (0..50).map(|_| async { (0..10).map(|_| site.count_vouchers(None).expect("a count")).sum::<i64>() });
    assert_eq!(join_all(calls).await.iter().sum::<i64>(), 0);
}

#[test]
fn errors_are_the_same() {
    let sandbox = sandbox();
    let site = unifi(&sandbox);
    let mut wrong = vouchers("Lobby");
    wrong.count = Some(0);
    assert!(matches!(site.create_vouchers(&wrong), Err(Error::Invalid(_))));
    sandbox.unifi().answer_next(Canned::status(404).text("text/html", "not here"));
    assert!(matches!(site.vouchers(None).next(), Some(Err(Error::Unexpected(_)))));
    let cloud = unifi::Cloud::builder().url(sandbox.unifi().cloud_url()).api_key(sandbox.unifi().cloud_api_key());
    let consoles: Vec<_> = cloud.build().expect("an account").consoles().collect();
    assert!(matches!(&consoles[..], [Ok(_)]), "{consoles:?}");
}

#[test]
fn secrets_stay_secret() {
    let sandbox = sandbox();
    let shown = format!("{:?} {:#?} {:?}", omada(&sandbox), omada(&sandbox), unifi(&sandbox));
    for secret in [sandbox.omada().client_secret(), sandbox.unifi().api_key()] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
