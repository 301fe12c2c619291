//! The requests of Omada beside the creation of groups: their JSON, their rules and their bounds, judged by us and by the
//! sandbox.

use std::fmt::Write;

use futures_util::StreamExt;
use hotspot_vouchers::omada::{
    AuthedRecordId, AuthedRecordListQuery, CreateRateLimitProfile, DeleteFilterInfo, EditVoucherGroupPattern, Error,
    ExportFormat, ExportVoucher, ExtendAuthClient, GroupId, OpenApiQueryData, PatternPosition, PatternType, SelectIds,
    SelectType, SelectVoucherGroup, Selection, SiteListQuery, Timestamp, UnixMillis, VoucherGroupListQuery,
    VoucherGroupOptionListQuery, VoucherId, VoucherStatus,
};
use hotspot_vouchers::validate::Violations;
use serde::Serialize;

use crate::support::{World, group};

fn groups(selection: Selection<GroupId>) -> SelectVoucherGroup {
    SelectVoucherGroup::builder().selection(selection).build()
}

fn vouchers(selection: Selection<VoucherId>) -> SelectIds {
    SelectIds::builder().selection(selection).group_id("66f0c0ffee66f0c0ffee66f1").build()
}

fn export(selection: Selection<GroupId>) -> ExportVoucher {
    ExportVoucher::builder().format(ExportFormat::Xlsx).selection(selection).build()
}

fn profile(down: Option<i64>, up: Option<i64>) -> CreateRateLimitProfile {
    CreateRateLimitProfile::builder().name("Guests").rate_limit_kbps(down, up).build()
}

fn json(request: &impl Serialize) -> String {
    serde_json::to_string(request).expect("a request is JSON")
}

#[test]
fn requests_on_the_wire() {
    let group_id = || vec![GroupId::new("66f0c0ffee66f0c0ffee66f1").expect("an id")];
    let voucher_id = || vec![VoucherId::new("66f0c0ffee66f0c0ffee66f2").expect("an id")];
    let noon: Timestamp = "2026-03-04T12:00:00.999Z".parse().expect("a moment");
    let lines = [
        json(&groups(Selection::All)),
        json(&groups(Selection::Only(group_id()))),
        json(&groups(Selection::Except(group_id()))),
        json(
            &SelectVoucherGroup::builder().selection(Selection::All).search_key("x").time_start(UnixMillis(1)).build(),
        ),
        json(&vouchers(Selection::All)),
        json(&vouchers(Selection::Only(voucher_id()))),
        json(&vouchers(Selection::Except(voucher_id()))),
        json(
            &SelectIds::builder()
                .selection(Selection::All)
                .group_id("g")
                .search_key("1")
                .status(VoucherStatus::Unused)
                .build(),
        ),
        json(&export(Selection::All)),
        json(&export(Selection::Only(group_id()))),
        json(&export(Selection::Except(group_id()))),
        json(&profile(None, None)),
        json(&profile(Some(5000), None)),
        json(&profile(Some(5000), Some(1000))),
        json(&DeleteFilterInfo::builder().period(noon..noon).search_key("x").build()),
        json(&ExtendAuthClient::builder().period(60_000).build()),
    ];
    insta::assert_snapshot!("omada_requests", lines.join("\n"));
}

/// What both think of a request: our violations have to come where the sandbox refuses, and nowhere else.
fn judge(messages: &mut String, ours: Result<(), Violations>, theirs: Result<(), Error>) {
    match ours {
        Ok(()) => assert!(theirs.is_ok(), "{theirs:?}"),
        Err(violations) => {
            assert!(theirs.as_ref().is_err_and(Error::is_invalid), "{violations}: {theirs:?}");
            writeln!(messages, "{violations}").expect("text");
        }
    }
}

#[tokio::test]
async fn rules_of_selections() {
    let world = World::start().await;
    let (site, raw, controller) = (world.omada_site(), world.omada.generated(), world.omada.omadac_id());
    let group_id = site.create_voucher_group(&group("rules")).await.expect("a group");
    let ids = Some(vec!["66f0c0ffee66f0c0ffee66f2".to_owned()]);
    let mut messages = String::new();
    for (kind, ids) in [
        (SelectType::All, None),
        (SelectType::All, ids.clone()),
        (SelectType::Only, None),
        (SelectType::Only, ids.clone()),
        (SelectType::Except, None),
        (SelectType::Except, ids),
        (3.into(), None),
    ] {
        let mut request = groups(Selection::All);
        (request.type_, request.group_ids) = (kind, ids.clone());
        let theirs = raw.list_unused_vouchers_of_groups(controller, site.id(), &request).await.map(|_| ());
        judge(&mut messages, request.validate(), theirs);
        let mut request = vouchers(Selection::All);
        (request.type_, request.ids, request.group_id) = (kind, ids.clone(), group_id.to_string());
        let theirs = raw.list_selected_vouchers(controller, site.id(), &request).await.map(|_| ());
        judge(&mut messages, request.validate(), theirs);
        let mut request = export(Selection::All);
        (request.type_, request.group_ids) = (kind, ids);
        let theirs = raw.export_vouchers(controller, site.id(), &request).await;
        judge(&mut messages, request.validate(), theirs);
    }
    // Lists of nothing, which the vendor does not forbid and we do.
    for nothing in [Selection::Only(vec![]), Selection::Except(vec![])] {
        writeln!(messages, "{}", groups(nothing.clone()).validate().expect_err("nothing")).expect("text");
        writeln!(messages, "{}", export(nothing).validate().expect_err("nothing")).expect("text");
    }
    for nothing in [Selection::Only(vec![]), Selection::Except(vec![])] {
        writeln!(messages, "{}", vouchers(nothing).validate().expect_err("nothing")).expect("text");
    }
    insta::assert_snapshot!("omada_selection_rules", messages);
}

#[tokio::test]
async fn rules_and_bounds_of_profiles() {
    let world = World::start().await;
    let (site, raw, controller) = (world.omada_site(), world.omada.generated(), world.omada.omadac_id());
    let mut requests = Vec::new();
    for limit in [0, 1, 10_485_760, 10_485_761] {
        requests.extend([profile(Some(limit), None), profile(None, Some(limit))]);
    }
    requests.extend([profile(None, None), profile(Some(1), Some(1)), profile(Some(1), Some(1))]);
    let last = requests.len();
    requests[last - 2].down_limit = None;
    requests[last - 1].up_limit = None;
    let mut messages = String::new();
    for (index, request) in requests.iter_mut().enumerate() {
        request.name = format!("profile {index}");
        let theirs = raw.create_rate_limit_profile(controller, site.id(), request).await;
        judge(&mut messages, request.validate(), theirs);
    }
    for length in [0, 1, 64, 65] {
        let mut request = profile(None, None);
        request.name = "é".repeat(length);
        let theirs = raw.create_rate_limit_profile(controller, site.id(), &request).await;
        judge(&mut messages, request.validate(), theirs);
    }
    insta::assert_snapshot!("omada_profile_bounds", messages);
}

#[tokio::test]
async fn bounds_of_patterns_and_extensions() {
    let world = World::start().await;
    let (site, raw, controller) = (world.omada_site(), world.omada.generated(), world.omada.omadac_id());
    let group_id = site.create_voucher_group(&group("bounds")).await.expect("a group");
    let code = world.sandbox.omada().codes()[0].clone();
    world.sandbox.omada().mark_used(group_id.as_str(), &code);
    let query = AuthedRecordListQuery::full_pages().build();
    let records = site.authed_record_page(&query).await.expect("a page").data.expect("records");
    let record = AuthedRecordId::new(records[0].id.as_deref().expect("an id")).expect("an id");
    let mut messages = String::new();
    let text = || EditVoucherGroupPattern::builder().pattern_type(PatternType::Title).title("Hotel");
    let mut patterns = vec![
        EditVoucherGroupPattern::builder().pattern_type(3.into()).build(),
        text().position(9.into()).build(),
        text().position(PatternPosition::Middle).build(),
    ];
    patterns.extend([49, 50, 175, 176].map(|size| text().logo_size(size).build()));
    patterns.extend([11, 12, 18, 19].map(|size| text().title_size(size).build()));
    for request in patterns {
        let theirs = raw.edit_voucher_group_pattern(controller, site.id(), &group_id, &request).await;
        judge(&mut messages, request.validate(), theirs);
    }
    for period in [59_999, 60_000, 86_400_000_000_000, 86_400_000_000_001] {
        let request = ExtendAuthClient::builder().period(period).build();
        let theirs = raw.extend_authed_record(controller, site.id(), &record, &request).await;
        judge(&mut messages, request.validate(), theirs);
    }
    insta::assert_snapshot!("omada_pattern_bounds", messages);
}

#[tokio::test]
async fn bounds_of_exports() {
    let world = World::start().await;
    let (site, raw, controller) = (world.omada_site(), world.omada.generated(), world.omada.omadac_id());
    let mut messages = String::new();
    for (page, page_size) in [(1, 1), (1, 1000), (0, 1), (1, 0), (1, 1001)] {
        let data = OpenApiQueryData::builder().page(page).page_size(page_size).search_key("1").search_field("code");
        let request = ExportVoucher::builder().format(ExportFormat::Csv).selection(Selection::All);
        let request = request.query_data(data.build()).build();
        let theirs = raw.export_vouchers(controller, site.id(), &request).await;
        judge(&mut messages, request.validate(), theirs);
    }
    let mut request = export(Selection::All);
    request.format = 2.into();
    judge(&mut messages, request.validate(), raw.export_vouchers(controller, site.id(), &request).await);
    insta::assert_snapshot!("omada_export_bounds", messages);
}

#[tokio::test]
async fn bounds_of_pages() {
    let world = World::start().await;
    let site = world.omada_site();
    for (page, page_size, inside) in [(1, 1, true), (1, 1000, true), (0, 1, false), (1, 0, false), (1, 1001, false)] {
        let query = VoucherGroupListQuery::builder().page(page).page_size(page_size).build();
        assert_eq!(site.voucher_group_page(&query).await.is_ok(), inside);
        let query = VoucherGroupOptionListQuery::builder().page(page).page_size(page_size).build();
        assert_eq!(site.voucher_group_option_page(&query).await.is_ok(), inside);
        let query = AuthedRecordListQuery::builder().page(page).page_size(page_size).build();
        assert_eq!(site.authed_record_page(&query).await.is_ok(), inside);
        let query = SiteListQuery::builder().page(page).page_size(page_size).build();
        assert_eq!(world.omada.site_page(&query).await.is_ok(), inside);
    }
    // What cannot be asked for is not sent, and ends a list too.
    world.sandbox.omada().clear_received();
    let query = VoucherGroupListQuery::builder().page(0).page_size(1).build();
    let rows: Vec<_> = site.voucher_groups(query).collect().await;
    assert!(rows.len() == 1 && rows[0].as_ref().is_err_and(Error::is_invalid));
    assert_eq!(world.sandbox.omada().received().len(), 0);
}
