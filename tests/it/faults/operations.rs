//! Every operation of the vendors, as calls of the library.

use super::answer::Answer;
use super::described::{DESCRIBED, Described};
use super::sign_in::STEPS;
use super::stage::{Failure, Stage};
use super::{omada, unifi};

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It creates vouchers.
    Create,
    Read,
    /// It deletes vouchers.
    Delete,
    /// It changes something else.
    Change,
}

use Kind::{Change, Create, Delete, Read};

/// The name of what is created under a fault.
pub const NAME: &str = "Under a Fault";

/// A call, what it does, and the operation that is struck. Where a call sends several, it stands here for each that is struck.
pub type Operation = (&'static str, Kind, &'static str);

pub const OPERATIONS: &[Operation] = &[
    ("omada create_voucher_group", Create, "createVoucherGroup"),
    ("omada create_voucher_group_once", Create, "createVoucherGroup"),
    ("omada controller_info", Read, "readControllerInfo"),
    ("omada sites", Read, "listSites"),
    ("omada portals", Read, "listPortals"),
    ("omada rate_limit_profiles", Read, "listRateLimitProfiles"),
    ("omada voucher_currencies", Read, "listVoucherCurrencies"),
    ("omada voucher_group_limits", Read, "listVoucherGroupLimits"),
    ("omada voucher_group_options", Read, "listVoucherGroupOptions"),
    ("omada voucher_groups", Read, "listVoucherGroups"),
    ("omada voucher_group", Read, "readVoucherGroup"),
    ("omada vouchers_of_group", Read, "readVoucherGroup"),
    ("omada codes_of_group", Read, "readVoucherGroup"),
    ("omada find_voucher", Read, "readVoucherGroup"),
    ("omada voucher", Read, "readVoucher"),
    ("omada voucher_logo", Read, "readVoucherLogo"),
    ("omada unused_vouchers_of_group", Read, "listUnusedVouchersOfGroup"),
    ("omada unused_vouchers_of_groups", Read, "listUnusedVouchersOfGroups"),
    ("omada selected_vouchers", Read, "listSelectedVouchers"),
    ("omada export_vouchers", Read, "exportVouchers"),
    ("omada voucher_summary", Read, "readVoucherSummary"),
    ("omada voucher_summary_of_group", Read, "readVoucherSummaryOfGroup"),
    ("omada voucher_history", Read, "readVoucherHistory"),
    ("omada voucher_history_of_group", Read, "readVoucherHistoryOfGroup"),
    ("omada voucher_distribution_by_price", Read, "readVoucherDistributionByPrice"),
    ("omada voucher_distribution_by_price_of_group", Read, "readVoucherDistributionByPriceOfGroup"),
    ("omada voucher_distribution_by_duration", Read, "readVoucherDistributionByDuration"),
    ("omada voucher_distribution_by_duration_of_group", Read, "readVoucherDistributionByDurationOfGroup"),
    ("omada authed_records", Read, "listAuthedRecords"),
    ("omada delete_voucher_group", Delete, "deleteVoucherGroup"),
    ("omada delete_voucher_groups", Delete, "deleteVoucherGroups"),
    ("omada delete_expired_vouchers_of_group", Delete, "deleteExpiredVouchersOfGroup"),
    ("omada delete_expired_vouchers_of_groups", Delete, "deleteExpiredVouchersOfGroups"),
    ("omada delete_voucher", Delete, "deleteVoucher"),
    ("omada delete_vouchers", Delete, "deleteVouchers"),
    ("omada purge", Delete, "deleteVouchers"),
    ("omada create_rate_limit_profile", Change, "createRateLimitProfile"),
    ("omada upload_voucher_logo", Change, "uploadVoucherLogo"),
    ("omada reuse_voucher_logo", Change, "uploadVoucherLogo"),
    ("omada extend_authed_record", Change, "extendAuthedRecord"),
    ("omada edit_voucher_group_pattern", Change, "editVoucherGroupPattern"),
    ("omada modify_hotspot_setting", Change, "modifyHotspotSetting"),
    ("omada disconnect_authed_record", Change, "disconnectAuthedRecord"),
    ("omada delete_authed_record", Change, "deleteAuthedRecord"),
    ("omada delete_authed_records", Change, "deleteAuthedRecords"),
    ("unifi create_vouchers", Create, "createVouchers"),
    ("unifi create_vouchers_once", Create, "createVouchers"),
    ("unifi create_vouchers_once, cloud", Create, "createVouchers"),
    ("unifi info", Read, "readInfo"),
    ("unifi sites", Read, "listSites"),
    ("unifi find_site", Read, "listSites"),
    ("unifi count_sites", Read, "listSites"),
    ("unifi voucher", Read, "readVoucher"),
    ("unifi vouchers", Read, "listVouchers"),
    ("unifi voucher_page", Read, "listVouchers"),
    ("unifi voucher_by_code", Read, "listVouchers"),
    ("unifi count_vouchers", Read, "listVouchers"),
    ("unifi client", Read, "readClient"),
    ("unifi clients", Read, "listClients"),
    ("unifi count_clients", Read, "listClients"),
    ("unifi consoles", Read, "listHosts"),
    ("unifi console_page", Read, "listHosts"),
    ("unifi delete_voucher", Delete, "deleteVoucher"),
    ("unifi delete_vouchers", Delete, "deleteVouchers"),
    ("unifi purge", Delete, "deleteVouchers"),
    ("unifi execute_client_action", Change, "executeClientAction"),
];

#[test]
fn no_operation_is_without_a_call() {
    let vendor = |name: &str| name.split(' ').next().expect("a vendor").to_owned();
    let called: Vec<_> = OPERATIONS.iter().map(|(name, _, id)| (vendor(name), *id)).collect();
    for (vendor, id) in DESCRIBED.keys() {
        let is_called = called.contains(&((*vendor).to_owned(), id));
        let is_sign_in = *vendor == "omada" && STEPS.iter().any(|(step, _)| step == id);
        assert!(is_called != is_sign_in, "nothing strikes {vendor}'s {id}, or two tests do");
    }
}

/// What the spec says of the operation of a call.
pub fn described(&(name, _, id): &Operation) -> &'static Described {
    let (vendor, _) = name.split_once(' ').expect("a vendor and a method");
    DESCRIBED.iter().find(|((of, known), _)| *of == vendor && known == id).expect("an operation of the spec").1
}

/// What a call may delete: nobody may lose anything else.
pub fn targets(name: &str, stage: &Stage) -> Vec<String> {
    match name {
        "omada delete_voucher_group" | "omada delete_voucher_groups" => {
            let group = stage.groups[0].to_string();
            let issued =
                stage.books().into_iter().find(|issued| issued.group.as_ref().is_some_and(|it| it.id == group));
            let vouchers = issued.expect("the group").vouchers.into_iter().map(|voucher| voucher.id);
            vouchers.chain([group]).collect()
        }
        "omada delete_expired_vouchers_of_group" | "omada delete_expired_vouchers_of_groups" | "omada purge" => {
            vec![stage.expired_voucher.clone()]
        }
        "omada delete_voucher" | "omada delete_vouchers" => vec![stage.omada_vouchers[0].to_string()],
        _ => vec![stage.unifi_vouchers[0].to_string()],
    }
}

/// Makes the call.
pub async fn call(name: &str, stage: &Stage) -> Result<Answer, Failure> {
    // All calls together are too much for the stack of a thread.
    match name.split_once(' ') {
        Some(("omada", method)) => Box::pin(omada::call(method, stage)).await.map_err(|error| Failure::of(&error)),
        Some((_, method)) => Box::pin(unifi::call(method, stage)).await.map_err(|error| Failure::of(&error)),
        None => unreachable!("{name} names no vendor"),
    }
}
