//! The vouchers of Omada's groups: reading, finding, printing and deleting them.

use std::collections::HashSet;

use futures_util::{StreamExt, TryStreamExt, pin_mut};
use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{
    EditVoucherGroupPattern, ErrorCode, ExportFormat, ExportVoucher, GroupId, PatternPosition, PatternType, PictureId,
    SelectIds, SelectVoucherGroup, Selection, SimpleVoucher, Site, VoucherGroupQuery, VoucherId, VoucherStatus,
};
use hotspot_vouchers_sandbox::Canned;

use crate::support::{World, group};

async fn create(site: &Site, name: &str, amount: i32) -> GroupId {
    let mut request = group(name);
    request.amount = amount;
    site.create_voucher_group(&request).await.expect("a group")
}

async fn all(site: &Site, id: &GroupId) -> Vec<SimpleVoucher> {
    let vouchers = site.vouchers_of_group(id, VoucherGroupQuery::full_pages().build());
    vouchers.try_collect().await.expect("a list that stands still")
}

fn id(voucher: &SimpleVoucher) -> VoucherId {
    VoucherId::new(voucher.id.as_deref().expect("an id")).expect("an id")
}

fn select(group: &GroupId, selection: Selection<VoucherId>) -> SelectIds {
    SelectIds::builder().group_id(group.as_str()).selection(selection).build()
}

#[tokio::test]
async fn every_voucher_comes_once_in_full_pages() {
    let world = World::start().await;
    let site = world.omada_site();
    for (name, amount, pages) in [("one", 1, 1), ("full", 1000, 1), ("more", 1001, 2), ("many", 2500, 3)] {
        let group = create(&site, name, amount).await;
        world.sandbox.omada().clear_received();
        let vouchers = all(&site, &group).await;
        let ids: HashSet<_> = vouchers.iter().map(id).collect();
        let amount = usize::try_from(amount).expect("an amount");
        assert_eq!((vouchers.len(), ids.len(), world.sandbox.omada().received().len()), (amount, amount, pages));
    }
}

#[tokio::test]
async fn vouchers_that_go_are_told() {
    let world = World::start().await;
    let site = world.omada_site();
    let group = create(&site, "moving", 5).await;
    let vouchers = site.vouchers_of_group(&group, VoucherGroupQuery::builder().page(1).page_size(3).build());
    pin_mut!(vouchers);
    vouchers.next().await.expect("a row").expect("a voucher");
    world.sandbox.omada().delete_voucher(group.as_str(), &world.sandbox.omada().codes()[0]);
    let rest: Vec<_> = vouchers.collect().await;
    let moved = rest.iter().filter(|row| matches!(row, Err(Error::Moved(told)) if (told.before, told.after) == (5, 4)));
    assert_eq!((rest.len(), moved.count()), (5, 1), "the next page overlaps, so that none is missed");
}

#[tokio::test]
async fn a_voucher_is_found_by_its_code() {
    let world = World::start().await;
    let site = world.omada_site();
    create(&site, "first", 3).await;
    let second = create(&site, "second", 3).await;
    let code = world.sandbox.omada().codes()[4].clone();

    let (group, voucher) = site.find_voucher(code.as_str()).await.expect("a search").expect("the voucher");
    assert_eq!((group, voucher.code.as_ref().map(ToString::to_string)), (second, Some(code.clone())));
    let read = site.voucher(&id(&voucher)).await.expect("the voucher");
    assert_eq!(read.code, voucher.code);
    world.debugged(&(&read, &voucher));
    // The controller's search finds parts of codes too.
    assert!(site.find_voucher(&code[..5]).await.expect("a search").is_none());
    assert!(site.voucher(&VoucherId::new("ffffffffffffffffffffffff").expect("an id")).await.is_err());
}

#[tokio::test]
async fn a_search_that_may_have_missed_it_says_so() {
    let world = World::start().await;
    let site = world.omada_site();
    create(&site, "known", 1).await;
    let page = |total: i64| {
        let rows: Vec<_> = (0..1000).map(|_| serde_json::json!({"id": world.sandbox.omada().group_ids()[0]})).collect();
        let result = serde_json::json!({"totalRows": total, "data": rows});
        Canned::status(200).json(serde_json::json!({"errorCode": 0, "msg": "", "result": result}))
    };
    world.sandbox.omada().answer_next(page(1001));
    // The answers to the searches, one of which is for the second page: searches run beside each other.
    let none = serde_json::json!({"errorCode": 0, "msg": "", "result": {"totalRows": 1, "data": []}});
    for _ in 0..1000 {
        world.sandbox.omada().answer_next(Canned::status(200).json(none.clone()));
    }
    let missed = site.find_voucher("no such code").await.expect_err("a list that moved");
    assert!(matches!(&missed, Error::Moved(told) if told.after == 1), "{missed:?}");
}

#[tokio::test]
async fn vouchers_are_deleted_as_selected() {
    let world = World::start().await;
    let site = world.omada_site();
    let group = create(&site, "deleted", 8).await;
    let vouchers = all(&site, &group).await;
    let left = || world.sandbox.omada().codes().len();

    site.delete_voucher(&id(&vouchers[0])).await.expect("gone");
    assert!(site.delete_voucher(&id(&vouchers[0])).await.is_err());
    let only = Selection::Only(vec![id(&vouchers[1]), id(&vouchers[0])]);
    site.delete_vouchers(&select(&group, only)).await.expect("gone");
    assert_eq!(left(), 6);
    site.delete_vouchers(&select(&group, Selection::Except(vouchers[3..].iter().map(id).collect())))
        .await
        .expect("gone");
    assert_eq!(left(), 5);
    let used = vouchers[5].code.clone().expect("a code");
    world.sandbox.omada().mark_used(group.as_str(), used.as_str());
    let unused = SelectIds::builder().group_id(group.as_str()).selection(Selection::All);
    site.delete_vouchers(&unused.status(VoucherStatus::Unused).build()).await.expect("gone");
    assert_eq!(world.sandbox.omada().codes(), [used.to_string()]);

    world.sandbox.omada().clear_received();
    for nothing in [Selection::Only(vec![]), Selection::Except(vec![])] {
        let nothing = select(&group, nothing);
        assert!(site.delete_vouchers(&nothing).await.expect_err("a selection of nothing").is_invalid());
        assert!(site.selected_vouchers(&nothing).await.expect_err("the same").is_invalid());
    }
    assert_eq!(world.sandbox.omada().received().len(), 0);
}

#[tokio::test]
async fn vouchers_are_printed() {
    let world = World::start().await;
    let site = world.omada_site();
    let group = create(&site, "printed", 3).await;
    let vouchers = all(&site, &group).await;
    let code = vouchers[0].code.clone().expect("a code");
    world.sandbox.omada().mark_used(group.as_str(), code.as_str());

    let omada = world.sandbox.omada();
    let pattern = EditVoucherGroupPattern::builder()
        .pattern_type(PatternType::Title)
        .title("Hotel")
        .title_size(16)
        .logo_size(100)
        .position(PatternPosition::Middle)
        .duration_enable(true)
        .limit_enable(true)
        .ssid_networkenable(true)
        .ssid_list([omada.ssid_ids()[0].clone()])
        .network_list([omada.network_ids()[0].clone()])
        .print_comments("Welcome");
    site.edit_voucher_group_pattern(&group, &pattern.build()).await.expect("a pattern");
    let body = omada.received().last().and_then(|request| request.body.clone()).expect("a body");
    assert_eq!(body["ssidNetworkenable"], true, "as the vendor spells it");
    let ssid = EditVoucherGroupPattern::builder().ssid_list(["nowhere".to_owned()]).build();
    let refused = site.edit_voucher_group_pattern(&group, &ssid).await.expect_err("a refusal");
    assert!(matches!(&refused, Error::Api(told) if told.code == ErrorCode::SsidNotFound), "{refused}");
    let logo = EditVoucherGroupPattern::builder().logo_picture_id("nowhere").build();
    let refused = site.edit_voucher_group_pattern(&group, &logo).await.expect_err("a refusal");
    assert!(matches!(&refused, Error::Api(told) if told.code == ErrorCode::LogoNotFound), "{refused}");
    let unused = site.unused_vouchers_of_group(&group).await.expect("vouchers");
    assert_eq!((unused.len(), unused[0].title.as_deref()), (2, Some("Hotel")));
    assert_eq!(unused[0].print_comments.as_deref(), Some("Welcome"));
    let only = SelectVoucherGroup::builder().selection(Selection::Only(vec![group.clone()])).build();
    assert_eq!(site.unused_vouchers_of_groups(&only).await.expect("vouchers"), unused);
    let selected = site.selected_vouchers(&select(&group, Selection::Only(vec![id(&vouchers[0])]))).await;
    assert_eq!(selected.expect("vouchers")[0].code, Some(code));
    world.debugged(&unused);
}

#[tokio::test]
async fn files_are_asked_for() {
    let world = World::start().await;
    let site = world.omada_site();
    create(&site, "file", 1).await;
    let export = ExportVoucher::builder().format(ExportFormat::Csv).selection(Selection::All).build();
    site.export_vouchers(&export).await.expect("the documented answer");
    world.sandbox.omada().answer_next(Canned::status(200).text("text/csv", "Code\n12345678"));
    let file = site.export_vouchers(&export).await.expect_err("a file");
    assert!(matches!(&file, Error::Unexpected(_)), "{file:?}");

    let nobody = PictureId::new("ffffffffffffffffffffffff").expect("an id");
    assert!(site.voucher_logo(&nobody).await.is_err());
    let body = serde_json::json!({"errorCode": 0, "msg": "Success.", "result": {"url": "somewhere"}});
    world.sandbox.omada().answer_next(Canned::status(200).json(body));
    assert_eq!(site.voucher_logo(&nobody).await.expect("whatever it is")["url"], "somewhere");
}
