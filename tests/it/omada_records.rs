//! The records of sign-ins on Omada's portals.

use std::time::Duration;

use futures_util::TryStreamExt;
use hotspot_vouchers::omada::{
    AuthClient, AuthType, AuthedRecordId, AuthedRecordListQuery, DeleteFilterInfo, Site, SortOrder, Timestamp,
};
use jiff::ToSpan;

use crate::support::{World, group};

const NOON: i64 = 1_800_000_000_000;

/// Three guests, a minute apart.
async fn guests(world: &World) -> Site {
    let site = world.omada_site();
    world.sandbox.clock().set_unix_millis(NOON);
    let id = site.create_voucher_group(&group("guests")).await.expect("a group");
    for code in world.sandbox.omada().codes() {
        world.sandbox.omada().mark_used(id.as_str(), &code);
        world.sandbox.clock().advance(Duration::from_secs(60));
    }
    site
}

async fn all(site: &Site) -> Vec<AuthClient> {
    let query = AuthedRecordListQuery::full_pages().sorts_start(SortOrder::Ascending).build();
    site.authed_records(query).try_collect().await.expect("records")
}

fn id(record: &AuthClient) -> AuthedRecordId {
    AuthedRecordId::new(record.id.as_deref().expect("an id")).expect("an id")
}

#[tokio::test]
async fn records_tell_who_used_a_voucher() {
    let world = World::start().await;
    let site = guests(&world).await;
    let records = all(&site).await;
    let codes: Vec<String> = records.iter().flat_map(|record| &record.voucher_code).map(ToString::to_string).collect();
    assert_eq!(codes, world.sandbox.omada().codes());
    assert!(records.iter().all(|record| record.auth_type == Some(AuthType::Voucher) && record.valid == Some(true)));
    world.debugged(&records);
    let query = AuthedRecordListQuery::full_pages().search_key(codes[1].as_str()).build();
    let found: Vec<AuthClient> = site.authed_records(query).try_collect().await.expect("records");
    assert_eq!(found, records[1..2]);

    let paged = AuthedRecordListQuery::builder().page(1).page_size(2).build();
    world.sandbox.omada().clear_received();
    assert_eq!(site.authed_records(paged).try_collect::<Vec<_>>().await.expect("records").len(), 3);
    assert_eq!(world.sandbox.omada().received().len(), 2, "two pages, which overlap");
}

#[tokio::test]
async fn every_sort_is_sent_by_its_name() {
    let world = World::start().await;
    let site = guests(&world).await;
    let query = AuthedRecordListQuery::full_pages()
        .search_key("Guest")
        .sorts_auth_type(SortOrder::Ascending)
        .sorts_download(SortOrder::Descending)
        .sorts_duration(SortOrder::Ascending)
        .sorts_end(SortOrder::Descending)
        .sorts_ip(SortOrder::Ascending)
        .sorts_mac(SortOrder::Descending)
        .sorts_name(SortOrder::Ascending)
        .sorts_ssid_or_network(SortOrder::Descending)
        .sorts_start(SortOrder::Ascending)
        .sorts_status(SortOrder::Descending)
        .sorts_upload(SortOrder::Ascending)
        .build();
    site.authed_record_page(&query).await.expect("a page");
    let received = world.sandbox.omada().received();
    let mut sent = received.last().expect("a request").query.clone();
    sent.sort();
    insta::assert_debug_snapshot!("omada_record_query", sent);
}

#[tokio::test]
async fn guests_are_signed_out_and_kept_longer() {
    let world = World::start().await;
    let site = guests(&world).await;
    let records = all(&site).await;
    site.extend_authed_record(&id(&records[0]), Duration::from_secs(600)).await.expect("longer");
    let end = records[0].end.expect("an end");
    assert_eq!(all(&site).await[0].end, Some(end + 600_000));
    site.disconnect_authed_record(&id(&records[1])).await.expect("signed out");
    assert_eq!(all(&site).await[1].valid, Some(false));
    site.delete_authed_record(&id(&records[1])).await.expect("gone");
    assert_eq!(all(&site).await.len(), 2);

    let nobody = AuthedRecordId::new("ffffffffffffffffffffffff").expect("an id");
    assert!(site.delete_authed_record(&nobody).await.expect_err("no such record").is_invalid());
    assert!(site.disconnect_authed_record(&nobody).await.expect_err("no such record").is_invalid());
    for impossible in [Duration::from_secs(59), Duration::MAX] {
        assert!(site.extend_authed_record(&nobody, impossible).await.expect_err("out of range").is_invalid());
    }
}

#[tokio::test]
async fn records_of_a_period_are_deleted() {
    let world = World::start().await;
    let site = guests(&world).await;
    for record in &all(&site).await {
        site.disconnect_authed_record(&id(record)).await.expect("signed out");
    }
    let noon = Timestamp::from_millisecond(NOON).expect("a moment");
    let first = DeleteFilterInfo::builder().period(noon..noon + 59.seconds()).build();
    site.delete_authed_records(&first).await.expect("gone");
    assert_eq!(all(&site).await.len(), 2);
    let searched = DeleteFilterInfo::builder().period(noon..noon + 1.hour()).search_key("Guest 3").build();
    site.delete_authed_records(&searched).await.expect("gone");
    assert_eq!(all(&site).await.len(), 1);
    let reversed = DeleteFilterInfo::builder().period(noon + 1.hour()..noon).build();
    let refused = site.delete_authed_records(&reversed).await.expect_err("a period that ends before it starts");
    insta::assert_snapshot!(world.shown(&refused), @"`start` is 2027-01-15T09:00:00Z, after `end`, which is 2027-01-15T08:00:00Z");
}
