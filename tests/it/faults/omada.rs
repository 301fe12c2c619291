//! The calls of Omada: methods of its client and its site, with arguments that are right.

use std::time::Duration;

use hotspot_vouchers::IdempotencyKey;
use hotspot_vouchers::omada::{
    AuthedRecordListQuery, CreateRateLimitProfile, Currency, DeleteFilterInfo, EditVoucherGroupPattern, Error,
    ExportFormat, ExportVoucher, GroupId, HotspotSiteSetting, SelectIds, SelectVoucherGroup, Selection, SiteListQuery,
    Timestamp, UploadVoucherLogo, VoucherGroupListQuery, VoucherGroupOptionListQuery, VoucherGroupQuery, VoucherStatus,
};
use jiff::ToSpan;

use super::answer::Answer;
use super::operations::NAME;
use super::stage::{LOGO_MD5, Stage};
use crate::support::group;

pub async fn call(method: &str, stage: &Stage) -> Result<Answer, Error> {
    let (client, site, id) = (&stage.world.omada, stage.world.omada_site(), &stage.groups[0]);
    Ok(match method {
        "create_voucher_group" => Answer::ids([site.create_voucher_group(&group(NAME)).await?]),
        "create_voucher_group_once" => {
            let key = IdempotencyKey::new("1042").expect("a key");
            let deadline = Duration::from_secs(30);
            Answer::ids([site.create_voucher_group_once(&group("once under a fault"), &key, deadline).await?.id])
        }
        "controller_info" => Answer::row(&client.controller_info().await?),
        "sites" => Answer::read(client.sites(SiteListQuery::full_pages().build())).await?,
        "portals" => Answer::list(site.portals().await?),
        "rate_limit_profiles" => Answer::list(site.rate_limit_profiles().await?),
        "voucher_currencies" => Answer::row(&site.voucher_currencies().await?),
        "voucher_group_limits" => Answer::list(site.voucher_group_limits().await?),
        "voucher_group_options" => {
            let query = VoucherGroupOptionListQuery::builder().page(1).page_size(1).build();
            Answer::read(site.voucher_group_options(query)).await?
        }
        "voucher_groups" => {
            let query = VoucherGroupListQuery::builder().page(1).page_size(1).build();
            Answer::read(site.voucher_groups(query)).await?
        }
        "voucher_group" => {
            let query = VoucherGroupQuery::full_pages().build();
            Answer::list(site.voucher_group(id, &query).await?.data)
        }
        "vouchers_of_group" => {
            let query = VoucherGroupQuery::builder().page(1).page_size(1).build();
            Answer::read(site.vouchers_of_group(id, query)).await?
        }
        "codes_of_group" => Answer::ids(site.codes_of_group(id, 3, Duration::from_secs(30)).await?),
        "find_voucher" => Answer::found(site.find_voucher(stage.code.as_str()).await?.map(|(_, voucher)| voucher)),
        "voucher" => Answer::row(&site.voucher(&stage.omada_vouchers[0]).await?),
        "voucher_logo" => Answer::row(&site.voucher_logo(&stage.logo).await?),
        "unused_vouchers_of_group" => Answer::list(site.unused_vouchers_of_group(id).await?),
        "unused_vouchers_of_groups" => Answer::list(site.unused_vouchers_of_groups(&only(id)).await?),
        "selected_vouchers" => Answer::list(site.selected_vouchers(&one_voucher(stage)).await?),
        "authed_records" => {
            let query = AuthedRecordListQuery::builder().page(1).page_size(1).build();
            Answer::read(site.authed_records(query)).await?
        }
        _ if method.starts_with("voucher_") => Box::pin(statistics(method, stage)).await?,
        _ => Box::pin(change(method, stage)).await?,
    })
}

async fn statistics(method: &str, stage: &Stage) -> Result<Answer, Error> {
    let (site, id) = (stage.world.omada_site(), &stage.groups[0]);
    let period = Timestamp::now() - 24.hours()..Timestamp::now() + 24.hours();
    Ok(match method {
        "voucher_summary" => Answer::row(&site.voucher_summary().await?),
        "voucher_summary_of_group" => Answer::row(&site.voucher_summary_of_group(id).await?),
        "voucher_history" => Answer::row(&site.voucher_history(period).await?),
        "voucher_history_of_group" => Answer::row(&site.voucher_history_of_group(id, period).await?),
        "voucher_distribution_by_price" => Answer::list(site.voucher_distribution_by_price(period).await?.data),
        "voucher_distribution_by_price_of_group" => {
            Answer::read(site.voucher_distribution_by_price_of_group(stage.used_group(), period)?).await?
        }
        "voucher_distribution_by_duration" => Answer::list(site.voucher_distribution_by_duration(period).await?.data),
        "voucher_distribution_by_duration_of_group" => {
            Answer::read(site.voucher_distribution_by_duration_of_group(stage.used_group(), period)?).await?
        }
        _ => unreachable!("{method}"),
    })
}

async fn change(method: &str, stage: &Stage) -> Result<Answer, Error> {
    let (site, id) = (stage.world.omada_site(), &stage.groups[0]);
    let logo = UploadVoucherLogo::builder().file_name(NAME);
    match method {
        "export_vouchers" => {
            let export = ExportVoucher::builder().format(ExportFormat::Csv).selection(Selection::All);
            site.export_vouchers(&export.build()).await?;
        }
        "delete_voucher_group" => site.delete_voucher_group(id).await?,
        "delete_voucher_groups" => site.delete_voucher_groups(&only(id)).await?,
        "delete_expired_vouchers_of_group" => site.delete_expired_vouchers_of_group(stage.used_group()).await?,
        "delete_expired_vouchers_of_groups" => {
            site.delete_expired_vouchers_of_groups(&only(stage.used_group())).await?
        }
        "delete_voucher" => site.delete_voucher(&stage.omada_vouchers[0]).await?,
        "delete_vouchers" => site.delete_vouchers(&one_voucher(stage)).await?,
        "purge" => {
            let purge = site.plan_purge(Selection::All, VoucherStatus::Expired).await?;
            return Ok(Answer::deleted(purge.run().await?));
        }
        "create_rate_limit_profile" => {
            let profile = CreateRateLimitProfile::builder().name(NAME).rate_limit_kbps(Some(1000), Some(500));
            site.create_rate_limit_profile(&profile.build()).await?;
        }
        "upload_voucher_logo" => drop(site.upload_voucher_logo(&logo.build(), "a picture").await?),
        "reuse_voucher_logo" => drop(site.reuse_voucher_logo(&logo.md5(LOGO_MD5).build()).await?),
        "extend_authed_record" => site.extend_authed_record(&stage.online_record, Duration::from_secs(60)).await?,
        "edit_voucher_group_pattern" => {
            let pattern = EditVoucherGroupPattern::builder().title(NAME).build();
            site.edit_voucher_group_pattern(id, &pattern).await?;
        }
        "modify_hotspot_setting" => {
            let setting = HotspotSiteSetting::builder().currency(Currency::Usd).build();
            site.modify_hotspot_setting(&setting).await?;
        }
        "disconnect_authed_record" => site.disconnect_authed_record(&stage.online_record).await?,
        "delete_authed_record" => site.delete_authed_record(&stage.online_record).await?,
        "delete_authed_records" => {
            let period = Timestamp::now() - 24.hours()..Timestamp::now() + 24.hours();
            site.delete_authed_records(&DeleteFilterInfo::builder().period(period).build()).await?;
        }
        _ => unreachable!("{method}"),
    }
    Ok(Answer::default())
}

fn only(id: &GroupId) -> SelectVoucherGroup {
    SelectVoucherGroup::builder().selection(Selection::Only(vec![id.clone()])).build()
}

fn one_voucher(stage: &Stage) -> SelectIds {
    let selection = Selection::Only(vec![stage.omada_vouchers[0].clone()]);
    SelectIds::builder().group_id(stage.groups[0].as_str()).selection(selection).status(VoucherStatus::Unused).build()
}
