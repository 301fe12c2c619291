//! The calls of Omada: methods of its client and its site, with arguments that are right.

use std::time::Duration;

use hotspot_vouchers::omada::{
    AuthedRecordListQuery, CreateRateLimitProfile, Currency, DeleteFilterInfo, EditVoucherGroupPattern, Error,
    ExportFormat, ExportVoucher, GroupId, HotspotSiteSetting, SelectIds, SelectVoucherGroup, Selection, SiteListQuery,
    Timestamp, UploadVoucherLogo, VoucherGroupListQuery, VoucherGroupOptionListQuery, VoucherGroupQuery, VoucherStatus,
};
use jiff::ToSpan;

use super::operations::{NAME, read};
use super::stage::{LOGO_MD5, Stage};
use crate::support::group;

pub async fn call(method: &str, stage: &Stage) -> Result<Vec<String>, Error> {
    let (client, site, id) = (&stage.world.omada, stage.world.omada_site(), &stage.groups[0]);
    let period = Timestamp::now() - 24.hours()..Timestamp::now() + 24.hours();
    match method {
        "create_voucher_group" => return Ok(vec![site.create_voucher_group(&group(NAME)).await?.to_string()]),
        "controller_info" => drop(client.controller_info().await?),
        "sites" => read(client.sites(SiteListQuery::full_pages().build())).await?,
        "portals" => drop(site.portals().await?),
        "rate_limit_profiles" => drop(site.rate_limit_profiles().await?),
        "voucher_currencies" => drop(site.voucher_currencies().await?),
        "voucher_group_limits" => drop(site.voucher_group_limits().await?),
        "voucher_group_options" => {
            let query = VoucherGroupOptionListQuery::builder().page(1).page_size(1).build();
            read(site.voucher_group_options(query)).await?;
        }
        "voucher_groups" => {
            read(site.voucher_groups(VoucherGroupListQuery::builder().page(1).page_size(1).build())).await?;
        }
        "voucher_group" => drop(site.voucher_group(id, &VoucherGroupQuery::full_pages().build()).await?),
        "vouchers_of_group" => {
            read(site.vouchers_of_group(id, VoucherGroupQuery::builder().page(1).page_size(1).build())).await?;
        }
        "codes_of_group" => drop(site.codes_of_group(id, 3, Duration::from_secs(30)).await?),
        "find_voucher" => drop(site.find_voucher(stage.code.as_str()).await?),
        "voucher" => drop(site.voucher(&stage.omada_vouchers[0]).await?),
        "voucher_logo" => drop(site.voucher_logo(&stage.logo).await?),
        "unused_vouchers_of_group" => drop(site.unused_vouchers_of_group(id).await?),
        "unused_vouchers_of_groups" => drop(site.unused_vouchers_of_groups(&only(id)).await?),
        "selected_vouchers" => drop(site.selected_vouchers(&one_voucher(stage)).await?),
        "export_vouchers" => {
            let export = ExportVoucher::builder().format(ExportFormat::Csv).selection(Selection::All);
            site.export_vouchers(&export.build()).await?;
        }
        "voucher_summary" => drop(site.voucher_summary().await?),
        "voucher_summary_of_group" => drop(site.voucher_summary_of_group(id).await?),
        "voucher_history" => drop(site.voucher_history(period).await?),
        "voucher_history_of_group" => drop(site.voucher_history_of_group(id, period).await?),
        "voucher_distribution_by_price" => drop(site.voucher_distribution_by_price(period).await?),
        "voucher_distribution_by_price_of_group" => {
            read(site.voucher_distribution_by_price_of_group(stage.used_group(), period)?).await?;
        }
        "voucher_distribution_by_duration" => drop(site.voucher_distribution_by_duration(period).await?),
        "voucher_distribution_by_duration_of_group" => {
            read(site.voucher_distribution_by_duration_of_group(stage.used_group(), period)?).await?;
        }
        "authed_records" => {
            read(site.authed_records(AuthedRecordListQuery::builder().page(1).page_size(1).build())).await?;
        }
        _ => Box::pin(change(method, stage)).await?,
    }
    Ok(Vec::new())
}

async fn change(method: &str, stage: &Stage) -> Result<(), Error> {
    let (site, id) = (stage.world.omada_site(), &stage.groups[0]);
    let logo = UploadVoucherLogo::builder().file_name(NAME);
    match method {
        "delete_voucher_group" => site.delete_voucher_group(id).await,
        "delete_voucher_groups" => site.delete_voucher_groups(&only(id)).await,
        "delete_expired_vouchers_of_group" => site.delete_expired_vouchers_of_group(stage.used_group()).await,
        "delete_expired_vouchers_of_groups" => site.delete_expired_vouchers_of_groups(&only(stage.used_group())).await,
        "delete_voucher" => site.delete_voucher(&stage.omada_vouchers[0]).await,
        "delete_vouchers" => site.delete_vouchers(&one_voucher(stage)).await,
        "purge" => site.plan_purge(Selection::All, VoucherStatus::Expired).await?.run().await.map(|_| ()),
        "create_rate_limit_profile" => {
            let profile = CreateRateLimitProfile::builder().name(NAME).rate_limit_kbps(Some(1000), Some(500));
            site.create_rate_limit_profile(&profile.build()).await
        }
        "upload_voucher_logo" => site.upload_voucher_logo(&logo.build(), "a picture").await.map(|_| ()),
        "reuse_voucher_logo" => site.reuse_voucher_logo(&logo.md5(LOGO_MD5).build()).await.map(|_| ()),
        "extend_authed_record" => site.extend_authed_record(&stage.online_record, Duration::from_secs(60)).await,
        "edit_voucher_group_pattern" => {
            let pattern = EditVoucherGroupPattern::builder().title(NAME).build();
            site.edit_voucher_group_pattern(id, &pattern).await
        }
        "modify_hotspot_setting" => {
            let setting = HotspotSiteSetting::builder().currency(Currency::Usd).build();
            site.modify_hotspot_setting(&setting).await
        }
        "disconnect_authed_record" => site.disconnect_authed_record(&stage.online_record).await,
        "delete_authed_record" => site.delete_authed_record(&stage.online_record).await,
        "delete_authed_records" => {
            let period = Timestamp::now() - 24.hours()..Timestamp::now() + 24.hours();
            site.delete_authed_records(&DeleteFilterInfo::builder().period(period).build()).await
        }
        _ => unreachable!("{method}"),
    }
}

fn only(id: &GroupId) -> SelectVoucherGroup {
    SelectVoucherGroup::builder().selection(Selection::Only(vec![id.clone()])).build()
}

fn one_voucher(stage: &Stage) -> SelectIds {
    let selection = Selection::Only(vec![stage.omada_vouchers[0].clone()]);
    SelectIds::builder().group_id(stage.groups[0].as_str()).selection(selection).status(VoucherStatus::Unused).build()
}
