//! UniFi, from key to codes, against the sandbox.

use hotspot_vouchers::unifi::{Client, CreateVouchers, ErrorCode, Uuid};
use hotspot_vouchers::{Error, VoucherCode};

use crate::support::{World, vouchers};

#[tokio::test]
async fn vouchers_are_created_and_one_is_read() {
    let world = World::start().await;
    let site = world.unifi_site();
    let created = site.create_vouchers(&vouchers("lobby")).await.expect("vouchers");
    let codes: Vec<String> = created.iter().map(|voucher| voucher.code.to_string()).collect();
    assert_eq!(codes, world.sandbox.unifi().codes());
    assert!(codes.iter().any(|code| code.starts_with('0')), "a leading zero is kept");

    let read = site.voucher(created[0].id).await.expect("a voucher");
    assert_eq!(read, created[0]);
    assert_eq!((read.authorized_guest_limit, read.authorized_guest_count), (Some(2), Some(0)));
    assert_eq!((read.time_limit_minutes, read.expired, read.activated_at), (Some(60), Some(false), None));

    world.sandbox.unifi().mark_used(&created[0].id.to_string());
    let used = site.voucher(created[0].id).await.expect("a voucher");
    assert_eq!(used.authorized_guest_count, Some(1));
    assert!(used.activated_at < used.expires_at);
}

#[tokio::test]
async fn what_is_left_out_is_not_sent() {
    let world = World::start().await;
    let request = CreateVouchers::builder().name("one").time_limit_minutes(1).build();
    let created = world.unifi_site().create_vouchers(&request).await.expect("a voucher");
    assert_eq!((created.len(), created[0].authorized_guest_limit), (1, None));

    let received = world.sandbox.unifi().received();
    assert_eq!(received[0].body, Some(serde_json::json!({"name": "one", "timeLimitMinutes": 1})));
    assert_eq!(received[0].header("x-api-key"), Some(world.sandbox.unifi().api_key()));
    assert_eq!(received[0].header("api-version"), None, "progenitor's header stays at home");
    assert!(received[0].path.starts_with("/proxy/network/integration/v1/sites/"));
}

#[tokio::test]
async fn the_address_may_name_the_api() {
    let world = World::start().await;
    for suffix in ["", "/", "/proxy/network/integration", "/proxy/network/integration/"] {
        let url = format!("{}{suffix}", world.sandbox.unifi().url());
        let client = Client::builder(url).api_key(world.sandbox.unifi().api_key()).build().expect("a client");
        client.site(world.unifi_site().id()).create_vouchers(&vouchers("address")).await.expect("vouchers");
    }
}

#[tokio::test]
async fn refusals_are_told() {
    let world = World::start().await;
    let site = world.unifi_site();
    let missing = site.voucher(Uuid::from_u128(7)).await.expect_err("no such voucher");
    assert!(missing.is_not_found() && !missing.is_retryable());
    world.shown(&missing);

    let elsewhere = world.unifi.site(Uuid::from_u128(8));
    assert!(elsewhere.create_vouchers(&vouchers("elsewhere")).await.expect_err("no such site").is_not_found());

    let client = Client::builder(world.sandbox.unifi().url()).api_key("the-wrong-key").build().expect("a client");
    let refused = client.site(site.id()).create_vouchers(&vouchers("wrong")).await.expect_err("a wrong key");
    assert!(refused.is_auth());
    insta::assert_snapshot!("unifi_wrong_key", world.shown(&refused));
}

#[tokio::test]
async fn nothing_is_sent_that_breaks_a_rule() {
    let world = World::start().await;
    let request = CreateVouchers::builder().name("").count(0).authorized_guest_limit(0).time_limit_minutes(0).build();
    let refused = world.unifi_site().create_vouchers(&request).await.expect_err("four broken rules");
    assert!(matches!(&refused, Error::Invalid(violations) if violations.len() == 4));
    assert_eq!(world.sandbox.unifi().received().len(), 0);
    insta::assert_snapshot!("unifi_four_violations", world.shown(&refused));
}

#[tokio::test]
async fn the_generated_client_is_signed_in_and_unchecked() {
    let world = World::start().await;
    let site = world.unifi_site();
    let mut request = vouchers("raw");
    request.time_limit_minutes = 1_000_001;
    let refused =
        world.unifi.generated().create_vouchers(&site.id(), &request).await.expect_err("a limit that is too high");
    assert!(matches!(&refused, Error::Api(refusal) if refusal.code == Some(ErrorCode::RequestError)));
    request.time_limit_minutes = 1_000_000;
    let created = world.unifi.generated().create_vouchers(&site.id(), &request).await.expect("vouchers");
    let first = &created.vouchers.expect("vouchers")[0];
    assert_eq!(world.unifi.generated().read_voucher(&site.id(), &first.id).await.expect("a voucher"), *first);
}

#[test]
fn a_code_is_shown_to_people_and_hidden_from_logs() {
    let code = VoucherCode::from("0123456789");
    assert_eq!((format!("{code}"), format!("{code:>12}")), ("0123456789".to_owned(), "  0123456789".to_owned()));
    assert_eq!(format!("{code:?}"), "VoucherCode(..)");
}
