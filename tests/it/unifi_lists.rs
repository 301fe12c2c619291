//! Lists of UniFi, from the first page to the last, and what is deleted of them.

use std::collections::HashSet;

use futures_util::{StreamExt, TryStreamExt, pin_mut};
use hotspot_vouchers::unifi::{Site, Uuid, Voucher, VoucherQuery, VoucherState};
use hotspot_vouchers::{Error, List};

use crate::support::{World, vouchers};

async fn create(site: &Site, count: i32, name: &str) -> List<Voucher> {
    let mut request = vouchers(name);
    request.count = Some(count);
    site.create_vouchers(&request).await.expect("vouchers")
}

#[tokio::test]
async fn every_voucher_comes_once_in_full_pages() {
    let world = World::start().await;
    let site = world.unifi_site();
    for count in [1000, 1000, 500] {
        create(&site, count, "many").await;
    }
    world.sandbox.unifi().clear_received();
    let all: Vec<Voucher> = site.vouchers(None).try_collect().await.expect("a list that stands still");
    let ids: HashSet<Uuid> = all.iter().map(|voucher| voucher.id).collect();
    assert_eq!((all.len(), ids.len()), (2500, 2500));
    assert_eq!(world.sandbox.unifi().received().len(), 3);

    assert_eq!(site.count_vouchers(None).await.expect("a count"), 2500);
    let received = world.sandbox.unifi().received();
    assert!(received[3].query.contains(&("limit".to_owned(), "0".to_owned())), "only counted");
}

#[tokio::test]
async fn lists_of_any_length_end() {
    let world = World::start().await;
    let site = world.unifi_site();
    for (create_now, length, requests) in
        [(0, 0, 1), (1, 1, 1), (998, 999, 1), (1, 1000, 1), (1, 1001, 2), (998, 1999, 2), (1, 2000, 3)]
    {
        if create_now > 0 {
            create(&site, create_now, "any").await;
        }
        world.sandbox.unifi().clear_received();
        let all: Vec<Voucher> = site.vouchers(None).try_collect().await.expect("a list that stands still");
        assert_eq!((all.len(), world.sandbox.unifi().received().len()), (length, requests));
    }
}

#[tokio::test]
async fn rows_that_move_are_told() {
    let world = World::start().await;
    let site = world.unifi_site();
    let mut created: Vec<Voucher> = create(&site, 1000, "first").await.into_iter().collect();
    created.extend(create(&site, 600, "second").await);

    // A voucher of the first page goes, so one of the second moves to where nobody looks again.
    let list = site.vouchers(None);
    pin_mut!(list);
    let mut read = vec![list.next().await.expect("a row").expect("a voucher").id];
    assert!(site.delete_voucher(created[3].id).await.expect("a voucher that was there"));
    let mut moved = 0;
    while let Some(row) = list.next().await {
        match row {
            Ok(voucher) => read.push(voucher.id),
            Err(Error::Moved(change)) => {
                assert_eq!((change.before, change.after), (1600, 1599));
                moved += 1;
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(moved, 1);
    assert_eq!(read.iter().collect::<HashSet<_>>().len(), read.len(), "nothing twice");

    // One goes and another comes, so that the length stays and only the place tells.
    let list = site.vouchers(None);
    pin_mut!(list);
    list.next().await.expect("a row").expect("a voucher");
    site.delete_voucher(created[5].id).await.expect("a voucher that was there");
    create(&site, 1, "one more").await;
    let told = list
        .filter(|row| std::future::ready(matches!(row, Err(Error::Moved(change)) if change.before == change.after)));
    assert_eq!(told.count().await, 1);
}

#[tokio::test]
async fn a_filter_selects() {
    let world = World::start().await;
    let site = world.unifi_site();
    let lobby = create(&site, 3, "lobby").await;
    create(&site, 2, "bar").await;
    world.sandbox.unifi().mark_used(&lobby[0].id.to_string());

    let unused = Voucher::AUTHORIZED_GUEST_COUNT.eq(0).and(Voucher::NAME.eq("lobby"));
    let found: Vec<Voucher> = site.vouchers(unused).try_collect().await.expect("a list");
    let ids: HashSet<Uuid> = found.iter().map(|voucher| voucher.id).collect();
    assert_eq!(ids, HashSet::from([lobby[1].id, lobby[2].id]));

    let code = lobby[0].code.as_str();
    let typed = format!("{}-{} ", &code[..5], &code[5..]);
    assert_eq!(site.voucher_by_code(&typed).await.expect("a list").map(|voucher| voucher.id), Some(lobby[0].id));
    assert_eq!(site.voucher_by_code("0").await.expect("a list"), None);
}

#[tokio::test]
async fn states_are_derived() {
    let world = World::start().await;
    let site = world.unifi_site();
    let id = create(&site, 1, "state").await[0].id;
    let state = async || site.voucher(id).await.expect("a voucher").state();
    assert_eq!(state().await, VoucherState::Unused);
    world.sandbox.unifi().mark_used(&id.to_string());
    assert_eq!(state().await, VoucherState::InUse);
    world.sandbox.unifi().mark_used(&id.to_string());
    assert_eq!(state().await, VoucherState::UsedUp);
    world.sandbox.clock().advance(std::time::Duration::from_secs(3601));
    assert_eq!(state().await, VoucherState::Expired);
}

#[tokio::test]
async fn deleting_is_exact() {
    let world = World::start().await;
    let site = world.unifi_site();
    let created = create(&site, 200, "stale").await;
    let kept = create(&site, 5, "kept").await;

    assert!(site.delete_voucher(created[0].id).await.expect("a voucher that was there"));
    assert!(!site.delete_voucher(created[0].id).await.expect("a voucher that is gone"));

    let plan =
        site.plan_purge(Voucher::NAME.eq("stale").and(Voucher::AUTHORIZED_GUEST_COUNT.eq(0))).await.expect("a plan");
    assert_eq!(plan.vouchers().len(), 199);
    // Since then one was used and two came that were not listed.
    world.sandbox.unifi().mark_used(&created[7].id.to_string());
    create(&site, 2, "stale").await;
    world.sandbox.unifi().clear_received();
    assert_eq!(plan.run().await.expect("a purge"), 198);
    for request in world.sandbox.unifi().received() {
        assert!(request.path.len() + request.query.iter().map(|(_, value)| value.len() * 2).sum::<usize>() < 8192);
    }
    assert_eq!(site.count_vouchers(None).await.expect("a count"), 3 + 5);
    assert_eq!(plan.run().await.expect("the same purge again"), 0);

    assert_eq!(site.delete_vouchers(&Voucher::NAME.eq("kept")).await.expect("a filter"), Some(5));
    assert!(site.voucher(kept[0].id).await.expect_err("it is gone").is_not_found());
}

#[tokio::test]
async fn expired_vouchers_go() {
    let world = World::start().await;
    let site = world.unifi_site();
    let stale = create(&site, 2, "stale").await;
    let kept = create(&site, 1, "kept").await;
    stale.iter().for_each(|voucher| world.sandbox.unifi().expire(&voucher.id.to_string()));
    let plan = site.plan_purge(Voucher::EXPIRED.eq(true)).await.expect("a plan");
    assert!(plan.vouchers().iter().all(|voucher| voucher.state() == VoucherState::Expired));
    world.sandbox.unifi().expire(&kept[0].id.to_string());
    assert_eq!(plan.run().await.expect("a purge"), 2, "what expired since was not listed");
    assert_eq!(site.voucher(kept[0].id).await.expect("it stayed").expired, Some(true));
}

#[tokio::test]
async fn pages_are_checked_before_they_are_asked_for() {
    let world = World::start().await;
    let site = world.unifi_site();
    create(&site, 3, "page").await;
    let page = site.voucher_page(&VoucherQuery::builder().limit(2).offset(1).build()).await.expect("a page");
    assert_eq!((page.offset, page.limit, page.count, page.total_count), (Some(1), Some(2), Some(2), 3));
    world.sandbox.unifi().clear_received();
    for query in [VoucherQuery::builder().limit(1001).build(), VoucherQuery::builder().offset(-1).build()] {
        assert!(site.voucher_page(&query).await.expect_err("a page that cannot be").is_invalid());
    }
    assert_eq!(world.sandbox.unifi().received().len(), 0);
}

#[tokio::test]
async fn sites_are_found() {
    let world = World::start().await;
    assert_eq!(world.unifi.info().await.expect("a version").application_version, "10.1.68");
    let sites: Vec<_> = world.unifi.sites(None).try_collect().await.expect("sites");
    assert_eq!(sites.len(), 1);
    for name in ["default", "Default"] {
        let site = world.unifi.find_site(name).await.expect("sites").expect("a site");
        assert_eq!(site.id(), world.unifi_site().id());
    }
    assert!(world.unifi.find_site("elsewhere").await.expect("sites").is_none());
}

#[tokio::test]
async fn a_console_that_is_too_old_is_told() {
    let world = World::start().await;
    world.sandbox.unifi().set_application_version("9.0.99");
    let site = world.unifi_site();
    let refused = [
        site.create_vouchers(&vouchers("old")).await.expect_err("too old a console"),
        site.count_vouchers(None).await.expect_err("too old a console"),
        site.voucher(Uuid::nil()).await.expect_err("too old a console"),
        site.delete_vouchers(&Voucher::EXPIRED.eq(true)).await.expect_err("too old a console"),
    ];
    let shown = refused.map(|error| world.shown(&error).replace(&site.id().to_string(), "SITE_ID"));
    insta::assert_snapshot!("unifi_too_old", shown.join("\n"));
    world.unifi.info().await.expect("an operation that it has");
}
