use serde_json::Value;

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::omada::group::{EXPIRED, Group};
use crate::omada::selection::{GroupSelection, VoucherSelection};

pub(crate) fn group(call: &Call<'_>) -> Result<Value, Canned> {
    let mut state = call.state();
    state.group(call.id)?;
    state.groups.retain(|group| group.id != call.id);
    Ok(envelope::NO_RESULT)
}

pub(crate) fn groups(call: &Call<'_>) -> Result<Value, Canned> {
    let selection = GroupSelection::read(call)?;
    call.state().groups.retain(|group| !selection.has(group));
    Ok(envelope::NO_RESULT)
}

pub(crate) fn expired_of_group(call: &Call<'_>) -> Result<Value, Canned> {
    clear_expired(call.state().group_mut(call.id)?, call.now);
    Ok(envelope::NO_RESULT)
}

pub(crate) fn expired_of_groups(call: &Call<'_>) -> Result<Value, Canned> {
    let selection = GroupSelection::read(call)?;
    let mut state = call.state();
    state.groups.iter_mut().filter(|group| selection.has(group)).for_each(|group| clear_expired(group, call.now));
    Ok(envelope::NO_RESULT)
}

pub(crate) fn voucher(call: &Call<'_>) -> Result<Value, Canned> {
    let mut state = call.state();
    state.voucher(call.id)?;
    state.groups.iter_mut().for_each(|group| group.vouchers.retain(|voucher| voucher.id != call.id));
    Ok(envelope::NO_RESULT)
}

pub(crate) fn vouchers(call: &Call<'_>) -> Result<Value, Canned> {
    let selection = VoucherSelection::read(call)?;
    let mut state = call.state();
    let group = state.group_mut(selection.group_id())?;
    group.keep_vouchers(|group, voucher| !selection.has(voucher, group.status(voucher, call.now)));
    Ok(envelope::NO_RESULT)
}

/// A group stays when its last voucher goes: only a deleted group is gone.
fn clear_expired(group: &mut Group, now: i64) {
    group.keep_vouchers(|group, voucher| group.status(voucher, now) != EXPIRED);
}
