//! The edges of pages, for every list: no rows, a full page, one more, and a place past the end.

use futures_util::{Stream, StreamExt};
use hotspot_vouchers::omada::{
    AuthedRecordListQuery, GroupDurationDistributionQuery, GroupId, GroupPriceDistributionQuery, SiteListQuery,
    Timestamp, UnixSeconds, VoucherGroupListQuery, VoucherGroupOptionListQuery, VoucherGroupQuery,
};
use hotspot_vouchers::unifi::{SiteQuery, Uuid};
use hotspot_vouchers::{Error, error::Refusal};
use hotspot_vouchers_sandbox::Canned;
use serde_json::{Value, json};

use crate::support::World;

/// How many rows a list has, and how many pages that takes.
const EDGES: [(usize, usize); 4] = [(0, 1), (1, 1), (PAGE, 1), (PAGE + 1, 2)];
const PAGE: usize = 1000;

/// Reads a list to its end, which has to stand still, and counts its rows.
async fn count<T, A: Refusal>(rows: impl Stream<Item = Result<T, Error<A>>>) -> usize {
    rows.map(|row| {
        if let Err(error) = row {
            panic!("{error}")
        }
    })
    .count()
    .await
}

/// A page of a list of Omada, with rows that have every id there is.
fn omada_page(first: usize, rows: usize, total: usize) -> Canned {
    let row = |number: usize| {
        let id = format!("{number:024}");
        json!({"id": id, "groupId": id, "siteId": id, "unitPrice": number.to_string()})
    };
    let data: Vec<Value> = (first..first + rows).map(row).collect();
    Canned::status(200).json(json!({"errorCode": 0, "msg": "", "result": {"totalRows": total, "data": data}}))
}

/// Scripts a list of Omada of this length, page after page. Each page but the first begins with the last row of the page before.
fn script_omada(world: &World, total: usize) {
    let omada = world.sandbox.omada();
    omada.answer_next(omada_page(0, total.min(PAGE), total));
    if total > PAGE {
        omada.answer_next(omada_page(PAGE - 1, total - PAGE + 1, total));
    }
    omada.clear_received();
}

/// The page numbers and sizes that were asked for.
fn asked(world: &World) -> Vec<(String, String)> {
    let received = world.sandbox.omada().received();
    let value = |query: &[(String, String)], name: &str| {
        query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    received.iter().map(|request| (value(&request.query, "page"), value(&request.query, "pageSize"))).collect()
}

#[tokio::test]
async fn lists_of_omada() {
    let world = World::start().await;
    let (client, site) = (&world.omada, world.omada_site());
    site.voucher_summary().await.expect("the sign-in, which is not scripted");
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    let period = || Timestamp::UNIX_EPOCH..Timestamp::UNIX_EPOCH + std::time::Duration::from_secs(60);
    for (total, pages) in EDGES {
        for list in 0..7 {
            script_omada(&world, total);
            let rows = match list {
                0 => count(client.sites(SiteListQuery::full_pages().build())).await,
                1 => count(site.voucher_groups(VoucherGroupListQuery::full_pages().build())).await,
                2 => count(site.voucher_group_options(VoucherGroupOptionListQuery::full_pages().build())).await,
                3 => count(site.authed_records(AuthedRecordListQuery::full_pages().build())).await,
                4 => count(site.vouchers_of_group(&id, VoucherGroupQuery::full_pages().build())).await,
                5 => count(site.voucher_distribution_by_price_of_group(&id, period()).expect("a period")).await,
                _ => count(site.voucher_distribution_by_duration_of_group(&id, period()).expect("a period")).await,
            };
            assert_eq!(rows, total, "list {list}");
            let pair = |page: &str, size: &str| (page.to_owned(), size.to_owned());
            let mut expected = vec![pair("1", "1000")];
            if pages == 2 {
                expected.push(pair("2", "999"));
            }
            assert_eq!(asked(&world), expected, "list {list} of {total}");
        }
    }
}

#[tokio::test]
async fn places_past_the_end_of_omada() {
    let world = World::start().await;
    let site = world.omada_site();
    site.create_voucher_group(&crate::support::group("one")).await.expect("a group");
    let id = GroupId::new(&world.sandbox.omada().group_ids()[0]).expect("an id");
    let far = |page_size| (9, page_size);
    let (page, size) = far(10);
    assert_eq!(count(world.omada.sites(SiteListQuery::builder().page(page).page_size(size).build())).await, 0);
    assert_eq!(
        count(site.voucher_groups(VoucherGroupListQuery::builder().page(page).page_size(size).build())).await,
        0
    );
    let options = VoucherGroupOptionListQuery::builder().page(page).page_size(size).build();
    assert_eq!(count(site.voucher_group_options(options)).await, 0);
    assert_eq!(
        count(site.authed_records(AuthedRecordListQuery::builder().page(page).page_size(size).build())).await,
        0
    );
    let query = VoucherGroupQuery::builder().page(page).page_size(size).build();
    assert_eq!(count(site.vouchers_of_group(&id, query.clone())).await, 0);
    // The page says how many there are, and holds none.
    let read = site.voucher_group(&id, &query).await.expect("a page");
    assert_eq!((read.total_rows, read.data.map(|rows| rows.len())), (Some(3), Some(0)));
}

/// A page of a list of UniFi, with rows that are vouchers, sites and clients at once.
fn unifi_page(offset: usize, rows: usize, total: usize, limit: usize) -> Canned {
    let row = |number: usize| {
        json!({
            "id": Uuid::from_u128(number as u128), "createdAt": "2026-09-20T19:40:57Z", "name": "row", "code": "0123456789",
            "authorizedGuestCount": 0, "expired": false, "timeLimitMinutes": 1, "internalReference": "row",
            "type": "WIRELESS", "access": {"type": "DEFAULT"},
        })
    };
    let data: Vec<Value> = (offset..offset + rows).map(row).collect();
    let body = json!({"offset": offset, "limit": limit, "count": rows, "totalCount": total, "data": data});
    Canned::status(200).json(body)
}

#[tokio::test]
async fn lists_of_unifi() {
    let world = World::start().await;
    let site = world.unifi_site();
    for (list, size) in [(0, 1000), (1, 200), (2, 200)] {
        for (total, pages) in [(0, 1), (1, 1), (size, 1), (size + 1, 2), (2 * size - 1, 2), (2 * size, 3)] {
            world.sandbox.unifi().clear_received();
            // Each page but the first begins with the last row of the page before.
            for page in 0..pages {
                let offset = page * (size - 1);
                world.sandbox.unifi().answer_next(unifi_page(offset, (total - offset).min(size), total, size));
            }
            let rows = match list {
                0 => count(site.vouchers(None)).await,
                1 => count(world.unifi.sites(None)).await,
                _ => count(site.clients(None)).await,
            };
            assert_eq!((rows, world.sandbox.unifi().received().len()), (total, pages), "list {list} of {total}");
            let limit = ("limit".to_owned(), size.to_string());
            assert!(world.sandbox.unifi().received().iter().all(|request| request.query.contains(&limit)));
        }
    }
}

#[tokio::test]
async fn one_page_is_read() {
    let world = World::start().await;
    let cloud = hotspot_vouchers::unifi::Cloud::builder()
        .url(world.sandbox.unifi().cloud_url())
        .api_key(world.sandbox.unifi().cloud_api_key())
        .build()
        .expect("an account");
    let consoles = cloud.console_page(None).await.expect("a page");
    assert_eq!((consoles.data.map(|rows| rows.len()), consoles.next_token), (Some(1), None));
    let query = SiteQuery::builder().limit(1).offset(1).build();
    let sites = world.unifi.site_page(&query).await.expect("a page");
    assert_eq!((sites.total_count, sites.data.map(|rows| rows.len())), (1, Some(0)), "past the end");
    assert!(world.unifi.site_page(&SiteQuery::builder().limit(201).build()).await.expect_err("too long").is_invalid());

    let site = world.omada_site();
    let id = site.create_voucher_group(&crate::support::group("three")).await.expect("a group");
    world.sandbox.omada().mark_used(id.as_str(), &world.sandbox.omada().codes()[0]);
    let (start, end) = (UnixSeconds(0), UnixSeconds::from(Timestamp::now() + std::time::Duration::from_secs(60)));
    for (page, rows) in [(1, 1), (2, 0)] {
        let query = GroupPriceDistributionQuery::builder().page(page).page_size(1);
        let query = query.filters_time_start(start).filters_time_end(end).build();
        let prices = site.voucher_distribution_page_by_price_of_group(&id, &query).await.expect("a page");
        assert_eq!((prices.total_rows, prices.data.map(|rows| rows.len())), (Some(1), Some(rows)));
        let query = GroupDurationDistributionQuery::builder().page(page).page_size(1);
        let query = query.filters_time_start(start).filters_time_end(end).build();
        let durations = site.voucher_distribution_page_by_duration_of_group(&id, &query).await.expect("a page");
        assert_eq!((durations.total_rows, durations.data.map(|rows| rows.len())), (Some(1), Some(rows)));
    }
}

#[tokio::test]
async fn rows_are_counted_without_being_sent() {
    let world = World::start().await;
    let site = world.unifi_site();
    site.create_vouchers(&crate::support::vouchers("three")).await.expect("vouchers");
    world.sandbox.unifi().add_guest("02:00:00:00:00:01");
    world.sandbox.unifi().clear_received();
    assert_eq!(site.count_vouchers(None).await.expect("a count"), 3);
    assert_eq!(site.count_clients(None).await.expect("a count"), 1);
    assert_eq!(world.unifi.count_sites(None).await.expect("a count"), 1);
    let limit = ("limit".to_owned(), "0".to_owned());
    assert!(world.sandbox.unifi().received().iter().all(|request| request.query.contains(&limit)));

    // Omada has no empty page; the row of a group has its counters, and no voucher.
    let site = world.omada_site();
    site.create_voucher_group(&crate::support::group("three")).await.expect("a group");
    let page = site.voucher_group_page(&VoucherGroupListQuery::full_pages().build()).await.expect("a page");
    let group = &page.data.expect("groups")[0];
    assert_eq!((group.total_count, group.unused_count), (Some(3), Some(3)));
    let summary = site.voucher_summary().await.expect("a summary");
    assert_eq!(summary.unused.and_then(|unused| unused.count), Some(3));
}
