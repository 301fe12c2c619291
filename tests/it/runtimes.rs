//! Calls without what they need of the machine: they return an error, and never panic or hang.

use std::fmt::Debug;
#[cfg(unix)]
use std::fs::File;
#[cfg(unix)]
use std::process::{Command, Output};
use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::{Error, omada, unifi};
use hotspot_vouchers_sandbox::Sandbox;
use tokio::runtime::{Builder, Runtime};

use crate::support::{World, group, vouchers};

fn world() -> World {
    let sandbox = Sandbox::builder().start_without_async().expect("a sandbox on a thread of its own");
    World::on(sandbox, crate::support::once())
}

/// The message of a call that was not made.
#[track_caller]
fn refused<T: Debug, A: Refusal + Debug>(outcome: Result<T, Error<A>>) -> String {
    let error = outcome.expect_err("a call that cannot be made");
    assert!(!error.is_unclear() && !error.is_retryable(), "{error}");
    let Error::Transport(failure) = &error else { panic!("{error:?}") };
    assert!(failure.is_unsent());
    error.to_string().replace(&format!("`{}`", failure.operation()), "`OPERATION`")
}

/// One call of each kind.
async fn every_kind(world: &World) -> Vec<String> {
    let (omada, unifi) = (world.omada_site(), world.unifi_site());
    let id = omada::GroupId::new("66f0c0ffee66f0c0ffee66f0").expect("an id");
    let key = unifi::IdempotencyKey::new("1042").expect("a key");
    let connecting = omada::Client::builder(world.sandbox.omada().url()).client_credentials("id", "secret").connect();
    let groups = omada.voucher_groups(omada::VoucherGroupListQuery::full_pages().build());
    let (sites, vouchers_left) = (world.unifi.sites(None), unifi.vouchers(None));
    vec![
        refused(world.unifi.info().await),
        refused(connecting.await),
        refused(world.omada.token().await),
        refused(world.omada.sign_in_again().await),
        refused(world.omada.controller_info().await),
        refused(omada.create_voucher_group(&group("Lobby")).await),
        refused(omada.codes_of_group(&id, 3, Duration::from_secs(1)).await),
        refused(Box::pin(groups).next().await.expect("an item")),
        refused(unifi.create_vouchers(&vouchers("Lobby")).await),
        refused(unifi.create_vouchers_once(&vouchers("Lobby"), &key).await),
        refused(Box::pin(sites).next().await.expect("an item")),
        refused(Box::pin(vouchers_left).next().await.expect("an item")),
        refused(world.unifi.find_site("Default").await),
    ]
}

/// What all of them say.
fn said(world: &World, messages: Vec<String>) -> String {
    assert!(world.sandbox.omada().received().is_empty() && world.sandbox.unifi().received().is_empty());
    let mut messages = messages;
    messages.dedup();
    assert_eq!(messages.len(), 1, "{messages:#?}");
    messages.remove(0)
}

fn runtime(build: impl FnOnce(&mut Builder) -> &mut Builder) -> Runtime {
    build(&mut Builder::new_current_thread()).build().expect("a runtime")
}

#[test]
fn without_a_runtime_every_call_is_an_error() {
    let world = world();
    let messages = every_kind(&world).now_or_never().expect("nothing is waited for");
    insta::assert_snapshot!(said(&world, messages), @"`OPERATION` cannot be called here: there is no tokio runtime, and nothing was sent; await it in a tokio runtime, or use the clients without async of the feature `blocking`");
}

#[test]
fn without_timers_every_call_is_an_error() {
    let world = world();
    let messages = runtime(Builder::enable_io).block_on(every_kind(&world));
    insta::assert_snapshot!(said(&world, messages), @"`OPERATION` cannot be called here: the tokio runtime has no timers, and nothing was sent; build the runtime with `enable_time` or `enable_all`");
    let messages = runtime(|builder| builder).block_on(every_kind(&world));
    assert!(said(&world, messages).contains("no timers"));
}

#[test]
fn in_a_runtime_that_has_ended_every_call_is_an_error() {
    let world = world();
    let handle = runtime(Builder::enable_all).handle().clone();
    let _entered = handle.enter();
    let messages = every_kind(&world).now_or_never().expect("nothing is waited for");
    insta::assert_snapshot!(said(&world, messages), @"`OPERATION` cannot be called here: the tokio runtime is shutting down, and nothing was sent; wait for calls before the runtime is dropped");
}

#[test]
fn a_runtime_needs_no_io() {
    let world = world();
    runtime(Builder::enable_time).block_on(async {
        world.unifi.info().await.expect("an answer");
        world.omada_site().create_voucher_group(&group("Lobby")).await.expect("a group");
    });
}

#[test]
fn a_client_outlives_the_runtime_of_its_first_call() {
    let world = world();
    for _ in 0..3 {
        runtime(Builder::enable_all).block_on(world.unifi.info()).expect("an answer");
    }
    assert_eq!(world.sandbox.unifi().door().counters().connections, 1, "its connection outlives it too");
}

/// A test of this file as a program of its own, in a shell that limits it.
#[cfg(unix)]
fn alone(limit: &str, test: &str) -> Output {
    let program = std::env::current_exe().expect("this program");
    let script = format!("{limit}; exec \"$0\" --exact runtimes::{test}");
    let output = Command::new("sh").args(["-c", &script]).arg(program).env("ALONE", test).output();
    output.expect("this program again")
}

/// Whether this is the program that [`alone`] started.
#[cfg(unix)]
fn is_alone(test: &str) -> bool {
    std::env::var("ALONE").is_ok_and(|alone| alone == test)
}

#[cfg(unix)]
#[test]
fn with_no_file_left_a_call_is_an_error_and_the_next_one_works() {
    const NAME: &str = "with_no_file_left_a_call_is_an_error_and_the_next_one_works";
    if !is_alone(NAME) {
        let output = alone("ulimit -n 128", NAME);
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.contains("1 passed"), "{told}");
        return;
    }
    let world = world();
    let client = hotspot_vouchers::blocking::unifi::Client::builder(world.sandbox.unifi().url());
    let client =
        client.api_key(world.sandbox.unifi().api_key()).connection(crate::support::once()).build().expect("a client");
    let fill = || -> Vec<File> { std::iter::from_fn(|| File::open("/dev/null").ok()).take(1000).collect() };
    let runtime = runtime(Builder::enable_all);
    let files = fill();
    let error = client.info().expect_err("no file is left");
    assert!(matches!(error, Error::Transport(_)) && !error.is_unclear(), "{error:?}");
    let error = runtime.block_on(world.unifi.info()).expect_err("no file is left");
    assert!(matches!(error, Error::Transport(_)) && !error.is_unclear(), "{error:?}");
    drop(files);
    client.info().expect("an answer");
    runtime.block_on(world.unifi.info()).expect("an answer");
    // The threads run now, and a connection cannot be made.
    let other = unifi::Client::builder(world.sandbox.unifi().url()).api_key(world.sandbox.unifi().api_key());
    let other = other.connection(crate::support::once()).build().expect("a client");
    let files = fill();
    let error = runtime.block_on(other.info()).expect_err("no file is left");
    assert!(matches!(error, Error::Transport(_)) && !error.is_unclear(), "{error:?}");
    drop(files);
    runtime.block_on(other.info()).expect("an answer");
}

/// What a copy of this process returns, unless it takes too long.
#[cfg(unix)]
fn in_a_copy(task: impl FnOnce() -> String) -> String {
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;

    const LONG: Duration = Duration::from_secs(60);
    let (mut near, mut far) = UnixStream::pair().expect("two sockets");
    match fork::fork().expect("a copy of this process") {
        fork::Fork::Child => {
            let told =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(task)).unwrap_or_else(|_| "a panic".into());
            let _ = far.write_all(told.as_bytes());
            std::process::exit(0);
        }
        fork::Fork::Parent(_) => {
            drop(far);
            near.set_read_timeout(Some(LONG)).expect("a timeout");
            let mut told = String::new();
            near.read_to_string(&mut told).expect("the copy hangs");
            told
        }
    }
}

#[cfg(unix)]
#[test]
fn in_a_copy_of_the_process_no_call_hangs() {
    const NAME: &str = "in_a_copy_of_the_process_no_call_hangs";
    if !is_alone(NAME) {
        // The other tests are not copied with it. The sandbox stays here.
        let world = world();
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program)
            .args(["--exact", &format!("runtimes::{NAME}")])
            .env("ALONE", NAME)
            .env("CONSOLE", world.sandbox.unifi().url())
            .env("KEY", world.sandbox.unifi().api_key())
            .output()
            .expect("this program again");
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.contains("1 passed"), "{told}");
        return;
    }
    use hotspot_vouchers::blocking;
    let (url, key) = (std::env::var("CONSOLE").expect("an address"), std::env::var("KEY").expect("a key"));
    let client = || blocking::unifi::Client::builder(&url).api_key(key.as_str()).build().expect("a client");
    let shown =
        |outcome: Result<_, unifi::Error>| outcome.map_or_else(|error| error.to_string(), |_| "an answer".into());
    let (used, unused) = (client(), client());
    used.info().expect("an answer");
    let refused = "`readInfo` cannot be called here: the client was used before this process was forked from another, and \
                   nothing was sent; build a new client in this process";
    assert_eq!(in_a_copy(|| shown(used.info())), refused);
    assert_eq!(in_a_copy(|| shown(unused.info())), "an answer");
    assert_eq!(in_a_copy(|| shown(client().info())), "an answer");
    let in_a_copy_of_a_copy = || in_a_copy(|| shown(client().info()));
    assert_eq!(in_a_copy(in_a_copy_of_a_copy), "an answer");
    // What happens in copies does no harm here.
    used.info().expect("an answer");
    unused.info().expect("an answer");

    // The same with async, in a runtime of the copy.
    let client = unifi::Client::builder(&url).api_key(key.as_str()).build().expect("a client");
    runtime(Builder::enable_all).block_on(client.info()).expect("an answer");
    assert_eq!(in_a_copy(|| shown(runtime(Builder::enable_all).block_on(client.info()))), refused);
    runtime(Builder::enable_all).block_on(client.info()).expect("an answer");
}
