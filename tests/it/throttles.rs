//! The rate limit of the cloud belongs to a key and a console, however many clients the process has.

use std::time::Duration;

use hotspot_vouchers::{Connection, Pace, unifi};
use hotspot_vouchers_sandbox::Sandbox;
use tokio::time::{Instant, timeout};

use crate::support::once;

/// How many calls a minute the cloud passes on.
const CALLS: usize = 100;

fn cloud(sandbox: &Sandbox, connection: Connection) -> unifi::Cloud {
    let builder = unifi::Cloud::builder().url(sandbox.unifi().cloud_url()).api_key(sandbox.unifi().cloud_api_key());
    builder.connection(connection).build().expect("an account")
}

/// The spellings of a console's id that people use.
fn spellings(id: &str) -> Vec<String> {
    let (first, second) = id.split_once(':').unwrap_or((id, ""));
    vec![id.to_owned(), id.to_uppercase(), id.to_lowercase(), format!("{first}-{second}"), format!("{first}{second}")]
}

async fn is_held_up(client: &unifi::Client) -> bool {
    timeout(Duration::from_millis(200), client.info()).await.is_err()
}

#[tokio::test]
async fn clients_of_one_key_and_console_share_it() {
    let sandbox = Sandbox::start().await;
    let console = sandbox.unifi();
    let first = cloud(&sandbox, once()).console(console.console_id()).expect("an id");
    let begin = Instant::now();
    for _ in 0..CALLS {
        let _ = first.info().await;
    }
    assert!(begin.elapsed() < Duration::from_secs(30), "a burst is not held up");
    let others = cloud(&sandbox, once());
    for id in spellings(console.console_id()) {
        assert!(is_held_up(&others.console(&id).expect("an id")).await, "{id}");
        for url in [
            format!("{}/v1/connector/consoles/{id}", console.cloud_url()),
            format!("{}/v1//connector/consoles/{id}/proxy/network/integration/v1/", console.cloud_url()),
            format!("{}/v1/connector/consoles/{}/network/integration", console.cloud_url(), id.replace(':', "%3A")),
        ] {
            let builder = unifi::Client::builder(url.as_str()).api_key(console.cloud_api_key()).connection(once());
            assert!(is_held_up(&builder.build().expect("a client")).await, "{url}");
            let builder = unifi::Client::builder(url.as_str()).api_key("another-key").connection(once());
            assert!(!is_held_up(&builder.build().expect("a client")).await, "another key at {url}");
        }
    }
    assert!(!is_held_up(&others.console("another:1").expect("an id")).await, "another console");
    // A pace that is given is kept, however fast.
    let fast = cloud(&sandbox, once().pace(Pace::unlimited())).console(console.console_id()).expect("an id");
    assert!(!is_held_up(&fast).await);

    // An account keeps the pace of its consoles while it has no client of them.
    drop(first);
    assert!(is_held_up(&others.console(console.console_id()).expect("an id")).await);
    drop(others);
    let again = cloud(&sandbox, once()).console(console.console_id()).expect("an id");
    assert!(!is_held_up(&again).await, "the last client took the pace along");
}

#[tokio::test]
async fn a_key_is_not_shown_with_its_pace() {
    let sandbox = Sandbox::start().await;
    let account = cloud(&sandbox, once());
    let client = account.console(sandbox.unifi().console_id()).expect("an id");
    let shown = format!("{account:?} {account:#?} {client:?} {client:#?}");
    assert!(!shown.contains(sandbox.unifi().cloud_api_key()), "{shown}");
}
