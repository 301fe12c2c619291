//! Voucher groups of Omada: lists of them, and deleting them.

use std::collections::HashSet;

use futures_util::{StreamExt, TryStreamExt, pin_mut};
use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{
    ErrorCode, GroupId, SelectVoucherGroup, Selection, Site, SortOrder, UnixMillis, Validity, VoucherGroup,
    VoucherGroupListQuery, VoucherGroupOption, VoucherGroupOptionListQuery, VoucherGroupQuery, VoucherStatus,
};
use hotspot_vouchers_sandbox::Canned;
use serde_json::json;

use crate::own_server::{Server, grid};
use crate::support::{World, group, with_validity};

async fn create(site: &Site, names: impl IntoIterator<Item = String>) -> Vec<GroupId> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(site.create_voucher_group(&with_validity(&name, Validity::AnyTime)).await.expect("a group"));
    }
    ids
}

async fn names(site: &Site, query: VoucherGroupListQuery) -> Vec<String> {
    let groups: Vec<VoucherGroup> = site.voucher_groups(query).try_collect().await.expect("a list that stands still");
    groups.into_iter().filter_map(|group| group.name).collect()
}

#[tokio::test]
async fn every_group_comes_once() {
    let world = World::start().await;
    let site = world.omada_site();
    let ids = create(&site, (0..7).map(|number| format!("group {number}"))).await;
    world.sandbox.omada().clear_received();
    let all: Vec<VoucherGroup> =
        site.voucher_groups(VoucherGroupListQuery::full_pages().build()).try_collect().await.expect("a list");
    let found: HashSet<&str> = all.iter().filter_map(|group| group.id.as_deref()).collect();
    assert_eq!(found, ids.iter().map(GroupId::as_str).collect());
    assert_eq!((all[0].total_count, all[0].unused_count), (Some(1), Some(1)));
    let received = world.sandbox.omada().received();
    assert_eq!(received.len(), 1, "one page");
    assert!(received[0].query.contains(&("pageSize".to_owned(), "1000".to_owned())));

    // Whatever the size of a page, the list ends where it ends, without a page more than it takes. Pages overlap, and small ones
    // are made larger for it.
    for (size, pages) in [(1, 6), (3, 4), (6, 2), (7, 1), (8, 1)] {
        world.sandbox.omada().clear_received();
        assert_eq!(names(&site, VoucherGroupListQuery::builder().page(1).page_size(size).build()).await.len(), 7);
        assert_eq!(world.sandbox.omada().received().len(), pages, "pages of {size}");
    }
    let second = VoucherGroupListQuery::builder().page(2).page_size(3).build();
    assert_eq!(names(&site, second).await.len(), 4, "from the second page on");

    let query = VoucherGroupOptionListQuery::builder().page(1).page_size(3).build();
    let options: Vec<VoucherGroupOption> = site.voucher_group_options(query).try_collect().await.expect("a list");
    let options: HashSet<&str> = options.iter().filter_map(|option| option.group_id.as_deref()).collect();
    assert_eq!(options, found);
}

#[tokio::test]
async fn the_query_selects_groups() {
    let world = World::start().await;
    let site = world.omada_site();
    world.sandbox.clock().set_unix_millis(1_800_000_000_000);
    create(&site, ["lobby b".to_owned(), "bar".to_owned()]).await;
    world.sandbox.clock().set_unix_millis(1_800_000_060_000);
    create(&site, ["lobby a".to_owned()]).await;

    let lobby = VoucherGroupListQuery::full_pages().search_key("lobby").sorts_name(SortOrder::Ascending).build();
    assert_eq!(names(&site, lobby).await, ["lobby a", "lobby b"]);
    let late = VoucherGroupListQuery::full_pages()
        .filters_time_start(UnixMillis(1_800_000_000_001))
        .filters_time_end(UnixMillis(1_800_000_060_000))
        .sorts_create_time(SortOrder::Descending)
        .build();
    assert_eq!(names(&site, late).await, ["lobby a"]);
    let received = world.sandbox.omada().received();
    let mut query = received.last().expect("a request").query.clone();
    query.sort();
    insta::assert_debug_snapshot!("omada_group_query", query);

    let limits = site.voucher_group_limits().await.expect("limits");
    assert_eq!(limits[0].amount_limit, Some(5000));
}

#[tokio::test]
async fn groups_that_come_or_go_are_told() {
    let world = World::start().await;
    let site = world.omada_site();
    let ids = create(&site, (0..5).map(|number| format!("group {number}"))).await;
    let groups = site.voucher_groups(VoucherGroupListQuery::builder().page(1).page_size(2).build());
    pin_mut!(groups);
    groups.next().await.expect("a row").expect("a group");
    world.sandbox.omada().delete_group(ids[0].as_str());
    let (mut rows, mut moved) = (1, Vec::new());
    while let Some(group) = groups.next().await {
        match group {
            Ok(_) => rows += 1,
            Err(Error::Moved(change)) => moved.push((change.before, change.after)),
            Err(other) => panic!("{other}"),
        }
    }
    // The next page has the last row of the one before, in another place, so that nothing is missed.
    assert_eq!((rows, moved.as_slice()), (5, [(5, 4)].as_slice()), "one was removed after it was given");
}

#[tokio::test]
async fn groups_that_come_as_others_go_are_told() {
    let world = World::start().await;
    let site = world.omada_site();
    let ids = create(&site, (0..5).map(|number| format!("group {number}"))).await;
    let groups = site.voucher_groups(VoucherGroupListQuery::builder().page(1).page_size(2).build());
    pin_mut!(groups);
    groups.next().await.expect("a row").expect("a group");
    world.sandbox.omada().delete_group(ids[0].as_str());
    create(&site, ["one more".to_owned()]).await;
    let rest: Vec<_> = groups.collect().await;
    let told = rest.iter().filter(|row| matches!(row, Err(Error::Moved(told)) if (told.before, told.after) == (5, 5)));
    assert_eq!(told.count(), 1, "the list is as long as before, and yet one was missed: {rest:?}");
}

#[tokio::test]
async fn a_group_that_comes_again_is_given_once() {
    let world = World::start().await;
    let site = world.omada_site();
    create(&site, ["sign in".to_owned()]).await;
    let page = |ids: &[&str]| {
        let data: Vec<_> = ids.iter().map(|id| json!({"id": id, "name": id})).collect();
        let result = json!({"totalRows": 4, "data": data});
        world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": 0, "result": result})));
    };
    // Somebody created a group that sorts before the others, and deleted the last one. The second page has 3 rows, so that it
    // overlaps the first.
    [&["a", "b"][..], &["n", "a", "b"], &["b", "c"]].into_iter().for_each(page);
    let query = VoucherGroupListQuery::builder().page(1).page_size(2).build();
    let rows: Vec<_> = site.voucher_groups(query).collect().await;
    let names: Vec<_> = rows.iter().filter_map(|row| row.as_ref().ok()?.name.as_deref()).collect();
    assert_eq!((names.as_slice(), rows.len()), (["a", "b", "n", "c"].as_slice(), 5), "and one notice");
}

#[tokio::test]
async fn what_a_page_claims_of_its_size_does_not_count() {
    let world = World::start().await;
    let site = world.omada_site();
    create(&site, ["sign in".to_owned()]).await;
    let page = |rows: usize, total: serde_json::Value| {
        let data: Vec<_> = (0..rows).map(|_| json!({"name": "g"})).collect();
        let result = json!({"totalRows": total, "currentPage": 1, "currentSize": 10, "data": data});
        Canned::status(200).json(json!({"errorCode": 0, "msg": "Success.", "result": result}))
    };
    // A list of three rows, and no word or a wrong one of how long it is. All rows are given, and it is told if they are more or
    // fewer than the list reports.
    for (total, told) in [(json!(null), false), (json!(3), false), (json!(5), true), (json!(1), true)] {
        let server = Server::start(move |_, target| {
            let rows: Vec<_> = (0..3).map(|number| json!({"name": format!("g{number}")})).collect();
            let mut page = grid(&rows, target, 10);
            (page["result"]["totalRows"], page["result"]["currentSize"]) = (total.clone(), json!(10));
            page
        });
        let query = VoucherGroupListQuery::builder().page(1).page_size(2).build();
        let rows: Vec<_> = server.omada().voucher_groups(query).collect().await;
        assert!(rows.iter().all(|row| matches!(row, Ok(_) | Err(Error::Moved(_)))), "{rows:?}");
        assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 3);
        assert_eq!(rows.iter().any(Result::is_err), told, "{rows:?}");
        assert!(server.received("GET").len() <= 6, "{:?}", server.received("GET"));
    }
    // A total that nobody can count with does no harm.
    world.sandbox.omada().answer_next(page(1, json!(i64::MIN)));
    world.sandbox.omada().answer_next(page(0, json!(i64::MIN)));
    let rows: Vec<_> =
        site.voucher_groups(VoucherGroupListQuery::builder().page(1).page_size(1).build()).collect().await;
    assert!(matches!(rows.as_slice(), [Err(Error::Moved(_)), Ok(_), Err(Error::Moved(_))]), "{rows:?}");
    // A refusal ends the stream.
    world.sandbox.omada().answer_next(page(2, json!(5)));
    world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": -33004, "msg": "busy"})));
    let groups = site.voucher_groups(VoucherGroupListQuery::builder().page(1).page_size(2).build());
    let rows: Vec<_> = groups.collect().await;
    assert_eq!(rows.len(), 3);
    assert!(rows[2].as_ref().is_err_and(Error::is_busy));
}

#[tokio::test]
async fn groups_are_deleted_as_selected() {
    let world = World::start().await;
    let site = world.omada_site();
    let ids = create(&site, (0..6).map(|number| format!("group {number}"))).await;
    let left = || world.sandbox.omada().group_ids();

    site.delete_voucher_group(&ids[0]).await.expect("a group that was there");
    assert!(site.delete_voucher_group(&ids[0]).await.expect_err("a group that is gone").is_invalid());
    let only = Selection::Only(vec![ids[1].clone(), ids[0].clone()]);
    site.delete_voucher_groups(&SelectVoucherGroup::builder().selection(only).build()).await.expect("gone");
    assert_eq!(left().len(), 4);
    let except = Selection::Except(ids[3..].to_vec());
    site.delete_voucher_groups(&SelectVoucherGroup::builder().selection(except).build()).await.expect("gone");
    assert_eq!(left(), ids[3..].iter().map(ToString::to_string).collect::<Vec<_>>());
    let all = SelectVoucherGroup::builder().selection(Selection::All).search_key("group 4").build();
    site.delete_voucher_groups(&all).await.expect("gone");
    assert_eq!(left().len(), 2);

    world.sandbox.omada().clear_received();
    for nothing in [Selection::Only(vec![]), Selection::Except(vec![])] {
        let nothing = SelectVoucherGroup::builder().selection(nothing).build();
        assert!(site.delete_voucher_groups(&nothing).await.expect_err("a selection of nothing").is_invalid());
        assert!(site.delete_expired_vouchers_of_groups(&nothing).await.expect_err("the same").is_invalid());
        assert!(site.unused_vouchers_of_groups(&nothing).await.expect_err("the same").is_invalid());
    }
    assert_eq!(world.sandbox.omada().received().len(), 0);
}

#[tokio::test]
async fn only_expired_vouchers_are_cleared() {
    let world = World::start().await;
    let site = world.omada_site();
    let ids = [
        site.create_voucher_group(&group("first")).await.expect("a group"),
        site.create_voucher_group(&group("second")).await.expect("a group"),
    ];
    let codes = world.sandbox.omada().codes();
    world.sandbox.omada().mark_used(ids[0].as_str(), &codes[0]);
    world.sandbox.omada().mark_used(ids[1].as_str(), &codes[3]);
    // The vouchers last an hour from their first use.
    world.sandbox.clock().advance(std::time::Duration::from_secs(3601));
    world.sandbox.omada().mark_used(ids[1].as_str(), &codes[4]);

    let left = async |id: &GroupId| {
        let query = VoucherGroupQuery::full_pages().build();
        let statuses = site.vouchers_of_group(id, query).map_ok(|voucher| voucher.status);
        statuses.try_collect::<Vec<_>>().await.expect("vouchers")
    };
    site.delete_expired_vouchers_of_group(&ids[0]).await.expect("cleared");
    assert_eq!(left(&ids[0]).await, [Some(VoucherStatus::Unused); 2]);
    assert_eq!(left(&ids[1]).await.len(), 3);
    let all = SelectVoucherGroup::builder().selection(Selection::All).build();
    site.delete_expired_vouchers_of_groups(&all).await.expect("cleared");
    assert_eq!(left(&ids[1]).await, [Some(VoucherStatus::InUse), Some(VoucherStatus::Unused)]);
}

#[tokio::test]
async fn a_controller_that_is_too_old_is_told() {
    let world = World::start().await;
    let site = world.omada_site();
    world.sandbox.omada().set_controller_version("5.15.24");
    let query = VoucherGroupOptionListQuery::full_pages().build();
    let refused = site.voucher_group_option_page(&query).await.expect_err("an operation of version 6");
    assert!(matches!(&refused, Error::Api(told) if told.code == ErrorCode::UnsupportedPath && told.since == Some("6")));
    insta::assert_snapshot!("omada_too_old", world.shown(&refused));
}
