use serde_json::json;

use crate::canned::Canned;
use crate::unifi::call::Call;
use crate::unifi::create_rules;
use crate::unifi::error;
use crate::unifi::filter;
use crate::unifi::page::List;
use crate::unifi::site::Site;

const LIST: List = List { default_limit: 100, largest_limit: 1000, properties: filter::VOUCHERS };

pub(crate) fn list(call: &Call, site: &Site) -> Result<Canned, Canned> {
    let page = LIST.page(call)?;
    Ok(page.of(site.vouchers.iter().map(|voucher| voucher.view(call.now))))
}

pub(crate) fn create(call: &Call, site: &mut Site) -> Result<Canned, Canned> {
    let mut settings = call.body(&create_rules::VOUCHERS)?;
    let count = settings.remove("count").and_then(|count| count.as_u64()).map_or(Ok(1), usize::try_from);
    let vouchers = site.issue(count.unwrap_or(1), &settings, call);
    Ok(Canned::status(201).json(json!({"vouchers": vouchers})))
}

pub(crate) fn show(call: &Call, site: &Site, voucher_id: &str) -> Result<Canned, Canned> {
    let id = call.uuid("voucherId", voucher_id)?;
    let voucher = site.vouchers.iter().find(|voucher| voucher.id == id);
    let voucher = voucher.ok_or_else(|| error::not_found(call, "voucher", &id))?;
    Ok(Canned::status(200).json(voucher.view(call.now)))
}

pub(crate) fn delete(call: &Call, site: &mut Site, voucher_id: &str) -> Result<Canned, Canned> {
    let id = call.uuid("voucherId", voucher_id)?;
    let position = site.vouchers.iter().position(|voucher| voucher.id == id);
    site.vouchers.remove(position.ok_or_else(|| error::not_found(call, "voucher", &id))?);
    Ok(deleted(1))
}

/// Deletes what the filter matches, which must be given: there is no way to delete all by omission.
pub(crate) fn delete_matching(call: &Call, site: &mut Site) -> Result<Canned, Canned> {
    let filter = call.filter(filter::VOUCHERS)?.ok_or_else(|| error::missing_argument(call, "filter"))?;
    let before = site.vouchers.len();
    site.vouchers.retain(|voucher| !filter.matches(&voucher.view(call.now)));
    Ok(deleted(before - site.vouchers.len()))
}

fn deleted(vouchers: usize) -> Canned {
    Canned::status(200).json(json!({"vouchersDeleted": vouchers}))
}
