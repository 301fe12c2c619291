//! The connected clients of a UniFi site, the guests among them, and the way through the cloud.

use futures_util::TryStreamExt;
use hotspot_vouchers::Error;
use hotspot_vouchers::unifi::{
    AccessType, AuthorizationMethod, ClientAction, ClientActionName, ClientQuery, ClientType, Cloud, ConnectedClient,
    Host, Pattern, Uuid, Voucher,
};

use crate::support::{World, once, vouchers};

fn action(name: ClientActionName) -> ClientAction {
    ClientAction::builder().action(name).build()
}

#[tokio::test]
async fn a_guest_is_let_in_and_sent_out() {
    let world = World::start().await;
    let site = world.unifi_site();
    let id: Uuid = world.sandbox.unifi().add_guest("aa:bb:cc:dd:ee:ff").parse().expect("a client");
    world.sandbox.unifi().add_wired_client("aa:bb:cc:dd:ee:00");

    let all: Vec<ConnectedClient> = site.clients(None).try_collect().await.expect("clients");
    assert_eq!(all.len(), 2);
    let guests = ConnectedClient::ACCESS_TYPE.eq("GUEST").and(ConnectedClient::MAC_ADDRESS.eq("aa:bb:cc:dd:ee:ff"));
    let guests: Vec<ConnectedClient> = site.clients(guests).try_collect().await.expect("clients");
    assert_eq!((guests.len(), guests[0].id, guests[0].type_.clone()), (1, id, Some(ClientType::Wireless)));
    let access = guests[0].access.clone().expect("access");
    assert_eq!((access.type_, access.authorized), (Some(AccessType::Guest), Some(false)));

    let request = ClientAction::builder()
        .action(ClientActionName::AuthorizeGuestAccess)
        .time_limit_minutes(30)
        .data_usage_limit_mbytes(100)
        .rx_rate_limit_kbps(2000)
        .tx_rate_limit_kbps(1000)
        .build();
    let result = site.execute_client_action(id, &request).await.expect("a guest");
    let granted = result.granted_authorization.expect("what was granted");
    assert_eq!((granted.data_usage_limit_mbytes, granted.rx_rate_limit_kbps), (Some(100), Some(2000)));
    assert!(granted.authorized_at < granted.expires_at);
    let access = site.client(id).await.expect("the guest").access.expect("access");
    let authorization = access.authorization.expect("what was granted");
    assert_eq!((access.authorized, authorization.authorization_method), (Some(true), Some(AuthorizationMethod::Api)));

    let out = site.execute_client_action(id, &action(ClientActionName::UnauthorizeGuestAccess)).await.expect("a guest");
    assert!(out.revoked_authorization.is_some() && out.granted_authorization.is_none());
    assert!(site.client(Uuid::from_u128(9)).await.expect_err("no such client").is_not_found());
}

#[tokio::test]
async fn actions_are_checked() {
    let world = World::start().await;
    let site = world.unifi_site();
    let id: Uuid = world.sandbox.unifi().add_guest("aa:bb:cc:dd:ee:ff").parse().expect("a client");
    let mut wrong = action(ClientActionName::UnauthorizeGuestAccess);
    (wrong.time_limit_minutes, wrong.rx_rate_limit_kbps) = (Some(0), Some(100_001));
    let refused = site.execute_client_action(id, &wrong).await.expect_err("four broken rules");
    insta::assert_snapshot!("client_action", world.shown(&refused));
    let unknown = action(ClientActionName::from("REBOOT"));
    assert!(unknown.validate().is_err());
    let theirs = world.unifi.generated().execute_client_action(&site.id(), &id, &unknown).await;
    assert!(theirs.expect_err("an unknown action").is_invalid());
    let page = ClientQuery::builder().limit(201).build();
    assert!(site.client_page(&page).await.expect_err("too long a page").is_invalid());
    let some = ConnectedClient::IP_ADDRESS.is_null().and(ConnectedClient::ACCESS_AUTHORIZED.eq(false));
    let page = ClientQuery::builder().filter(some).limit(5).build();
    assert_eq!(site.client_page(&page).await.expect("a page").count, Some(1));
}

fn cloud(world: &World, key: &str) -> Cloud {
    let cloud = Cloud::builder().url(world.sandbox.unifi().cloud_url()).api_key(key).connection(once());
    cloud.build().expect("an account")
}

#[tokio::test]
async fn a_console_is_reached_through_the_cloud() {
    let world = World::start().await;
    let unifi = world.sandbox.unifi();
    let other = unifi.add_console();
    let cloud = cloud(&world, unifi.cloud_api_key());
    let consoles: Vec<Host> = cloud.consoles().try_collect().await.expect("consoles");
    let ids: Vec<&str> = consoles.iter().map(|console| console.id.as_str()).collect();
    assert_eq!(ids, [unifi.console_id(), other.as_str()]);

    let client = cloud.console(&consoles[0].id).expect("a console");
    let site = client.find_site("default").await.expect("sites").expect("a site");
    let created = site.create_vouchers(&vouchers("far away")).await.expect("vouchers");
    let named = Voucher::NAME.like(Pattern::ends_with("away"));
    let listed: Vec<Voucher> = site.vouchers(named).try_collect().await.expect("vouchers");
    assert_eq!(listed.as_slice(), &*created);
    assert_eq!(world.unifi_site().voucher(created[0].id).await.expect("the same console"), created[0]);

    unifi.set_console_offline(true);
    let unreachable = site.create_vouchers(&vouchers("nobody")).await.expect_err("the console is off");
    assert!(!unreachable.is_retryable(), "{unreachable}");
    let Error::Unclear(unclear) = &unreachable else { panic!("the vouchers may exist: {unreachable:?}") };
    assert!(matches!(&unclear.cause, Error::Api(refusal) if refusal.status == 408));
    unifi.set_console_offline(false);
    unifi.set_cloud_limit(0);
    let busy = site.create_vouchers(&vouchers("too many")).await.expect_err("too many requests");
    assert!(busy.is_busy() && busy.is_retryable());
    world.shown(&busy);
}

#[tokio::test]
async fn keys_fit_one_door() {
    let world = World::start().await;
    let unifi = world.sandbox.unifi();
    let account = cloud(&world, unifi.api_key());
    let refused = account.consoles().try_collect::<Vec<Host>>().await.expect_err("the key of a console");
    assert!(refused.is_auth());
    let client = cloud(&world, unifi.cloud_api_key()).console("0:0").expect("an id");
    assert!(client.info().await.expect_err("no such console").is_auth());
    for bad in ["", "..", "a/b", "a?b"] {
        assert!(account.console(bad).expect_err("an id that breaks out").is_invalid());
    }
    assert!(!format!("{account:?}").contains(unifi.api_key()));
    assert!(Cloud::builder().build().expect_err("no key").is_invalid());
}
