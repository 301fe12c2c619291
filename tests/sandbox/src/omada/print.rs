use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::group::{Group, UNUSED, Voucher};
use crate::omada::group_view::{validity, without_nulls};
use crate::omada::pattern;
use crate::omada::selection::{GroupSelection, VoucherSelection};
use crate::omada::state::State;

pub(crate) fn unused_of_group(call: &Call<'_>) -> Result<Value, Canned> {
    let state = call.state();
    let group = state.group(call.id)?;
    Ok(unused(call, &state, group).collect())
}

pub(crate) fn unused_of_groups(call: &Call<'_>) -> Result<Value, Canned> {
    let selection = GroupSelection::read(call)?;
    let state = call.state();
    let groups = state.groups.iter().filter(|group| selection.has(group));
    Ok(groups.flat_map(|group| unused(call, &state, group)).collect())
}

pub(crate) fn vouchers(call: &Call<'_>) -> Result<Value, Canned> {
    let selection = VoucherSelection::read(call)?;
    let state = call.state();
    let group = state.group(selection.group_id())?;
    let ready = state.ready_vouchers(group, call.now).iter();
    let selected = ready.filter(|voucher| selection.has(voucher, group.status(voucher, call.now)));
    Ok(selected.map(|voucher| brief(call, group, voucher)).collect())
}

fn unused<'s>(call: &'s Call<'_>, state: &'s State, group: &'s Group) -> impl Iterator<Item = Value> + use<'s> {
    let ready = state.ready_vouchers(group, call.now).iter();
    let unused = ready.filter(|voucher| group.status(voucher, call.now) == UNUSED);
    unused.map(|voucher| brief(call, group, voucher))
}

fn brief(call: &Call<'_>, group: &Group, voucher: &Voucher) -> Value {
    let mut brief = without_nulls(json!({
        "code": voucher.code,
        "limitType": group.number("limitType"),
        "limitNum": group.number("limitNum"),
        "durationType": group.number("durationType"),
        "duration": group.number("duration"),
        "unitPrice": group.price_of(1),
        "currency": group.priced_currency(),
        "validity": validity(group),
        "printComments": group.text("printComments"),
    }));
    brief.extend(pattern::on_brief(call.omada, group));
    Value::Object(brief)
}
