//! Every method of an Omada site, where the controller refuses it.

use std::fmt::Write;
use std::time::Duration;

use futures_util::{Stream, StreamExt, pin_mut};
use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{
    ApiError, AuthedRecordId, AuthedRecordListQuery, CreateRateLimitProfile, DeleteFilterInfo, EditVoucherGroupPattern,
    ErrorCode, ExportFormat, ExportVoucher, GroupId, HotspotSiteSetting, PictureId, SelectIds, SelectVoucherGroup,
    Selection, Site, Timestamp, VoucherGroupListQuery, VoucherGroupOptionListQuery, VoucherGroupQuery, VoucherId,
};

use crate::support::{World, group};

const ID: &str = "ffffffffffffffffffffffff";

/// What the controller said to a call that it has to refuse.
#[track_caller]
fn refusal<T>(answer: Result<T, Error<ApiError>>) -> ApiError {
    match answer {
        Err(Error::Api(refusal)) => *refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("an answer instead of a refusal"),
    }
}

/// The same of a list: the refusal comes first, and nothing after it.
async fn end<T>(rows: impl Stream<Item = Result<T, Error<ApiError>>>) -> ApiError {
    pin_mut!(rows);
    let first = refusal(rows.next().await.expect("a refusal"));
    assert!(rows.next().await.is_none(), "the list goes on after a refusal");
    first
}

/// Calls every method once.
async fn refusals(site: &Site) -> Vec<ApiError> {
    let (group_id, voucher_id) = (GroupId::new(ID).expect("an id"), VoucherId::new(ID).expect("an id"));
    let record_id = AuthedRecordId::new(ID).expect("an id");
    let groups = SelectVoucherGroup::builder().selection(Selection::Only(vec![group_id.clone()])).build();
    let vouchers = SelectIds::builder().selection(Selection::Only(vec![voucher_id.clone()])).group_id(ID).build();
    let export = ExportVoucher::builder().format(ExportFormat::Csv).selection(Selection::All).build();
    let profile = CreateRateLimitProfile::builder().name("Guests").rate_limit_kbps(Some(1), None).build();
    let period = || Timestamp::UNIX_EPOCH..Timestamp::UNIX_EPOCH + Duration::from_secs(1);
    let records = DeleteFilterInfo::builder().period(period()).build();
    let by_price = site.voucher_distribution_by_price_of_group(&group_id, period()).expect("a period");
    let by_duration = site.voucher_distribution_by_duration_of_group(&group_id, period()).expect("a period");
    let full = VoucherGroupQuery::full_pages().build();
    vec![
        refusal(site.create_voucher_group(&group("refused")).await),
        refusal(site.voucher_group(&group_id, &full).await),
        end(site.voucher_groups(VoucherGroupListQuery::full_pages().build())).await,
        end(site.voucher_group_options(VoucherGroupOptionListQuery::full_pages().build())).await,
        refusal(site.voucher_group_limits().await),
        refusal(site.delete_voucher_group(&group_id).await),
        refusal(site.delete_voucher_groups(&groups).await),
        refusal(site.delete_expired_vouchers_of_group(&group_id).await),
        refusal(site.delete_expired_vouchers_of_groups(&groups).await),
        end(site.vouchers_of_group(&group_id, full)).await,
        refusal(site.codes_of_group(&group_id, 1, Duration::from_secs(30)).await),
        refusal(site.voucher(&voucher_id).await),
        refusal(site.find_voucher("12345678").await),
        refusal(site.delete_voucher(&voucher_id).await),
        refusal(site.delete_vouchers(&vouchers).await),
        refusal(site.unused_vouchers_of_group(&group_id).await),
        refusal(site.unused_vouchers_of_groups(&groups).await),
        refusal(site.selected_vouchers(&vouchers).await),
        refusal(site.export_vouchers(&export).await),
        refusal(site.edit_voucher_group_pattern(&group_id, &EditVoucherGroupPattern::builder().build()).await),
        refusal(site.voucher_logo(&PictureId::new(ID).expect("an id")).await),
        refusal(site.voucher_summary().await),
        refusal(site.voucher_summary_of_group(&group_id).await),
        refusal(site.voucher_history(period()).await),
        refusal(site.voucher_history_of_group(&group_id, period()).await),
        refusal(site.voucher_distribution_by_price(period()).await),
        end(by_price).await,
        refusal(site.voucher_distribution_by_duration(period()).await),
        end(by_duration).await,
        end(site.authed_records(AuthedRecordListQuery::full_pages().build())).await,
        refusal(site.delete_authed_records(&records).await),
        refusal(site.delete_authed_record(&record_id).await),
        refusal(site.disconnect_authed_record(&record_id).await),
        refusal(site.extend_authed_record(&record_id, Duration::from_secs(60)).await),
        refusal(site.portals().await),
        refusal(site.rate_limit_profiles().await),
        refusal(site.create_rate_limit_profile(&profile).await),
        refusal(site.voucher_currencies().await),
        refusal(site.modify_hotspot_setting(&HotspotSiteSetting::builder().build()).await),
    ]
}

#[tokio::test]
async fn a_site_that_is_busy() {
    let world = World::start().await;
    world.sandbox.omada().set_site_busy(true);
    let mut operations = String::new();
    for refusal in refusals(&world.omada_site()).await {
        assert_eq!((&refusal.code, refusal.since), (&ErrorCode::SiteBusy, None), "{refusal}");
        writeln!(operations, "{}", refusal.operation).expect("text");
    }
    insta::assert_snapshot!("omada_operations_of_a_site", operations);
}

#[tokio::test]
async fn a_site_that_is_not_there() {
    let world = World::start().await;
    for refusal in refusals(&world.omada.site(ID).expect("an id")).await {
        assert_eq!(refusal.code, ErrorCode::SiteNotFound, "{refusal}");
    }
}

#[tokio::test]
async fn a_controller_without_what_came_later() {
    let world = World::start().await;
    world.sandbox.omada().set_controller_version("5.15.24");
    // What the controller has is refused for the site, and the rest because it is not there.
    let mut newer = String::new();
    for refusal in refusals(&world.omada.site(ID).expect("an id")).await {
        if refusal.code == ErrorCode::UnsupportedPath {
            writeln!(newer, "{refusal}").expect("text");
        }
    }
    insta::assert_snapshot!("omada_newer_operations", newer);
}
